"""Numbers by which somebody can be reached, in every spelling; and the days, sums and counts that are none."""

from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.contact_numbers import contact_numbers

PARTED = ["", "-", ".", "_", "·", "・", "‐", "‑", "‒", "–", "—", "−", "－", " ", "\u00a0", "\u3000", "\u2009", "\u200b"]
PHONES = [
    *(f"139{sign}1111{sign}2222" for sign in PARTED),
    *("1 3 9 1 1 1 1 2 2 2 2", "1-3-9-1-1-1-1-2-2-2-2", "139  1111  2222", "139 - 1111 - 2222", "（139）1111-2222"),
    *("１３９１１１１２２２２", "１３９　１１１１　２２２２", "139-20140104", "13920140104", "𝟏𝟑𝟗𝟏𝟏𝟏𝟏𝟐𝟐𝟐𝟐"),
    *("+86 139 1111 2222", "8613911112222", "+86-139-1111-2222", "(+86)13911112222", "0086 13911112222"),
    *(
        "一三九一一一一二二二二",
        "壹叁玖壹壹壹壹贰贰贰贰",
        "幺三九幺幺幺幺二二二二",
        "一三九 〇〇〇〇 零零零零",
        "１3九一一一一2222",
    ),
    *(
        "0791-8800000",
        "(0791)8800000",
        "（0791）8800000",
        "0791－8800000",
        "0791.8800000",
        "0791 8800000",
        "07918800000",
    ),
    *("零七九一八八〇〇〇〇〇", "0791-88000000-801", "0791-88000000转801", "010-88000000", "0 7 9 1 8 8 0 0 0 0 0"),
    *("400-123-4567", "400 123 4567", "400.123.4567", "4001234567", "800-810-8888", "+85291234567", "00852 9123 4567"),
    *(
        "88001234",
        "8800123",
        "8800-1234",
        "8800－1234",
        "八八〇〇一二三四",
        "zhixing@example.org",
        "zhi_xing＠example.org",
    ),
]
CHATS = {
    "微信号: abc_123，": "微信号: #，",
    "微信：zhixing": "微信：#",
    "加微信wxid-abc12": "加微信#",
    "微信号是abc_123哦": "微信号是#哦",
    "vx abc123": "vx #",
    "加V：abcdef": "加V：#",
    "WeChat: some_body": "WeChat: #",
    "QQ：12345678": "QQ：#",
    "ＱＱ：１２３４５": "ＱＱ：#",
    "QQ群 123456789": "QQ群 #",
    "QQ群号：123456789。": "QQ群号：#。",
    "qq12345": "qq#",
}
RIGHT = [
    *("2014-01-04", "2014.01.04培训", "2014.1.4", "20140104", "2014/01/04", "2014年1月4日", "二〇一四〇一〇四"),
    *("2014-01-04至2014-01-06", "2014.1.31-2014.12.31", "2014-03-10 2014-03-12", "2014-01-04 09:00-11:30"),
    *("2013-2014", "2013—2014年", "2013-2014、2014-2015", "2014-2015-1", "二〇一三—二〇一四年度", "13-14日，15-16日"),
    *(
        "8800000元",
        "88000000 元",
        "共1234567.50元",
        "1,234,567",
        "￥8800000",
        "人民币8800000",
        "资助53100.00元",
        "3+5000000元",
    ),
    *("12345678人次", "8800000人", "8800000家", "88000000万", "三五七八九〇〇元", "一百二十三万四千五百六十七元"),
    *("12.3456789", "占比 33.3333333%", "91360100MA35XXXX1X", "51360000MJB0000000", "第1、2、3场", "9:00-11:30"),
    *("微信公众号", "QQ群500人", "QQ群12000人", "微信群2000人", "微信PK赛", "微信20140104发布", "WeChat group"),
    *("一二三四五六七", "（一）（二）（三）（四）（五）（六）（七）（八）", "星期一二三四五六日", "2014年12场1983人次"),
]


def masked(text: str) -> str:
    pieces, end = [], 0
    for start, stop in contact_numbers(text):
        pieces += [text[end:start], "#"]
        end = stop
    return "".join([*pieces, text[end:]])


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize(("before", "after"), [("打", ""), ("打", "。"), ("电话：", "，谢谢"), ("第1天打", "问问")])
def test_a_phone_is_found_whole(phone, before, after):
    assert masked(f"{before}{phone}{after}") == f"{before}#{after}"


@pytest.mark.parametrize(("text", "left"), CHATS.items())
def test_an_account_of_a_chat_is_found_where_the_text_says_so(text, left):
    assert masked(text) == left


@pytest.mark.parametrize("text", RIGHT)
def test_days_sums_and_counts_stay(text):
    assert masked(text) == text


def test_a_word_that_ends_or_begins_with_a_chinese_digit_hides_no_phone():
    assert masked("周一13911112222一个") == "周一#一个"
    assert "三九" not in masked("周一一三九一一一一二二二二一个")


def test_several_in_a_row_are_several():
    text = "13911112222,13911113333或 88001234 8800567;13911112222 13911113333"

    assert masked(text) == "#,#或 # #;# #"


@given(st.text("0123456789.-_ ·()（）一三九〇零元人次qv微信QQ：+年@a", max_size=40))
@example("2014.1.31-2014.12.31 2014.1.31-139")
def test_spans_are_in_order_apart_and_inside_of_any_text(text):
    spans = contact_numbers(text)

    ends = [0, *(place for span in spans for place in span), len(text)]
    assert ends == sorted(ends)
    assert all(start < stop for start, stop in spans)


@given(
    st.sampled_from("3456789"), st.text("0123456789", min_size=9, max_size=9), st.sampled_from(PARTED), st.booleans()
)
def test_any_mobile_number_is_found_whole(second, rest, sign, is_spoken):
    digits = f"1{second}{rest}"
    spelled = digits.translate(str.maketrans("0123456789", "〇一二三四五六七八九")) if is_spoken else digits

    assert masked(f"请打{spelled[:3]}{sign}{spelled[3:7]}{sign}{spelled[7:]}。") == "请打#。"


@pytest.mark.parametrize(
    "piece",
    ["1 3 ", "1-", "0791", "(1)3", "一", "微信", "qq群", "微信号", "2014.1.31-2014.12.31 ", "1", "12.34", "a@", "400 "],
)
def test_a_long_text_takes_no_longer_than_its_length(piece):
    began = perf_counter()

    contact_numbers(piece * (40_000 // len(piece)))

    assert perf_counter() - began < 3
