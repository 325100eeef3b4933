from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from yixin.intake.locate import candidates, find_table
from yixin.intake.reading import read_text
from yixin.intake.sheets import Finding, Line, Sheet
from yixin.intake.tests.locating import HEAD, HEADS, IDENTITY_CARD, REQUIRED, located, numbered, refusal, sheet, told


def test_table_below_its_titles():
    table = located(("2014年活动",), None, HEAD, ("1月4日", "年会", "140"), None, ("合计", None, 221))

    assert (table.sheet, table.titles, table.columns) == (
        "",
        (Line(1, ("2014年活动",)),),
        {"时间": 0, "内容": 1, "人数": 2},
    )
    assert numbered(table) == [(4, ("1月4日", "年会", "140")), (6, ("合计", None, 221))]
    assert (table.ignored, table.findings) == ((), [])


def test_repeated_heads_and_the_titles_above_them_are_left_out():
    table = located(
        ("活动",), HEAD, ("1月", "年会", 1), ("续表",), ("下半年",), ("时 间", "内容", "人数"), ("2月", "沙龙", 2)
    )

    assert numbered(table) == [(3, ("1月", "年会", 1)), (7, ("2月", "沙龙", 2))]
    assert told(table) == [(4, None, "These lines stand above a head and were taken for titles: 4、5.", False)]


def test_later_head_in_other_places_is_followed():
    table = located(HEAD, ("1月", "年会", 1), ("内容", "备注", "时间"), ("沙龙", "好", "2月"))

    assert table.columns == {"时间": 0, "内容": 1, "人数": 2, "备注": 3}
    assert numbered(table) == [(2, ("1月", "年会", 1)), (4, ("2月", "沙龙", None, "好"))]


def test_another_table_below_is_an_error_at_its_row():
    table = located(HEAD, ("1月", "年会", 1), ("人数", "金额"), (3, 500))

    assert numbered(table) == [(2, ("1月", "年会", 1))]
    message = "Another table begins here. Put it on a sheet of its own; nothing from here on was read."
    assert told(table) == [(3, None, message, True)]


def test_numbering_and_unknown_columns():
    table = located(
        ("序号", *HEAD, "照片", None),
        (1, "1月", "年会", 3, "有", "？"),
        (2, None, None, None, None),
        (None, None, None, None, "无"),
    )

    assert (table.columns, table.ignored) == ({"时间": 1, "内容": 2, "人数": 3}, ("照片",))
    assert numbered(table) == [(2, (None, "1月", "年会", 3, None, None))]
    assert told(table) == [
        (None, None, "Rows 4 have nothing in the columns that are known. They were left out.", False),
        (1, None, "Columns without a head were not read: F.", False),
    ]


def test_total_word_under_a_running_number_stays():
    table = located(("序号", *HEAD), (1, "1月", "年会", 3), ("合计", None, None, 3), ("合计", None, None, None))

    assert numbered(table) == [
        (2, (None, "1月", "年会", 3)),
        (3, ("合计", None, None, 3)),
        (4, ("合计", None, None, None)),
    ]


def test_no_head_at_all_quotes_a_row_without_what_is_private():
    assert refusal([sheet(("一",), ("甲", "乙", IDENTITY_CARD))]) == (
        "no_table",
        "No head of a table was found. Row 2 has: 甲、乙. The table needs a line with the heads: 时间、内容.",
    )


def test_no_cells_at_all():
    assert refusal([sheet(), sheet(name="b")]) == (
        "empty",
        "There is no table: all cells are empty. Send the sheet that is filled in.",
    )


def test_head_below_thirty_lines_is_none():
    assert refusal([sheet(*[("x",)] * 30, HEAD)])[0] == "no_table"


def test_sheet_that_fits_best_is_read_and_the_others_are_named():
    one, two, three = (
        sheet(HEAD, ("1月", "年会", 1), name="活动"),
        sheet(("说明",), name="说明"),
        sheet(name="空"),
    )
    with override("en"):
        table = find_table([two, one, three], HEADS, REQUIRED)

    assert table.sheet == "活动"
    assert table.findings == [Finding(None, None, "Only the sheet “活动” was read. Not read: 说明.", is_error=False)]


def test_several_sheets_that_fit_alike_are_asked_back():
    sheets = [sheet(HEAD, ("1月", "年会", 1), name=name) for name in ("2013", "2014")]
    sheets += [sheet(HEAD[:2], ("1月", "年会"), name="简"), sheet(("x",), name="无"), sheet(HEAD, name="模板")]

    assert refusal(sheets) == (
        "several_sheets",
        "Several sheets hold such a table: 2013、2014. Say which of them is meant.",
    )
    assert candidates(sheets, HEADS, REQUIRED) == ["2013", "2014", "模板", "简"]
    assert find_table(sheets, HEADS, REQUIRED, sheet="2014").sheet == "2014"


