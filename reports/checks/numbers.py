"""Numbers typed by hand in the text: how many of what, read as what may truly have been meant."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reports.checks.language import HIDDEN, flat, hide
from yixin.numerals import read_number

CHINESE = "零〇一二两三四五六七八九十百千万亿"
# No number of a report is longer, and every bound keeps a page of nothing but digits from taking minutes.
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,4})?"
_NUMBER = rf"{_ARABIC}|(?<![{CHINESE}])[{CHINESE}]{{1,16}}"
_UNDER = "将近|接近|(?<![最附就])近|不到|不足|不超过|最多"
_OVER = "不少于|不低于|不下|至少|超过|突破|多达|超|逾|(?<![以晚早])上(?=[百千万])"
_ABOUT = "大约|大概|大致|(?<![预邀签节制条合相契])约"
_UNITS = (
    "人次|人(?![民类均际员格文事脉道生])|名(?![称单义录额字誉])|位(?![置于一])|家(?![庭长园人里乡访务属])|"
    "支(?=队|志愿|团|服务|公益)|个|场次|次(?![序日年要])|场(?![地所馆景])|期|项|笔|份|本|部|篇|册|元|块钱|%"
)
LOOSE = re.compile(
    rf"(?<![0-9.第数几{HIDDEN}])(?:(?P<under>{_UNDER})|(?P<over>{_OVER})|(?P<about>{_ABOUT}))? ?"
    rf"(?P<number>{_NUMBER}) ?(?P<scale>[十百千万亿]{{0,3}})(?P<more>余|多|来|几|\+)?(?P<large>[百千万亿]?) ?"
    rf"(?P<unit>{_UNITS})(?P<after>以上|左右|上下|多|余)?"
)
_NO_COUNT = (
    re.compile("《[^《》]*》"),
    re.compile(r"[0-9]{3,4}-[0-9]{7,8}|[0-9]{7,}"),
    re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"),
    re.compile(f"第[0-9{CHINESE}]{{1,12}}(?:[届期次场讲季轮批个名家位章节条]|人)?"),
    re.compile(f"[0-9{CHINESE}]{{1,8}}(?:至|到|-|~)?[0-9{CHINESE}]{{0,8}}(?:周?岁|年级|周年|小时|分钟|天|个(?:半|小|多)?月|个?星期|公里|平方米)"),
    re.compile("[一每各这那哪某本此上下首再]个|三下乡|三个代表|万一|一对一|一次性|进一步|十分(?!之)|百分之|四面八方"),
)  # fmt: skip
NOUN = re.compile(rf"[^,。;:、!?()“”\"'0-9\n{HIDDEN}]{{0,16}}")
_LOCAL = "(?:本地|当地|各类|草根|民间|公益|社会|志愿者?|义工|爱心|基层|民办|社工|学生|高校|社区)*"


class Kind(StrEnum):
    """What a number counts."""

    EVENTS = "events"
    PERSON_TIMES = "person-times"
    PEOPLE = "people"
    ORGANIZATIONS = "organizations"
    CITIES = "cities"
    PROJECTS = "projects"
    PUBLICATIONS = "publications"
    MONEY = "money"
    OTHER = "other"


_BODIES = "组织|机构|团队|社团|团体|协会|单位|ngo|队伍|伙伴|联盟"
_WRITINGS = "报告|手册|指南|案例集|读本|教材|文集|画册|年报|专刊|丛书|故事集|通讯|简报"
_AFTER_GE = [
    (Kind.CITIES, re.compile("(?:设区的?市|地级市|地区市|地市|设区市|城市|市(?![场民直内县区]))")),
    (Kind.OTHER, re.compile("县|区|乡|镇|村|街道|国家|省|部分|方面|问题|环节|阶段|板块|家庭|小组|学校|企业|基金会")),
    (Kind.ORGANIZATIONS, re.compile(f"[^0-9是在为有对把被让给{HIDDEN}]{{0,8}}?(?:{_BODIES})")),
    (Kind.PROJECTS, re.compile("[^0-9是在为有对把被让给]{0,6}?项目")),
    (Kind.PUBLICATIONS, re.compile(f"[^0-9是在为有对把被让给]{{0,6}}?(?:{_WRITINGS})")),
    (Kind.EVENTS, re.compile(f"{_LOCAL}(?:活动|培训|沙龙|讲座|工作坊|论坛)")),
    (Kind.PEOPLE, re.compile(f"{_LOCAL}(?:人|志愿者|学员|代表|负责人|义工)")),
]  # fmt: skip
_OTHER_BODIES = re.compile("(?:企业|媒体|基金会|学校|医院|商家|公司|店|银行|酒店|报社|电视台)")
_BY_UNIT = {
    "人次": Kind.PERSON_TIMES, "人": Kind.PEOPLE, "名": Kind.PEOPLE, "位": Kind.PEOPLE, "家": Kind.ORGANIZATIONS,
    "支": Kind.ORGANIZATIONS, "场次": Kind.EVENTS, "次": Kind.EVENTS, "场": Kind.EVENTS, "期": Kind.EVENTS,
    "笔": Kind.PROJECTS, "元": Kind.MONEY, "块钱": Kind.MONEY,
}  # fmt: skip


@dataclass(frozen=True)
class Loose:
    """A number with its unit: ``low`` to ``high`` is what it may mean, ``noun`` what stands right after it."""

    text: str
    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    noun: str
    kind: Kind
    is_exact: bool
    is_article: bool  # 一个, 一次: perhaps no number at all

    def fits(self, value: int | float | Decimal | None) -> bool:
        return value is not None and self.low <= Decimal(str(value)) <= self.high

    def plus(self, other: "Loose") -> tuple[Decimal, Decimal]:
        return self.low + other.low, self.high + other.high


def countable(text: str) -> str:
    """The text with everything hidden that holds a number and counts nothing; as long as before."""
    return hide(flat(text), *_NO_COUNT)


def loose_numbers(text: str) -> list[Loose]:
    """All of them in order. Dates and filled-in figures must have been hidden before."""
    readable = countable(text)
    found = (_read(match, readable, text) for match in LOOSE.finditer(readable))
    return [number for number in found if number]


def _read(match: re.Match, readable: str, text: str) -> Loose | None:
    number = read_number(match["number"].strip(",") + match["scale"] + ("" if match["more"] else match["large"]))
    if number is None:
        return None
    if match["more"] and match["large"]:
        number *= read_number(match["large"])
    low, high = _interval(match, number)
    noun = NOUN.match(readable, match.end())[0]
    is_bare_one = match["number"] == "一" and not match["scale"] and match["unit"] != "人次"
    return Loose(
        text=text[match.start() : match.end()].strip(),
        start=match.start(),
        end=match.end(),
        low=low,
        high=high,
        unit=match["unit"],
        noun=noun,
        kind=_kind(match["unit"], noun),
        is_exact=low == high,
        is_article=is_bare_one,
    )


def _interval(match: re.Match, number: Decimal) -> tuple[Decimal, Decimal]:
    step = _step(match)
    if match["under"]:
        return number * Decimal("0.8"), number
    if match["more"] or match["after"] in ("多", "余"):
        return number, number + step - Decimal("0.01" if match["unit"] in ("元", "块钱") else 1)
    if match["over"] or match["after"] == "以上":
        return number, number + max(step, number / 2)
    is_round = match["number"] in ("百", "千", "万") and not match["scale"]
    if match["about"] or match["after"] or is_round:
        return number * Decimal("0.9"), number * Decimal("1.1")
    if "." in match["number"] and match["scale"]:
        half = step / 2
        return number - half, number + half
    return number, number


def _step(match: re.Match) -> Decimal:
    """The worth of the last digit that was written: 10 of 二十, 1,000 of 3千, 100 of 5.31万."""
    written = match["number"].replace(",", "")
    unit = Decimal(1)
    for scale in match["scale"] + match["large"]:
        unit *= read_number(f"一{scale}") or 1
    if "." in written:
        return unit / 10 ** len(written.partition(".")[2])
    if written[:1].isdigit():
        zeros = len(written) - len(written.rstrip("0"))
        return unit * 10 ** (zeros if len(written) > zeros else 0)
    tail = written[-1:]
    return unit * (read_number(f"一{tail}") if tail in "十百千万亿" else 1)


def _kind(unit: str, noun: str) -> Kind:
    if unit in ("家", "支"):
        return Kind.OTHER if _OTHER_BODIES.match(noun) else Kind.ORGANIZATIONS
    if unit in _BY_UNIT:
        return _BY_UNIT[unit]
    if unit == "个":
        return next((kind for kind, pattern in _AFTER_GE if pattern.match(noun)), Kind.OTHER)
    if unit == "项":
        return Kind.EVENTS if noun.startswith("活动") else Kind.PROJECTS
    if unit in ("份", "本", "部", "篇", "册"):
        return Kind.PUBLICATIONS if re.match(f".{{0,8}}?(?:{_WRITINGS})", noun) else Kind.OTHER
    return Kind.OTHER
