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
        "+86 791 88001234", "86-791-88001234", "0086 (791) 88001234", "+86 (0)791-88001234", "8679188001234",
        "＋８６ ７９１ ８８００１２３４",
    ],
)  # fmt: skip
def test_a_number_with_an_area_is_found_without_its_0_after_86(text):
    assert SOMEBODY.covered(f"电话{text}。", "…") == "电话…。"


SWITCHED = "0791-88001234-801"


@pytest.mark.parametrize("word", [SWITCHED, "0791-88001234转801", "0791-88001234 ext. 801", "+86 791 88001234-801"])
@pytest.mark.parametrize(
    "text",
    [
        "0791-88001234转801", SWITCHED, "0791-88001234 ext. 801", "0791-88001234", "0791 88001234 转 801",
        "0791-88001234（转801）", "+86 791 88001234 分机：801", "079188001234801", "０７９１－８８００１２３４转８０１",
        "0791-88001234 801",
    ],
)  # fmt: skip
def test_a_number_is_found_with_its_extension_and_without(word, text):
    assert wanted([word]).covered(f"（电话{text}），", "…") == "（电话…），"


@pytest.mark.parametrize(
    "text",
    [
        "0791-88001234转802", "0791-88001234-8012", "0791-88001234 ext. 8", "0791-88001234（转802）", "0791-880012345",
        "10791-88001234", "186-791-88001234", "791-88001234", "0791-8800123", "0792-88001234-801", "801",
    ],
)  # fmt: skip
def test_a_number_that_merely_contains_it_or_has_another_extension_is_not(text):
    assert wanted([SWITCHED]).spans(text) == []


def test_what_stands_after_a_number_without_an_extension_stays():
    somebody = wanted([SWITCHED])

    assert somebody.covered("打0791-88001234，2014年起；0791-88001234 2014年", "…") == "打…，2014年起；… 2014年"
    assert somebody.covered("0791-88001234-13800138000", "…") == "…-13800138000"
    assert somebody.covered("0791-88001234（转801）2014年", "…") == "…2014年"


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


@given(st.text(max_size=40), st.sampled_from(["转801", "-801", " ext. 801", "", "-802", " 86-791-88001234"]), st.text())
def test_no_text_around_a_number_leaves_it_to_be_found_again(before, after_it, after):
    somebody = wanted([SWITCHED])

    assert somebody.spans(somebody.covered(f"{before}0791-88001234{after_it}{after}", "…")) == []
