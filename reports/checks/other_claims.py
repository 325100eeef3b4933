"""Numbers of organisations visited, of cities, of writings, of grants and money in the text, beside the records."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from reports.checks.claims import TOTAL, Claim, Zone
from reports.checks.findings import RecordRef
from reports.checks.numbers import Kind
from reports.checks.people_claims import context_of
from reports.checks.reading import OF_GRANTS, OF_SURVEYS, Reading, grant_ref
from reports.measures import GRANTS, SURVEY, Measure
from reports.records import GrantRecord
from reports.table import Value
from yixin.quantities import known_sum

_VISITING = re.compile("走访|调研|拜访|访谈|探访|实地|问卷")
_BEYOND = re.compile(
    "超(?:出|过|额)?[^,。]{0,6}(?:目标|预期|计划|原定|预计|任务)|比[^,。]{0,6}(?:目标|计划|预期|原定|预计)[^,。]{0,4}多"
)
_BEYOND_AFTER = re.compile("超过?$|超出$|多$|多了$|增加了?$")
_AIM = re.compile("(?:计划|目标|预期|原定|预计|拟|任务)[^,。]{0,10}$")
_OF_SOME = re.compile("其中|注册|成立|愿意|希望|存在|没有|不足|认为|表示|未|拒绝|南昌市内")
_PRODUCED = re.compile("出版|发布|产出|形成|编写|编印|完成|撰写|印制|印刷|推出|编辑|编制|制作")
_TOOK_BACK = re.compile("退出|撤回|放弃|撤销")
_GIVEN = re.compile("资助|小额|拨款|拨付|扶持|支持")
_ALL_MONEY = re.compile(f"{TOTAL.pattern}|总额|发放|投入|金额")
_FOR_EACH = re.compile("每|平均|人均|单[个项笔家]|不超过|以内|上限|各(?=[0-9])|不等|最低|最小|最少|元至|元到")
_TO_US = re.compile("(?:资助|支持|提供|拨给|给|捐赠)了?给?我们")
_GOT = re.compile("获|得到|争取|申请|收到|筹")
_ASKED = re.compile("申请|收到|报名|征集")


def _claim(
    zone: Zone, subject: object, measures: Iterable[Measure | None], also: Iterable[Value] = (), **more
) -> Claim:
    known = [measure for measure in measures if measure is not None]
    expected = tuple(value for value in [*(measure.value for measure in known), *also] if value is not None)
    return Claim(zone.sentence, zone.number, subject, expected, tuple(known), is_part=zone.is_part, **more)


def survey_claims(reading: Reading, zone: Zone) -> Iterator[Claim]:
    """走访了72家组织, 目标55家, 超过预期17家."""
    survey, section = reading.figures.survey, zone.sentence.section
    if (
        not survey.surveys
        or not zone.is_of(reading.year)
        or not (section.subject == OF_SURVEYS or _VISITING.search(zone.clause.text))
    ):
        return
    before = zone.head or zone.lead
    if (
        _BEYOND.search(zone.lead + zone.number.text)
        or _BEYOND_AFTER.search(zone.head.strip())
        or "超" in zone.number.text
    ):
        name, refs = "超出", survey.visited
    elif _AIM.search(before):
        name, refs = "目标", survey.target
    elif _OF_SOME.search(zone.clause.text) or not (
        _VISITING.search(zone.clause.text) or zone.is_total or _reaches(zone)
    ):
        return
    else:
        name, refs = "实际", survey.visited
    if refs is None or _cities_named(reading, zone):
        return
    measure = reading.book.find(f"{SURVEY}.{name}")
    each = [survey.visited_of(s) for s in survey.surveys] if name == "实际" else []
    yield _claim(zone, SURVEY, [measure], each, records=_surveys(reading))


def _reaches(zone: Zone) -> bool:
    return bool(re.search("达到?|共|覆盖|名额", zone.clause.text))


def _surveys(reading: Reading) -> tuple[RecordRef, ...]:
    return tuple(RecordRef(f"activities.survey:{s.pk}", s.title) for s in reading.figures.survey.surveys)


def _cities_named(reading: Reading, zone: Zone) -> bool:
    return reading.city_words.search(zone.words) is not None


def city_claims(reading: Reading, zone: Zone) -> Iterator[Claim]:
    """走访了11个地市, 覆盖9个设区市."""
    if context_of(reading, zone.sentence, zone.number.start) or zone.is_relative:
        return
    figures, section = reading.figures, zone.sentence.section
    all_there_are = len(figures.cities)
    busy = [reading.book.find("全年.地市")]
    if section.subject == OF_SURVEYS or _VISITING.search(zone.clause.text):
        measures = [reading.book.find(f"{SURVEY}.地市")]
        if measures[0] is None or measures[0].value is None:
            return
        yield _claim(zone, SURVEY, measures, records=_surveys(reading))
    elif section.area:
        cities = {event.city for event in reading.printed_in(section.area) if event.city.isdigit()}
        if cities:
            yield _claim(zone, section.area, busy, [len(cities), all_there_are, figures.survey.cities])
    elif zone.is_total or "覆盖" in zone.clause.text:
        yield _claim(zone, "全年", busy, [all_there_are, figures.survey.cities])


def publication_claims(reading: Reading, zone: Zone) -> Iterator[Claim]:
    """产出2个报告."""
    if not _PRODUCED.search(zone.clause.text) or zone.is_relative or not reading.publications:
        return
    found = reading.publications
    word = next((word for word in ("报告", "手册", "案例集", "读本", "教材", "指南") if word in zone.noun[:10]), "")
    of_kind = [publication for publication in found if word in publication.title]
    refs = tuple(RecordRef(f"activities.publication:{item.pk}", item.title) for item in of_kind or found)
    yield _claim(
        zone, zone.noun[:10], [], {len(found), len(of_kind) or len(found)}, records=refs, is_sure=bool(of_kind)
    )


def _is_of_grants(reading: Reading, zone: Zone) -> bool:
    """Whether we give here; where a funder gives to us, it is named in the same clause."""
    of_funder = bool(zone.sentence.mentions_in(zone.clause) & reading.funders)
    if not zone.is_of(reading.year) or _TO_US.search(zone.clause.text) or (of_funder and _GOT.search(zone.clause.text)):
        return False
    if zone.sentence.section.subject == OF_GRANTS:
        return True
    given = re.search(
        "(?<!获)(?<!得)资助(?!方|人|款|的支持)", zone.clause.text[: zone.number.end - zone.clause.start + 12]
    )
    return bool(given) and not of_funder and not _gives_itself(reading, zone, zone.clause.start + given.start())


def _gives_itself(reading: Reading, zone: Zone, verb: int) -> bool:
    """Whether another organisation gives: 星火助学会资助了136名学生, unlike 对绿行者资助5000元."""
    text, start = zone.sentence.plain, zone.clause.start
    named = [mention for mention in zone.sentence.mentions if start <= mention.start < verb]
    return any(
        not mention.owners & reading.ours and not re.search("[对向给为和与及]", text[start : mention.start])
        for mention in named
    )


def grant_count_claims(reading: Reading, zone: Zone) -> Iterator[Claim]:
    """资助了6家组织, 7个项目, 1名个人, 1项退出."""
    grants = reading.figures.grants
    if not grants.rows or not _is_of_grants(reading, zone) or zone.is_relative or _FOR_EACH.search(zone.head):
        return
    if _cities_named(reading, zone) or (_ASKED.search(zone.words) and not _TOOK_BACK.search(zone.clause.text)):
        return
    names = _grant_names(zone)
    if names:
        measures = tuple(reading.book.find(f"{GRANTS}.{name}") for name in names)
        refs = tuple(map(grant_ref, grants.rows))
        yield Claim(
            zone.sentence, zone.number, GRANTS, (measures[0].value,), measures, refs, is_part=zone.is_part, code="C3"
        )


def _grant_names(zone: Zone) -> list[str]:
    """The figure that the told number must be, and others to show; none where it is no number of grants."""
    noun, clause = zone.noun, zone.clause.text
    if _TOOK_BACK.search(noun) or _TOOK_BACK.search(zone.head):
        return ["退出"]
    if zone.number.kind is Kind.PEOPLE:
        return ["个人"] if "个人" in noun or _GIVEN.search(clause) else []
    if not (_GIVEN.search(clause) or zone.is_total or zone.is_part):
        return []
    if zone.number.kind is Kind.PROJECTS:
        return ["项数"]
    if re.search("个人|自然人", noun):
        return ["项数"]
    return ["项数", "组织"] if "项目" in noun else ["组织"]


def money_claims(reading: Reading, zone: Zone) -> Iterator[Claim]:
    """资助总额5.31万元; 资助在一起5000元."""
    grants = reading.figures.grants
    if (
        not grants.committed
        or not _is_of_grants(reading, zone)
        or zone.is_relative
        or _FOR_EACH.search(zone.clause.text)
    ):
        return
    named = zone.sentence.mentions_in(zone.clause) - reading.ours - reading.funders
    to_them = [grant for grant in grants.committed if grant.organization in named and grant.amount is not None]
    if named:
        if to_them:
            yield _money(zone, to_them, [], [grant.amount for grant in to_them] + [_sum(to_them)])
        return
    measures = [reading.book.find(f"{GRANTS}.{name}") for name in _money_names(zone)]
    if measures and all(measure.value is not None for measure in measures):
        yield _money(zone, grants.rows, measures, [])


def _money(zone: Zone, grants: list[GrantRecord], measures: list[Measure], also: list[Decimal]) -> Claim:
    return _claim(zone, GRANTS, measures, also, records=tuple(map(grant_ref, grants)), code="C3")


def _sum(grants: list[GrantRecord]) -> Decimal | None:
    return known_sum((grant.amount for grant in grants), Decimal("0.00"))


def _money_names(zone: Zone) -> list[str]:
    clause = zone.clause.text
    if re.search("最高|最大|最多", clause):
        return ["最大"]
    if re.search("待拨|尚未拨|未拨", clause):
        return ["待拨"]
    if re.search("退回|退还|返还", clause):
        return ["退回"]
    if re.search("已经?拨|拨付|拨出", clause):
        return ["已拨", "总额"] if "已" not in clause else ["已拨"]
    return ["总额"] if _ALL_MONEY.search(zone.head + zone.lead) or _GIVEN.search(zone.head) else []