def test_named_sheet_must_be_there_and_fit():
    sheets = [sheet(HEAD, ("1月", "年会", 1), name="活动"), sheet(("甲",), name="无")]

    assert refusal(sheets, sheet="别") == ("no_sheet", "There is no sheet “别”. The file has: 活动、无.")
    assert refusal(sheets, sheet="无")[0] == "no_table"


def test_hidden_sheet_is_read_only_if_named():
    sheets = [sheet(HEAD, ("1月", "年会", 1), name="旧", is_hidden=True), sheet(("甲",), name="无")]

    assert refusal(sheets) == (
        "hidden_sheets",
        "Only hidden sheets hold such a table: 旧. Unhide the right one in Excel or WPS.",
    )
    assert candidates(sheets, HEADS, REQUIRED) == ["旧"]
    with override("en"):
        assert [finding.message for finding in find_table(sheets, HEADS, REQUIRED, sheet="旧").findings] == [
            "The sheet “旧” is hidden. It was read because it was named.",
            "Only the sheet “旧” was read. Not read: 无.",
        ]


def test_hidden_rows_and_columns_are_read_and_told():
    lines = [Line(1, HEAD), *(Line(row, (f"{row}日", "沙龙", 1), is_hidden=True) for row in range(2, 17))]
    with override("en"):
        table = find_table([Sheet("", tuple(lines), hidden_columns=frozenset({1, 7}))], HEADS, REQUIRED)

    assert told(table) == [
        (
            None,
            None,
            "Hidden rows were read as well: 2、3、4、5、6、7、8、9、10、11、12、13 and others (15 in all).",
            False,
        ),
        (None, None, "Hidden columns were read as well: 内容.", False),
    ]


def test_pasted_tables_of_the_report_of_2014():
    table = find_table(
        read_text(
            "沙龙：\n\t时间\n\t内容\n\t人数\n\n\t1月4日\n\t年会\n\t140\n\n培训：\n\t时间\n\t内容\n\t人数\n\n\t2月\n\t课\n\t9\n"
        ),
        HEADS,
        REQUIRED,
    )

    assert numbered(table) == [(3, ("1月4日", "年会", "140")), (6, ("2月", "课", "9"))]


CELLS = st.sampled_from([*HEAD, "男", "女", "合计", "活动", "序号", "民族", IDENTITY_CARD, "x", "", None, 1, 0.5, True])
LINES = st.lists(st.tuples(st.lists(CELLS, min_size=1, max_size=6), st.frozensets(st.integers(0, 5))), max_size=12)


@given(LINES | st.lists(st.tuples(st.lists(st.text(max_size=8) | st.integers()), st.just(frozenset()))))
def test_any_sheet_is_located_or_refused_and_no_private_number_stays(lines):
    made = Sheet("", tuple(Line(row, tuple(cells), merged) for row, (cells, merged) in enumerate(lines, 1)))

    try:
        table = find_table([made], HEADS, REQUIRED)
    except ValidationError as error:
        table = None
        told_to_users = bool(error.messages[0])
    else:
        kept = {cell for line in (*table.titles, *table.lines) for cell in line.cells}
        told_to_users = IDENTITY_CARD not in kept and set(REQUIRED) <= set(table.columns)

    assert told_to_users


SIDE_BY_SIDE = "The same heads stand here side by side. Put the right part below the left one; it was not read."


def test_two_tables_side_by_side_are_an_error_and_not_half_a_table():
    table = located(("时间", "内容", "人数", None, "时间", "内容"), ("1月", "年会", 1, None, "2月", "沙龙"))

    assert [finding for finding in told(table) if finding[3]] == [(None, None, SIDE_BY_SIDE, True)]


def test_second_table_of_heads_alone_is_none():
    table = located(("时间", "内容", "时间", "内容"), ("1月", "年会", None, None))

    assert not any(is_error for *_place, is_error in told(table))


def test_address_on_the_net_is_left_out_and_named():
    heads = HEADS | {"单位": ("来自",)}

    table = located(("时间", "内容", "来自IP"), ("1月", "年会", "117.40.1.2"), heads=heads)

    assert numbered(table) == [(2, ("1月", "年会", None))]
    message = "The column “来自IP” holds personal data that must not be kept here. It was left out."
    assert told(table) == [(1, "来自IP", message, False)]
