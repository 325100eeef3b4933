"""Pictures: where each mark lies, what it says, and that unknown is never drawn as nothing."""

from decimal import Decimal

import pytest

from reports.chart import Bar, Chart, ChartKind
from reports.render import svg
from reports.render.drawing import SIZE, Drawing
from reports.render.lettering import Lettering, number, width, wrap
from reports.render.tilemap import shade_step

LONG = "江西省民间公益组织能力建设与志愿者骨干培训暨经验交流年会"


def chart(kind: ChartKind, *bars: Bar, series: tuple[str, ...] = ("人次",)) -> Chart:
    return Chart(kind, "图", series, bars)


def columns(*values) -> Chart:
    return chart(ChartKind.COLUMNS, *(Bar(f"{month}月", (value,)) for month, value in enumerate(values, 1)))


def bars(*values) -> Chart:
    return chart(ChartKind.BARS, *(Bar(f"第{place}项", (value,)) for place, value in enumerate(values, 1)))


def said(drawing: Drawing, *looks: str) -> list[str]:
    return [text.text for text in drawing.texts if text.look in looks]


def sizes(drawing: Drawing, look: str, side: str) -> list[float]:
    return [getattr(rect, side) for rect in drawing.rects if rect.look == look]


@pytest.mark.parametrize("kind", ChartKind)
def test_chart_without_items_is_not_drawn(kind):
    assert svg.drawing(chart(kind)) is None


@pytest.mark.parametrize("kind", ChartKind)
@pytest.mark.parametrize("values", [(0,), (None,), (0, 0, 0), (None, None), (5,), (0, None, 10_000_000)])
def test_every_item_carries_its_number_inside_the_picture(kind, values):
    items = [Bar(f"第{place}项", (value,)) for place, value in enumerate(values)]

    drawing = svg.drawing(chart(kind, *items))

    numbers = [text.text.lstrip("+") for text in drawing.texts if "number" in text.look or text.text == "不详"]
    expected = {0: "0", None: "不详", 5: "5", 10_000_000: "10,000,000"}
    assert [text for text in numbers if text in expected.values()][: len(values)] == [expected[v] for v in values]
    for rect in drawing.rects:
        assert min(rect.x, rect.y, rect.width, rect.height) >= 0
        assert rect.x + rect.width <= drawing.width
        assert rect.y + rect.height <= drawing.height
    for text in drawing.texts:
        assert 0 <= text.x <= drawing.width
        assert 0 <= text.y <= drawing.height


def test_columns_stand_on_the_ground_in_proportion_to_their_numbers():
    drawing = svg.drawing(columns(50, 200, 0, 1))

    assert sizes(drawing, "solid", "height") == [32.5, 130, svg.LEAST]
    assert {rect.y + rect.height for rect in drawing.rects} == {drawing.lines[0].y1}
    assert said(drawing, "number") == ["50", "200", "0", "1"]


def test_twelve_months_of_thousands_stand_upright():
    drawing = svg.drawing(columns(140, 0, 285, 62, 96, 120, 33, 48, 7, 75, 1024, 1462))

    assert {text.anchor for text in drawing.texts if text.look == "number"} == {"middle"}
    assert said(drawing, "number")[-2:] == ["1,024", "1,462"]


@pytest.mark.parametrize("value", [10_000_000, Decimal("4600.50")])
def test_columns_too_narrow_for_their_numbers_lie_down(value):
    values = [value, *range(11)]

    assert svg.drawing(columns(*values)) == svg.drawing(
        chart(ChartKind.BARS, *(Bar(f"{month}月", (each,)) for month, each in enumerate(values, 1)))
    )


def test_columns_with_long_labels_lie_down():
    items = [Bar(LONG, (1,)), Bar("短", (2,))]

    assert svg.drawing(chart(ChartKind.COLUMNS, *items)) == svg.drawing(chart(ChartKind.BARS, *items))


def test_bars_begin_at_zero_and_keep_their_proportion():
    drawing = svg.drawing(bars(1000, 500, 1))
    ground = drawing.lines[0]

    longest, half, least = sizes(drawing, "solid", "width")
    assert (longest > 200, half, least) == (True, pytest.approx(longest / 2, abs=0.1), svg.LEAST)
    assert {rect.x for rect in drawing.rects} == {ground.x1, ground.x2}
    assert said(drawing, "number") == ["1,000", "500", "1"]


def test_unknown_is_a_dashed_outline_and_zero_is_no_bar_at_all():
    drawing = svg.drawing(bars(8, 0, None))

    assert [rect.look for rect in drawing.rects] == ["solid", "unknown"]
    assert said(drawing, "number") == ["8", "0"]
    assert said(drawing, "muted") == ["人次", "不详"]


def test_two_series_are_named_in_the_key_and_differ_in_lightness():
    items = [Bar("南昌市", (12, 20)), Bar("鹰潭市", (3, None))]

    drawing = svg.drawing(chart(ChartKind.BARS, *items, series=("计划", "实际")))

    assert [rect.look for rect in drawing.rects] == ["pale", "solid", "pale", "solid", "pale", "unknown"]
    assert said(drawing, "muted") == ["计划", "实际", "不详"]
    assert said(drawing, "number") == ["12", "20", "3"]


def test_amounts_have_cents_only_where_one_of_them_has():
    whole = svg.drawing(bars(Decimal("24000.00"), Decimal("4600.00")))
    broken = svg.drawing(bars(Decimal("24000.00"), Decimal("4600.50")))

    assert said(whole, "number") == ["24,000", "4,600"]
    assert said(broken, "number") == ["24,000.00", "4,600.50"]


