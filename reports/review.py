"""The findings of the checks with the answers that were given, as a table of the workbook."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports.acceptance import Answered, Answers, answers
from reports.checks import Finding, Reading, run
from reports.drafts import Draft
from reports.figures import Figures
from reports.table import Column, Spec, Table, build, listed


def answered(draft: Draft, figures: Figures) -> Answers:
    """Every finding, in the order of the checks, with its answer."""
    return answers(draft.report, run(Reading(draft, figures)))


def open_findings(draft: Draft, figures: Figures) -> list[Finding]:
    """Those that nobody has answered."""
    return answered(draft, figures).open


def because(one: Answered) -> str:
    return one.acceptance.reason if one.acceptance else _("open")


def signed(one: Answered) -> str:
    given = one.acceptance
    return f"{given.accepted_by} {timezone.localdate(given.accepted_at):%Y-%m-%d}" if given else ""


REVIEW = Spec(
    code="checks",
    title=gettext_lazy("Checks and answers"),
    columns=[
        Column(pgettext_lazy("column", "Check"), "finding.code"),
        Column(pgettext_lazy("column", "Weight"), "finding.level.label"),
        Column(pgettext_lazy("column", "What was found"), lambda one: str(one.finding.sentence)),
        Column(pgettext_lazy("column", "Records"), lambda one: listed([r.label for r in one.finding.records])),
        Column(pgettext_lazy("column", "Accepted, because"), because),
        Column(pgettext_lazy("column", "Signed"), signed),
    ],
    records=lambda found: found.findings,
)


def review(draft: Draft, figures: Figures) -> Table:
    """The findings as a table."""
    return build(REVIEW, answered(draft, figures))
