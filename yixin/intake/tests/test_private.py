from datetime import date

import pytest

from yixin.intake.private import holds_private_number, is_private_head
from yixin.intake.sheets import Cell, CellError, Line
from yixin.intake.tests.locating import (
    BANK_CARD,
    CREDIT_CODE,
    HEAD,
    IDENTITY_CARD,
    located,
    numbered,
    refusal,
    sheet,
    told,
)


def test_private_columns_are_never_kept():
    table = located(
        ("名单", "x", "y", "z"),
        ("时间", "内容", "身份证号", "出生日期"),
        ("1月", "年会", IDENTITY_CARD, date(1949, 12, 31)),
        required=("内容",),
    )

    assert (table.columns, table.ignored) == ({"时间": 0, "内容": 1}, ())
    assert table.titles == (Line(1, ("名单", "x", None, None)),)
    assert numbered(table) == [(3, ("1月", "年会", None, None))]
    assert told(table) == [
        (2, head, f"The column “{head}” holds personal data that must not be kept here. It was left out.", False)
        for head in ("身份证号", "出生日期")
    ]


def test_private_column_never_stands_in_for_another():
    code, message = refusal([sheet(("出生日期", "内容"), ("1949-12-31", "年会"))])

    assert (code, message) == (
        "missing_heads",
        "The columns 时间 are missing. Row 1 was taken for the head; it has: 出生日期、内容. Add the columns, or name "
        "them so.",
    )


def test_private_numbers_are_blanked_wherever_they_stand():
    table = located(
        (f"填表人 {IDENTITY_CARD}",),
        (*HEAD, "备注", "其他"),
        ("1月", "年会", 3, f"张三，{IDENTITY_CARD.lower()}", "x"),
        ("2月", "沙龙", 3, "x", int(BANK_CARD)),
        ("3月", "沙龙", 3, f"卡号{BANK_CARD}", "x"),
    )

    assert table.titles == (Line(1, (None,)),)
    assert [cells[3] for number, cells in numbered(table)] == [None, "x", None]
    assert [finding[:3] for finding in told(table)] == [
        (
            row,
            column,
            f"Numbers of identity or bank cards must not be kept here. These cells were left out: rows {rows}.",
        )
        for row, column, rows in ((1, "时间", "1"), (3, "备注", "3、5"), (4, "其他", "4"))
    ]


@pytest.mark.parametrize(
    "cell",
    [
        IDENTITY_CARD,
        IDENTITY_CARD.lower(),
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "11010519491231002１",  # a wrong check digit is a slip of the pen
        "110105491231002",
        360102199001011230,
        360102199001011230.0,
        BANK_CARD,
        "6222 0212 3456 7890 128",
        CellError(f'="{IDENTITY_CARD}"', ""),
    ],
)
def test_private_number(cell: Cell):
    assert holds_private_number(cell) is True


@pytest.mark.parametrize(
    "cell",
    [
        None,
        True,
        140,
        0.123456789012345678,
        date(2014, 1, 4),
        "13812345678、13912345678",
        "0791-88123456 13812345678",
        "2014010120140131",
        "2014-01-01至2014-01-31",
        CREDIT_CODE,
        "6222021234567890123",  # fails Luhn
        "999999194912310021",
        "12345678901234567890123",
        "QQ群 123456789012",
    ],
)
def test_other_numbers_stay(cell: Cell):
    assert holds_private_number(cell) is False


@pytest.mark.parametrize(
    "head",
    [
        *("身份证号码", "证件号", "银行卡号", "开户行", "账号", "收款账号", "民族", "健康状况", "残疾证号", "血型"),
        *("hiv感染", "生日", "宗教信仰", "政治面貌", "idcardno", "dateofbirth", "ethnicgroup", "bankaccount"),
    ],
)
def test_private_head(head):
    assert is_private_head(head) is True


@pytest.mark.parametrize(
    "head", ["时间", "证书", "微信公众账号", "残疾人数", "受益人数", "党建活动", "健康讲座", "名称"]
)
def test_other_heads_stay(head):
    assert is_private_head(head) is False
