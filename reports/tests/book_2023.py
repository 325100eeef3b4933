"""A year that is not 2014: a small book that agrees with itself, to plant faults in. Nobody in it is real."""

from dataclasses import dataclass
from decimal import Decimal

from activities.models import Event
from activities.tests.factories import (
    area,
    make_course,
    make_engagement,
    make_event,
    make_event_organization,
    make_publication,
    make_survey,
    written,
)
from grants.models import Funding, Grant
from grants.tests.factories import make_funding, make_grant
from organizations.models import Organization
from organizations.tests.factories import make_alias, make_organization, make_person, region
from reports.checks import Finding, Reading, run
from reports.models import AnnualReport, Section
from reports.tests.factories import make_report, make_section

YEAR = 2023
ORGANIZATIONS = [
    # name, where it lies, other name
    ("知行枢纽", "360000", ""),
    ("赣南绿行者", "360700", "绿行者"),
    ("抚州星火助学会", "361000", "星火助学会"),
    ("九江社工服务站", "360400", ""),
    ("鹰潭心语社工中心", "360600", "心语社工"),
    ("宜春映山红志愿服务队", "360900", "映山红"),
    ("沪江公益基金会", "", "沪江基金会"),
    ("新余同行社", "360500", "同行"),
]
EVENTS = [
    ("training", "2023年2月18日", "赣州志愿者急救培训", 40, "360700"),
    ("training", "2023年3月11日", "抚州社工督导培训", 25, "361000"),
    ("training", "2023年4月15-16日", "项目管理培训第一期", 32, "360100"),
    ("training", "2023年5月20-21日", "项目管理培训第二期", 28, "360100"),
    ("training", "2023年6月3日", "九江志愿者培训", 60, "360400"),
    ("training", "2023年9月9日", "鹰潭心理支持培训", 45, "360600"),
    ("training", "2023年10月14日", "宜春志愿者培训", 70, "360900"),
    ("exchange", "2023年1月7日", "江西公益伙伴年会", 120, "360100"),
    ("exchange", "2023年4月22日", "公益沙龙：社区营造", 20, "360100"),
    ("exchange", "2023年8月12日", "公益沙龙：筹款", 24, "360100"),
    ("exchange", "2023年11月18日", "环保伙伴交流会", 36, "360700"),
    ("accompaniment", "2023年3月25日", "绿行者战略规划咨询", 8, "360700"),
    ("accompaniment", "2023年7月1日", "星火助学会财务辅导", 5, "361000"),
    ("accompaniment", "2023年12月2日", "星火助学会理事会陪伴", 7, "361000"),
    ("relief", "2023年6月25日", "修水洪灾物资发放", 80, "360424"),
    ("relief", "2023年7月2日", "永修洪灾物资发放", 50, "360425"),
]
GRANTS = [
    ("赣南绿行者", "河流观察", 8000, "awarded"),
    ("抚州星火助学会", "助学回访", 6000, "awarded"),
    ("宜春映山红志愿服务队", "独居老人探访", 5000, "awarded"),
    ("鹰潭心语社工中心", "青少年心理热线", 7000, "completed"),
    ("九江社工服务站", "社区食堂", 3000, "withdrawn"),
]
OF_NO_AREA = {"", "survey", "grants", "closing"}


@dataclass(frozen=True)
class Book:
    report: AnnualReport
    organizations: dict[str, Organization]
    events: dict[str, Event]
    grants: dict[str, Grant]
    funding: Funding


def place(code: str):
    return region(code, YEAR)


def make_book() -> Book:
    """Seven trainings, four exchanges, three accompaniments and two deliveries of relief: 650 person-times."""
    found = {name: _organization(name, code, other) for name, code, other in ORGANIZATIONS}
    events = {
        title: make_event(
            when=when, title=title, headcount=people, area=area(code), region=place(where), report_year=YEAR
        )
        for code, when, title, people, where in EVENTS
    }
    for title, name in [("鹰潭心理支持培训", "鹰潭心语社工中心"), ("环保伙伴交流会", "赣南绿行者")]:
        make_event_organization(event=events[title], organization=found[name])
    _attach(events, found)
    funding = make_funding(funder=found["沪江公益基金会"], purpose="伙伴成长", amount=Decimal(200_000))
    survey = make_survey(
        title="志愿服务需求调研", period="2023年3-5月", report_year=YEAR,
        stated_target=40, stated_visited=46, stated_cities=9,
    )  # fmt: skip
    make_publication(title="志愿者手册", published=written("2023年8月"))
    make_publication(title="志愿服务需求调研报告", survey=survey)
    report = make_report(year=YEAR, title="知行枢纽2023年度报告")
    return Book(report, found, events, _grants(found, funding), funding)


def _organization(name: str, code: str, other: str) -> Organization:
    kind = "hub" if name == "知行枢纽" else ""
    made = make_organization(name=name, region=place(code) if code else None, type=kind)
    if other:
        make_alias(organization=made, name=other)
    return made


def _attach(events: dict[str, Event], organizations: dict[str, Organization]) -> None:
    """Sessions to their course, accompaniments to those they stand by."""
    course = make_course(title="项目管理培训", stated_people=35, stated_organizations=18)
    Event.objects.filter(title__startswith=course.title).update(course=course)
    for name, start in [("赣南绿行者", "绿行者"), ("抚州星火助学会", "星火")]:
        engagement = make_engagement(organization=organizations[name])
        Event.objects.filter(area__code="accompaniment", title__startswith=start).update(engagement=engagement)
    for event in events.values():
        event.refresh_from_db()


def _grants(organizations: dict[str, Organization], funding: Funding) -> dict[str, Grant]:
    made = {
        project: make_grant(
            organization=organizations[name], project=project, awarded_amount=Decimal(amount), status=status,
            report_year=YEAR, funding=funding,
        )
        for name, project, amount, status in GRANTS
    }  # fmt: skip
    person = make_grant(
        person=make_person(name="赵知行"), project="乡村图书角", awarded_amount=Decimal(2000), report_year=YEAR,
        funding=funding,
    )  # fmt: skip
    return made | {"乡村图书角": person}


def write(report: AnnualReport, subject: str, text: str) -> Section:
    """The only section with that text; another one closes the report unless it is the closing one itself."""
    report.sections.all().delete()
    own = None if subject in OF_NO_AREA else area(subject)
    table = subject if subject in ("survey", "grants") else ""
    section = make_section(report=report, position=1, heading="某一节", prose=text, area=own, table=table)
    if subject != "closing":
        make_section(report=report, position=2, heading="结语", prose="感谢一路同行的人。")
    return section


def findings(year: int = YEAR) -> list[Finding]:
    return run(Reading.of(year))


def codes(year: int = YEAR) -> set[str]:
    return {finding.code for finding in findings(year)}


def told_codes(year: int = YEAR) -> set[str]:
    """Of the findings that have to do with the text."""
    return {
        finding.code
        for finding in findings(year)
        if any(record.key.startswith("reports.section:") for record in finding.records)
    }
