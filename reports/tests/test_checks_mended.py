"""What was mended is not asked about again: each check on the 2014 report, before and after."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from activities.models import Course, Event, Photo, Survey
from activities.tests.factories import area, make_event, make_event_organization, written
from grants.models import Funding, Grant
from organizations.models import Alias, Organization
from organizations.tests.factories import make_network_group, region
from reports.checks import CHECKS, Reading, run
from reports.models import AnnualReport, Section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("year_2014")]


def codes() -> list[str]:
    return [finding.code for finding in run(Reading.of(2014))]


def rewrite(heading: str, was: str, becomes: str) -> None:
    section = Section.objects.get(heading=heading)
    assert was in section.prose
    section.prose = section.prose.replace(was, becomes)
    section.save()


def change(called: str, **columns) -> None:
    """The one event of that title."""
    event = Event.objects.get(title=called)
    for name, value in columns.items():
        setattr(event, name, value)
    event.save()


def say_the_figures_of_c2() -> None:
    rewrite("志愿者组织培训", "24次培训，还有1次志愿者组织管理层培训", "{培训.场次}次培训")


def say_the_grants() -> None:
    rewrite("公益组织陪伴成长", "6家公益组织和项目", "{资助.组织}家公益组织和{资助.个人}名个人")


def state_more_people() -> None:
    Course.objects.update(stated_people=36)
    rewrite("志愿者组织培训", "30名", "36名")


def list_it_once() -> None:
    Event.objects.get(title="中华义工联管理层培训").also_listed_in.clear()


def list_the_course_in_both_tables() -> None:
    for event in Event.objects.filter(title__startswith="志愿者管理层培训第"):
        event.also_listed_in.add(area("training"))


def tell_organisations_and_people() -> None:
    rewrite("江西公益组织交流", "近百家公益组织从", "近百家公益组织的140人从")


def name_no_number_of_organisations() -> None:
    rewrite("公益组织陪伴成长", "有两个组织的求助", "有组织的求助")
    rewrite("公益组织陪伴成长", "支持2个组织在", "支持伙伴在")
    rewrite("公益组织陪伴成长", "资助了本地6家公益组织和项目", "资助了本地组织")


def write_the_spans() -> None:
    change("志愿者管理层培训第一期", when=written("2014年4月26-28日"))
    change("志愿者管理层培训第二期", when=written("2014年6月22-24日"))


def give_rows_their_own_year() -> None:
    Event.objects.filter(when_latest__year=2013).update(report_year=2013)


def survey_in_one_year() -> None:
    survey = Survey.objects.get()
    survey.period = written("2014年1月")
    survey.save()


def record_all_that_is_told() -> None:
    make_event(title="温暖包", when="2014年12月20日", headcount=60, area=area("relief"), region=region("360100"))
    talk = make_event(title="负责人面谈", when="2014年1月28日", area=area("accompaniment"), headcount=3)
    make_event_organization(event=talk, organization=Organization.objects.get(name="中华义工联合会江西分会"))
    Funding.objects.filter(status="applied").update(status="awarded", amount=Decimal(20_000))
    make_network_group()


def number_the_titles() -> None:
    for event in Event.objects.filter(title__in=["南昌大学公益培训", "南昌市公益组织沙龙", "吉安志愿者培训"]):
        event.title += f"（{event.when}）"
        event.save()


def say_whose_occasion_it_was() -> None:
    change("江西师大IDOR分享", title="江西师大IDOR培训")
    change("南昌一米益拍暖冬行动", area=area("relief"))
    change("财大TEDXJUFE会议", our_role="invited")
    change("萍乡麦田10周年", our_role="co-host")


def use_one_name_each() -> None:
    for alias in Alias.objects.all():
        for event in Event.objects.filter(title__contains=alias.name):
            event.title = event.title.replace(alias.organization.name, "\0").replace(alias.name, "\0")
            event.title = event.title.replace("\0", alias.organization.name)
            event.save()
    Section.objects.update(prose="一切照旧。")
    Photo.objects.update(caption="")


def leave_out_other_provinces() -> None:
    Event.objects.filter(title__contains="安徽").delete()
    Event.objects.filter(title__contains="艾博").delete()


def name_the_funding() -> None:
    Grant.objects.update(funding=Funding.objects.get(purpose="微公益小额资助"))
    Grant.objects.filter(project__startswith="美国心脏协会").update(project="急救课程")


def go_everywhere() -> None:
    for number, code in enumerate(("360200", "360400", "360500", "360600", "361000"), start=1):
        make_event(title=f"第{number}次走访", when=f"2014年7月{number}日", region=region(code), area=area("exchange"))


MENDED: dict[str, Callable[[], object]] = {
    "C1": lambda: rewrite("江西公益组织交流", "12次", "{交流.场次}次"),
    "C2": say_the_figures_of_c2,
    "C3": say_the_grants,
    "C4": state_more_people,
    "C5": list_it_once,
    "C6": list_the_course_in_both_tables,
    "C7": tell_organisations_and_people,
    "C8": name_no_number_of_organisations,
    "D1": lambda: rewrite("公益组织陪伴成长", "3月22日", "3月23日"),
    "D2": lambda: rewrite("公益组织陪伴成长", "6月9日", "6月10日"),
    "D3": write_the_spans,
    "Y1": give_rows_their_own_year,
    "Y2": survey_in_one_year,
    "Y3": lambda: rewrite("江西公益组织交流", "12月1日", "12月31日"),
    "Y4": lambda: rewrite("总结", "希望我们2014年", "希望我们2015年"),
    "N1": lambda: change("支持在一起开展艾滋病反歧视项目", headcount=20),
    "N2": lambda: Grant.objects.filter(awarded_amount=None).update(awarded_amount=Decimal(1000)),
    "N3": record_all_that_is_told,
    "N4": lambda: Photo.objects.filter(caption__startswith="南昌大学工业设计系").update(
        event=Event.objects.filter(title="南昌大学公益培训").first()
    ),
    "T1": number_the_titles,
    "T2": lambda: change("萍乡麦田10周年", when=written("2014年6月11日")),
    "T3": say_whose_occasion_it_was,
    "O1": use_one_name_each,
    "O2": leave_out_other_provinces,
    "G1": lambda: Grant.objects.filter(awarded_amount=24_000).update(awarded_amount=Decimal(9_000)),
    "G2": name_the_funding,
    "S1": lambda: change("赣州赣县关爱残障人培训", headcount=40),
    "S2": go_everywhere,
}


@pytest.mark.parametrize("code", MENDED)
def test_check_asks_until_its_cause_is_mended(code):
    before = codes()

    MENDED[code]()

    assert (code in before, code in codes()) == (True, False)


def test_every_check_has_its_remedy():
    assert set(MENDED) == set(CHECKS)


def test_a_cut_off_of_the_report_itself_is_compared_with_the_events_after_it():
    Section.objects.all().delete()
    AnnualReport.objects.update(cut_off="2014-12-05")

    (asked,) = [finding for finding in run(Reading.of(2014)) if finding.code == "Y3"]

    assert [record.key for record in asked.records] == [
        f"reports.annualreport:{AnnualReport.objects.get().pk}",
        *(
            f"activities.event:{pk}"
            for pk in Event.objects.filter(when_earliest__gt="2014-12-05")
            .values_list("pk", flat=True)
            .order_by("when_earliest", "pk")
        ),
    ]
