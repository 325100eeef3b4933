"""What a new database brings along, and that going back to nothing and forward again is possible."""

from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from yixin.reference import rows
from yixin.tests.registry import make

REGION = ("code", "name", "level", "parent__code", "parent__valid_from", "valid_from", "valid_to", "pinyin")
BROUGHT_ALONG = {
    "organizations.region": (*REGION, "successors__code", "successors__valid_from"),
    "organizations.fieldofwork": ("code", "name", "name_en", "position"),
    "activities.workarea": ("code", "name", "name_en", "position", "has_table"),
    "auth.group": ("name", "permissions__codename"),
}


def contents() -> dict[str, list[tuple]]:
    """All that the database brings along, without ids."""
    return {
        label: sorted(apps.get_model(label).objects.values_list(*columns), key=str)
        for label, columns in BROUGHT_ALONG.items()
    }


@pytest.mark.django_db
def test_divisions_are_those_of_the_province_and_the_other_provinces():
    region = apps.get_model("organizations.region")

    counts = Counter((level, code[:2] == "36") for level, code in region.objects.values_list("level", "code"))

    assert counts == {
        ("province", True): 1,
        ("province", False): 33,
        ("prefecture", True): 11,
        ("county", True): 112,
    }


@pytest.mark.django_db
def test_every_division_lies_where_its_code_says():
    found = apps.get_model("organizations.region").objects.select_related("parent")

    parents = {region: region.parent.code if region.parent else None for region in found}

    expected = {"province": lambda code: None, "prefecture": lambda code: code[:2] + "0000"}
    assert parents == {r: expected.get(r.level, lambda code: code[:4] + "00")(r.code) for r in found}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "year", "successors"),
    [
        ("360721", 2014, [("360704", "赣县区")]),
        ("360402", 2014, [("360402", "濂溪区"), ("360483", "庐山市")]),
        ("360782", 2010, [("360702", "章贡区"), ("360703", "南康区")]),
        ("360122", 2014, [("360112", "新建区")]),
        ("360704", 2020, []),
    ],
)
def test_former_divisions_know_what_became_of_them(code, year, successors):
    region = apps.get_model("organizations.region").objects.in_use(year).get(code=code)

    assert list(region.successors.values_list("code", "name")) == successors


@pytest.mark.django_db
def test_only_former_divisions_became_something():
    regions = apps.get_model("organizations.region").objects

    assert set(regions.exclude(successors=None)) == set(regions.exclude(valid_to=None))
    assert regions.exclude(valid_to=None).count() == 12


@pytest.mark.django_db
def test_work_areas_are_the_four_of_2014():
    columns = ("code", "name", "has_table")

    assert list(apps.get_model("activities.workarea").objects.values_list(*columns)) == [
        ("exchange", "组织交流", True),
        ("accompaniment", "陪伴成长", True),
        ("training", "志愿者培训", True),
        ("relief", "救灾与温暖包", False),
    ]


@pytest.mark.django_db
def test_fields_of_work_are_those_of_the_file():
    found = apps.get_model("organizations.fieldofwork").objects.values("code", "name", "name_en", "position")

    assert list(found) == rows("fields_of_work")
    assert len(found) == 17


@pytest.mark.django_db
def test_another_migration_changes_nothing():
    before = contents()

    call_command("migrate", verbosity=0)

    assert contents() == before


@pytest.mark.django_db
def test_rows_that_people_changed_are_left_alone():
    areas = apps.get_model("activities.workarea").objects
    areas.filter(code="training").update(name="骨干培训")
    areas.filter(code="relief").delete()
    make(apps.get_model("activities.workarea"), code="advocacy")
    before = contents()

    call_command("migrate", verbosity=0)

    assert contents() == before
    assert list(areas.order_by("code").values_list("code", flat=True)) == [
        "accompaniment",
        "advocacy",
        "exchange",
        "training",
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("app", ["organizations", "reports"])
def test_app_goes_back_to_nothing_and_forward_again(app):
    """What stands on the app goes along: with the organisations, everything."""
    before = contents()

    call_command("migrate", app, "zero", verbosity=0)
    left = [name for name in connection.introspection.table_names() if name.startswith(f"{app}_")]
    call_command("migrate", verbosity=0)

    assert left == []
    assert contents() == before
