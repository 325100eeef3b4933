"""A word of its own in every field that is personal or sensitive: none comes out with what anybody may read."""

import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from activities.tests.factories import (
    make_engagement,
    make_event,
    make_event_organization,
    make_photo,
    make_survey,
    make_visit,
)
from grants.tests.factories import make_funding, make_grant
from organizations.tests.factories import make_alias, make_organization, make_person
from reports.models import AnnualReport
from reports.publishing import publish
from reports.tests.factories import make_acceptance, make_report, make_section
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
CANARIES = [
    *("甲某金丝雀", "乙字敏感社", "乙字别名", "丙字内部项目", "丁字敏感活动", "戊字陪伴活动", "己字同场活动"),
    *(
        "庚字个人项目",
        "辛字敏感项目",
        "壬字内部备注",
        "癸字敏感经费",
        "子字资助方",
        "丑字未同意",
        "寅字用户",
        "卯字项目",
    ),
    *("13911112222", "139-1111-2222", "88001234", "36010119900101123X"),
]


def make_year() -> AnnualReport:
    person = make_person(name="甲某金丝雀", phone="13911112222")
    sensitive = make_organization(name="乙字敏感社", is_sensitive=True, listing="public")
    make_alias(organization=sensitive, name="乙字别名")
    make_events(sensitive)
    make_grants(person, sensitive)
    make_visit(survey=make_survey(report_year=2014), organization=sensitive)
    report = make_report(year=2014, title="甲某金丝雀的年报")
    prose = (
        "电话13911112222，或139-1111-2222，或0791-88001234。\n见乙字别名。\n丁字敏感活动。\n证件36010119900101123X。"
    )
    section = make_section(report=report, heading="甲某金丝雀", prose=prose, table="training")
    make_section(report=report, heading="乙字敏感社", prose="一切如常。", table="funders")
    section.photos.add(stored("甲某金丝雀合影", date(2014, 1, 1)), stored("丑字未同意", None))
    make_acceptance(report=report, sentence="乙字敏感社有问题。", reason="没有。", is_printed=True)
    return report


def make_events(sensitive) -> None:
    make_event(title="丁字敏感活动", is_sensitive=True, headcount=3)
    make_event(title="戊字陪伴活动", engagement=make_engagement(organization=sensitive), headcount=4)
    make_event_organization(event=make_event(title="己字同场活动", headcount=5), organization=sensitive)
    make_event(title="请甲某金丝雀讲课", headcount=6)


def make_grants(person, sensitive) -> None:
    hidden = make_organization(name="某内部组织", listing="hidden")
    funding = make_funding(
        purpose="癸字敏感经费", is_sensitive=True, funder=make_organization(name="子字资助方", listing="hidden")
    )
    make_grant(organization=None, person=person, project="庚字个人项目", report_year=2014)
    make_grant(organization=sensitive, project="辛字敏感项目", remark="壬字内部备注", report_year=2014)
    make_grant(organization=hidden, project="丙字内部项目", report_year=2014)
    make_grant(organization=make_organization(listing="public"), project="卯字项目", funding=funding, report_year=2014)


def stored(caption: str, consented_on: date | None):
    content = BytesIO()
    Image.new("RGB", (60, 40), "white" if consented_on else "grey").save(content, "JPEG")
    name = default_storage.save("photos/picture.jpg", ContentFile(content.getvalue()))
    return make_photo(image=name, caption=caption, consented_on=consented_on)


def texts(content: bytes) -> Iterator[str]:
    """Every part of a file, and of the workbooks inside it."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            yield name
            yield from texts(part) if part.startswith(b"PK") else [part.decode("utf-8", "replace")]


def test_none_is_in_a_public_page_or_in_any_part_of_a_public_file(client):
    report, user = make_year(), make_user("coordinator", username="寅字用户")
    publish(report=report, number=1, by=user)
    make_event(headcount=1)
    edition = publish(report=report, number=2, by=user, correction="改了甲某金丝雀的13911112222。")
    inside = {word for word in CANARIES if word in str(edition.snapshot)}
    assert len(inside) > len(CANARIES) / 2  # there is something to leave out

    answers = {address: client.get(address) for address in ("/", "/reports/", "/reports/2014/")}
    told = {address: answer.content.decode() + str(answer.headers) for address, answer in answers.items()}
    for kind in ("xlsx", "docx"):
        told[kind] = "\n".join(texts(client.get(f"/reports/2014/export.{kind}").getvalue()))

    assert [(word, where) for word in CANARIES for where, text in told.items() if word in text] == []


def test_a_photo_without_consent_has_no_public_address(client):
    edition = publish(report=make_year(), number=1, by=make_user("coordinator"))
    files = {part["file"] for section in edition.snapshot["document"]["parts"] for part in section["pictures"]}
    public = {part["file"] for section in edition.public_snapshot["document"]["parts"] for part in section["pictures"]}

    statuses = {
        name: client.get(f"/reports/2014/photos/{name.removeprefix('editions/')}").status_code for name in files
    }

    assert len(files - public) == len(public) == 1
    assert statuses == dict.fromkeys(files - public, 404) | dict.fromkeys(public, 200)
