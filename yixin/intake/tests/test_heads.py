from datetime import date

import pytest

from yixin.intake.locate import find_table
from yixin.intake.reading import read_file
from yixin.intake.tests import files
from yixin.intake.tests.locating import (
    HEAD,
    HEADS,
    REQUIRED,
    located,
    numbered,
    refusal,
    sheet,
    told,
)


@pytest.mark.parametrize(
    "head",
    [
        ("时 间", "内\u3000容", "人  数"),
        ("时\n间", "内容：", "人数(人)"),
        ("日期", "活动内容", "人次【人】"),
        ("DATE", "名称*", "Headcount"),
        ("＊时间", "内容（必填）", "人数［人］"),
    ],
)
def test_head_is_known_however_it_is_written(head):
    table = located(head, ("1月4日", "年会", 140))

    assert (table.columns, table.findings) == ({"时间": 0, "内容": 1, "人数": 2}, [])


def test_head_that_ends_or_begins_with_a_name_fits_and_is_told():
    table = located(("活动时间", "内容", "人数统计"), ("1月4日", "年会", 140))

    assert table.columns == {"时间": 0, "内容": 1, "人数": 2}
    assert told(table) == [
        (1, "时间", "The column “活动时间” was read as 时间.", False),
        (1, "人数", "The column “人数统计” was read as 人数.", False),
    ]


@pytest.mark.parametrize("other", ["时间内容", "人数较多的活动", "结束时间"])
def test_exact_head_wins_over_others(other):
    table = located((other, *HEAD), ("x", "1月4日", "年会", 140))

    assert (table.columns, table.ignored, table.findings) == ({"时间": 1, "内容": 2, "人数": 3}, (other,), [])
    assert numbered(table) == [(2, (None, "1月4日", "年会", 140))]


def test_several_heads_that_might_be_one_column_are_asked_back():
    table = located(("时间", "内容", "计划人数", "实际人数"), ("1月4日", "年会", 100, 140))

    assert table.columns == {"时间": 0, "内容": 1}
    assert told(table) == [
        (1, "人数", "Each of the columns 计划人数、实际人数 might be 人数. Name the right one “人数”.", True)
    ]


def test_of_two_columns_of_one_name_the_first_is_read():
    table = located((*HEAD, "人次"), ("1月4日", "年会", 140, 150))

    assert (table.columns["人数"], table.ignored) == (2, ("人次",))
    assert told(table) == [(1, "人数", "The column 人数 stands here more than once. The first was read.", False)]


@pytest.mark.parametrize(
    "cells",
    [
        {"A1:A2": "时间", "B1:B2": "内容", "C1:E1": "人数", "C2": "男", "D2": "女", "E2": "合计"},
        {"A2": "时间", "B2": "内容", "C1:E1": "人数", "C2": "男", "D2": "女", "E2": "总计"},
        {"A2": "时间", "B2": "内容", "C2": "男", "D2": "女", "E2": "合计"},
        {"A2": "时间", "B2": "内容", "C2": "男", "D2": "女", "E2": "总人数"},
        {"A1:B1": "活动", "A2": "时间", "B2": "内容", "C1:E1": "人数", "C2": "男", "D2": "女", "E2": "小计"},
    ],
)
def test_total_of_men_and_women_is_the_number_of_people(cells):
    content = {
        1: "",
        2: "",
        3: '<c r="A3"><v>1</v></c><c r="C3"><v>2</v></c><c r="D3"><v>3</v></c><c r="E3"><v>5</v></c>',
    }
    for area, text in cells.items():
        content[int(area.partition(":")[0][1:])] += files.inline(area.partition(":")[0], text)
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in cells if ":" in area)
    data = files.workbook(
        files.rows("".join(f'<row r="{row}">{line}</row>' for row, line in content.items()))
        + f"<mergeCells>{merges}</mergeCells>"
    )

    table = find_table(read_file(data), HEADS, REQUIRED)

    assert (table.columns, numbered(table)) == ({"时间": 0, "内容": 1, "人数": 4}, [(3, (1, None, None, None, 5))])


def test_two_lines_of_heads_without_merged_cells():
    table = located(
        ("时间", "内容", "人数", None, None), (None, None, "男", "女", "合计"), ("1月4日", "年会", "60", "80", "140")
    )

    assert (table.columns, table.titles) == ({"时间": 0, "内容": 1, "人数": 4}, ())
    assert numbered(table) == [(3, ("1月4日", "年会", None, None, "140"))]


def test_unit_in_a_line_of_its_own():
    table = located((*HEAD, "金额"), (None, None, "（人）", "（元）"), ("1月4日", "年会", "140", "500"))

    assert table.columns == {"时间": 0, "内容": 1, "人数": 2, "金额": 3}
    assert numbered(table) == [(3, ("1月4日", "年会", "140", "500"))]


def test_parts_without_a_total_are_asked_back():
    table = located(("时间", "内容", "男", "女"), ("1月4日", "年会", 60, 80))

    assert table.columns == {"时间": 0, "内容": 1}
    assert told(table) == [
        (1, "人数", "人数 stands here in parts (男、女) without a total. Add a column “合计” beside them.", True)
    ]


