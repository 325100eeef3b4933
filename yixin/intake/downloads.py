"""Files that somebody takes from the staff's site."""

from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from .blank import template_workbook
from .exports import File
from .permissions import may_import
from .registry import resources
from .writing import XLSX


def download(file: File) -> HttpResponse:
    """The file by its Chinese name (RFC 5987), which no cache keeps."""
    names = f"filename=\"{file.plain_name}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {"Content-Disposition": f"attachment; {names}", "Cache-Control": "no-store"}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


@require_GET
def template(request: HttpRequest, table: str) -> HttpResponse:
    """The empty table of that name, for who may bring it in."""
    found = resources().get(table)
    if found is None:
        raise Http404
    if not may_import(request.user, found.model):
        raise PermissionDenied(_("You may not bring in this table."))
    with translation.override(settings.LANGUAGE_CODE):
        name = _("%(table)s (template)") % {"table": found.label}
    return download(File(f"{name}.xlsx", f"{table}-template.xlsx", XLSX, template_workbook(found)))
