"""Names, numbers and addresses are found however they are written, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixin.spellings import wanted

SOMEBODY = wanted(
    ["甄金丝雀", "13912340917", "0791-88001234", "Zhen.Jsq@Canary.Example"], longer={"甄金丝雀儿", "甄金丝雀社"}
)


@pytest.mark.parametrize(
    "text",
    [
        "甄金丝雀", "和甄金丝雀谈", "甄 金丝雀", "甄·金丝雀", "甄\u3000金\u200b丝雀",
        "13912340917", "139-1234-0917", "139 1234 0917", "+86 13912340917", "8613912340917", "１３９１２３４０９１７",
        "电话：(0791)88001234", "0791-88001234", "079188001234",
        "zhen.jsq@canary.example", "<ZHEN.JSQ@CANARY.EXAMPLE>", "给zhen.jsq@canary.example吧",
        "ｚｈｅｎ．ｊｓｑ＠ｃａｎａｒｙ．ｅｘａｍｐｌｅ", "ＺＨＥＮ.jsq＠canary.example",
    ],
)  # fmt: skip
def test_every_spelling_is_found(text):
    assert len(SOMEBODY.spans(text)) == 1
    assert SOMEBODY.spans(SOMEBODY.covered(text, "…")) == []


@pytest.mark.parametrize(
    "text",
    [
        "", "甄金丝", "甄，金丝雀", "甄\n\n丝雀", "甄金丝雀儿", "甄金丝雀社的活动", "139123409170", "9139123409175",
        "1391234091", "azhen.jsq@canary.example", "zhen.jsq@canary.example2", "2014年1月9日 140人",
    ],
)  # fmt: skip
def test_what_is_somebody_else_or_nobody_is_not(text):
    assert SOMEBODY.spans(text) == []
    assert SOMEBODY.covered(text, "…") == text


def test_what_stands_around_it_stays():
    text = "甄金丝雀儿和甄金丝雀（139-1234-0917、zhen.jsq@canary.example）"

    assert SOMEBODY.covered(text, "某人") == "甄金丝雀儿和某人（某人、某人）"


def test_a_latin_name_is_a_word_of_its_own():
    somebody = wanted(["Ann Li"])

    assert [somebody.spans(text) for text in ("Ann Li", "ann  li.", "Joann Lisa", "annli")] == [
        [(0, 6)], [(0, 7)], [], [(0, 5)],
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["", " ", "甄", "12345", "-", "@"])
def test_what_is_too_short_to_tell_of_anybody_is_not_looked_for(word):
    found = wanted([word])

    assert found.spans("甄 12345 - @ a@b.c") == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_gone_through(before, after):
    text = f"{before}，甄金丝雀，{after}"

    spans = SOMEBODY.spans(text)

    assert all(0 <= start < stop <= len(text) for start, stop in spans)
    assert any(start <= len(before) + 1 < stop for start, stop in spans)
    assert SOMEBODY.spans(SOMEBODY.covered(text, "…")) == []
