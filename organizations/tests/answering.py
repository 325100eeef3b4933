"""An organisation with a full entry, its link, and what a browser sends from the page behind it."""

from datetime import date, timedelta

from django.utils import timezone

from organizations.keeping.links import path_of
from organizations.models import FieldOfWork
from organizations.tests.factories import make_alias, make_entry_link, make_organization, region
from yixin.fuzzydate import parse

CODE = "91110000600037341L"


def full(**changes):
    columns = {
        "name": "知行社",
        "type": "ngo",
        "region": region("360721"),
        "introduction": "第一行。\n第二行。",
        "website": "https://zhixing.example.org/",
        "legal_status": "registered",
        "uscc": CODE,
        "confirmed_on": date(2022, 5, 1),
        "address": "秘密路1号",
        "remark": "秘密备注",
    }
    organization = make_organization(**columns | changes)
    organization.founded = parse("2010年5月")
    organization.save()
    organization.fields_of_work.set(FieldOfWork.objects.filter(code__in=["health", "education"]))
    make_alias(organization=organization, name="知行")
    return organization


def linked(organization) -> str:
    now = timezone.now()
    return path_of(make_entry_link(organization=organization, made_at=now, expires_at=now + timedelta(days=1)))


def as_shown(page) -> dict:
    """What the browser would send if nothing were changed."""
    form = page.context["form"]
    values = {bound.html_name: bound.value() or "" for bound in form}
    return values | {"seen": form.seen}


def sent(reader, path: str, **changes):
    return reader.post(path, as_shown(reader.get(path)) | changes)
