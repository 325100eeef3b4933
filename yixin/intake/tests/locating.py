"""A table of activities to be located, and what is said of it in English."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from yixin.intake.locate import find_table
from yixin.intake.sheets import Line, Sheet

HEADS = {
    "时间": ("日期", "date"),
    "内容": ("活动内容", "名称"),
    "人数": ("人次", "headcount"),
    "金额": ("金额（元）",),
    "备注": ("remark",),
}
REQUIRED = ("时间", "内容")
HEAD = ("时间", "内容", "人数")
IDENTITY_CARD = "11010519491231002X"  # the example of GB 11643
BANK_CARD = "6222021234567890128"
CREDIT_CODE = "51360100MJB0000003"


def sheet(*rows, name="", **rest):
    """The rows from line 1 on; None is a blank line."""
    return Sheet(name, tuple(Line(number, row) for number, row in enumerate(rows, 1) if row), **rest)


def located(*rows, heads=HEADS, required=REQUIRED):
    with override("en"):
        return find_table([sheet(*rows)], heads, required)


def numbered(table):
    return [(line.number, line.cells) for line in table.lines]


def told(table):
    return [(finding.row, finding.column, finding.message, finding.is_error) for finding in table.findings]


def refusal(sheets, **rest):
    with override("en"), pytest.raises(ValidationError) as caught:
        find_table(sheets, HEADS, REQUIRED, **rest)
    with override("en"):
        return caught.value.code, caught.value.messages[0]
