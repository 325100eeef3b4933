"""Places as people write them, told apart by the year of which they speak."""

import re
from collections import defaultdict
from copy import copy

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from organizations.models import Region
from yixin.numerals import compact, is_unknown
from yixin.text import excerpt, name_key

LEVELS = ["province", "prefecture", "county"]
LONGEST_WORDS = 100

# A name keeps two characters: the 县 of 赣县 belongs to it.
_SUFFIX = re.compile("(?<=..)(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|[省市县区])$")
_WHOLE_PROVINCE = {"全省", "本省", "省内", "全省各地", "全省范围", "省级", "省本级", "省直"}
# What may follow a place without changing which one it is …
_WHOLE = re.compile("全[省市县区]|[省市县区境]内|市区|城区|地区|县城|[省市县]直|[省市县]本级|各地|各[市县区]")
# … and what may follow a city or county without leaving it.
_ADDRESS = re.compile(
    ".{0,12}(?:新区|开发区|高新区|经开区|产业园|镇|乡|村|街道|社区)|.{1,30}(?:大道|路|街|巷|号|栋|楼|室|小区|广场|大厦)"
)
# 北京西路 is a street of Nanchang.
_STREET = re.compile("[东南西北中一二三四]{0,2}(?:路|街|大道|巷)")
_WRONG_SUFFIX = {"市", "县", "区"}
_PARTS = re.compile(r"[、，,;；/／|｜和与及\s]+")

_UNKNOWN = _("“%(text)s” is no place on record. Write a city or county, like 赣州 or 于都县, or a province.")
_SEVERAL = _("“%(text)s” can mean several places: %(places)s. Write one of them.")


def short_name(name: str) -> str:
    """The name without 省, 市, 县, 区: 赣州市 is 赣州, 赣县区 and 赣县 are 赣县."""
    return _SUFFIX.sub("", name)


def is_within(region: Region | None, place: Region | None) -> bool:
    """Whether a region lies in a place or is that place, by their codes; False where either is unknown."""
    if region is None or place is None:
        return False
    digits = {"province": 2, "prefecture": 4}.get(place.level, 6)
    return region.code[:digits] == place.code[:digits] and LEVELS.index(region.level) >= LEVELS.index(place.level)


