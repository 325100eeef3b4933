"""Numbers typed by hand that a figure could supply: a hint while somebody writes, no finding."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.checks.claims import Claim
from reports.checks.reading import Reading
from reports.checks.told import read_claims
from reports.measures import Measure
from reports.prose import in_words
from reports.table import Value


@dataclass(frozen=True)
class Hint:
    """``text`` stands at ``position`` of the section's prose; ``figure`` could stand there: now it is ``value``."""

    section: str
    text: str
    position: int
    figure: str
    value: Value
    agrees: bool

    def __str__(self) -> str:
        sentence = (
            _("“%(text)s” is {%(figure)s} now; write the figure, and it stays right.")
            if self.agrees
            else _("“%(text)s” is not {%(figure)s}, which is %(value)s.")
        )
        return sentence % {"text": self.text, "figure": self.figure, "value": in_words(self.value)}


def hints(reading: Reading) -> list[Hint]:
    """In the order of the text: every number of a known unit whose figure is known. Those of part of a figure, such as
    the trainings of one city, have none."""
    return [_hint(claim, measure) for claim in reading.once(read_claims) if (measure := _measure(claim))]


def _measure(claim: Claim) -> Measure | None:
    """The figure with the told value, else the first one."""
    known = [measure for measure in claim.measures if measure.value is not None] if claim.is_sure else []
    return next((measure for measure in known if claim.number.fits(measure.value)), known[0] if known else None)


def _hint(claim: Claim, measure: Measure) -> Hint:
    return Hint(
        section=claim.section.key,
        text=claim.number.text,
        position=claim.sentence.start + claim.number.start,
        figure=measure.name,
        value=measure.value,
        agrees=claim.number.fits(measure.value),
    )
