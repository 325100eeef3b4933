"""Addresses that belong to no app."""

import sys

from django.apps import apps
from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.models import Field, FileField
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template import loader
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

from yixin.access.territories import Own, confined
from yixin.fulldisk import is_full
from yixin.headers import SANDBOX

GONE = (OperationalError, InterfaceError)  # what drivers raise where the database is not there
# What search engines need not ask for: pages for those who work here, links sent to one organisation, searches.
UNASKED = ("/admin/", "/login/", "/logout/", "/language/", "/media/", "/organizations/entry/", "/organizations/?")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, else 503; for whoever watches the machine."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def broken(request: HttpRequest) -> HttpResponse:
    """What is answered to an error of ours: 507 where the disk is full, 503 where the database does not answer, which
    passes; else 500."""
    error = sys.exc_info()[1]
    if is_full(error):
        return plain_page(507)
    if isinstance(error, GONE):
        return plain_page(503, {"Retry-After": "60"})
    return server_error(request)


def plain_page(status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    page = loader.get_template(f"{status}.html").render()
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"} | (headers or {}))


@require_safe
@never_cache
@staff_member_required
def media(request: HttpRequest, name: str) -> FileResponse:
    """An uploaded picture, for staff only, as a download: never run or shown inside our own pages.

    For a volunteer those alone that belong to a record of their own city.
    """
    own = confined(request.user)
    if own and not belongs(own, name):
        raise Http404
    try:
        return FileResponse(default_storage.open(name), as_attachment=True, headers=SANDBOX)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404 from error


def belongs(own: Own, name: str) -> bool:
    """Whether a file is one of a record that the account sees. A query for every column that holds files."""
    if "\x00" in name:
        return False
    models = [model for app in settings.YIXIN_APPS for model in apps.get_app_config(app).get_models()]
    columns = [(model, field.name) for model in models for field in model._meta.concrete_fields if is_file(field)]
    return any(model._base_manager.filter(own.inside(model), **{column: name}).exists() for model, column in columns)


def is_file(field: Field) -> bool:
    return isinstance(field, FileField)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read by any program; where the list of pages lies."""
    sitemaps = request.build_absolute_uri(reverse("reports:sitemaps"))
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in UNASKED), "Allow: /", "", f"Sitemap: {sitemaps}", ""]
    return HttpResponse("\n".join(rules), content_type="text/plain; charset=utf-8")
