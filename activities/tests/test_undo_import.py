"""Undoing an import that wrote to several tables leaves every one of them as it was."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError

from activities.resources import AttendanceResource, EventResource, TargetResource, VisitResource
from activities.tests.factories import make_attendance, make_event, make_survey
from grants.resources import GrantResource, PaymentResource
from grants.tests.factories import make_grant
from organizations.models import Person
from organizations.resources import OrganizationResource
from organizations.tests.factories import make_contact, make_organization, make_person
from yixin.intake.models import Status
from yixin.intake.resource import Options
from yixin.intake.services import Decisions, confirm, preview
from yixin.intake.tests.tables import table
from yixin.intake.undo import undo
from yixin.quantities import HeadCount
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[tuple]]:
    """Every row of every table of ours, links of many to many included."""
    models = [model for app in settings.YIXIN_APPS for model in apps.get_app_config(app).get_models(True)]
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in models}


def brought_in(user, made, *rows, answers=None, **options):
    resource = made(Options(**options))
    intake = preview(tables=[table(made, *rows)], made=resource, user=user, source="")
    return confirm(key=intake.key, user=user, decided=Decisions(answers or {}, takes_good_rows=True))


@pytest.fixture
def network() -> Iterator[dict]:
    event = make_event(when="2014年3月23日", title="管理层培训", people=HeadCount(9))
    organization = make_organization(name="南昌义工联")
    contact = make_contact(organization=organization, person=make_person(name="李四"), role="负责人")
    make_grant(organization=organization, project="走访")
    make_survey(report_year=2014)
    return {"event": event, "organization": organization, "contact": contact}


TABLES = {
    "a roster with new people, new organisations and a phone": (
        AttendanceResource,
        [("姓名", "单位", "电话"), ("李四", "南昌义工联", "13800138000"), ("王芳", "上饶新社", "13900139000")],
        {},
    ),
    "events, one of them also listed": (
        EventResource,
        [("时间", "内容", "人数"), ("2014-03-23", "管理层培训", 9), ("2014-05-01", "年会", 40)],
        {"year": 2014, "area": "exchange"},
    ),
    "organisations with heads, phones and other names": (
        OrganizationResource,
        [
            ("组织名称", "地市", "负责人", "电话", "简称"),
            ("南昌义工联", "南昌", "李四", "13800138000", "义工联"),
            ("上饶新社", "上饶", "王芳", "13900139000", "新社"),
        ],
        {},
    ),
    "grants with a new funder and a new person": (
        GrantResource,
        [
            ("组织或者个人", "项目名称", "金额", "资助方"),
            ("万建军", "关怀", 300, "某基金会"),
            ("南昌义工联", "走访", 9, ""),
        ],
        {"year": 2014},
    ),
    "payments": (
        PaymentResource,
        [("日期", "组织或者个人", "项目", "拨款金额"), ("2014-05-01", "南昌义工联", "走访", 300)],
        {},
    ),
    "targets of a new round": (
        TargetResource,
        [("2014年春季走访",), ("地市", "计划走访家数"), ("南昌", 5)],
        {"year": 2014},
    ),
    "visits to an organisation of which nobody knew the city": (
        VisitResource,
        [("走访日期", "组织名称", "地市"), ("2014-10-20", "南昌义工联", "南昌"), ("2014-10-21", "上饶新社", "上饶")],
        {"year": 2014},
    ),
}


@pytest.mark.parametrize("what", TABLES)
def test_undo_leaves_everything_as_it_was(network, what):
    made, rows, options = TABLES[what]
    user, before = make_superuser(), everything()
    if made is AttendanceResource:
        options = {"event": network["event"].pk}

    asked = brought_in_answering(user, made, rows, options)
    after = everything()
    undone = undo(key=asked.key, user=user)

    assert (asked.status, undone.status) == (Status.DONE, Status.UNDONE)
    assert after != before
    assert everything() == before
    assert undone.changes.count() == 0


def brought_in_answering(user, made, rows, options):
    """Takes the first answer to every question."""
    plan = made(Options(**options)).plan(table(made, *rows), takes_defaults=False)
    answers = {question.key: question.choices[0][0] for question in plan.questions}
    return brought_in(user, made, *rows, answers=answers, **options)


def test_undo_is_refused_once_a_new_person_came_to_another_event(network):
    user = make_superuser()
    rows = [("姓名", "电话"), ("王芳", "13900139000")]
    intake = brought_in(user, AttendanceResource, *rows, event=network["event"].pk)
    make_attendance(person=Person.objects.get(name="王芳"))
    before = everything()

    with pytest.raises(ValidationError):
        undo(key=intake.key, user=user)

    assert everything() == before
