"""Phone numbers as people write them and as spreadsheets spoil them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from yixin.phones import clean_phone, find_phones, read_phones, spellings, without_phones

STORED = [
    "13800138000",
    "0791-88000000",
    "010-62345678",
    "0791-8800000-801",
    "88000000",
    "400-123-4567",
    "+85291234567",
]


def refusal(value) -> tuple[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        read_phones(value)
    with override("en"):
        return caught.value.code, caught.value.messages


@pytest.mark.parametrize(
    "value", [None, "", " ", "\u3000", "-", "/", "无", "不详", "没有", "保密", "N/A", "不方便透露"]
)
def test_nothing_known(value):
    assert (read_phones(value), clean_phone(value)) == ([], "")


@pytest.mark.parametrize(
    "value",
    [
        "13800138000", 13800138000, 13800138000.0, Decimal("13800138000"), "13800138000.0", "1.3800138E+10",
        "1.3800138000e10", "138 0013 8000", "138-0013-8000", "138—0013—8000", "1380 0138 000", "１３８００１３８０００",
        "+8613800138000", "+86 138-0013-8000", "(+86)13800138000", "008613800138000", "0086 138 0013 8000",
        "8613800138000", "86-13800138000", "手机：13800138000", "Tel: 13800138000", "13800138000（微信同号）",
        "13800138000（同微信）",
        "13800138000\u200b", "13800138000。", "13800138000/13800138000",
    ],
)  # fmt: skip
def test_mobile_number_however_it_is_written(value):
    assert read_phones(value) == ["13800138000"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0791-88000000", "0791-88000000"),
        ("0791 8800 0000", "0791-88000000"),
        ("079188000000", "0791-88000000"),
        ("(0791)88000000", "0791-88000000"),
        ("（0791） 8800000", "0791-8800000"),
        ("+86 791 88000000", "0791-88000000"),
        ("+86-0791-88000000", "0791-88000000"),
        ("010-62345678", "010-62345678"),
        (7918800000, "0791-8800000"),
        (79188000000.0, "0791-88000000"),
        ("88000000", "88000000"),
        ("8800000", "8800000"),
        ("0791-88000000-801", "0791-88000000-801"),
        ("0791-88000000转801", "0791-88000000-801"),
        ("0791-88000000 ext. 801", "0791-88000000-801"),
        ("4001234567", "400-123-4567"),
        ("400-1234-567", "400-123-4567"),
        ("800 123 4567", "800-123-4567"),
        ("+852 9123 4567", "+85291234567"),
        ("00852-91234567", "+85291234567"),
    ],
)
def test_other_numbers(value, expected):
    assert read_phones(value) == [expected]


@pytest.mark.parametrize(
    "value",
    [
        "13800138000/0791-88000000", "13800138000、0791-88000000", "13800138000 0791-88000000",
        "13800138000,079188000000",
        "138 0013 8000 0791 8800 0000", "13800138000\n0791-88000000", "手机13800138000；电话0791-88000000",
        "13800138000或0791-88000000",
    ],
)  # fmt: skip
def test_several_numbers_of_a_cell_keep_their_order(value):
    assert read_phones(value) == ["13800138000", "0791-88000000"]
    assert clean_phone(value) == "13800138000"


UNREADABLE = "“%s” is not a phone number that can be read. Write it like 13800138000 or 0791-88000000."
TOO_FEW = "“%s” has too few digits for a phone number. A mobile number has 11."
TOO_MANY = "“%s” has too many digits for a phone number. A mobile number has 11; part two numbers by a slash."
LETTERS = "“%s” is not a phone number. Write digits only, and other words in the remark."
LOST = (
    "The last digits of “%s” were lost when a spreadsheet rounded it. Type the number again, in a column whose format "
    "is text."
)


@pytest.mark.parametrize(
    ("value", "code", "sentence"),
    [
        ("12345", "too_few", TOO_FEW),
        (12345, "too_few", TOO_FEW),
        ("+86", "too_few", TOO_FEW),
        ("1380013800", "unreadable", UNREADABLE),
        ("3800138000", "unreadable", UNREADABLE),
        ("12800138000", "unreadable", UNREADABLE),
        ("138001380001", "too_many", TOO_MANY),
        ("360102199001011234", "too_many", TOO_MANY),
        ("1380013800013900139000", "too_many", TOO_MANY),
        ("13800138000a", "letters", LETTERS),
        ("张三", "letters", LETTERS),
        ("13800138000（张三）", "letters", LETTERS),
        ("13800138000/张三", "letters", LETTERS),
        ("1.38001E+10", "rounded", LOST),
        ("1.38E+10", "rounded", LOST),
        ("1.380014e+10", "rounded", LOST),
        ("8.8E+7", "rounded", LOST),
        (13800138000.5, "unreadable", UNREADABLE),
        (True, "unreadable", UNREADABLE),
        (float("nan"), "unreadable", UNREADABLE),
        (float("inf"), "unreadable", UNREADABLE),
        (-13800138000, "unreadable", UNREADABLE),
        ("手机", "letters", LETTERS),
    ],
)
def test_what_is_no_phone_is_refused_with_a_sentence(value, code, sentence):
    assert refusal(value) == (code, [sentence % value])


def test_long_cells_are_refused():
    assert refusal("13800138000/" * 100)[0] == "unreadable"
    assert refusal(10**5_000)[0] == "unreadable"


@pytest.mark.parametrize("phone", STORED)
def test_what_is_stored_reads_as_itself(phone):
    assert read_phones(phone) == [phone]


@pytest.mark.parametrize("phone", STORED)
def test_every_spelling_reads_as_the_stored_number(phone):
    assert {clean_phone(spelling) for spelling in spellings(phone)} == {phone}
    assert phone in spellings(phone)


def test_phones_are_found_in_a_text():
    text = "张三13800138000,0791-8800000 2014 360102199001011234"

    assert [text[start:stop] for start, stop in find_phones(text)] == ["13800138000", "0791-8800000"]


@given(
    value=st.text()
    | st.text(st.sampled_from("0123456789+-() /、e.转手机8613"), max_size=40)
    | st.floats()
    | st.integers()
)
def test_any_cell_is_read_as_what_reads_as_itself_or_refused(value):
    assert is_read_or_refused(value)


def is_read_or_refused(value) -> bool:
    try:
        phones = read_phones(value)
    except ValidationError as error:
        return len(error.messages) == 1
    return [clean_phone(phone) for phone in phones] == phones


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("张三 13800138000", ("张三", ["13800138000"])),
        ("张三（0791-88000000、13800138000）", ("张三", ["0791-88000000", "13800138000"])),
        ("李四/+86 138 0013 8000", ("李四", ["13800138000"])),
        ("小明20150315", ("小明20150315", [])),
        ("张三", ("张三", [])),
        ("13800138000", ("", ["13800138000"])),
    ],
)
def test_phones_are_parted_from_the_text_around_them(text, parted):
    assert without_phones(text) == parted
