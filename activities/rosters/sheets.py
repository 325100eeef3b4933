"""A sheet on which those who come sign: who is expected, and empty lines for the others. Plain values.

Its words are those that an import reads back, in whatever language the staff read their pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from activities.models import Attendance, Event
from yixin.intake.writing import cell_text

LINES, MOST_LINES = 20, 500  # empty lines
LINE_HEIGHT = 0.98  # cm: what a hand needs to sign
PAPER = 17.0  # cm between the margins of an A4 page
BODY, HEADING = "宋体", "黑体"
# Head and width in cm.
COLUMNS = (("序号", 1.4), ("姓名", 3.2), ("单位", 7.4), ("签名", 5.0))
WITH_PHONE = (("序号", 1.4), ("姓名", 2.8), ("单位", 5.2), ("电话", 3.6), ("签名", 4.0))


@dataclass(frozen=True)
class SignInSheet:
    """``rows``: a text for each column, ready for a cell; the empty lines have only their number."""

    title: str
    about: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[tuple[str, ...]]


def sign_in_sheet(event: Event, expected: Sequence[Attendance], *, lines: int, has_phone: bool) -> SignInSheet:
    """No query if the event's region and the people's organisations are there."""
    columns = WITH_PHONE if has_phone else COLUMNS
    hand = ("",) * (len(columns) - 3)
    people = [(one.person.name, one.organization.name if one.organization else "") for one in expected]
    people += [("", "")] * lines
    rows = [(str(number), *map(cell_text, names), *hand) for number, names in enumerate(people, start=1)]
    place = event.region.name if event.region else "＿＿＿＿＿＿"
    about = f"时间：{event.when_text}　　地点：{place}"
    return SignInSheet(cell_text(f"{event.title}签到表"), cell_text(about), columns, rows)
