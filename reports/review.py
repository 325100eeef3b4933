"""The findings of the checks with the answers that were given, as a table of the workbook."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports.acceptance import Answered, Answers, answers
from reports.checks import Reading, run
from reports.drafts import Draft
from reports.figures import Figures
from reports.models import Acceptance
from reports.table import Column, Spec, Table, build, listed


def answered(draft: Draft, figures: Figures) -> Answers:
    """Every finding, in the order of the checks, with its answer."""
    return answers(draft.report, run(Reading(draft, figures)))


def notes_to_print(draft: Draft, figures: Figures) -> tuple[Acceptance, ...]:
    """Answers that the readers are told, as the records stand now. The checks are run only if there may be any."""
    return answered(draft, figures).printed if draft.has_notes else ()


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


def review(found: Answers) -> Table:
    """The findings as a table."""
    return build(REVIEW, found)
