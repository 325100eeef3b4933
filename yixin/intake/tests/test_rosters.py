"""Lists of people as they are pasted from a chat, and what is made of them."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixin.intake.entries import LONGEST, MOST_PARTS, read_entry
from yixin.intake.rosters import HEAD, read_roster
from yixin.intake.sheets import Line, Sheet

SIGN_UP = """#接龙
周六志愿者培训报名
时间：1月4日　地点：南昌
例：张三 单位 电话

1. 张三 南昌义工联 13800138000
2、李四，138-0013-8001，知行空间
3） 王五 🌞
(4) 赵六（开心义工）0791-8800000 已报名
⑤钱七/麦田/１３９００１３９０００
6 孙八 请假
No.7 周老师
8. 小鱼儿
９．@吴九 +1
10. Mary Smith 益心益意
11. 买买提·吐尔逊 13700137000
12. 欧阳老师 理事长 义工联
13. 13800138009
14. 南昌义工联
15. 王芳
13812345678
16.
李明 青原色
共16人"""


def entries(text: str) -> list[tuple]:
    """Number and cells of each line below the head."""
    lines = read_roster(text).lines
    head = next(place for place, line in enumerate(lines) if line.cells == HEAD)
    return [(line.number, *line.cells) for line in lines[head + 1 :]]


def titles(text: str) -> list[tuple[int, str]]:
    return [(line.number, *line.cells) for line in read_roster(text).lines if len(line.cells) == 1]


def cells(text: str) -> tuple:
    return read_entry(text).cells


def test_sign_up_list_from_wechat_is_read_line_by_line():
    assert entries(SIGN_UP) == [
        (6, "张三", "南昌义工联", "13800138000", None),
        (7, "李四", "知行空间", "138-0013-8001", None),
        (8, "王五", None, None, None),
        (9, "赵六", "开心义工", "0791-8800000", None),
        (10, "钱七", "麦田", "13900139000", None),
        (11, "孙八", None, None, "请假"),
        (12, "周老师", None, None, None),
        (13, "小鱼儿", None, None, None),
        (14, "吴九", None, None, "+1"),
        (15, "Mary Smith", "益心益意", None, None),
        (16, "买买提·吐尔逊", None, "13700137000", None),
        (17, "欧阳老师", "义工联", None, "理事长"),
        (18, None, None, "13800138009", None),
        (19, None, "南昌义工联", None, None),
        (20, "王芳", None, "13812345678", None),
        (22, "李明", "青原色", None, None),
    ]


def test_titles_examples_and_sums_are_told_as_they_stand():
    assert titles(SIGN_UP) == [
        (1, "#接龙"),
        (2, "周六志愿者培训报名"),
        (3, "时间：1月4日 地点：南昌"),
        (4, "例：张三 单位 电话"),
        (24, "共16人"),
    ]


def test_sheet_is_titles_then_head_then_people():
    sheet = read_roster("签到\n\n张三 义工联")

    assert sheet == Sheet(
        "", (Line(1, ("签到",)), Line(2, ("姓名", "单位", "电话", "备注")), Line(3, ("张三", "义工联", None, None)))
    )


def test_head_of_a_list_without_titles_has_number_nought():
    assert [line.number for line in read_roster("张三\n李四").lines] == [0, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "今天天气很好，大家路上小心。",
        "姓名\t单位\n张三\t义工联",
        "培训签到\n序号\t姓名\t电话\n1\t张三\t13800138000",
        "|姓名|单位|\n|---|---|\n|张三|义工联|",
        "姓名,电话\n张三,13800138000",
        "姓名 单位 电话\n张三 义工联 13800138000",
        "学员\t学校\n张三\t义工联",
        "签到表\n姓名  单位\n张三  义工联",
        "\t姓名\n\t单位\n\n\t张三\n\t义工联",
        "时间\t内容\t人数\n1月4日\t年会\t140",
        "13800138000",
        "南昌义工联",
        "1. 南昌义工联",
    ],
)
def test_table_or_text_that_names_nobody_is_no_roster(text):
    assert read_roster(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三\n李四\n", [(1, "张三", None, None, None), (2, "李四", None, None, None)]),
        ("张三\r\n李四", [(1, "张三", None, None, None), (2, "李四", None, None, None)]),
        ("张三\t义工联\n李四\t麦田", [(1, "张三", "义工联", None, None), (2, "李四", "麦田", None, None)]),
        ("1 张三\n2 小鱼儿", [(1, "张三", None, None, None), (2, "小鱼儿", None, None, None)]),
        ("1张三\n2李四", [(1, "张三", None, None, None), (2, "李四", None, None, None)]),
        ("1. 小鱼儿\n2. 大鱼", [(1, "小鱼儿", None, None, None), (2, "大鱼", None, None, None)]),
        ("#接龙\n1. 小鱼儿", [(2, "小鱼儿", None, None, None)]),
        ("姓名 单位\n1. 张三 义工联", [(2, "张三", "义工联", None, None)]),
        ("1、时间：1月4日\n2、地点：南昌\n1、张三", [(3, "张三", None, None, None)]),
        ("联系人 王芳 13800138000\n报名：\n1. 张三", [(3, "张三", None, None, None)]),
        ("王芳:\n#接龙\n1. 张三", [(3, "张三", None, None, None)]),
        ("1. 张三\n例 王五 义工联\n2. 李四", [(1, "张三", None, None, None), (3, "李四", None, None, None)]),
        (
            "1. 张三\n小鱼儿\n2. 李四",
            [(n, name, None, None, None) for n, name in enumerate(["张三", "小鱼儿", "李四"], 1)],
        ),
    ],
)
def test_where_entries_begin_and_end(text, expected):
    assert entries(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三\n13800138000\n李四", [(1, "张三", None, "13800138000", None), (3, "李四", None, None, None)]),
        ("1. 张三\n南昌义工联\n138 0013 8000", [(1, "张三", "南昌义工联", "138 0013 8000", None)]),
        ("1.\n张三\n13800138000\n2.\n李四", [(1, "张三", None, "13800138000", None), (4, "李四", None, None, None)]),
        (
            "姓名：张三\n单位：义工联\n电话：13800138000\n\n姓名：李四\n单位：麦田",
            [(1, "张三", "义工联", "13800138000", None), (5, "李四", "麦田", None, None)],
        ),
        (
            "张三 13800138000\n13900139000",
            [(1, "张三", None, "13800138000", None), (2, None, None, "13900139000", None)],
        ),
        (
            "张三\n南昌义工联\n李四",
            [(1, "张三", None, None, None), (2, None, "南昌义工联", None, None), (3, "李四", None, None, None)],
        ),
        ("1. 张三\n请假", [(1, "张三", None, None, "请假")]),
    ],
)
def test_line_goes_on_with_the_entry_above_only_where_it_can_be_nothing_else(text, expected):
    assert entries(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三（义工联）13800138000", ("张三", "义工联", "13800138000", None)),
        ("张三13800138000义工联", ("张三", "义工联", "13800138000", None)),
        ("张三-义工联-0791-8800000", ("张三", "义工联", "0791-8800000", None)),
        ("张三｜义工联｜(0791)88000000", ("张三", "义工联", "(0791)88000000", None)),
        ("张 三 义工联", ("张三", "义工联", None, None)),
        ("欧阳 修 义工联", ("欧阳修", "义工联", None, None)),
        ("13800138000 义工联 张三", ("张三", "义工联", "13800138000", None)),
        ("+86 138-0013-8000 张三", ("张三", None, "+86 138-0013-8000", None)),
        ("张三 13800138000/15900159000", ("张三", None, "13800138000/15900159000", None)),
        ("张三 1380013800", ("张三", None, "1380013800", None)),
        ("张三 电话 13800138000 义工联", ("张三", "义工联", "13800138000", None)),
        ("姓名：小鱼儿 单位：金盆 电话：13800138000 备注：素食", ("小鱼儿", "金盆", "13800138000", "素食")),
        ("张三老师 麦田", ("张三", "麦田", None, "老师")),
        ("会长李四 义工联", ("李四", "义工联", None, "会长")),
        ("师永刚 义工联", ("师永刚", "义工联", None, None)),
        ("张三 副理事长 义工联", ("张三", "义工联", None, "副理事长")),
        ("王先生", ("王先生", None, None, None)),
        ("张三请假", ("张三", None, None, "请假")),
        ("张三（因事请假）", ("张三", None, None, "因事请假")),
        ("张三不参加", ("张三", None, None, "不参加")),
        ("张三已报名", ("张三", None, None, None)),
        ("张三 参加", ("张三", None, None, None)),
        ("张三+1", ("张三", None, None, "+1")),
        ("张三 女 带2人 素食", ("张三", None, None, "女 带2人 素食")),
        ("张三（李四代）义工联", ("张三", "义工联", None, "李四代")),
        ("来自麦田的朋友 张三", ("张三", "麦田的朋友", None, None)),
        ("Tom 义工联", ("Tom", "义工联", None, None)),
        ("IDOR 张三", ("张三", "IDOR", None, None)),
        ("Mary-Ann Smith，麦田", ("Mary-Ann Smith", "麦田", None, None)),
        ("小鱼儿 南昌义工联", ("小鱼儿", "南昌义工联", None, None)),
        ("南昌义工联 小鱼儿", ("小鱼儿", "南昌义工联", None, None)),
        ("江西 小鱼儿", ("小鱼儿", "江西", None, None)),
        ("张三 义工联 知行空间", ("张三", "义工联", None, "知行空间")),
        ("张三 2014-01-04 10:30:22", ("张三", None, None, "2014-01-04 10:30:22")),
        ("张三 QQ：12345678", ("张三", None, None, "QQ：12345678")),
        ("张三 ❤️👍🏽 麦田", ("张三", "麦田", None, None)),
        ("张三、李四 南昌义工联", ("张三、李四", "南昌义工联", None, None)),
        ("张三 李四 13800138000", ("张三、李四", None, "13800138000", None)),
        ("张三和李四 麦田", ("张三、李四", "麦田", None, None)),
        ("13800138000", (None, None, "13800138000", None)),
        ("南昌义工联", (None, "南昌义工联", None, None)),
        ("请假", (None, None, None, "请假")),
        ("张三 360102199001011234", ("张三", None, None, "360102199001011234")),
        ("张三 36010219900101123X", ("张三", None, None, "36010219900101123X")),
        ("", (None, None, None, None)),
        ("🌞", (None, None, None, None)),
    ],
)
def test_parts_of_an_entry(text, expected):
    assert cells(text) == expected


@pytest.mark.parametrize("parts", list(permutations(["李秋水", "南昌义工联", "13800138000"])))
@pytest.mark.parametrize("sign", [" ", "\u3000", ",", "，", "、", "；", "/", "｜", " - ", "—", "\t"])
def test_parts_come_in_any_order_between_any_signs(parts, sign):
    assert entries("1. " + sign.join(parts)) == [(1, "李秋水", "南昌义工联", "13800138000", None)]


def test_entry_too_long_for_one_person_is_all_remark():
    long, many = "义" * (LONGEST + 1), "义工 " * (MOST_PARTS + 1)

    assert cells(long) == (None, None, None, long)
    assert cells(many) == (None, None, None, many)


@given(text=st.text(st.sampled_from("张三李四小鱼儿义工联益 13800791，、/（）()-·Tom."), max_size=60))
def test_no_letter_and_no_digit_of_an_entry_is_lost(text):
    said = "".join(filter(None, cells(text)))

    assert sorted(filter(str.isalnum, said)) == sorted(filter(str.isalnum, text))


@given(text=st.text() | st.text(st.sampled_from("1.2、①#例：\n张三李四 义工联13800共人+请假🌞\t|姓名"), max_size=200))
def test_every_line_is_a_title_or_an_entry_or_goes_on_with_one(text):
    sheet = read_roster(text)
    if sheet is None:
        return
    numbers = [line.number for line in sheet.lines if line.cells != HEAD]

    assert len(numbers) == len(set(numbers))
    assert all(len(line.cells) in (1, 4) for line in sheet.lines)
    assert all(any(line.cells) or line.cells == (None,) * 4 for line in sheet.lines)


@pytest.mark.parametrize(
    "text",
    [
        "张" * 1_000_000,
        "(" * 1_000_000,
        "1 " * 500_000,
        "张 " * 500_000,
        "0791 " * 200_000,
        "-" * 1_000_000,
        "\n" * 1_000_000,
    ],
)
def test_megabyte_of_nonsense_is_no_roster(text):
    assert read_roster(text) is None


def test_as_many_people_as_a_sheet_may_have():
    assert len(read_roster("1. 张三 义工联 13800138000\n" * 5_000).lines) == 5_001
    assert read_roster("1. 张三 义工联 13800138000\n" * 5_001) is None
    assert read_roster("张三\n" * 2_000_000) is None
