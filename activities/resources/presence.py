"""Who of a sign-in sheet was there: ticks under days, and words that say that somebody did not come."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin import fuzzydate
from yixin.intake.sheets import Cell, Line
from yixin.numerals import compact
from yixin.text import clean_text

ABSENT = re.compile(
    "请假|缺席|未到|没到|没来|未来(?:参加|$)|不能来|不能到|来不了|去不了|不来|不去|不参加|未参加|退出"
    "|取消(?:报名|参加)|(?<![^ ，,、])(?:已|临时|因故)?取消了?(?![^ ，,、])"
)
NO_TICK = {"", "×", "x", "✗", "✘", "否", "0", "-", "—", "/", "\\", "无", "缺", "缺席", "未到", "no", "n", "false"}
DAY_ONLY = re.compile(r"第[一二三四五六七八九十0-9]+天|day\s*[0-9]+|[0-9]{1,2}[日号](?:[上下]午)?", re.IGNORECASE)
HALF = re.compile("[上下]午|晚上|签到|出勤")
SIGNATURE = re.compile("(?:本人|上午|下午|晚上|现场)?(?:签名|签到|签字|到场|出勤)(?:情况|栏)?")


def is_signature(head: str) -> bool:
    """Whether a column's head says that people sign below it: 签名, 上午签到."""
    return SIGNATURE.fullmatch(compact(clean_text(head))) is not None


def is_day(head: str) -> bool:
    """Whether a column's head is one day of an event: 4月26日, 26日上午, 第一天, 2014-04-26."""
    text = compact(HALF.sub("", clean_text(head)))
    if DAY_ONLY.fullmatch(text):
        return True
    try:
        when = fuzzydate.parse(text, year=2000)
    except ValidationError:
        return False
    return when is not None and when.precision == fuzzydate.Precision.DAY


def told_days(days: dict[str, int], lines: Iterable[Line]) -> dict[str, int]:
    """The columns that tell who was there; one for signatures that nobody signed tells nothing."""
    lines = list(lines)
    return {
        head: place
        for head, place in days.items()
        if not is_signature(head) or any(days_present({head: place}, line) for line in lines)
    }


def days_present(days: dict[str, int], line: Line) -> list[str]:
    """The heads under which the line has a tick."""
    return [head for head, place in days.items() if place < len(line.cells) and is_tick(line.cells[place])]


def is_tick(cell: Cell) -> bool:
    """Anything but nothing, a cross, a dash or a word for absence: people also sign with their name."""
    if cell is None or cell is False:
        return False
    text = compact(str(cell))
    return text not in NO_TICK and not ABSENT.search(text)


def absence(remark: str | None) -> str:
    """Why the row is left out, if its remark says that the person did not come."""
    found = ABSENT.search(remark or "")
    return _("Did not come: %(word)s.") % {"word": found[0]} if found else ""