class PlaceNames:
    """All divisions on record, to be found by what people call them. One query, at the start.

    ``year``: the year of which the words speak; None is today. A name of another year means what the division was
    called in that year: in 2014, 赣县区 is 赣县; today, 上饶县 is 广信区. One that has neither a predecessor nor a
    successor in that year (红谷滩区 in 2014) stands for itself.
    """

    def __init__(self, year: int | None = None):
        self.year = year
        self.regions: list[Region] = []
        self._successors: dict[int, list[Region]] = defaultdict(list)
        self._predecessors: dict[int, list[Region]] = defaultdict(list)
        self._called: dict[str, list[Region]] = defaultdict(list)
        self._read()
        self._longest = max(map(len, self._called), default=0)

    def find(self, words: str) -> Region | None:
        """The region that the words name, the narrowest if they name several around it; None for no words or 不详.

        Of other provinces only the province is on record, so 安徽合肥 is 安徽省. ValidationError if the place is
        unknown, or if several may be meant.
        """
        key = name_key(words[: LONGEST_WORDS + 1])
        if is_unknown(compact(words[:LONGEST_WORDS])):
            return None
        found = self._found(key) if len(key) <= LONGEST_WORDS else []
        found = found or self._parts(words)
        if not found:
            raise ValidationError(_UNKNOWN, code="unknown", params={"text": excerpt(words)})
        if len(found) > 1:
            places = "、".join(self._full_name(region) for region in found)
            raise ValidationError(_SEVERAL, code="several", params={"text": excerpt(words), "places": places})
        found[0].kin = self._kin(found[0])
        return found[0]

    def of(self, year: int | None) -> "PlaceNames":
        """The same divisions as people called them in another year. No query."""
        other = copy(self)
        other.year = year
        return other

    def _kin(self, region: Region) -> set[int]:
        """Ids of what the division was before and became later."""
        ids: set[int] = set()
        for follow in (self._main_successor, self._main_predecessor):
            other = follow(region)
            while other is not None and other.pk not in ids:
                ids.add(other.pk)
                other = follow(other)
        return ids

    def _read(self) -> None:
        by_pk: dict[int, Region] = {}
        pairs = []
        for row in Region.objects.annotate(became=F("successors__pk")).order_by("code", "valid_from", "pk"):
            region = by_pk.setdefault(row.pk, row)
            if row.became:
                pairs.append((region, row.became))
        for region in by_pk.values():
            region.parent = by_pk.get(region.parent_id)
            for name in dict.fromkeys((name_key(region.name), short_name(name_key(region.name)))):
                self._called[name].append(region)
        for region, became in pairs:
            self._successors[region.pk].append(by_pk[became])
            self._predecessors[became].append(region)
        self.regions = list(by_pk.values())

    def _found(self, key: str) -> list[Region]:
        """The regions a key can mean, of the highest level at which it means any; [] if it is unknown."""
        home = next((region for region in self.regions if region.code == settings.HOME_PROVINCE), None)
        if key in _WHOLE_PROVINCE and home:
            return [home]
        readings = self._readings(key, None, set())
        least = min((left for left, region in readings), default=0)
        found = self._of_the_year([region for left, region in readings if left == least])
        highest = min((LEVELS.index(region.level) for region in found), default=0)
        return [region for region in found if LEVELS.index(region.level) == highest]

    def _readings(self, key: str, around: Region | None, seen: set) -> list[tuple[int, Region]]:
        """What the key may say inside the region around it, with the number of characters that are a mere detail."""
        readings: list[tuple[int, Region]] = []
        if (key, around) in seen:
            return readings
        seen.add((key, around))
        for length in range(2, min(self._longest, len(key)) + 1):
            rest = key[length:]
            for region in self._called.get(key[:length], ()):
                if around and (region == around or not is_within(region, around)):
                    continue
                if not rest or self._is_detail(rest, region):
                    readings.append((len(rest), region))
                if rest:
                    readings += self._readings(rest, region, seen)
        return readings

    def _is_detail(self, rest: str, region: Region) -> bool:
        if _STREET.match(rest):
            return False
        if region.level == "province":
            is_home = region.code == settings.HOME_PROVINCE
            return _WHOLE.fullmatch(rest) is not None if is_home else not self._begins_with_another(rest, region)
        if rest in _WRONG_SUFFIX:
            namesakes = self._called[short_name(name_key(region.name))]
            return all(namesake.level == "county" for namesake in namesakes)
        return bool(_WHOLE.fullmatch(rest) or _ADDRESS.fullmatch(rest))

    def _begins_with_another(self, rest: str, province: Region) -> bool:
        """Whether another province follows. That 吉林市 follows 吉林省 is in order."""
        return any(
            region.level == "province" and region != province
            for length in range(2, self._longest + 1)
            for region in self._called.get(rest[:length], ())
        )

    def _parts(self, words: str) -> list[Region]:
        """The narrowest of the regions that the parts of the words name one by one, or all that do not nest."""
        keys = [name_key(part) for part in _PARTS.split(words[:LONGEST_WORDS])]
        named = [self._found(key) for key in keys if key]
        if not named or not all(len(found) == 1 for found in named):
            return []
        regions = list(dict.fromkeys(found[0] for found in named))
        narrowest = [region for region in regions if all(is_within(region, other) for other in regions)]
        return narrowest or regions

    def _of_the_year(self, regions: list[Region]) -> list[Region]:
        """Those in use in the year; where none is, what they were called in it."""
        regions = list(dict.fromkeys(regions))
        in_use = [region for region in regions if self._is_in_use(region)]
        return in_use or list(dict.fromkeys(called for region in regions for called in self._in_other_years(region)))

    def _is_in_use(self, region: Region) -> bool:
        if self.year is None:
            return region.valid_to is None
        return region.valid_from <= self.year and (region.valid_to is None or region.valid_to > self.year)

    def _in_other_years(self, region: Region) -> list[Region]:
        """What a division that is not in use in the year was or will be; itself where that is not on record."""
        first, steps = region, len(self.regions)
        is_former = region.valid_to is not None and (self.year is None or region.valid_to <= self.year)
        while steps and not self._is_in_use(region):
            following = self._main_successor(region) if is_former else self._main_predecessor(region)
            if following is None:
                return [first]
            region, steps = following, steps - 1
        return [region] if steps else [first]

    def _main_successor(self, region: Region) -> Region | None:
        """Of several, the one that kept the code, else the name, else the one that began when it ended."""
        return max(
            self._successors[region.pk],
            key=lambda other: (
                other.code == region.code,
                short_name(other.name) == short_name(region.name),
                other.valid_from == region.valid_to,
            ),
            default=None,
        )

    def _main_predecessor(self, region: Region) -> Region | None:
        became = [other for other in self._predecessors[region.pk] if self._main_successor(other) == region]
        return max(became, key=lambda other: short_name(other.name) == short_name(region.name), default=None)

    def _full_name(self, region: Region) -> str:
        return f"{region.parent.name}{region.name}" if region.level == "county" and region.parent else region.name
