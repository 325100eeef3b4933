"""Files for readers: known by what is in them, whatever they are called."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from yixin import documents
from yixin.documents import checked
from yixin.tests.uploads import PDF, WORD, office, upload

UNKNOWN = "This is neither a PDF nor a Word, Excel or PowerPoint file (docx, xlsx, pptx). Save it as one."
KINDS = {
    "pdf": PDF,
    "docx": WORD,
    "xlsx": office("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": office("[Content_Types].xml", "ppt/presentation.xml"),
}


def refusal(file) -> list[str]:
    """What the person who sends it reads, in English."""
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        checked(file)
    with translation.override("en"):
        return caught.value.messages


@pytest.mark.parametrize(("kind", "content"), KINDS.items(), ids=KINDS)
def test_the_name_says_what_is_inside(kind, content):
    file = checked(upload(content, "../../etc/报告.exe"))

    stem, _dot, ending = file.name.rpartition(".")
    assert (len(stem), ending, file.read()) == (32, kind, content)
    assert kind in documents.CONTENT_TYPES


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", UNKNOWN),
        (b"<html><script>alert(1)</script>%PDF-1.4 %%EOF", UNKNOWN),
        (b"PK\x03\x04" + b"\x00" * 100, UNKNOWN),
        (WORD[:-30], UNKNOWN),
        (office("a.txt"), UNKNOWN),
        (office("word/document.xml"), UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, UNKNOWN),
        (PDF[:-8], "The end of this PDF is missing. Send it again."),
        (
            office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "There are macros in this file. Save it without them.",
        ),
    ],
    ids=[
        *("nothing", "a page", "a zip's beginning", "cut off", "another zip", "half an Office file"),
        *("an old Word file", "a PDF cut off", "with macros"),
    ],
)
def test_anything_else_gets_a_sentence(content, sentence):
    assert refusal(upload(content, "报告.pdf")) == [sentence]


def test_a_file_with_too_many_parts_is_not_looked_through(monkeypatch):
    monkeypatch.setattr(documents, "MAX_PARTS", 1)

    assert refusal(upload(WORD)) == [UNKNOWN]


def test_a_file_that_is_too_large_is_not_opened():
    file = upload(PDF)
    file.size = 30 * 1024 * 1024 + 1

    assert refusal(file) == ["The file is larger than 30 MB. Send a smaller one."]
