"""The workbook of a survey, read back with another library."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from openpyxl import load_workbook

from activities.tests.factories import (
    make_answer,
    make_expense,
    make_question,
    make_survey,
    make_survey_target,
    make_visit,
)
from activities.tests.surveying import page_of
from organizations.tests.factories import make_organization, region
from yixin.fuzzydate import parse
from yixin.intake.models import Export
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    survey = make_survey(title="江西/公益 调研", stated_cities=11)
    make_survey_target(survey=survey, region=region("360100"), planned=2)
    yes_no = make_question(survey=survey, position=1, kind="yes-no", text="=1+1")
    words = make_question(survey=survey, position=2, text="想要什么")
    number = make_question(survey=survey, position=3, kind="number", text="多少人")
    plain = make_organization(name="@江豚协会", region=region("360100"))
    touchy = make_organization(name="阳光互助组", region=region("360100"), is_sensitive=True)
    first = make_visit(survey=survey, organization=plain, when=parse("2014年10月4日"), visitors="李知行")
    second = make_visit(survey=survey, organization=touchy, is_added=True)
    for visit, said in ((first, "yes"), (second, "no")):
        make_answer(visit=visit, question=yes_no, value=said)
        make_answer(visit=visit, question=words, value=f'=HYPERLINK("{visit.organization}")')
    make_answer(visit=first, question=number, value="约1.5万")
    make_expense(visit=first)
    return survey


def sheets(response) -> dict[str, list[tuple]]:
    book = load_workbook(BytesIO(response.content))
    assert [cell.data_type for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def take(client, role: str, survey):
    client.force_login(make_user(role))
    return client.post(page_of(survey, "workbook"))


def test_sheets_say_what_the_page_says(client, survey):
    found = list(sheets(take(client, "coordinator", survey)).values())

    cities, weeks, visits, findings, words, tickets = found
    assert [row[1:] for row in cities if row[0] == "南昌市"] == [(2, 1, 2, 1, 0, 0, 0, 0)]
    assert len(cities) == 1 + 11 + 1
    assert [row[3] for row in weeks[1:]] == [1, 1]
    assert sorted(row[1] for row in visits[1:]) == ["@江豚协会", "阳光互助组"]
    assert [row[2:] for row in findings[1:]] == [
        (1, 50, 2, 2), (1, 50, 2, 2), (2, None, 2, 2),
        (15000, None, 1, 2), (15000, None, 1, 2), (15000, None, 1, 2), (15000, None, 1, 2),
    ]  # fmt: skip
    assert findings[1][0] == "=1+1"
    assert sorted(row[2] for row in words[1:]) == ['=HYPERLINK("@江豚协会")', '=HYPERLINK("阳光互助组")']
    assert [row[1:] for row in tickets[1:]] == [(1, 20, 1)] * 3


def test_who_may_not_take_personal_data_gets_no_sensitive_name_and_the_same_counts(client, survey):
    full = sheets(take(client, "coordinator", survey))
    response = take(client, "staff", survey)
    cut = sheets(response)

    names = list(full)
    assert [cut[name] for name in (names[0], names[1], names[3])] == [
        full[name] for name in (names[0], names[1], names[3])
    ]
    assert "阳光互助组" in str(full)
    assert "阳光互助组" not in str(cut)
    assert "李知行" not in str(full)
    assert "no-store" in response["Cache-Control"]


def test_file_leaves_a_line_in_the_log_and_needs_the_permission(client, survey):
    taken = take(client, "staff", survey)
    reader = make_user(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_survey", "view_visit"]))
    client.force_login(reader)

    refused = client.post(page_of(survey, "workbook"))

    assert (taken.status_code, refused.status_code) == (200, 403)
    assert list(Export.objects.values_list("table", "format", "rows", "is_personal")) == [
        ("activities.survey", "xlsx", 2, False)
    ]


def test_empty_survey_has_a_workbook_too(client):
    response = take(client, "staff", make_survey(stated_target=55))

    assert ("55" in str(sheets(response)), response.status_code) == (True, 200)
