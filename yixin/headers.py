"""What every answer tells the browser, whoever made it: a page, a file, an error, a redirect, a refusal."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Of a file that somebody uploaded: however a browser comes to show it, it is a document of no site, and runs nothing.
SANDBOX = {"Content-Security-Policy": "default-src 'none'; sandbox"}
KEPT_NOWHERE = "private, no-store"
ASKED_ANEW = "no-cache"  # what was taken out of the directory is out of what caches keep, too


class Hardened:
    """Middleware, outside of Django's own: what that one refuses by itself would go without."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        return response


class Caching:
    """Middleware, inside of whitenoise: a style sheet is the same for everybody, and may be kept.

    Of what is answered to a session nothing stays in the browser or on the way, whatever the page itself would allow.
    """

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response, session = self.get_response(request), settings.SESSION_COOKIE_NAME
        if session in request.COOKIES or session in response.cookies:
            response.headers["Cache-Control"] = KEPT_NOWHERE
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = f"private, {ASKED_ANEW}" if response.cookies else ASKED_ANEW
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])  # the language, too, may stand in one
        return response
