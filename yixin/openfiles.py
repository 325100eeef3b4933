"""Files for anybody's program: the same for every visitor, readable from every other site."""

import json
from collections.abc import Iterable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response

LANGUAGE = "zh-hans"  # of all of them, whatever the visitor reads: a file has one content
# Asked for anew each time: who is taken out of the directory is out of what others keep, too.
HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache", "Content-Language": LANGUAGE}


def json_file(request: HttpRequest, value: object) -> HttpResponseBase:
    """With a tag of its content: who has that already gets 304. No date of last change: no column keeps one."""
    content = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    whole = HttpResponse(content, content_type="application/json", headers=HEADERS | {"ETag": tag})
    response = get_conditional_response(request, etag=tag, response=whole)
    for name, always in HEADERS.items():  # a 304 would lose them
        response[name] = always
    return response


def csv_file(request: HttpRequest, chunks: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """Sent piece by piece as it is made; for a question about its headers nothing is made."""
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    pieces = () if request.method == "HEAD" else chunks
    return StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8", headers=headers)


def no_file(sentence: str) -> HttpResponse:
    """404 with a sentence, where there is nothing to send."""
    return HttpResponse(f"{sentence}\n", status=404, content_type="text/plain; charset=utf-8", headers=HEADERS)
