"""Progress and findings of a survey as one workbook. It names no visitor; text never becomes a formula."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.choices import QuestionKind
from activities.models import Survey, Visit
from organizations.models import Organization
from yixin.access.sensitive import sensitive_word
from yixin.intake.exports import EXPORT_PERSONAL, File
from yixin.intake.models import Export
from yixin.intake.writing import XLSX, Sheet, Value, book_in

from .answering import YES, YES_NO
from .findings import Finding
from .progress import Place
from .tickets import Sum

Rows = Iterable[Sequence[Value]]


def take_out(*, told, user, now: datetime) -> File:
    """The file, in the language of the site; a line in the log says who took it. ``told`` as the page has it.

    Who may not take personal data gets no name of a sensitive organisation, and nothing of what it wrote.
    """
    with translation.override(settings.LANGUAGE_CODE):
        tables = Workbook(told, is_full=user.has_perm(EXPORT_PERSONAL)).tables()
        content = written(tables)
        title = _("Progress of the survey")
    rows = len(told.progress.visits)
    signed = {"user": user, "created_at": now}
    Export.objects.create(table=Survey._meta.label_lower, format="xlsx", rows=rows, is_personal=False, **signed)
    day = f"{timezone.localtime(now):%Y-%m-%d}"
    return File(f"{told.survey.title}-{title}-{day}.xlsx", f"survey-{day}.xlsx", XLSX, content)


def written(tables: Iterable[tuple[str, Sequence[str], Rows]]) -> bytes:
    """Each table, with its title and its column heads, on a sheet of its own."""
    stream = BytesIO()
    with book_in(stream) as book:
        for title, heads, rows in tables:
            Sheet(book, title, heads).write(rows)
    return stream.getvalue()


class Workbook:
    def __init__(self, told, *, is_full: bool):
        self.told, self.progress, self.is_full = told, told.progress, is_full

    def tables(self) -> Iterator[tuple[str, Sequence[str], Rows]]:
        yield _("City by city"), self._city_heads(), self._cities()
        yield _("Week by week"), [_("Week"), _("Monday"), _("Sunday"), _("Visited")], self._weeks()
        yield _("List"), [_("City"), _("Organisation"), _("Status"), _("Date"), _("Found on the way")], self._visits()
        heads = [_("Question"), _("Answer"), _("How many"), _("Share (%)"), _("Answered"), _("Visits done")]
        yield _("Findings"), heads, self._findings()
        yield _("In words"), [_("Question"), _("Organisation"), _("Answer")], self._words()
        if self.told.tickets is not None:
            heads = ["", _("Tickets"), _("Amount (yuan)"), _("Without a photo")]
            yield _("Tickets"), heads, self._tickets()

    def _city_heads(self) -> list[str]:
        return [
            *(_("City"), _("Target"), _("On the list"), _("Visited"), _("of these found on the way")),
            *(_("Over or under"), _("Refused"), _("Not found"), _("Still to visit")),
        ]

    def _cities(self) -> Rows:
        yield from (self._city(place) for place in self.progress.places)
        yield self._city(self.progress.total)
        for label, number in self.progress.stated:
            yield [_("%(figure)s, as stated") % {"figure": label}, number]

    def _city(self, place: Place) -> Sequence[Value]:
        counts = (place.target, place.listed, place.visited, place.added, place.over)
        return [place.name, *counts, place.refused, place.missing, place.to_go]

    def _weeks(self) -> Rows:
        for week in self.progress.weeks:
            yield [str(week), week.starts_on, week.ends_on, week.number]
        if self.progress.undated:
            yield [_("without a date, or with one wider than a week"), None, None, len(self.progress.undated)]

    def _visits(self) -> Rows:
        for place in self.progress.places:
            for visit in place.visits:
                added = str(YES_NO[YES]) if visit.is_added else None
                row = [str(visit.get_status_display()), visit.when_text, added]
                yield [place.name, self._name(visit), *row]

    def _findings(self) -> Rows:
        for finding in self.told.findings:
            for label, number, percent in self._lines(finding):
                yield [finding.question.text, label, number, percent, finding.n, finding.visits]
            if finding.misfits:
                yield [finding.question.text, _("does not fit the question"), len(finding.misfits)]

    def _lines(self, finding: Finding) -> Iterator[tuple[str, Value, Value]]:
        if finding.kind == QuestionKind.TEXT:
            yield _("In words"), len(finding.texts), None
        elif finding.kind == QuestionKind.NUMBER:
            values = [(pgettext("numbers", "median"), finding.median)]
            values += [(pgettext("numbers", "least"), finding.least), (pgettext("numbers", "most"), finding.most)]
            values += [(pgettext("numbers", "sum"), finding.sum)] if finding.sum is not None else []
            yield from ((label, number, None) for label, number in values)
        yield from ((share.label, share.count, share.percent) for share in finding.shares)

    def _words(self) -> Rows:
        for finding in self.told.findings:
            for answer in [*finding.texts, *finding.misfits]:
                if self._is_named(answer.visit.organization):
                    yield [finding.question.text, self._name(answer.visit), answer.value]

    def _tickets(self) -> Rows:
        tickets = self.told.tickets
        yield from (self._sum(found) for found in (tickets.total, *tickets.by_status, *tickets.by_funder))

    def _sum(self, found: Sum) -> Sequence[Value]:
        return [found.label, len(found.tickets), found.amount, found.without_photo]

    def _is_named(self, organization: Organization) -> bool:
        return self.is_full or not (organization.is_sensitive or sensitive_word(organization.name))

    def _name(self, visit: Visit) -> str:
        is_named = self._is_named(visit.organization)
        return str(visit.organization) if is_named else pgettext("instead of a name", "a sensitive organisation")
