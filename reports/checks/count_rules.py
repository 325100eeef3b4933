"""Numbers in the text that the records do not bear out."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from reports.checks.claims import Claim
from reports.checks.event_claims import Subject
from reports.checks.findings import Finding, Level, Names, RecordRef, finding, told
from reports.checks.numbers import Kind
from reports.checks.reading import Reading
from reports.checks.registry import check
from reports.checks.told import read_claims
from reports.prose import in_words

CORRECT = _("Put {%(name)s} in its place, so that it stays right; or enter what is missing.")
MEND = _("Correct the number in the text, or the records if they are wrong.")


@check("C1", Level.ERROR, _("A number in the text is not what the records say"))
def number_against_records(reading: Reading) -> Iterator[Finding]:
    """One count of a known unit that the records of its subject do not bear out."""
    claims = [claim for claim in reading.once(read_claims) if claim.code == "C1"]
    summed = {id(claim) for group in reading.once(sums_told) for claim in group}
    people = [claim for claim in claims if claim.event is not None]
    for claim in claims:
        if claim.event is None and id(claim) not in summed and claim.is_sure and not claim.agrees:
            yield _differs(claim)
    for _place, group in groupby(people, key=lambda claim: (claim.section.key, claim.sentence.block, claim.event)):
        several = list(group)
        wrong = next((claim for claim in several if claim.is_sure), None)
        if wrong and not any(claim.agrees for claim in several) and not _add_up(several, several[0].expected):
            yield _wrong_people(wrong)


def _differs(claim: Claim) -> Finding:
    facts = (claim.number.text, getattr(claim.subject, "name", claim.subject), *claim.expected)
    records = (claim.section.ref, *claim.records)
    if claim.measures:
        known = "；".join(f"{measure.name} {in_words(measure.value)}" for measure in claim.measures)
        sentence = told(
            _("“%(section)s” says “%(quoted)s”; the records say: %(known)s."),
            section=claim.section.heading, quoted=claim.quoted, known=known,
        )  # fmt: skip
        return finding(sentence, told(CORRECT, name=claim.measures[0].name), records, *facts)
    sentence = told(
        _("“%(section)s” says “%(quoted)s”; on record are %(count)s: %(names)s."),
        section=claim.section.heading, quoted=claim.quoted, count=claim.expected[0], names=Names(claim.records),
    )  # fmt: skip
    return finding(sentence, told(MEND), records, *facts)


def _wrong_people(claim: Claim) -> Finding:
    sentence = told(
        _("“%(section)s” says “%(quoted)s” of “%(event)s”; its record says %(known)s."),
        section=claim.section.heading, quoted=claim.quoted, event=claim.subject, known=claim.expected[0],
    )  # fmt: skip
    return finding(sentence, told(MEND), (claim.section.ref, *claim.records), claim.number.text, claim.expected[0])


def _add_up(claims: list[Claim], expected: tuple) -> bool:
    low, high = sum(claim.number.low for claim in claims), sum(claim.number.high for claim in claims)
    return any(low <= value <= high for value in expected)


def sums_told(reading: Reading) -> list[list[Claim]]:
    """Numbers of events of one subject that stand side by side in a sentence and make one number: 24次培训，1次…."""
    events = [claim for claim in reading.once(read_claims) if claim.number.kind is Kind.EVENTS and not claim.is_part]
    groups: dict[tuple[int, Subject], list[Claim]] = {}
    for claim in events:
        groups.setdefault((id(claim.sentence), claim.subject), []).append(claim)
    return [group for group in groups.values() if len(group) > 1 and _makes_one(group)]


def _makes_one(group: list[Claim]) -> bool:
    """Whether one of them is told of the whole; not where the first one is the whole already."""
    return any(claim.measures and claim.is_sure for claim in group) and not group[0].agrees


@check("C2", Level.ERROR, _("Numbers in the text do not add up to the rows of the table"))
def sum_against_records(reading: Reading) -> Iterator[Finding]:
    """Several counts that belong together, and whose sum is not what is on record."""
    for group in reading.once(sums_told):
        whole = next(claim for claim in group if claim.measures)
        if all(claim.agrees for claim in group) or _add_up(group, whole.expected):
            continue
        sentence = told(
            _("“%(section)s” says %(parts)s, together %(sum)s; the table of %(subject)s has %(rows)s rows."),
            section=whole.section.heading,
            parts="、".join(f"“{claim.quoted}”" for claim in group),
            sum=in_words(sum(claim.number.low for claim in group)),
            subject=whole.subject,
            rows=whole.expected[0],
        )
        records = dict.fromkeys(record for claim in group for record in (claim.section.ref, *claim.records))
        facts = (*(claim.number.text for claim in group), whole.subject.name, *whole.expected)
        yield finding(sentence, told(CORRECT, name=whole.measures[0].name), records, *facts)


@check("C3", Level.ERROR, _("Grants in the text are not the grants on record"))
def grants_against_records(reading: Reading) -> Iterator[Finding]:
    """A number of grants, of grantees or of yuan; every way of counting them is shown."""
    for claim in reading.once(read_claims):
        if claim.code != "C3" or claim.agrees or not claim.is_sure:
            continue
        sentence = told(
            _("“%(section)s” says “%(quoted)s”; on record are %(known)s."),
            section=claim.section.heading, quoted=claim.quoted, known=told_grants(reading),
        )  # fmt: skip
        name = claim.measures[0].name if claim.measures else ""
        suggestion = told(CORRECT, name=name) if name else told(MEND)
        records: tuple[RecordRef, ...] = (claim.section.ref, *claim.records)
        yield finding(sentence, suggestion, records, claim.number.text, *claim.expected)


def told_grants(reading: Reading) -> object:
    """The grants by every way of counting them."""
    grants = reading.figures.grants
    total = grants.total.committed
    return told(
        _(
            "%(rows)s rows, %(count)s of them awarded (organisations: %(bodies)s, persons: %(people)s; %(total)s "
            "yuan), %(withdrawn)s withdrawn"
        ),
        rows=len(grants.rows),
        count=len(grants.committed),
        bodies=reading.book.find("资助.组织").value,
        people=len(grants.to_people),
        total=_("an unknown number of") if total is None else in_words(total),
        withdrawn=len(grants.withdrawn),
    )
