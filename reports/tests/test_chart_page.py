"""The pictures on a page: what a screen reader hears, what the content policy allows, what can be read in any light."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation

from reports.chart import Bar, Chart, ChartKind
from reports.table import Table

CITIES = Chart(ChartKind.TILES, "Cities reached", ("Events",), (Bar("<南昌>", (30,), cell=(0, 0)), Bar("x", (0,))))
MONTHS = Chart(ChartKind.COLUMNS, "Months", ("Events",), (Bar("1", (1,)), Bar("2", (None,))))
LOOP = "{% load charts %}{% for table in tables %}{% chart table %}{% endfor %}"


def table(chart: Chart | None, title: str = "Cities & areas") -> Table:
    return Table("cities", title, (), (), (), (), (), (), chart)


def page(*tables: Table, source: str = LOOP) -> str:
    with translation.override("en"):
        return engines["django"].from_string(source).render({"tables": tables})


def test_chart_is_an_image_with_a_name_and_the_title_of_its_table():
    html = page(table(CITIES))

    assert re.findall(r'role="(\w+)"\s+aria-labelledby="([\w -]+)"', html) == [
        ("img", "chart-cities-1-title chart-cities-1-desc")
    ]
    assert re.findall(r'<title id="([\w-]+)">(.*?)</title>', html) == [("chart-cities-1-title", "Cities reached")]
    assert re.findall(r'<desc id="([\w-]+)">(.*?)</desc>', html) == [
        ("chart-cities-1-desc", "The same numbers stand in the table “Cities &amp; areas”.")
    ]


def test_ids_are_unique_however_many_charts_a_page_has():
    html = page(table(CITIES), table(None), table(CITIES), table(MONTHS))

    ids = re.findall(r'\bid="([^"]+)"', html)
    assert ids == [f"chart-cities-{number}-{part}" for number in (1, 2, 3) for part in ("title", "desc")]


@pytest.mark.parametrize("chart", [None, Chart(ChartKind.BARS, "Nothing", ("Events",), ())])
def test_table_without_a_picture_leaves_nothing_on_the_page(chart):
    assert page(table(chart)).strip() == ""


def test_chart_keeps_to_the_content_policy_and_escapes_names():
    html = page(table(CITIES))

    assert re.findall(r"\sstyle=|<script|<style|\son\w+=|javascript:|url\(", html) == []
    assert re.findall(r">([^<>]*南昌[^<>]*)</text>", html) == ["&lt;南昌&gt;"]


def test_coordinates_are_plain_numbers_in_every_language():
    with translation.override("de"):  # writes 1,5
        html = engines["django"].from_string(LOOP).render({"tables": [table(MONTHS)]})

    values = re.findall(r'\s(?:x|y|x1|x2|y1|y2|width|height|font-size)="([^"]+)"', html)
    assert [value for value in values if not re.fullmatch(r"\d+(\.\d)?(em)?", value)] == []
    assert len(values) > 20


def shades() -> list[tuple[str, str]]:
    """Of each colour scheme of the style sheet, the four shades with the letters on them."""
    css = Path(settings.BASE_DIR, "static/report.css").read_text()
    found = {name: re.findall(rf"--chart-{name}-\d: (#\w+);", css) for name in ("shade", "on")}
    return list(zip(found["shade"], found["on"], strict=True))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_letters_on_every_shade_can_be_read_in_light_and_in_dark():
    pairs = shades()

    assert len(pairs) == 8
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_neighbouring_shades_differ_in_grey():
    light, dark = shades()[:4], shades()[4:]

    steps = [contrast(one, other) for scheme in (light, dark) for (one, _), (other, _) in pairwise(scheme)]
    assert [step for step in steps if step < 1.35] == []
