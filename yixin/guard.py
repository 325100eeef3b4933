"""The door: after five wrong passwords for one account from one address it stays shut for a quarter of an hour."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader

from yixin.throttle import visitor_of


def address_of(request: HttpRequest) -> str | None:
    """Whom axes counts for: as the throttle does, so that one household's IPv6 addresses are one."""
    return visitor_of(request) or None


def shut(request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """Status 429, a page that says when to come back; the same whether there is such an account or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    page = loader.render_to_string("shut.html", {"minutes": minutes}, request)
    headers = {"Retry-After": str(minutes * 60), "Cache-Control": "no-store"}
    return HttpResponse(page, status=429, headers=headers)
