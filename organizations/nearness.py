"""Whether two names may mean the same organisation: read into parts, then compared part by part."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from organizations.models import Region
from organizations.placenames import short_name
from yixin.text import clean_text, name_key, pinyin

LONGEST = 100
COUNTRY = "0"  # the place of 中华, 中国 and 全国

# Words of one meaning are brought to one form before anything is compared.
_SHORT_FORMS = [
    ("联合总会", "联"), ("联合会", "联"), ("联盟", "联"), ("志愿服务者", "志愿"), ("志愿者", "志愿"),
    ("青年志愿协会", "青协"), ("红十字会", "红会"), ("社会工作者", "社工"), ("社会工作", "社工"),
    ("义务工作者", "义工"), ("财经大学", "财大"), ("师范大学", "师大"), ("农业大学", "农大"), ("工业大学", "工大"),
    ("理工大学", "理工大"), ("交通大学", "交大"), ("科技大学", "科大"), ("有限责任公司", "公司"), ("有限公司", "公司"),
]  # fmt: skip
# What so many names hold that it does not say which one it is, wherever it stands …
_GENERIC = re.compile(
    "微公益|公益|慈善|爱心|志愿|义工|社工|青年|青少年|大学生|学生|文化|发展|服务|中心|促进|协会|学会|商会|基金|"
    "组织|机构|团队|小组|社团|网络|之家|家园|空间|创新|俱乐部|工作室|工作|项目|计划|行动|平台|论坛|沙龙|保护|救助|互助|"
    "帮扶|关爱|社会|民间|地区"
)
# … and at the end.
_GENERIC_END = re.compile("[会社团队组群网站联家部总]+$")
# Bodies with bodies of their own: the students' union of a university is another organisation than the university.
_INSTITUTION = re.compile(
    "大学(?!生)|学院|理工大|[财师农工交科医]大|学校|中学|小学|医院|公司|银行|政府|[政警监育改计委]局"
)
_KINDS = {"大学", "学院", "学校", "中学", "小学", "医院", "公司", "银行", "政府"}
_BRANCH = re.compile("(?:分会|分部|分队|支队|大队|工作站|服务站|服务队|办事处|代表处|项目办|项目组|团队|站)$")
_COUNTRY = re.compile("中华|中国|全国")
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_LATIN = re.compile("[a-z0-9]{2,}")
_NUMERAL = "[0-9一二三四五六七八九十百]+"
_NUMERALS = re.compile(_NUMERAL)
_ORDINAL = re.compile(f"第{_NUMERAL}|{_NUMERAL}(?=[队组期届号班区院小中附校]|支队|大队|社区)")


@dataclass(frozen=True)
class Reading:
    """What a name is made of, in short forms and without punctuation."""

    key: str
    places: frozenset[str]  # those it names, as `place_words` has them
    institution: str  # the body it belongs to, or is: 大学 of 南昌大学学生会
    core: str  # what is left of the name without places and institution: 学生会
    stem: str  # the core without generic words: 知行 of 知行创新空间
    numerals: tuple[str, ...]
    ordinals: tuple[str, ...]

    @property
    def whole(self) -> str:
        return self.institution + self.core


def place_words(regions: Iterable[Region]) -> dict[str, str]:
    """What places are called, in full and in short, and where they lie: 36 Jiangxi, 3607 Ganzhou, 3607于都 a county.

    A county is known by its name, so that it stays the same when its code changes. Of namesakes the larger one counts:
    南昌 is the city, not the county.
    """
    words: dict[str, str] = {}
    levels = ["county", "prefecture", "province"]
    for region in sorted(regions, key=lambda region: levels.index(region.level)):
        name, short = name_key(region.name), short_name(name_key(region.name))
        place = region.code[: 2 if region.level == "province" else 4] + (short if region.level == "county" else "")
        words |= dict.fromkeys((name, short), place)
    return words


def is_near(one: str, other: str, places: Mapping[str, str] | None = None) -> bool:
    """Whether the names may mean one organisation, so that it is polite to ask. ``places``: see `place_words`.

    Near are names that differ in places (unless each names another one), in generic words, or in one character.
    Numerals must agree, and a body of a university is near neither to the university nor to its other bodies.
    """
    mine, others = read_name(one, places or {}), read_name(other, places or {})
    return any(are_near(a, b) for a in mine for b in others)


def read_name(name: str, places: Mapping[str, str]) -> tuple[Reading, ...]:
    """The name read without what stands in brackets; and a Latin short name in brackets, 美国心脏协会（AHA）, alone."""
    text = clean_text(name[:LONGEST])
    inside = [name_key(words) for words in _BRACKETS.findall(text)]
    outside = name_key(_BRACKETS.sub(" ", text)) if inside else name_key(text)
    named = frozenset(places[words] for words in inside if words in places)
    latin = [words for words in inside if _LATIN.fullmatch(words)]
    return tuple(_read(key, named, places) for key in [outside or name_key(text), *latin])


def are_near(a: Reading, b: Reading) -> bool:
    if a.key == b.key:
        return True
    if a.ordinals != b.ordinals or (a.numerals and b.numerals and a.numerals != b.numerals):
        return False
    if a.places and b.places and not any(_nest(one, other) for one in a.places for other in b.places):
        return False
    if a.institution and b.institution:
        return _same_institution(a, b) and (a.core == b.core or (bool(a.core and b.core) and _same_core(a, b)))
    if a.institution or b.institution:
        is_body_of_it = a.core == b.core and bool(a.stem)
        return is_body_of_it or _one_typo(a.whole, b.whole, len(a.whole), len(b.whole))
    return _same_core(a, b)


def deletions(text: str) -> set[str]:
    """The text, and what is left of it when one character is taken out: two texts one edit apart share one of them."""
    if len(text) < 3:
        return {text}
    return {text} | {text[:place] + text[place + 1 :] for place in range(len(text))}


def _read(key: str, named: frozenset[str], places: Mapping[str, str]) -> Reading:
    text, led = _without_leading_places(key, places)
    text, branch = _without_branch(text, places)
    for long, short in _SHORT_FORMS:
        text = text.replace(long, short)
    match = _INSTITUTION.search(text)
    end = match.end() if match else 0
    core = text[end:]
    stem = _GENERIC_END.sub("", _GENERIC.sub("", core))
    ordinals = tuple(_ORDINAL.findall(text))
    return Reading(key, named | led | branch, text[:end], core, stem, tuple(_NUMERALS.findall(text)), ordinals)


def _without_leading_places(text: str, places: Mapping[str, str]) -> tuple[str, set[str]]:
    """青原色 stays: 青原 is a district, but of a name two characters at least must be left."""
    found = set()
    while True:
        country = _COUNTRY.match(text)
        lengths = range(min(11, len(text) - 2), 1, -1)
        length = 2 if country else next((n for n in lengths if text[:n] in places), 0)
        if not length or len(text) - length < 2:
            return text, found
        found.add(COUNTRY if country else places[text[:length]])
        text = text[length:]
        text = text[2:] if text.startswith("地区") and len(text) > 3 else text


def _without_branch(text: str, places: Mapping[str, str]) -> tuple[str, set[str]]:
    """义工联江西分会 is 义工联, in Jiangxi. A branch that names no place is left as it is."""
    match = _BRANCH.search(text)
    before = text[: match.start()] if match else ""
    length = next((n for n in range(min(11, len(before) - 2), 1, -1) if before[-n:] in places), 0)
    return (before[:-length], {places[before[-length:]]}) if length else (text, set())


def _nest(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _agree_in_place(a: Reading, b: Reading) -> bool:
    """Where nothing else tells them apart, the places must be the same, as far as both name any."""
    return a.places <= b.places or b.places <= a.places


def _same_institution(a: Reading, b: Reading) -> bool:
    if a.institution == b.institution:
        return _ORDINAL.sub("", a.institution) not in _KINDS or _agree_in_place(a, b)
    return _one_typo(a.institution, b.institution, len(a.institution), len(b.institution))


def _same_core(a: Reading, b: Reading) -> bool:
    if a.core == b.core:
        return bool(a.stem) or _agree_in_place(a, b)
    if a.stem == b.stem:
        return len(a.stem) > 1
    return _one_typo(a.core, b.core, len(a.stem), len(b.stem))


def _one_typo(one: str, other: str, own: int, others: int) -> bool:
    """Whether one character is wrong, missing or out of place in a text of four or more, ``own`` of them telling.

    In a text with fewer than three telling characters a wrong one must at least sound the same: 知形空间 may be
    知行空间, but 萤火公益 is not 星火公益.
    """
    shorter, longer = sorted((one, other), key=len)
    if len(longer) < (5 if longer.isascii() else 3) or len(longer) - len(shorter) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return len(longer) > 3 and shorter[start:] == longer[start + 1 :] and min(own, others) > 0
    rest, rest_of_other = shorter[start:], longer[start:]
    if rest[1:] == rest_of_other[1:]:
        return (min(own, others) > 2 and len(longer) > 3) or pinyin(one) == pinyin(other)
    return len(longer) > 3 and rest[2:] == rest_of_other[2:] and rest[:2] == rest_of_other[1::-1]
