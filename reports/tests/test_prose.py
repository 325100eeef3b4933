"""From what is typed to paragraphs, lists and numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document import Block, BlockKind, Run
from reports.figures import Figures
from reports.measures import Book
from reports.prose import blocks, complaints, in_words
from reports.scope import Scope


@pytest.fixture
def book(year_2014) -> Book:
    return Book(Figures(Scope(2014)))


def test_figures_are_filled_in_and_remember_their_name(book):
    found = blocks("本年{培训.场次}场，{培训.人次}人次，拨出{资助.总额}元。", book)

    assert found == (
        Block(
            BlockKind.PARAGRAPH,
            (
                Run("本年"),
                Run("26", "培训.场次"),
                Run("场，"),
                Run("1,462", "培训.人次"),
                Run("人次，拨出"),
                Run("53,100", "资助.总额"),
                Run("元。"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("- 一项", BlockKind.BULLET, "一项"),
        ("• 一项", BlockKind.BULLET, "一项"),
        ("1、第一", BlockKind.NUMBERED, "第一"),
        ("2. 第二", BlockKind.NUMBERED, "第二"),
        ("（3）第三", BlockKind.NUMBERED, "第三"),
        ("1.5倍的增长", BlockKind.PARAGRAPH, "1.5倍的增长"),
        ("2014年的工作", BlockKind.PARAGRAPH, "2014年的工作"),
        ("-5度的清晨", BlockKind.PARAGRAPH, "-5度的清晨"),
        ("-", BlockKind.PARAGRAPH, "-"),
        ("<b>不是标记</b>", BlockKind.PARAGRAPH, "<b>不是标记</b>"),
    ],
)
def test_lines_are_paragraphs_or_items(book, line, kind, text):
    (block,) = blocks(f"\n{line}\n\n", book)

    assert (block.kind, block.text) == (kind, text)


def test_what_is_no_figure_stays_in_the_text_and_is_complained_about(book):
    text = "办了{培训.场}场，见{没有这个}，去重{培训.去重人数}人。"

    (block,) = blocks(text, book)

    assert [run for run in block.runs if run.is_unknown] == [
        Run("{培训.场}", is_unknown=True),
        Run("{没有这个}", is_unknown=True),
        Run("不详", "培训.去重人数", is_unknown=True),
    ]
    assert complaints(text, book) == [
        "“{培训.场}”不是可用的数字；您是不是想写“{培训.场次}”？",
        "“{没有这个}”不是可用的数字。请从数字列表里选一个。",
        "“{培训.去重人数}”目前不详：还没有记录能算出它。",
    ]


@pytest.mark.parametrize(("value", "words"), [(0, "0"), (1462, "1,462"), (26.5, "26.5"), (30.0, "30")])
def test_numbers_as_a_sentence_has_them(value, words):
    assert in_words(value) == words


@pytest.mark.django_db
@given(st.text(max_size=200))
def test_no_text_is_lost_or_refused(text):
    book = Book(Figures(Scope(2014)))

    found = blocks(text, book)

    kept = "".join("".join(block.text.split()) for block in found)
    assert len(kept) <= len("".join(text.split()))
    assert all(block.runs for block in found)
