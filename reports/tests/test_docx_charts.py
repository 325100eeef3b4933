"""Charts in Word: drawn from numbers, never from a guess, with a workbook behind them; the map of cities as squares."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.chart import Bar, Chart, ChartKind
from reports.document import Document
from reports.render.docx_charts import bridge
from reports.render.docx_tiles import grid
from reports.tests.documents import make_chart, make_measures
from reports.tests.word_files import found, member, members, paragraphs, texts, written

DRAWN = [ChartKind.COLUMNS, ChartKind.BARS, ChartKind.BRIDGE]


def report_of(chart: Chart) -> Document:
    return Document(2014, "2014年度工作报告", tables=(make_measures(chart),))


def drawn(chart: Chart) -> dict[str, dict[str, str]]:
    """Series → category → number, as the picture has them cached."""
    space = member(members(report_of(chart)), "word/charts/chart1.xml")
    names = found(space, "(.//c:ser)[1]/c:cat//c:v/text()")
    return {
        found(series, "c:tx//c:v/text()")[0]: {
            names[int(point.get("idx"))]: found(point, "c:v/text()")[0] for point in found(series, "c:val//c:pt")
        }
        for series in found(space, ".//c:ser")
    }


def behind(chart: Chart) -> list[tuple]:
    """The rows of the workbook behind the picture."""
    book = load_workbook(BytesIO(members(report_of(chart)).read("word/embeddings/chart1.xlsx")))
    return list(book.active.iter_rows(values_only=True))


def test_months_are_drawn_and_an_unknown_one_is_named_not_drawn_as_zero():
    series = drawn(make_chart(ChartKind.COLUMNS))["人次"]

    assert "3月\n不详" not in series
    assert (len(series), series["1月"], series["6月"]) == (11, "140", "0")
    names = behind(make_chart(ChartKind.COLUMNS))
    assert names[:4] == [(None, "人次"), ("1月", 140), ("2月", 25), ("3月\n不详", None)]


def test_bars_of_two_series_name_what_is_unknown_of_which():
    chart = make_chart(ChartKind.BARS)

    long = "某社区公益基金会“公益1+1”县域志愿服务组织…"
    assert drawn(chart) == {
        "已承诺（元）": {"某基金会\n已拨付（元）（不详）": "48500.00", long: "4600.50", "没有登记资助方": "0.00"},
        "已拨付（元）": {long: "4600.50", "没有登记资助方": "0.00"},
    }


def test_a_series_of_which_nothing_is_known_says_so_in_its_name():
    bars = (Bar("南昌", (5, None)), Bar("九江", (None, None)))
    chart = Chart(ChartKind.BARS, "计划与实际", ("计划", "实际"), bars)

    assert drawn(chart) == {"计划": {"南昌": "5"}, "实际（不详）": {}}
    assert behind(chart) == [(None, "计划", "实际（不详）"), ("南昌", 5, None), ("九江\n计划（不详）", None, None)]


def test_a_chart_of_which_nothing_is_known_is_not_drawn():
    chart = Chart(ChartKind.BARS, "计划与实际", ("计划", "实际"), (Bar("南昌", (None, None)),))

    file = members(report_of(chart))

    assert [name for name in file.namelist() if "chart" in name] == []


def test_the_bridge_hangs_steps_between_sums():
    once, before = "− 在第二个表中重复列出\n-9", "− 日期早于2014年\n-95"

    assert drawn(make_chart(ChartKind.BRIDGE)) == {
        "起点": {once: "2078", before: "1983"},
        "人次": {"各表合计\n2,087": "2087", "＝ 每场活动只计一次\n2,078": "2078", "＝ 日期在2014年\n1,983": "1983"},
        "减去": {once: "9", before: "95"},
        "加上": {},
    }


def test_the_bridge_goes_up_where_something_is_added_and_stays_where_it_is_unknown():
    steps = (Bar("甲", (10,), is_sum=True), Bar("乙", (5,)), Bar("丙", (None,)), Bar("丁", (15,), is_sum=True))

    plot = bridge(Chart(ChartKind.BRIDGE, "桥", ("人次",), steps))

    assert plot.categories == ("甲\n10", "乙\n5", "丙\n不详", "丁\n15")
    assert [series.values for series in plot.series] == [
        (None, 10, 15, None),
        (10, None, None, 15),
        (None, None, None, None),
        (None, 5, None, None),
    ]


@pytest.mark.parametrize("kind", DRAWN)
def test_the_picture_and_its_workbook_hold_the_same_numbers(kind):
    chart = make_chart(kind)
    head, *rows = behind(chart)

    in_the_workbook = {
        name: {row[0]: float(row[column]) for row in rows if row[column] is not None}
        for column, name in enumerate(head)
        if column
    }
    assert {name: {key: float(v) for key, v in values.items()} for name, values in drawn(chart).items()} == (
        in_the_workbook
    )


def test_the_picture_points_to_the_cells_of_its_workbook():
    file = members(report_of(make_chart(ChartKind.BARS)))
    space = member(file, "word/charts/chart1.xml")

    assert found(space, ".//c:ser//c:f/text()") == [
        "Sheet1!$B$1", "Sheet1!$A$2:$A$4", "Sheet1!$B$2:$B$4",
        "Sheet1!$C$1", "Sheet1!$A$2:$A$4", "Sheet1!$C$2:$C$4",
    ]  # fmt: skip
    relations = member(file, "word/charts/_rels/chart1.xml.rels")
    assert [(one.get("Id"), one.get("Target")) for one in relations] == [("rId1", "../embeddings/chart1.xlsx")]
    assert found(space, "c:externalData/@*") == ["rId1"]


@pytest.mark.parametrize("kind", DRAWN)
def test_a_chart_has_a_title_below_and_as_its_description(kind):
    chart = make_chart(kind)

    file = written(report_of(chart))

    assert paragraphs(file, "Caption") == [f"图1　{chart.title}"]
    assert found(file.element, ".//wp:docPr/@descr") == [chart.title]


def test_labels_that_look_like_formulas_stay_text():
    chart = Chart(ChartKind.COLUMNS, "年", ("=人次",), (Bar("=1+1", (1,)),))

    assert behind(chart) == [(None, "=人次"), ("=1+1", 1)]
    assert (
        load_workbook(BytesIO(members(report_of(chart)).read("word/embeddings/chart1.xlsx"))).active["A2"].data_type
        == "s"
    )


def test_cities_stand_where_they_lie_with_zeros_and_unknowns():
    file = written(report_of(make_chart(ChartKind.TILES)))

    tiles = file.tables[1]
    assert texts(tiles) == [
        ["", "", "九江\n0", "景德镇\n0", ""],
        ["", "宜春\n3", "南昌\n12", "鹰潭\n不详", "上饶\n2"],
        ["萍乡\n5", "新余\n0", "", "抚州\n0", ""],
        ["", "吉安\n8", "", "", ""],
        ["", "赣州\n3", "", "", ""],
    ]
    assert found(tiles._tbl, "w:tblPr/w:tblDescription/@w:val") == ["2014年各市活动场数"]
    assert paragraphs(file, "Caption") == ["图1　2014年各市活动场数"]
    assert paragraphs(file, "Note") == ["格中数字为活动场数；颜色越深，数字越大。"]


def test_the_darker_the_more_and_the_number_stays_legible():
    numbers = (0, 1, 4, 5, 8, 12, None)
    bars = tuple(Bar(str(place), (value,), cell=(0, place)) for place, value in enumerate(numbers))

    row = grid(Chart(ChartKind.TILES, "图", ("场",), bars))[0]

    assert [(tile.fill, tile.ink, tile.is_unknown) for tile in row] == [
        ("FFFFFF", "000000", False),
        ("EDEDED", "000000", False),
        ("D0D0D0", "000000", False),
        ("D0D0D0", "000000", False),
        ("A6A6A6", "000000", False),
        ("4D4D4D", "FFFFFF", False),
        ("FFFFFF", "000000", True),
    ]


def test_a_city_without_a_place_or_on_one_taken_follows_below():
    bars = (Bar("甲", (1,), cell=(0, 1)), Bar("乙", (2,), cell=(0, 1)), Bar("丙", (3,)))

    rows = grid(Chart(ChartKind.TILES, "图", ("场",), bars))

    assert [[tile and tile.texts for tile in row] for row in rows] == [
        [None, ("甲", "1")],
        [("乙", "2"), ("丙", "3")],
    ]
