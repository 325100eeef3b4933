"""The sheet to sign, as a file, from the page of the roster."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from activities.models import Attendance
from yixin.intake.downloads import download
from yixin.intake.exports import File, log_export

from . import sheet_xlsx
from .forms import SheetForm
from .page import people_of
from .sheets import sign_in_sheet

KINDS = ("docx", "xlsx")


def maker_of(kind: str) -> tuple[Callable, str]:
    """What makes the file, and its type. What writes Word is large, and read in only where it is wanted."""
    if kind == "xlsx":
        return sheet_xlsx.workbook, sheet_xlsx.CONTENT_TYPE
    from yixin.word import CONTENT_TYPE  # noqa: PLC0415

    from .sheet_docx import document  # noqa: PLC0415

    return document, CONTENT_TYPE


class SignInSheets:
    """Mixed into the admin of events. What the page shows may be printed; that names went out stays in the log."""

    def sign_in_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        if kind not in KINDS:
            raise Http404
        event = self.event_of_roster(request, pk)
        expected = people_of(event) if self.may_name(request, event) else []
        make, content_type = maker_of(kind)
        content = make(sign_in_sheet(event, expected, **SheetForm(request.POST).chosen))
        if expected:
            log_export(Attendance, kind=kind, rows=len(expected), user=request.user, now=timezone.now())
        return download(File(f"签到表-{event.title}.{kind}", f"sign-in-{event.pk}.{kind}", content_type, content))
