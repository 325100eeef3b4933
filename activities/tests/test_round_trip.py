"""What goes out comes in again as what is on record already: nothing new, nothing changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from activities.models import SurveyTarget
from activities.tests.factories import area, make_attendance, make_event, make_survey, make_survey_target, make_visit
from grants.tests.factories import make_funding, make_grant, make_payment
from organizations.tests.factories import make_alias, make_contact, make_organization, make_person, region
from yixin.fuzzydate import parse
from yixin.intake.exports import take_out
from yixin.intake.locate import find_table
from yixin.intake.reading import read_file
from yixin.intake.registry import resources
from yixin.intake.resource import Options
from yixin.quantities import HeadCount
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db

TABLES = resources()
HOSTILE = [
    "=1+1 培训",
    "+86 培训",
    "-1 培训",
    "@培训",
    "'=1 培训",
    "007",
    "2014年",
    "<r>培训</r>",
    "合计",
    "备注：培训",
]
PROSE = "第一行\n\n=第三行，“引号”，逗号,分号;\t制表"


def organizations():
    rich = make_organization(
        name="知行空间（赣州）",
        region=region("360700"),
        type="ngo",
        legal_status="registered",
        website="https://example.org/a?b=c",
        founded=parse("2009年10月"),
        address="=知行路1号",
        introduction=PROSE,
        remark="-备注",
        listing="public",
        is_sensitive=True,
        confirmed_on=date(2014, 3, 1),
    )
    make_alias(organization=rich, name="知行")
    make_contact(
        organization=rich, role="负责人", person=make_person(name="李知行", phone="0797-8800000", email="a@b.cn")
    )
    make_organization(name="知行空间（南昌）", region=region("360100"))
    make_organization(name="知行社")
    return rich


def events():
    for number, text in enumerate(HOSTILE):
        make_event(title=text, when=parse(f"2014年3月{number + 1}日"), remark=text)
    event = make_event(
        title="知行沙龙",
        when=parse("2014年4月26-28日"),
        people=HeadCount(40, True),
        area=area("exchange"),
        region=region("360700"),
        report_year=2013,
        status="cancelled",
        our_role="invited",
        is_sensitive=True,
        remark=PROSE,
    )
    event.also_listed_in.set([area("training"), area("accompaniment")])
    make_event(title="知行沙龙", when=parse("2014年4月26-28日"), people=HeadCount(41), area=area("exchange"))
    make_event(title="反歧视项目", when=parse("2014年10-12月"), people=HeadCount(0), region=region("360781"))
    make_event(title="约谈", when=parse("2014年初"))


def attendance():
    event, other = make_event(title="知行培训"), make_event(title="知行培训二", when="2014年5月", is_sensitive=True)
    organization = make_organization(name="知行社")
    person = make_person(name="李知行", phone="13800000001")
    for place in (event, other):
        make_attendance(event=place, person=person, organization=organization, consented_on=date(2014, 1, 9))
    make_attendance(event=event, person=make_person(name="王知行"), organization=organization, role="speaker")
    make_attendance(event=event, person=make_person(name="李知行", phone="0797-8800000"), is_counted=False)
    make_attendance(event=event, person=make_person(name="张知行", phone="+8613800000002"), remark="=备注")


def grants():
    funding = make_funding()
    organization = make_organization(name="知行社")
    make_grant(organization=organization, project="知行项目", awarded_amount=Decimal("7000.50"), funding=funding)
    make_grant(organization=organization, project="=1+1", awarded_amount=None, requested_amount=Decimal(9000))
    make_grant(person=make_person(name="李知行"), status="withdrawn", remark="申请退出资助", awarded_amount=Decimal(0))
    make_grant(organization=make_organization(), report_year=2013, status="completed")


def payments():
    organization = make_organization(name="知行社")
    for project in ("知行甲", "知行乙"):
        grant = make_grant(organization=organization, project=project)
        make_payment(grant=grant, amount=Decimal("3000.05"), remark="+首期")
        make_payment(grant=grant, amount=Decimal("3000.05"), paid_on=date(2015, 1, 2))
        make_payment(grant=grant, amount=Decimal(100), kind="refund")
    make_payment(grant=make_grant(person=make_person(name="李知行")))


def visits():
    survey = make_survey()
    make_visit(survey=survey, organization=make_organization(name="知行社", region=region("360700")), status="planned")
    make_visit(
        survey=survey,
        organization=make_organization(name="知行空间"),
        when=parse("2014年11月下旬"),
        status="refused",
        visitors="李知行、王知行",
        outcome=PROSE,
    )
    return survey


def targets():
    survey = make_survey()
    make_survey_target(survey=survey, region=region("360100"), planned=30)
    make_survey_target(survey=survey, region=region("360700"), planned=0)
    return survey


RECORDS = {made.__name__: made for made in (organizations, events, attendance, grants, payments, visits, targets)}


def exported(name: str, kind: str) -> bytes:
    user, model = make_superuser(), TABLES[name].model
    rows = model.objects.order_by("pk")
    return take_out(queryset=rows, kind=kind, user=user, now=timezone.now()).content


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("name", TABLES)
def test_exported_table_is_all_on_record(name, kind):
    made = RECORDS[name]()
    options = Options(survey=made.pk) if name in ("visits", "targets") else Options()
    resource = TABLES[name](options)

    table = find_table(read_file(exported(name, kind)), resource.heads, resource.required)
    plan = resource.plan(table)

    assert [str(finding.message) for finding in plan.errors] == []
    assert [(row.number, row.action.value, row.reason, row.changes) for row in plan.rows] == [
        (number, "same", "", {}) for number in range(2, TABLES[name].model.objects.count() + 2)
    ]
    assert (plan.questions, plan.needed_parts, plan.blocks) == ([], [], [])


def test_targets_of_a_survey_go_out_by_the_declaration_alone():
    """They have no list of their own in the staff's site."""
    targets()

    assert SurveyTarget.objects.count() == len(read_file(exported("targets", "csv"))[0].lines) - 1
