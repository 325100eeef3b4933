"""Columns that keep what people write: what goes in, what is kept, what comes back."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from yixin import fields, forms
from yixin.fuzzydate import FuzzyDate, Precision, parse
from yixin.tests.registry import make
from yixin.text import clean_lines, clean_text, initials, name_key, pinyin, slug

DIRTY = "\ufeff 知\x00行\u200b合一\u3000\u3000Ａ2\u202e\ud800 "


@pytest.fixture
def diary():
    """A model of no table, with one column of each kind."""
    with isolate_apps("yixin"):

        class Diary(models.Model):
            name = fields.LineField(max_length=100)
            key = fields.DerivedField(source="name", function=name_key)
            slug = fields.PinyinSlugField(source="name")
            prose = fields.ProseField(blank=True)
            amount = fields.AmountField(null=True)
            year = fields.YearField(null=True)
            count = fields.CountField(null=True)
            when = fields.FuzzyDateField("时间", blank=True)

            class Meta:
                app_label = "yixin"

            def __str__(self):
                return self.name

        yield Diary


def column(model, name):
    return model._meta.get_field(name)


def test_line_is_clean_in_forms_records_and_lookups(diary):
    name = column(diary, "name")

    assert [name.clean(DIRTY, None), name.get_prep_value(DIRTY), name.formfield().clean(DIRTY)] == ["知行合一 Ａ2"] * 3


def test_prose_is_clean_line_by_line(diary):
    prose = column(diary, "prose")
    typed = f"{DIRTY}\r\n\r\n\r\n\r\n{DIRTY}\n"

    kept = "知行合一 Ａ2\n\n知行合一 Ａ2"
    assert [prose.clean(typed, None), prose.get_prep_value(typed), prose.formfield().clean(typed)] == [kept] * 3


@given(st.text())
def test_cleaning_once_is_enough(text):
    line, prose = fields.LineField(), fields.ProseField()

    assert line.get_prep_value(text) == line.get_prep_value(clean_text(text))
    assert prose.get_prep_value(text) == prose.get_prep_value(clean_lines(text))


def test_nothing_stays_nothing_and_unknown_stays_unknown(diary):
    assert [column(diary, "name").get_prep_value(value) for value in ("", None)] == ["", None]
    assert column(diary, "amount").formfield(required=False).clean("") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("7,000", Decimal("7000.00")), ("0.35万", Decimal("3500.00")), ("0", Decimal("0.00")), ("", None), ("不详", None)],
)
def test_amount_is_read_by_the_form_as_people_write_it(diary, typed, kept):
    field = column(diary, "amount").formfield(required=False)

    assert isinstance(field, forms.AmountField)
    assert field.clean(typed) == kept


@pytest.mark.parametrize(("year", "is_sensible"), [(1899, False), (1900, True), (2100, True), (2101, False)])
def test_year_lies_between_1900_and_2100(diary, year, is_sensible):
    if is_sensible:
        assert column(diary, "year").clean(year, None) == year
        return
    with pytest.raises(ValidationError):
        column(diary, "year").clean(year, None)


@pytest.mark.parametrize(("number", "is_sensible"), [(0, True), (1_000_000, True), (1_000_001, False), (10**20, False)])
def test_count_is_at_most_a_million(diary, number, is_sensible):
    if is_sensible:
        assert column(diary, "count").clean(number, None) == number
        return
    with pytest.raises(ValidationError):
        column(diary, "count").clean(number, None)


def test_fuzzy_date_is_four_columns_and_one_value(diary):
    record = diary(when=parse("2014年4月26-28日"))

    kept = (record.when_text, record.when_earliest, record.when_latest, record.when_precision)
    assert kept == ("2014年4月26-28日", date(2014, 4, 26), date(2014, 4, 28), "day-range")
    assert record.when == FuzzyDate("2014年4月26-28日", date(2014, 4, 26), date(2014, 4, 28), Precision.DAY_RANGE)


def test_fuzzy_date_taken_away_leaves_nothing(diary):
    record = diary(when=parse("2014年"))

    record.when = None

    kept = (record.when_text, record.when_earliest, record.when_latest, record.when_precision)
    assert (kept, record.when) == (("", None, None, ""), None)


@pytest.mark.parametrize("name", ["key", "slug", "amount", "year", "count", "when_text"])
def test_column_in_a_migration_is_the_same_column(diary, name):
    before = column(diary, name)

    _, _, arguments, options = before.deconstruct()
    again = type(before)(*arguments, **options)

    assert again.deconstruct()[1:] == (before.deconstruct()[1], arguments, options)


def test_derived_column_is_no_longer_than_its_room(diary):
    record = diary(name="长" * 1000)

    value = column(diary, "key").pre_save(record, add=True)

    assert (len(value), record.key) == (400, value)


@pytest.mark.django_db
def test_keys_follow_the_name_at_every_save():
    model = apps.get_model("organizations.organization")
    record = make(model, name="知行社")

    record.name = "于都Ａ社"
    record.save()

    record.refresh_from_db()
    assert (record.name_key, record.name_pinyin, record.name_initials) == ("于都a社", "yuduashe", "ydas")


@pytest.mark.django_db
def test_key_follows_a_name_when_both_are_named():
    model = apps.get_model("organizations.organization")
    record = make(model, name="知行社")

    record.name = "于都Ａ社"
    record.save(update_fields=["name", "name_key"])

    record.refresh_from_db()
    assert (record.name, record.name_key) == ("于都Ａ社", "于都a社")


@pytest.mark.django_db
def test_addresses_of_one_name_are_numbered_and_stay():
    model = apps.get_model("organizations.organization")
    cities = apps.get_model("organizations.region").objects.prefectures()[:3]

    made = [make(model, name="知行社", region=city) for city in cities]
    made[0].delete()
    again = make(model, name="知行社")
    made[1].name = "南昌社"
    made[1].save()

    slugs = [model.objects.get(pk=record.pk).slug for record in (again, *made[1:])]
    assert slugs == ["zhixingshe", "zhixingshe-2", "zhixingshe-3"]


@given(st.text(min_size=1))
def test_keys_of_any_name_fit_their_columns(text):
    assert max(len(function(text)[:400]) for function in (name_key, pinyin, initials)) <= 400
    assert 1 <= len(slug(text)) <= 60