def test_forty_bars_with_long_labels_fit_on_one_sheet():
    drawing = svg.drawing(chart(ChartKind.BARS, *(Bar(LONG, (value,)) for value in range(40))))

    labels = [text for text in drawing.texts if text.anchor == "end"]
    assert {(text.text, text.full) for text in labels} == {("江西省民间公益组织能…", LONG)}
    millimetres = 225 / drawing.height  # of one unit on paper, where report.css lets it be that high
    assert SIZE * millimetres * 72 / 25.4 > 8  # points


def bridge(*steps: tuple[int | None, bool]) -> Drawing:
    items = (Bar("步骤", (value,), is_sum=is_sum) for value, is_sum in steps)
    return svg.drawing(chart(ChartKind.BRIDGE, *items))


def test_bridge_hangs_each_step_from_the_sum_before_it():
    drawing = bridge((2087, True), (-9, False), (2078, True), (-95, False), (1983, True))
    (first, listed_twice, once, before_the_year, last) = drawing.rects[-5:]

    assert said(drawing, "number") == ["2,087", "−9", "2,078", "−95", "1,983"]
    assert [rect.look for rect in drawing.rects[-5:]] == ["solid", "minus", "solid", "minus", "solid"]
    assert (first.x, once.x, last.x) == (drawing.lines[-1].x1,) * 3
    assert listed_twice.width == svg.LEAST
    assert listed_twice.x + listed_twice.width == first.x + first.width
    assert before_the_year.x + before_the_year.width == pytest.approx(once.x + once.width, abs=0.2)
    assert before_the_year.x == pytest.approx(last.x + last.width, abs=0.2)
    assert before_the_year.width / first.width == pytest.approx(95 / 2087, abs=0.001)


def test_bridge_links_neighbours_with_thin_upright_lines():
    drawing = bridge((100, True), (20, False), (120, True))
    links = [line for line in drawing.lines if line.look == "link"]
    ends = [round(rect.x + rect.width, 1) for rect in drawing.rects]

    assert said(drawing, "number") == ["100", "+20", "120"]
    assert [(line.x1, line.x2) for line in links] == [(ends[0], ends[0]), (ends[1], ends[1])]
    assert all(line.y1 < line.y2 for line in links)


def test_bridge_goes_on_over_a_step_that_nobody_knows_and_below_the_ground():
    drawing = bridge((100, True), (None, False), (-150, False), (None, True))

    assert [rect.look for rect in drawing.rects] == ["solid", "unknown", "minus", "unknown"]
    assert said(drawing, "number") == ["100", "−150"]
    assert drawing.rects[2].x < drawing.lines[-1].x1 < drawing.rects[2].x + drawing.rects[2].width


def tile_map(*values, cells=None) -> Drawing:
    items = (
        Bar(f"第{place}市", (value,), cell=cells[place] if cells else (0, place)) for place, value in enumerate(values)
    )
    return svg.drawing(chart(ChartKind.TILES, *items))


def test_tiles_are_darker_the_larger_the_number():
    drawing = tile_map(1462, 500, 1, 0, None)

    looks = [rect.look for rect in drawing.rects if rect.look.startswith("tile")]
    assert looks == ["tile shade-3", "tile shade-1", "tile shade-1", "tile zero", "tile unknown"]
    assert [text.text for text in drawing.texts if "number" in text.look] == ["1,462", "500", "1", "0", "不详"]
    assert said(drawing, "muted") == ["人次", "不详", "0", "≤ 500", "≤ 1,000", "≤ 1,500"]


def test_tiles_lie_where_their_cells_say_and_the_others_below():
    drawing = tile_map(3, 2, 1, 4, cells=[(0, 1), (2, 0), None, None])

    tiles = [(rect.x, rect.y) for rect in drawing.rects if rect.look.startswith("tile")]
    left, top = 0.5, min(y for _x, y in tiles)
    assert tiles == [(left + 77, top), (left, top + 154), (left, top + 231), (left + 77, top + 231)]


def test_a_tile_writes_a_large_number_smaller():
    drawing = tile_map(9, 162_000, 10_000_000)

    assert [text.size for text in drawing.texts if "number" in text.look] == [17, 13, 11]


@pytest.mark.parametrize(
    ("largest", "step"),
    [(0, 1), (None, 1), (1, 1), (4, 1), (5, 2), (9, 5), (21, 10), (1462, 500), (10_000_000, 5_000_000)],
)
def test_four_shades_hold_the_largest_number(largest, step):
    assert shade_step(bars(largest)) == step


def test_a_long_label_takes_two_lines_of_about_the_same_length_or_is_cut():
    assert wrap("南昌益心益意公益服务中心", 13, 144) == Lettering(("南昌益心益意", "公益服务中心"))
    assert wrap("− printed in a second table", 13, 144) == Lettering(("− printed in a", "second table"))
    assert wrap(LONG, 13, 144) == Lettering(("江西省民间公益组织能力", "建设与志愿者骨干培训…"), full=LONG)
    assert wrap("x" * 90, 13, 144, most=1).full == "x" * 90
    assert wrap("", 13, 144) == Lettering(("",))


def test_a_line_does_not_begin_with_a_stop():
    assert wrap("一二三四，五", 10, 40) == Lettering(("一二三", "四，五"))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (9, "+9"), (-9, "−9"), (None, "不详"), (10_000_000, "+10,000,000"), (Decimal("-0.00"), "0")],
)
def test_a_step_shows_its_sign(value, text):
    assert number(value, is_signed=True) == text


def test_letters_are_reckoned_by_their_script():
    assert (width("人次", 10), width("10", 10), width("ABC", 10) > width("abc", 10)) == (20, 12, True)
