"""What the text claims of the year by a number typed by hand, beside what the records say of the same thing."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from reports.checks.findings import RecordRef
from reports.checks.language import occasions
from reports.checks.numbers import Kind, Loose
from reports.checks.passages import Clause, SectionText, Sentence
from reports.checks.reading import Reading
from reports.checks.told_dates import ToldDate
from reports.measures import Measure
from reports.table import Value

TOTAL = re.compile("共(?!同|享|识|建|益|创)|总(?![结会部干体的])|累计|合计|全年|全部|一年来|今年|本年|年内|迄今|本年度")
# A number of another year, of a plan, of each of several, or beyond another number says nothing of the year's sum.
RELATIVE = re.compile(
    "每|平均|人均|各(?=[0-9一二三四五六七八九十两])|预计|(?<!即)将(?![近来])|拟|打算|力争|争取|明年|来年|下一?年|去年|上一?年|往年|"
    "历年|前年|同比|环比|增长|减少|提高|以来|希望|有望|成立|计划(?=在|于|再|开展|举办|组织|资助|走访|培训|明|下|新增|增加)|"
    "最多的|最少的|不等|以内|上限"
)
PART = re.compile("其中|包括|含|分别|里面|之中|当中")
# What stands in the name of any gathering: without these, a word left over makes it one of a special kind.
_GENERIC = re.compile(
    "志愿者?|义工|公益|组织|机构|各[类种级地]?|主题|专题|系列|活动|分享|全省|江西省?|民间|能力|建设|线[上下]|集中|大型|小型|社会|"
    "服务|相关|有关|我们|等地?|共计?|累计|总计?|合计|一共|全年|一年来?|今年|本年度?|年内|先后|陆续|开展|举办|召开|举行|"
    "完成|参加|参与|参训|受训|受益|覆盖|惠及|达到?|突破|超过|人次|人数|次数|数量|规模|提供|进行|实施|做|办|针对|面向|整整|多[样种]|"
    "这|走[过遍进]|座(?:城市|县城)|形式|不同|负责人|全部|以及|方面|[的了为在和与及会场次性类式于对是有并又还也到个家名0-9〇零一二两三四五六七八九十百千万]"
)
_YEAR_WORDS = re.compile(
    "(?P<other>去年|前年|上一?年|往年|历年|明年|来年|下一?年)|今年|本年|(?P<year>(?:19|20)[0-9]{2})(?=年)"
)


@dataclass(frozen=True)
class Claim:
    """One number, what it is a number of, and what is on record. ``measures`` could stand in its place.

    ``expected`` are the values with which it agrees. Not ``is_sure``: it may be told of fewer records than those.
    """

    sentence: Sentence
    number: Loose
    subject: object
    expected: tuple[Value, ...]
    measures: tuple[Measure, ...] = ()
    records: tuple[RecordRef, ...] = ()
    is_sure: bool = True
    is_part: bool = False
    event: int | None = None
    code: str = "C1"

    @property
    def section(self) -> SectionText:
        return self.sentence.section

    @cached_property
    def agrees(self) -> bool:
        return any(self.number.fits(value) for value in self.expected)

    @property
    def quoted(self) -> str:
        """The number with a few of the words after it."""
        return quoted(self.number)


_BODY = re.compile("^.{0,8}?(?:组织|机构|团队|协会|社团|单位)(?:[和与及、]项目)?")


def quoted(number: Loose) -> str:
    """The number with the words that say of what it is."""
    noun = number.noun.strip()
    body = _BODY.match(noun) if number.kind is Kind.ORGANIZATIONS else None
    return number.text + (body[0] if body else re.split("[的了在是来参]", noun)[0][:10])


@dataclass(frozen=True)
class Zone:
    """The words around one number: ``head`` stands before it in its clause, as far back as the number before; ``lead``
    in its sentence, as far back as the last number of the same kind; the noun stands after it.
    """

    sentence: Sentence
    number: Loose
    clause: Clause
    head: str
    lead: str

    @property
    def noun(self) -> str:
        return self.number.noun

    @property
    def words(self) -> str:
        return self.head + self.noun

    @property
    def is_total(self) -> bool:
        return bool(TOTAL.search(self.head) or (TOTAL.search(self.lead) and not PART.search(self.head)))

    @property
    def is_relative(self) -> bool:
        return bool(RELATIVE.search(self.clause.text))

    @property
    def is_part(self) -> bool:
        return bool(PART.search(self.lead))

    def told_before(self) -> ToldDate | None:
        """The last date before the number in its sentence."""
        told = [told for told in self.sentence.dates if told.end <= self.number.start]
        return told[-1] if told else None

    def is_of(self, year: int) -> bool:
        """False if the number is told of another year."""
        named = list(_YEAR_WORDS.finditer(self.sentence.flat[: self.number.start]))
        if named and (named[-1]["other"] or int(named[-1]["year"] or year) < year):
            told = self.told_before()
            return bool(told and told.end > named[-1].start() and told.latest.year == year)
        told = self.told_before()
        return told is None or told.earliest.year <= year <= told.latest.year


def special(words: str, names: Iterable[str] = ()) -> str:
    """What is left of the words around a number without those that name no special kind: 管理层 of 1次管理层培训."""
    for word in [*sorted(occasions(words), key=len, reverse=True), *names]:
        words = words.replace(word, "")
    return re.sub(r"\W", "", _GENERIC.sub("", words))


def zones(sentence: Sentence) -> list[Zone]:
    """One for each number of the sentence; names of organisations are hidden in them."""
    found, before = [], 0
    text, of_kind = sentence.nameless, {}
    for number in sentence.numbers:
        clause = sentence.clause_at(number.start)
        head = re.split("[、(]", text[max(clause.start, before) : number.start])[-1]
        lead = text[of_kind.get(number.kind, 0) : number.start]
        found.append(Zone(sentence, number, clause, head, lead))
        before = of_kind[number.kind] = number.end
    return found


Reader = Callable[[Reading, Zone], Iterable[Claim]]


def claims_of(reading: Reading, readers: dict[Kind, list[Reader]]) -> list[Claim]:
    """What the readers make of every number of their kind; of one number the first reader that knows it counts."""
    found = []
    for sentence in reading.sentences:
        for zone in zones(sentence):
            if zone.number.is_article:
                continue
            known = (claim for reader in readers.get(zone.number.kind, ()) for claim in reader(reading, zone))
            found += [claim for claim in [next(known, None)] if claim]
    return found
