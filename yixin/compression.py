"""Pages go over the wire compressed, whether or not a proxy stands before us."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/xml")


class TextMiddleware(GZipMiddleware):
    """Compresses text that is whole in memory. Files are sent as they are, with their length: what people download is
    compressed by itself. Django adds bytes of random length, so that no secret of a page can be guessed by its size."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = response.headers.get("Content-Type", "").startswith(TEXTS)
        return super().process_response(request, response) if is_text and not response.streaming else response
