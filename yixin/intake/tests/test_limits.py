import json
import pickle
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from yixin.intake.reading import limits
from yixin.intake.reading.cells import NOT_CALCULATED
from yixin.intake.reading.container import examine
from yixin.intake.sheets import CellError, Line, Sheet
from yixin.intake.tests import files

FILLER = "<!--" + "x" * (limits.SMALL // 2) + "-->"


def refusal(data):
    with pytest.raises(ValidationError) as caught:
        limits.read_bounded(data, examine(data).unpacked)
    return caught.value.code


def test_large_workbook_is_read_apart_and_comes_back_whole():
    sheet = files.rows(
        '<row><c><v>1</v></c><c><f>A1</f></c><c t="b"><v>1</v></c></row><row hidden="1"><c><v>2</v></c></row>'
    )
    data = files.workbook(FILLER + sheet, FILLER)

    found = limits.read_bounded(data, examine(data).unpacked)

    assert examine(data).unpacked > limits.SMALL
    assert found == [
        Sheet("表1", (Line(1, (1, CellError("=A1", NOT_CALCULATED), True)), Line(2, (2,), is_hidden=True))),
        Sheet("表2", ()),
    ]


def test_refusal_comes_back_in_the_language_of_the_reader():
    data = files.tiny_rows(40_000)

    with override("en"), pytest.raises(ValidationError) as caught:
        limits.read_bounded(data, examine(data).unpacked)

    with override("en"):
        assert caught.value.messages == [
            "The sheet “表1” has more than 5000 rows. Split the table into several files, or delete the sheet if it is "
            "not needed."
        ]


def test_process_that_needs_too_much_memory_is_refused():
    text = files.inline("A1", "_x0041_" + "字" * 20_000_000)

    assert refusal(files.workbook(files.rows(f"<row>{text}</row>"))) == "too_complicated"


def test_process_that_takes_too_long_is_ended():
    with pytest.raises(ValidationError) as caught:
        limits.read_apart(files.blank_cells(500_000), seconds=0.3)

    assert caught.value.code == "too_complicated"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_process_may_open_nothing_and_sees_no_secret():
    script = (
        "import json, os, socket, tempfile\n"
        "from yixin.intake.reading import child\n"
        "child._limit()\n"
        "refused = []\n"
        "for attempt in (socket.socket, tempfile.TemporaryFile, lambda: open(os.devnull)):\n"
        "    try:\n"
        "        attempt()\n"
        "    except OSError:\n"
        "        refused.append(True)\n"
        "print(json.dumps([refused, 'SECRET_KEY' in os.environ]))\n"
    )
    done = subprocess.run(  # noqa: S603 a script of ours
        (sys.executable, "-c", script), capture_output=True, check=True, env=limits._environment(), cwd=limits._ROOT
    )

    assert json.loads(done.stdout) == [[True, True, True], False]


def test_answer_holds_nothing_but_sheets():
    with pytest.raises(pickle.UnpicklingError):
        limits._Answer(limits.io.BytesIO(pickle.dumps(print))).load()
