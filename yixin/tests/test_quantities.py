from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from yixin.numerals import DIGITS, read_number
from yixin.quantities import HeadCount, known_sum, parse_amount, parse_headcount

ANY_TEXT = st.text(st.characters(categories=None), max_size=40)
TRICKY_TEXT = st.text(
    st.sampled_from("0123456789.,，-~～约近余多百千万亿十零一两元块¥￥角分整人名至负+ ²①٣∞$"), max_size=20
)
ANY_NUMBER = (
    st.integers() | st.floats(allow_nan=True, allow_infinity=True) | st.decimals(allow_nan=True) | st.booleans()
)
UNKNOWN = [
    None,
    "",
    "\u3000",
    " ",
    "-",
    "—",
    "——",
    "/",
    "不详",
    "未知",
    "未统计",
    "无",
    "待定",
    "N/A",
    "?",
    "？",
    "None",
]


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 0), ([None], None), ([None, None], None), ([0], 0), ([None, 0], 0), ([1, None, 2], 3)],
)
def test_sum_of_what_is_known(values, expected):
    assert known_sum(values) == expected


def refusal(parse, value):
    with pytest.raises(ValidationError) as caught:
        parse(value)
    with override("en"):
        return caught.value.code, caught.value.params["text"], caught.value.messages


def is_read_or_refused(parse, value):
    try:
        parse(value)
    except ValidationError as error:
        return bool(error.messages[0])
    return True


