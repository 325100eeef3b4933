"""Pages are compressed on their way; files go as they are."""

import gzip

import pytest
from django.core.files.base import ContentFile
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from yixin.compression import TextMiddleware

TEXT = "益心益意" * 200


def sent(response, **headers):
    request = RequestFactory().get("/", **headers)
    return TextMiddleware(lambda request: response)(request)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "application/xml", "text/csv"])
def test_text_is_compressed_for_those_who_can_read_it(kind):
    response = sent(HttpResponse(TEXT, content_type=kind), HTTP_ACCEPT_ENCODING="gzip, br")

    assert (response["Content-Encoding"], gzip.decompress(response.content).decode()) == ("gzip", TEXT)
    assert (len(response.content) < len(TEXT.encode()) / 4, response["Vary"]) == (True, "Accept-Encoding")


def test_others_get_it_as_it_is():
    response = sent(HttpResponse(TEXT))

    assert (response.content.decode(), response.has_header("Content-Encoding")) == (TEXT, False)


def test_a_file_keeps_its_length():
    file = FileResponse(ContentFile(TEXT.encode()), filename="a.txt", as_attachment=True)

    response = sent(file, HTTP_ACCEPT_ENCODING="gzip")

    assert (b"".join(response.streaming_content).decode(), response.has_header("Content-Encoding")) == (TEXT, False)


@pytest.mark.django_db
def test_our_own_pages_are_compressed(client):
    response = client.get("/", headers={"Accept-Encoding": "gzip"})

    assert "<html" in gzip.decompress(response.content).decode()
