import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yixin.text import clean_lines, clean_text, excerpt, initials, name_key, pinyin, slug

ANY_TEXT = st.text(st.characters(categories=None), max_size=60)
TRICKY_TEXT = st.lists(
    st.sampled_from(
        [
            "[bookmark:",
            "[book",
            "mark: a]",
            "]",
            "a",
            "e",
            "-",
            "́",
            "̣",
            "̈́",
            "ﷺ",
            "ß",
            "İ",
            "中",
            "·",
            " ",
            "\u3000",
            "\n",
            "\r",
            "\u200b",
            "�",
            "\x00",
            "Ａ",
            "①",
            "ǅ",
            "ͅ",
            "´",
            "ﾞ",
            "カ",
            "가",
            "ᆨ",
            "️",
        ]
    ),
    max_size=40,
).map("".join)
FORBIDDEN = set("\x00\x07\x7f\x85\xad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\ufffe\uffff\ufffc\U0010ffff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000))
}


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("第二届[bookmark: OLE_LINK1]江西公益年会", "第二届江西公益年会"),
        ("[bookmark: _Hlk396771122]南昌市公益组织沙龙[bookmark: OLE_LINK2] ", "南昌市公益组织沙龙"),
        ("[book[bookmark: a]mark: b]年会", "年会"),
        ("[bookmark: [bookmark: a] b]", "b]"),
        ("\u3000南昌\u00a0\t沙龙\n二 ", "南昌 沙龙 二"),
        ("南\u200b昌\ufeff\u00ad\x00\x07\u202e\u2066\u200f\u061c\u2060", "南昌"),
        ("a\ud800b\uffffc\U0001fffed", "abcd"),
        ("e\u0301", "é"),
        ("Ａ１，（４００人）", "Ａ１，（４００人）"),
        ("", ""),
        ("\u3000\t", ""),
        ("a" + "\u0301" * 50, "á" + "\u0301" * 7),
    ],
)
def test_clean_text_leaves_one_line(typed, cleaned):
    assert clean_text(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("一\r\n二\r三\u2028四\x0b五", "一\n二\n三\n四\n五"),
        ("\n\n　　第一段 \n\n\n\n  第二段\t。\n", "第一段\n\n第二段 。"),
        ("一[bookmark: OLE_LINK1]\n \u3000\n\u200b\n二", "一\n\n二"),
        ("", ""),
    ],
)
def test_clean_lines_keeps_paragraphs(typed, cleaned):
    assert clean_lines(typed) == cleaned


@given(ANY_TEXT | TRICKY_TEXT)
@settings(max_examples=300)
def test_cleaning_is_idempotent_and_leaves_nothing_forbidden(typed):
    line, lines = clean_text(typed), clean_lines(typed)

    assert (clean_text(line), clean_lines(lines)) == (line, lines)
    assert FORBIDDEN & set(line + lines) == set()
    assert unicodedata.normalize("NFC", line) == line
    assert " ".join(line.split()) == line


FLOODS = {
    "marks": "a" + "\u0301\u0323" * 50_000,
    "residue begun": "[bookmark:" * 10_000,
    "residue nested": "[bookmark:" * 10_000 + "a]" * 10_000,
    "residue of spaces": "[bookmark: " + " " * 50_000,
    "names": "于都" * 50_000,
    "spaces": "\u3000" * 50_000,
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS.keys())
@pytest.mark.parametrize("function", [clean_text, clean_lines, name_key, pinyin, initials, slug, excerpt])
def test_a_flood_of_text_is_read_in_linear_time(function, flood):
    # Anything worse than linear would run for minutes.
    assert len(function(flood)) <= len(flood)


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("4月\n26日", "4月 26日"),
        ("一" * 41, "一" * 39 + "…"),
        ("一" * 40, "一" * 40),
        (2014, "2014"),
        pytest.param(10**5000, "1" + "0" * 38 + "…", id="huge"),
        (True, "True"),
        (1.5, "1.5"),
        ([], "[]"),
    ],
)
def test_excerpt_quotes_shortly(value, quoted):
    assert excerpt(value) == quoted


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("知行空间", "知行空间"),
        ("知行 空间（南昌）", "知行空间南昌"),
        ("《益·路-阳_光》", "益路阳光"),
        ("ＡＨＡ（美国）", "aha美国"),
        ("Straße 7", "strasse7"),
        ("！！ ？", "!!?"),
        ("·", "·"),
        ("c\u200b-\u0301", "ć"),
        ("", ""),
    ],
)
def test_name_key_keeps_letters_and_digits(name, key):
    assert name_key(name) == key


@given(ANY_TEXT | TRICKY_TEXT)
@settings(max_examples=300)
def test_name_key_is_idempotent_and_empty_only_for_the_empty_name(name):
    key = name_key(name)

    assert name_key(key) == key
    assert bool(key) == bool(clean_text(name))


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=30))
def test_name_key_ignores_width(name):
    full_width = "".join("\u3000" if c == " " else chr(ord(c) + 0xFEE0) for c in name)

    assert name_key(full_width) == name_key(name)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("于都县", "yuduxian"),
        ("都昌县", "duchangxian"),
        ("宁都县", "ningduxian"),
        ("铅山县", "yanshanxian"),
        ("余干县", "yuganxian"),
        ("新干县", "xinganxian"),
        ("万载县", "wanzaixian"),
        ("鄱阳县", "poyangxian"),
        ("弋阳县", "yiyangxian"),
        ("婺源县", "wuyuanxian"),
        ("渝水区", "yushuiqu"),
        ("乐平市", "lepingshi"),
        ("乐安县", "leanxian"),
        ("赣县区", "ganxianqu"),
        ("浔阳区", "xunyangqu"),
        ("重庆", "chongqing"),
        ("厦门", "xiamen"),
        ("六安", "luan"),
        ("朝阳", "chaoyang"),
        ("成都", "chengdu"),
        ("首都", "shoudu"),
        ("都匀", "duyun"),
        ("知行 空间A2", "zhixingkongjiana2"),
        ("同行者", "tongxingzhe"),
        ("乐施会", "leshihui"),
        ("绿色女童", "lvsenvtong"),
        ("ＡＨＡ·Café（南昌）", "ahacafénanchang"),
        ("！", ""),
    ],
)
def test_pinyin_reads_names(name, reading):
    assert pinyin(name) == reading


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("知行空间", "zxkj"),
        ("知行空间A2", "zxkja2"),
        ("AHA Heart 2014年", "ah2014n"),
        ("于都县", "ydx"),
        ("", ""),
    ],
)
def test_initials_take_one_letter_a_syllable(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("知行 空间A2", "zhixingkongjian-a2"),
        ("绿色·女童 Café Club", "lvsenvtong-cafe-club"),
        ("2014年公益年会", "2014-niangongyinianhui"),
        ("Москва 7", "7"),
        ("Москва", "x4ed06085"),
        ("！！", "x233d26e9"),
        ("", "xe3b0c442"),
    ],
)
def test_slug_is_an_address(name, address):
    assert slug(name) == address


def test_slug_is_cut_without_a_trailing_dash():
    assert slug("abc def", max_length=4) == "abc"


@given(ANY_TEXT | TRICKY_TEXT)
def test_readings_hold_nothing_but_what_they_promise(name):
    address = slug(name)

    assert address.strip("abcdefghijklmnopqrstuvwxyz0123456789-") == ""
    assert 1 <= len(address) <= 60
    assert address.strip("-") == address
    assert all(character.isalnum() for character in pinyin(name) + initials(name))
