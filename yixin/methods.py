"""What a browser does: it asks for a page, for its headers, or sends a form. Nothing here answers to anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

KNOWN = ("GET", "HEAD", "POST")


class Methods:
    """Middleware: lists and forms of the staff's site would take a PUT for a GET."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in KNOWN:
            return self.get_response(request)
        return HttpResponseNotAllowed(KNOWN, content_type="text/plain")
