"""Where the cities lie on the schematic map."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from organizations.tiles import CELLS, cells_for

JIANGXI = [f"36{number:02}00" for number in range(1, 12)]


def test_map_holds_every_city_of_the_home_province_once():
    regions = json.loads(Path(settings.BASE_DIR, "fixtures/regions.json").read_text())
    cities = [region["fields"] for region in regions if region["fields"].get("level") == "prefecture"]

    assert sorted(CELLS) == sorted(city["code"] for city in cities if city["code"][:2] == "36")
    assert len(set(CELLS.values())) == len(CELLS) == 11


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("360100", "360400"),  # 南昌 and 九江
        ("360100", "360900"),  # 南昌 and 宜春
        ("360100", "361000"),  # 南昌 and 抚州
        ("360100", "361100"),  # 南昌 and 上饶
        ("360200", "361100"),  # 景德镇 and 上饶
        ("360600", "361100"),  # 鹰潭 and 上饶
        ("360600", "361000"),  # 鹰潭 and 抚州
        ("360500", "360900"),  # 新余 and 宜春
        ("360500", "360800"),  # 新余 and 吉安
        ("360700", "360800"),  # 赣州 and 吉安
    ],
)
def test_cities_that_share_a_border_share_a_side(one, other):
    (row, column), (other_row, other_column) = CELLS[one], CELLS[other]

    assert abs(row - other_row) + abs(column - other_column) == 1


def test_north_lies_above_and_west_lies_left():
    top_down = sorted(CELLS, key=lambda code: CELLS[code][0])
    left_to_right = sorted(CELLS, key=lambda code: CELLS[code][1])

    assert (set(top_down[:2]), top_down[-2:]) == ({"360400", "360200"}, ["360800", "360700"])
    assert (left_to_right[0], set(left_to_right[-3:])) == ("360300", {"360200", "361100", "360600"})


def test_cells_for_gives_only_the_cities_asked_for():
    assert cells_for(["360100", "360300"]) == {"360100": (1, 2), "360300": (2, 0)}
    assert cells_for(JIANGXI) == CELLS
    assert cells_for([]) == {}


def test_cells_for_another_province_are_a_plain_grid_in_order_of_code():
    assert cells_for(["430600", "430100", "430200", "430300", "430400", "430100"]) == {
        "430100": (0, 0),
        "430200": (0, 1),
        "430300": (0, 2),
        "430400": (0, 3),
        "430600": (1, 0),
    }


def test_a_city_that_the_map_does_not_hold_stands_below_the_others():
    cells = cells_for([*JIANGXI, "361200"])

    assert cells == CELLS | {"361200": (5, 0)}
