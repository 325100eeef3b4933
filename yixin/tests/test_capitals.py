"""Amounts written out for a receipt."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixin.capitals import capitals

PLACES = {"拾": 10, "佰": 100, "仟": 1_000}
SECTIONS = {"万": 10_000, "亿": 100_000_000}


def read(text: str) -> Decimal:
    """Reads it back character by character, knowing nothing of how it was written."""
    total = section = digit = 0
    cents = 0
    for character in text.removeprefix("人民币"):
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in PLACES:
            section, digit = section + digit * PLACES[character], 0
        elif character in SECTIONS:
            total, section, digit = total + (section + digit) * SECTIONS[character], 0, 0
        elif character == "元":
            total, section, digit = total + section + digit, 0, 0
        elif character in "角分":
            cents, digit = cents + digit * (10 if character == "角" else 1), 0
    return Decimal(total) + Decimal(cents) / 100


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("53100", "人民币伍万叁仟壹佰元整"),
        ("0", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角整"),
        ("10", "人民币壹拾元整"),
        ("11.10", "人民币壹拾壹元壹角整"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("100005000", "人民币壹亿零伍仟元整"),
        ("100000001", "人民币壹亿零壹元整"),
        ("20000000.01", "人民币贰仟万元零壹分"),
        ("10010", "人民币壹万零壹拾元整"),
        ("1000000000", "人民币壹拾亿元整"),
    ],
)
def test_amount_is_written_as_on_a_cheque(amount, written):
    assert capitals(Decimal(amount)) == written


@given(st.integers(0, 100_000_000_000))
def test_what_is_written_reads_back_and_has_no_two_zeros_and_no_figure(cents):
    amount = Decimal(cents) / 100

    written = capitals(amount)

    assert read(written) == amount
    assert re.search("零零|零[万亿元角整]|[0-9]", written.replace("人民币零元整", "")) is None
    assert written.endswith("整") == (cents % 10 == 0)


@pytest.mark.parametrize("amount", ["-0.01", "1000000000.01", "0.001", "NaN", "Infinity", "1E+20"])
def test_what_is_no_such_amount_is_refused(amount):
    with pytest.raises(ValueError, match=r"no amount between|more than two decimals"):
        capitals(Decimal(amount))
