"""The findings of the checks with the answers that were given, as values and as a table."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports.checks import Finding, Reading, run
from reports.drafts import Draft
from reports.figures import Figures
from reports.models import Acceptance
from reports.table import Column, Spec, Table, build, listed


@dataclass(frozen=True)
class Answered:
    """One finding, and why it was accepted; None: nobody has answered yet."""

    finding: Finding
    answer: Acceptance | None

    @property
    def because(self) -> str:
        return self.answer.reason if self.answer else _("open")

    @property
    def signed(self) -> str:
        if self.answer is None:
            return ""
        return f"{self.answer.accepted_by} {timezone.localdate(self.answer.accepted_at):%Y-%m-%d}"


def answered(draft: Draft, figures: Figures) -> list[Answered]:
    """Every finding, in the order of the checks. One query for the answers."""
    answers = Acceptance.objects.filter(report=draft.report).select_related("accepted_by") if draft.report else ()
    by_finding = {answer.fingerprint: answer for answer in answers}
    return [Answered(finding, by_finding.get(finding.fingerprint)) for finding in run(Reading(draft, figures))]


def open_findings(draft: Draft, figures: Figures) -> list[Finding]:
    """Those that nobody has answered."""
    return [one.finding for one in answered(draft, figures) if one.answer is None]


REVIEW = Spec(
    code="checks",
    title=gettext_lazy("Checks and answers"),
    columns=[
        Column(pgettext_lazy("column", "Check"), "finding.code"),
        Column(pgettext_lazy("column", "Weight"), "finding.level.label"),
        Column(pgettext_lazy("column", "What was found"), lambda one: str(one.finding.sentence)),
        Column(pgettext_lazy("column", "Records"), lambda one: listed([r.label for r in one.finding.records])),
        Column(pgettext_lazy("column", "Accepted, because"), "because"),
        Column(pgettext_lazy("column", "Signed"), "signed"),
    ],
    records=lambda found: found,
)


def review(draft: Draft, figures: Figures) -> Table:
    """The findings as a table of the workbook and of the Word report."""
    return build(REVIEW, answered(draft, figures))