@pytest.mark.parametrize(
    "lines", [[("时间", "内容", "金额（万元）")], [("时间", "内容", "金额"), (None, None, "（万元）")]]
)
def test_amounts_in_another_unit_are_refused(lines):
    table = located(*lines, ("1月4日", "年会", 3))

    message = "“金额（万元）” does not count in yuan. Write the amounts in yuan, and name the column “金额”."
    assert told(table) == [(len(lines), "金额", message, True)]


def test_first_row_is_never_taken_for_a_head():
    table = located(HEAD, ("内容", "时间表", "140"), ("1月4日", "年会", "140"))

    assert [number for number, cells in numbered(table)] == [2, 3]


def test_wanted_heads_beside_the_declared_ones():
    rows = [("时间", "内容", "26日", "照片", date(2014, 4, 27), "生日26日"), ("1月", "年会", "√", "x", "√", "y")]
    table = find_table([sheet(*rows)], HEADS, REQUIRED, keeps_head=lambda head: head.endswith(("26日", "04-27")))

    assert (table.columns, table.extras) == ({"时间": 0, "内容": 1}, {"26日": 2, "2014-04-27": 4})
    assert numbered(table) == [(2, ("1月", "年会", "√", None, "√", None))]


def test_declared_numbering_is_a_column():
    table = located(("编号", "内容"), ("A1", "年会"), heads={"编号": (), "内容": ()}, required=("编号",))

    assert table.columns == {"编号": 0, "内容": 1}


def test_missing_heads_are_named_with_what_stands_there():
    assert refusal([sheet(("活动",), ("时间", "事情", "人数"), ("1月", "年会", 3))]) == (
        "missing_heads",
        "The columns 内容 are missing. Row 2 was taken for the head; it has: 时间、事情、人数. Add the columns, or "
        "name them so.",
    )


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("1、您的人数：", "人数"),
        ("2. 请填写您的备注(必填)", "备注"),
        ("Q3：您所在的人数", "人数"),
        ("第4题、贵备注", "备注"),
        ("您的人次（必填）", "人数"),
    ],
)
def test_head_that_is_a_question_is_what_it_asks_for(head, name):
    table = located(("时间", "内容", head), ("1月", "年会", 1))

    assert table.columns == {"时间": 0, "内容": 1, name: 2}
    assert told(table) == []


def test_head_ends_with_what_it_is():
    heads = {"负责人": ("联系人",), "电话": ("手机",), "名称": ()}

    table = located(("名称", "联系人电话", "负责人"), ("年会", 1, "张三"), heads=heads, required=("名称",))

    assert table.columns == {"名称": 0, "电话": 1, "负责人": 2}


def test_question_whether_is_no_other_column():
    table = located(("时间", "内容", "是否备注"), ("1月", "年会", "是"))

    assert (table.columns, table.ignored) == ({"时间": 0, "内容": 1}, ("是否备注",))


def test_group_and_head_together_name_a_column_in_either_order():
    heads = {"时间": (), "内容": (), "金额": ("批准金额",), "申请金额": ()}
    rows = [("时间", "内容", "金额（元）", None), (None, None, "申请", "批准"), ("1月", "年会", 6000, 5000)]

    table = located(*rows, heads=heads)

    assert table.columns == {"时间": 0, "内容": 1, "申请金额": 2, "金额": 3}
    assert told(table) == []


DAYS = ("上午", "下午")


def with_days(*rows):
    return find_table([sheet(*rows)], {"姓名": ()}, ("姓名",), keeps_head=lambda head: "日" in head)


def test_days_above_their_halves_are_kept_each():
    table = with_days(("姓名", "7月5日", None, "7月6日"), (None, *DAYS, "上午"), ("张三", "√", None, "√"))

    assert table.extras == {"7月5日 上午": 1, "7月5日 下午": 2, "7月6日 上午": 3}
    assert numbered(table) == [(3, ("张三", "√", None, "√"))]


def test_group_of_one_column_with_a_word_of_its_own_is_no_head():
    table = with_days(("姓名", "7月5日", None, "7月6日"), ("张三", *DAYS, "晚上"), ("李四", "√", None, "√"))

    assert table.extras == {"7月5日": 1, "7月6日": 3}
    assert [number for number, _cells in numbered(table)] == [2, 3]


def test_ticks_below_a_later_head_in_other_places_are_kept():
    table = find_table(
        [sheet(("姓名", "备注", "7月5日"), ("张三", None, "√"), ("姓名", "7月5日", "备注"), ("李四", "√", "好"))],
        {"姓名": (), "备注": ()},
        ("姓名",),
        keeps_head=lambda head: "日" in head,
    )

    assert numbered(table) == [(2, ("张三", None, "√")), (4, ("李四", "好", "√"))]


def test_column_by_its_own_name_comes_before_one_by_another():
    table = located(("时间", "名称", "内容"), ("1月", "年", "年会"))

    assert table.columns == {"时间": 0, "内容": 2}
    assert told(table) == [(1, "内容", "The column “内容” was read as 内容.", False)]
