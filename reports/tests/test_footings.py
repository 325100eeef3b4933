"""Which columns of records of no year move a figure: each is changed once, and every number of the year looked at."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from activities.models import Course, Engagement, Photo, Publication, WorkArea
from activities.tests import factories as a
from grants.models import Funding, GrantRound
from grants.tests.factories import make_funding, make_grant, make_payment, make_round
from organizations.models import Alias, Contact, FieldOfWork, NetworkGroup, Organization, Person, Region
from organizations.tests import factories as o
from reports.catalogue import tables
from reports.figures import Figures
from reports.footings import FOOTINGS
from reports.locking import KINDS
from reports.measures import Book
from reports.scope import Scope
from reports.table import Kind

pytestmark = pytest.mark.django_db

# What a column is changed to where no value that is merely another one would do.
OTHERS = {
    ("region", "code"): "360199",
    ("region", "level"): "province",
    ("region", "valid_from"): 2015,
    ("region", "valid_to"): 2010,
    ("fieldofwork", "code"): "another",
    ("organization", "uscc"): "91350100M000100Y43",
    ("organization", "listing"): "public",
}
LINKED = {Region: lambda: o.region("360200"), Organization: o.make_organization, Person: o.make_person}
CHANGES = {
    models.BooleanField: lambda value: not value,
    models.DateField: lambda value: (value or date(2014, 5, 1)) + timedelta(days=1),
    models.DecimalField: lambda value: (value or Decimal(0)) + 1,
    models.IntegerField: lambda value: (value or 0) + 1,
}


@pytest.fixture
def year() -> tuple[Organization, dict[type[models.Model], models.Model]]:
    """2014 with one of everything that figures count; who paid for it, and every record of no year in it."""
    funder, city = o.make_organization(), o.region("360100")
    funding, guest = make_funding(funder=funder), o.make_organization(region=city)
    area, course, engagement = (
        a.make_work_area(),
        a.make_course(stated_people=30),
        a.make_engagement(organization=guest),
    )
    event = a.make_event(area=area, headcount=9, region=city, funding=funding, course=course, engagement=engagement)
    event.also_listed_in.add(a.area())
    a.make_event_organization(event=event, organization=guest)
    person = a.make_attendance(event=event, organization=guest).person
    make_payment(grant=make_grant(organization=guest, funding=funding))
    survey = a.make_survey(funding=funding)
    a.make_survey_target(survey=survey, region=city, planned=4)
    a.make_visit(survey=survey, organization=guest)
    found = [funding, guest, city, area, course, engagement, person, o.make_alias(organization=guest)]
    found += [o.make_contact(organization=guest), o.make_field_of_work(), o.make_network_group(region=city)]
    found += [a.make_photo(event=event), a.make_publication(event=event), make_round(funding=funding)]
    return funder, {type(record): record for record in found}


def numbers(funder: Organization) -> list:
    """Every number of the report on all of the work, and of that for the funder, without what they are called by."""
    found = []
    for scope in (Scope(2014), Scope(2014, funder)):
        figures = Figures(scope)
        found.append(sorted(str(measure.value) for measure in Book(figures).measures.values()))
        found.append(sorted(numbers_in(table) for table in tables(figures)))
    return found


def numbers_in(table) -> list[list[str]]:
    """Row by row: what moves from one city to another leaves the sums alone."""
    places = [place for place, kind in enumerate(table.kinds) if kind in (Kind.NUMBER, Kind.MONEY)]
    return sorted([str(row.cells[place]) for place in places] for row in table.rows)


def another(field: models.Field, record: models.Model):
    """A value that the column has not got."""
    value, name = getattr(record, field.attname), (record._meta.model_name, field.name)
    if name in OTHERS:
        return OTHERS[name]
    if field.is_relation:
        made = LINKED.get(field.related_model)
        return made() if made else field.related_model._base_manager.exclude(pk=value).first()
    if field.choices:
        return next(choice for choice, _label in field.choices if choice != value)
    return next((change(value) for kind, change in CHANGES.items() if isinstance(field, kind)), f"{value}另")


def moves(record: models.Model, field: models.Field, funder: Organization, before: list) -> bool:
    with transaction.atomic():
        type(record)._base_manager.filter(pk=record.pk).update(**{field.name: another(field, record)})
        found = numbers(funder)
        transaction.set_rollback(True)
    return found != before


def changed_alone(record: models.Model) -> list[models.Field]:
    """Without the parts of a date, and what is derived: those change together with what is typed."""
    fields = [field for field in record._meta.concrete_fields if not hasattr(field, "function") and field.name != "id"]
    return [field for field in fields if not field.name.endswith(("_text", "_earliest", "_latest", "_precision"))]


TRIED = [
    Funding, Organization, Region, WorkArea, Course, Engagement, Person, Alias, Contact, FieldOfWork, NetworkGroup,
    Photo, Publication, GrantRound,
]  # fmt: skip


def test_all_that_records_of_a_year_lead_to_is_tried():
    ours = {model for label in settings.YIXIN_APPS for model in apps.get_app_config(label).get_models()}
    found, before = set(KINDS), None
    while found != before:
        before = set(found)
        links = [field for m in found for field in (*m._meta.concrete_fields, *m._meta.many_to_many)]
        found |= {field.related_model for field in links if field.related_model in ours}

    assert found - set(KINDS) <= set(TRIED)
    assert set(FOOTINGS) <= found


@pytest.mark.parametrize("model", TRIED)
def test_figures_look_at_these_columns_and_at_no_other(year, model):
    funder, records = year
    record, before = records[model], numbers(funder)

    found = {field.attname for field in changed_alone(record) if moves(record, field, funder, before)}

    footing = FOOTINGS.get(model)
    frame = {"valid_from", "valid_to"} if model is Region else set()  # of which year it is a city: ``framed``
    assert found == (set(footing.columns) if footing else set()) | frame
