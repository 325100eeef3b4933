"""The same report gives the same bytes: at any time, in any time zone, in any process."""

import hashlib
import os
import subprocess
import sys
import time
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.conf import settings

from reports.render import docx
from reports.tests.documents import make_document, photo
from reports.tests.word_files import members

ELSEWHERE = """
import hashlib, django
django.setup()
from reports.render import docx
from reports.tests.documents import make_document, photo
print(hashlib.sha256(docx.report(make_document(), photo)).hexdigest())
"""


def test_another_day_gives_the_same_bytes(monkeypatch):
    today = docx.report(make_document(), photo)

    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert time.localtime(time.time()).tm_year == 2033
    assert docx.report(make_document(), photo) == today


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Shanghai"])
def test_another_process_and_time_zone_give_the_same_bytes(zone):
    environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": "7"}

    result = subprocess.run(  # noqa: S603  a fixed command line
        [sys.executable, "-c", ELSEWHERE],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert result.stdout.strip() == hashlib.sha256(docx.report(make_document(), photo)).hexdigest()


def test_other_words_give_other_bytes():
    assert docx.report(make_document(), photo) != docx.report(make_document(title="另一个标题"), photo)


@pytest.mark.parametrize("inner", [None, "word/embeddings/chart1.xlsx"])
def test_members_are_in_order_of_one_time_and_not_packed(inner):
    file = members(make_document())
    infos = (ZipFile(BytesIO(file.read(inner))) if inner else file).infolist()

    assert {(info.date_time, info.compress_type, info.create_system) for info in infos} == {
        ((1980, 1, 1, 0, 0, 0), ZIP_STORED, 0)
    }
    names = [info.filename for info in infos]
    assert names == sorted(names)
    assert names[0] == "[Content_Types].xml"


def test_nothing_of_the_library_s_own_template_is_left():
    file = members(make_document())

    everything = b"".join(file.read(name) for name in file.namelist() if name.endswith(".xml"))
    assert [word for word in (b"python-docx", b"Macintosh", b"Calibri", b"Cambria") if word in everything] == []
    assert [name for name in file.namelist() if "thumbnail" in name or "customXml" in name] == []
