"""How much one address may ask for: so many requests a minute, then a sentence until the minute is over."""

import hashlib
import ipaddress
import logging
from pathlib import PurePosixPath
from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

MINUTE = 60
UNCOUNTED = "/healthz"  # asked for by whoever watches the machine
log = logging.getLogger(__name__)


class Throttle:
    """Middleware: ``settings.THROTTLE`` requests a minute from one address, 0 for any number.

    Full minutes of the clock are counted: 60 seconds that lie across two of them may hold twice as many. Stands behind
    whitenoise, so that no style sheet counts, and behind the session, whose account is looked for only at the limit.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds = 0 if request.path == UNCOUNTED else wait(visitor_of(request), settings.THROTTLE, time())
        if seconds and not request.user.is_staff:
            return refusal(request, seconds)
        return self.get_response(request)


def wait(visitor: str, limit: int, now: float) -> int:
    """Counts one request; 0 if it is within the limit, else the seconds until the next minute begins.

    0, too, where nobody knows the visitor, or the cache cannot count: a site that does not count still serves.
    """
    if not (visitor and limit):
        return 0
    minute, passed = divmod(int(now), MINUTE)
    digest = hashlib.blake2b(visitor.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()
    try:
        number = count(f"throttle:{minute}:{digest}")
    except Exception:  # whatever the cache in use raises: a server that is down, a disk that is full
        log.exception("requests are not counted")
        return 0
    return MINUTE - passed if number > limit else 0


def count(name: str) -> int:
    """The number of times that this was asked for, this one among them."""
    try:
        return cache.incr(name)
    except ValueError:  # the first one, unless another process is
        return 1 if cache.add(name, 1, timeout=2 * MINUTE) else cache.incr(name)


def visitor_of(request: HttpRequest) -> str:
    """The visitor's IPv4 address or IPv6 network of 64 bits, which is what one household has; "" if nobody knows it.

    Behind a proxy it is the last address of X-Forwarded-For, which the proxy itself wrote there, behind two the last
    but one: all before that is the visitor's own claim. A proxy that writes none leaves all visitors uncounted, rather
    than counted as one.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-settings.BEHIND_PROXY :][0].strip()
    try:
        found = ipaddress.ip_address(told)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((int(found), 64), strict=False))


def refusal(request: HttpRequest, seconds: int) -> HttpResponse:
    """Status 429: a small page; text in the place of a file or of a piece of a page."""
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    if PurePosixPath(request.path).suffix or "HX-Request" in request.headers:
        sentence = _("Too many requests came from your network. Please try again in %(seconds)s seconds.")
        text = sentence % {"seconds": seconds} + "\n"
        return HttpResponse(text, status=429, content_type="text/plain; charset=utf-8", headers=headers)
    page = loader.render_to_string("429.html", {"seconds": seconds}, request)
    return HttpResponse(page, status=429, headers=headers)
