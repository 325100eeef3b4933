"""The divisions of the home province as the directory needs them, by the ids that records hold. One query for all."""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings

from organizations.choices import RegionLevel
from organizations.grams import Term
from organizations.models import Region
from organizations.places import city_of
from yixin.text import name_key


@dataclass
class Division:
    """One county, city or province, in use or not any more; ``became`` are ids of those that took its place."""

    pk: int
    code: str
    name: str
    pinyin: str
    level: str
    is_in_use: bool
    became: list[int] = field(default_factory=list)

    @property
    def city(self) -> str:
        return city_of(self.code, self.level)


class Divisions:
    """Cities and counties in use, and which of them a record of another time lies in today."""

    def __init__(self, rows: list[Division]):
        self.by_id = {row.pk: row for row in rows}

    @cached_property
    def cities(self) -> list[Division]:
        """The prefecture cities of the home province, by code."""
        return [row for row in self.by_id.values() if row.level == RegionLevel.PREFECTURE and self._is_home(row)]

    def counties(self, city: str = "") -> list[Division]:
        """Those in use, by code; of one city, or of all."""
        counties = (row for row in self.by_id.values() if row.level == RegionLevel.COUNTY and row.is_in_use)
        return [row for row in counties if self._is_home(row) and city in ("", row.city)]

    def _is_home(self, row: Division) -> bool:
        return row.is_in_use and row.code[:2] == settings.HOME_PROVINCE[:2]

    def city(self, pk: int | None) -> str:
        """Code of the city that the region lies in; "" for none, for a province, and outside the home province."""
        found = self.by_id.get(pk)
        return found.city if found and found.city.isdigit() else ""

    def county(self, pk: int | None) -> str:
        """Code of the county in use that the region is today; "" where it is no county."""
        seen: set[int] = set()
        while (row := self.by_id.get(pk)) and not row.is_in_use and row.became and pk not in seen:
            seen.add(pk)
            pk = row.became[0]
        return row.code if row and row.level == RegionLevel.COUNTY else ""

    def named(self, term: Term) -> tuple[int, ...]:
        """Counties of the home province whose name, or whose city's name, begins with the term; and such cities."""
        cities = {city.code for city in self.cities if term.begins(city.name, city.pinyin)}
        counties = (row for row in self.by_id.values() if row.level == RegionLevel.COUNTY)
        found = {row.pk for row in counties if row.city.isdigit() and term.begins(row.name, row.pinyin)}
        return tuple(sorted(found | {row.pk for row in self.by_id.values() if row.city in cities}))

    def parted(self, key: str) -> tuple[str, str] | None:
        """A place and the rest of the words: 赣州市教育 is 赣州市 and 教育. None where no place begins or ends them."""
        for name in sorted(self._called, key=len, reverse=True):
            rest = key.removeprefix(name) if key.startswith(name) else key.removesuffix(name)
            rest = rest.removeprefix("的")
            if rest != key and len(rest) > 1:
                return name, rest
        return None

    @cached_property
    def _called(self) -> set[str]:
        """Keys of the names of cities and counties, with and without what they are."""
        levels = (RegionLevel.PREFECTURE, RegionLevel.COUNTY)
        home = (row for row in self.by_id.values() if row.level in levels and row.city.isdigit())
        names = {name_key(row.name) for row in home}
        return names | {name[:-1] for name in names if len(name) > 2 and name[-1] in "市县区"}

    def ids_in_county(self, code: str) -> list[int]:
        """Regions that are that county today."""
        return [pk for pk in self.by_id if self.county(pk) == code]

    def ids_in_city(self, code: str) -> list[int]:
        """The city itself, and its counties of all times."""
        return [row.pk for row in self.by_id.values() if row.city == code]


def read_divisions() -> Divisions:
    """One query."""
    columns = ("pk", "code", "name", "pinyin", "level", "valid_to", "successors")
    rows: dict[int, Division] = {}
    found = Region.objects.order_by("code", "valid_from", "pk", "successors__code", "successors__valid_from")
    for pk, code, name, pinyin, level, valid_to, successor in found.values_list(*columns):
        row = rows.setdefault(pk, Division(pk, code, name, pinyin, level, valid_to is None))
        if successor:
            row.became.append(successor)
    return Divisions(list(rows.values()))
