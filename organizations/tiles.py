"""Where each city of a province lies on a schematic map: neighbours are about right, borders are not drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Row and column of the cities of Jiangxi, from the north-west. An outline map would need official boundary data and,
# once published, a review number.
CELLS: dict[str, tuple[int, int]] = {
    "360400": (0, 2),  # 九江
    "360200": (0, 3),  # 景德镇
    "360900": (1, 1),  # 宜春
    "360100": (1, 2),  # 南昌
    "361100": (1, 3),  # 上饶
    "360300": (2, 0),  # 萍乡
    "360500": (2, 1),  # 新余
    "361000": (2, 2),  # 抚州
    "360600": (2, 3),  # 鹰潭
    "360800": (3, 1),  # 吉安
    "360700": (4, 1),  # 赣州
}
A_ROW = 4
SHADES = 4


def cells_for(codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Row and column of every city; one that the map does not hold stands below it, in order of code, 4 a row."""
    placed = {code: CELLS[code] for code in codes if code in CELLS}
    others = sorted({code for code in codes if code not in CELLS})
    first = max((row + 1 for row, _column in placed.values()), default=0)
    return placed | {code: (first + number // A_ROW, number % A_ROW) for number, code in enumerate(others)}


@dataclass(frozen=True)
class Tile:
    """One city on the map of links: where it stands, counted from 1, and how dark: 0 for none, 4 for the most."""

    name: str
    count: int
    query: str
    row: int
    column: int
    shade: int
    is_chosen: bool = False


def city_map(cities: Iterable[tuple[str, str, int, str, bool]]) -> list[Tile]:
    """The tiles of cities given by code, name, number, query of the address that shows them, and whether chosen."""
    cities = list(cities)
    cells, most = cells_for([code for code, *_rest in cities]), max((city[2] for city in cities), default=0)
    tiles = []
    for code, name, count, query, is_chosen in cities:
        row, column = cells[code]
        tiles.append(Tile(name, count, query, row + 1, column + 1, -(-count * SHADES // (most or 1)), is_chosen))
    return tiles
