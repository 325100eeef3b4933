import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from yixin.intake.reading import read_text
from yixin.intake.sheets import Line, Sheet

TRICKY_TEXT = st.text(st.sampled_from("时间人数14|-:,;，\t\t\n\n\"' =\r\u3000\u200b\0\x0b\\"), max_size=80)
HEAD = ("时间", "内容", "人数")
ROW = ("2014年1月4日", "第二届江西公益年会", "140")


def lines(text):
    (sheet,) = read_text(text)
    return [(line.number, line.cells) for line in sheet.lines]


def refusal(text):
    with pytest.raises(ValidationError) as caught:
        read_text(text)
    return caught.value.code


@pytest.mark.parametrize("gap", ["\t", "  ", "    ", "\u3000", " \u3000 ", ",", ";", "，", " "])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_columns_are_parted(gap, line_end):
    assert read_text(line_end.join([gap.join(HEAD), gap.join(ROW), ""])) == [Sheet("", (Line(1, HEAD), Line(2, ROW)))]


def test_cells_of_several_lines_from_excel():
    text = '时间\t内容\t人数\n1月\t"年会\n和""沙龙"""\t140\n\t"是"引文"\n2月\t"a" b\t\n'

    assert lines(text) == [
        (1, HEAD),
        (2, ("1月", '年会\n和"沙龙"', "140")),
        (3, (None, '"是"引文"')),
        (4, ("2月", '"a" b')),
    ]


def test_quote_that_never_closes_is_a_sign_like_others():
    assert lines('时间\t内容\n1月\t"年会\n2月\t沙龙\n') == [
        (1, ("时间", "内容")),
        (2, ("1月", '"年会')),
        (3, ("2月", "沙龙")),
    ]


def test_table_of_word_with_a_cell_a_line():
    text = (
        "3、沙龙\n\t时间\n\t内容\n\t人数\n\n\t2014年1月4日\n\t第二届江西公益年会\n\t140\n\n"
        "\t2014年10-12月\n\t支持在一起\n\u3000\n\n\t合计\n\t\n\t221\n\n\n第二段\n"
    )

    assert lines(text) == [
        (1, ("3、沙龙",)),
        (2, HEAD),
        (3, ROW),
        (4, ("2014年10-12月", "支持在一起")),
        (5, ("合计", None, "221")),
        (6, ("第二段",)),
    ]


def test_cell_of_several_paragraphs_goes_on():
    assert lines("\t时间\n\t内容\n\n\t1月\n\t年会\n和沙龙\n") == [(1, ("时间", "内容")), (2, ("1月", "年会\n和沙龙"))]


def test_column_that_begins_empty_is_no_table_of_word():
    assert lines("\t时间\n\t1月\n\t2月\n") == [(1, (None, "时间")), (2, (None, "1月")), (3, (None, "2月"))]


@pytest.mark.parametrize(
    "text",
    [
        "| 时间 | 内容 | 人数 |\n|---|:--|--:|\n| 2014年1月4日 | 第二届江西公益年会 | 140 |\n",
        "|时间|内容|人数\n|-|-|-\n|2014年1月4日|第二届江西公益年会|140",
    ],
)
def test_markdown(text):
    assert lines(text) == [(1, HEAD), (3, ROW)]


def test_markdown_with_prose_empty_cells_and_escaped_pipes():
    assert lines("活动：\n|时间|内容|人数|\n|-|-|-|\n|1月||a\\|b|\n") == [
        (1, ("活动：",)),
        (2, HEAD),
        (4, ("1月", None, "a|b")),
    ]


def test_titles_above_columns_of_spaces():
    assert lines("活动一览\n时间  内容\n1月  年会 上午\n2月  沙龙\n") == [
        (1, ("活动一览",)),
        (2, ("时间", "内容")),
        (3, ("1月", "年会 上午")),
        (4, ("2月", "沙龙")),
    ]


@pytest.mark.parametrize(
    "text",
    ["我们办了年会，\n来了很多人，很好，\n谢谢。", "a b\nc", "时间 内容", "年会，沙龙，培训", "甲,乙\n丙\n丁\n戊"],
)
def test_prose_stays_whole(text):
    assert lines(text) == [(number, (line,)) for number, line in enumerate(text.split("\n"), 1)]


def test_guard_of_our_export_is_removed():
    assert lines("机构\t电话\n'=a\t'+86") == [(1, ("机构", "电话")), (2, ("=a", "+86"))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\u3000\t\n", "empty"),
        ("a\tb\n" * 5_031, "too_many_rows"),
        ("\ta\n\tb\n\n" * 5_031, "too_many_rows"),
        ("\t" * 200 + "a", "too_many_columns"),
        ("a\n" * 200_001, "too_complicated"),
        ("a" * 32_768, "too_long"),
        ("a" * (5 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_limits(text, code):
    assert refusal(text) == code


@pytest.mark.parametrize(
    "text",
    [
        '"\n' * 150_000,
        '\t"\n"a' * 150_000,
        "\n\t" * 150_000,
        "|" * 500_000,
        "| -" * 300_000 + "x",
        " \u3000" * 500_000 + "x",
    ],
    ids=["quotes", "fields", "blank", "pipes", "rules", "gaps"],
)
def test_text_made_to_be_slow_ends(text):
    try:
        found = read_text(text)
    except ValidationError as error:
        found = error.messages

    assert len(found) == 1


@given(st.text(max_size=200) | TRICKY_TEXT)
def test_any_text_is_read_or_refused(text):
    try:
        (sheet,) = read_text(text)
        told = all(any(line.cells) for line in sheet.lines)
    except ValidationError as error:
        told = bool(error.messages[0])

    assert told


@given(TRICKY_TEXT)
def test_no_letter_is_lost(text):
    try:
        (sheet,) = read_text(text)
    except ValidationError:
        return

    read = "".join(cell for line in sheet.lines for cell in line.cells if cell)

    assert [sign for sign in read if sign in "时间人数14"] == [sign for sign in text if sign in "时间人数14"]