def chinese(number):
    """The numeral as it is read aloud."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1_000 else ""
        return f"{chinese(high)}万{zero}{chinese(low) if low else ''}"
    text, digits = "", str(number)
    for place, digit in enumerate(digits):
        unit = ["", "十", "百", "千"][len(digits) - place - 1]
        text += DIGITS[int(digit)] + (unit if digit != "0" else "")
    while "零零" in text:
        text = text.replace("零零", "零")
    return text if text == "零" else text.rstrip("零")


@pytest.mark.parametrize(
    ("typed", "number", "is_estimated"),
    [
        ("400人", 400, False), ("４００", 400, False), ("400", 400, False), ("1,200", 1200, False),
        ("1，200", 1200, False), ("400人次", 400, False), ("400名", 400, False), ("400位", 400, False),
        ("400个", 400, False), ("400 个人", 400, False), ("共400人", 400, False), ("三十名", 30, False),
        ("二十人", 20, False), ("一百二十", 120, False), ("一百二", 120, False), ("两百", 200, False),
        ("两百零五", 205, False), ("一万零五", 10005, False), ("两万五", 25000, False),
        ("1.2万", 12000, False),
        ("0.35万", 3500, False), ("3千", 3000, False), ("3万5千", 35000, False), ("40.0", 40, False),
        ("十", 10, False), ("零", 0, False), ("0", 0, False), ("1,000,000", 1_000_000, False),
        (400, 400, False), (40.0, 40, False), (-0.0, 0, False), (Decimal("40.00"), 40, False),
        (1e6, 1_000_000, False),
        ("约40", 40, True), ("大约40", 40, True), ("大概 40 人", 40, True), ("近40", 40, True),
        ("将近40", 40, True),
        ("接近40", 40, True), ("差不多40", 40, True), ("40左右", 40, True), ("40人左右", 40, True),
        ("40余人", 40, True), ("30多人", 30, True), ("100人以上", 100, True), ("100+", 100, True),
        ("~40", 40, True),
        ("～４０", 40, True), ("三十余名", 30, True), ("三十来个人", 30, True), ("近百人", 100, True),
        ("百余人", 100, True), ("上百人", 100, True), ("百人", 100, True), ("10余万人", 100_000, True),
        ("5百余人", 500, True), ("共约40人", 40, True),
    ],
)  # fmt: skip
def test_headcount_is_read_as_written(typed, number, is_estimated):
    assert parse_headcount(typed) == HeadCount(number, is_estimated)


@pytest.mark.parametrize("typed", UNKNOWN)
def test_unknown_is_none_and_not_zero(typed):
    assert (parse_headcount(typed), parse_amount(typed)) == (None, None)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12.5", "fractional"), ("12.7人", "fractional"), (12.5, "fractional"),
        (Decimal("0.1"), "fractional"),
        (Decimal("1E-99999"), "fractional"), ("1.23456万", "fractional"),
        ("-5", "negative"), ("－5人", "negative"), ("−5", "negative"), ("负三", "negative"), (-1, "negative"),
        ("1000001", "too_large"), ("200万", "too_large"),
        pytest.param(10**5000, "too_large", id="huge number"),
        pytest.param("9" * 5000, "too_large", id="huge text"),
        (Decimal("1E+99999"), "too_large"), (1e300, "too_large"),
        ("1,23", "thousands"), ("1,0000人", "thousands"), (",5", "thousands"),
        ("很多人", "unreadable"), ("男12女18", "unreadable"), ("几十人", "unreadable"),
        ("三五人", "unreadable"),
        ("七八十人", "unreadable"), ("1万2", "unreadable"), ("1 200", "unreadable"), ("人", "unreadable"),
        ("②", "unreadable"), ("4²", "unreadable"), ("٣", "unreadable"), ("∞", "unreadable"),
        ("1.2.3", "unreadable"),
        ("一亿亿", "unreadable"), ("一百百", "unreadable"), ("2千3万", "unreadable"),
        ("1.5万2千", "unreadable"),
        ("=1+1", "unreadable"), ("约-40", "unreadable"), (True, "unreadable"), (False, "unreadable"),
        (float("nan"), "unreadable"), (float("inf"), "unreadable"), (Decimal("sNaN"), "unreadable"),
        ([], "unreadable"),
    ],
)  # fmt: skip
def test_headcount_refuses_what_is_none(typed, code):
    found, quoted, messages = refusal(parse_headcount, typed)

    assert found == code
    assert [quoted in message and "%(" not in message for message in messages] == [True]
    assert 0 < len(quoted) <= 40


@pytest.mark.parametrize(
    ("typed", "example"),
    [
        ("30-40人", "约35"),
        ("30~40", "约35"),
        ("30人至40人", "约35"),
        ("三十到四十人", "约35"),
        ("约100—200人左右", "约150"),
    ],
)
def test_headcount_range_is_refused_with_an_example(typed, example):
    assert refusal(parse_headcount, typed) == (
        "range",
        typed,
        [f"“{typed}” is a range. Write one number, for example {example}."],
    )


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("7000", "7000.00"), ("7,000元", "7000.00"), ("￥7,000", "7000.00"), ("¥7000.50", "7000.50"),
        ("RMB 7000", "7000.00"), ("7000 CNY", "7000.00"), ("人民币7000元整", "7000.00"),
        ("7000块", "7000.00"),
        ("7000块钱", "7000.00"), ("共7000元", "7000.00"), ("人民币￥7,000.00元", "7000.00"),
        ("７０００．５", "7000.50"),
        ("0.35万", "3500.00"), ("3.5万元", "35000.00"), ("五千元", "5000.00"), ("伍仟元整", "5000.00"),
        ("柒仟元", "7000.00"), ("伍万叁仟壹佰元整", "53100.00"), ("7元5角", "7.50"),
        ("伍拾元零伍分", "50.05"),
        ("7000.500", "7000.50"), ("0", "0.00"), ("1000000000", "1000000000.00"),
        (7000, "7000.00"), (7000.5, "7000.50"), (0.1 + 0.2, "0.30"), (1e9, "1000000000.00"), (-0.0, "0.00"),
        (Decimal("7000.5"), "7000.50"),
    ],
)  # fmt: skip
def test_amount_is_yuan_with_two_decimals(typed, amount):
    parsed = parse_amount(typed)

    assert (parsed, str(parsed)) == (Decimal(amount), amount)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-7000", "negative"), ("￥-7,000", "negative"), ("-￥7000", "negative"), ("负七千元", "negative"),
        (-1, "negative"), (-0.5, "negative"), (Decimal("-0.01"), "negative"),
        ("约7000", "estimated"), ("约￥7000", "estimated"), ("7000左右", "estimated"),
        ("7000多元", "estimated"),
        ("五万余元", "estimated"), ("7000元以上", "estimated"), ("近百万元", "estimated"),
        ("5000-6000元", "estimated"),
        ("7000.505", "decimals"), (1.005, "decimals"), (Decimal("1.234"), "decimals"),
        ("0.0000001万", "decimals"),
        (Decimal("1E-999999"), "decimals"),
        ("1000000000.01", "too_large"), ("11亿", "too_large"),
        pytest.param(10**5000, "too_large", id="huge number"),
       
        pytest.param("9" * 5000, "too_large", id="huge text"),
        (1e300, "too_large"), (Decimal("1E+999999"), "too_large"),
        ("1,23", "thousands"), ("7,0000元", "thousands"),
        ("$100", "currency"), ("100美元", "currency"), ("HK$100", "currency"), ("500港币", "currency"),
        ("EUR 5", "currency"), ("＄5", "currency"),
        ("很多", "unreadable"), ("12a", "unreadable"), ("(7,000)", "unreadable"), ("上海7000", "unreadable"),
        ("7元12角", "unreadable"), ("7.5元5角", "unreadable"), ("元", "unreadable"),
        ("=HYPERLINK(1)", "unreadable"),
        (True, "unreadable"), (float("nan"), "unreadable"), (float("-inf"), "unreadable"), ([], "unreadable"),
    ],
)  # fmt: skip
def test_amount_refuses_what_is_none(typed, code):
    found, quoted, messages = refusal(parse_amount, typed)

    assert found == code
    assert [quoted in message and "%(" not in message for message in messages] == [True]
    assert 0 < len(quoted) <= 40


def test_negative_amount_is_told_of_refunds():
    assert refusal(parse_amount, "-7000") == (
        "negative",
        "-7000",
        [
            "“-7000” is a negative amount. Write it without the minus sign; "
            "a refund is recorded as its own kind of payment."
        ],
    )


@given(ANY_TEXT | TRICKY_TEXT | ANY_NUMBER)
@settings(max_examples=400)
def test_any_value_is_read_or_refused(value):
    assert is_read_or_refused(parse_headcount, value)
    assert is_read_or_refused(parse_amount, value)


@pytest.mark.parametrize("part", ["9", "百", "1,", "约", "¥", "1万"])
@pytest.mark.parametrize("parse", [parse_headcount, parse_amount])
def test_a_flood_of_text_is_refused(parse, part):
    with pytest.raises(ValidationError):
        parse(part * 100_000)


@given(st.integers(0, 1_000_000))
def test_every_number_reads_back_in_every_spelling(number):
    full_width = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    capitals = str.maketrans("一二三四五六七八九十百千万", "壹贰叁肆伍陆柒捌玖拾佰仟萬")
    spellings = [number, float(number), str(number), f"{number:,}", f"{number}人", full_width]
    spellings += [chinese(number), chinese(number).translate(capitals), f"{Decimal(number) / 10_000:f}万"]

    assert [parse_headcount(spelling) for spelling in spellings] == [HeadCount(number)] * len(spellings)
    assert [parse_amount(spelling) for spelling in spellings if spelling != f"{number}人"] == [Decimal(number)] * 8


@given(st.integers(0, 1_000_000), st.booleans())
def test_a_printed_headcount_reads_back(number, is_estimated):
    count = HeadCount(number, is_estimated)

    assert parse_headcount(str(count)) == count


@given(st.decimals(0, 1_000_000_000, places=2))
def test_every_amount_reads_back_in_every_spelling(amount):
    spellings = [amount, float(amount), f"{amount}", f"￥{amount:,}", f"{amount:,}元", f"人民币 {amount}"]

    assert [parse_amount(spelling) for spelling in spellings] == [amount] * len(spellings)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三亿两千万", 320_000_000),
        ("一千零一十", 1010),
        ("廿三", 23),
        ("百万", 1_000_000),
        ("3百万", 3_000_000),
        ("零零", None),
    ],
)
def test_read_number_knows_chinese_numerals(text, number):
    assert read_number(text) == number
