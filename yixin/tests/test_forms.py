"""Form fields that read what people write, and print it back as they wrote it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from yixin import forms
from yixin.fuzzydate import FuzzyDate, parse
from yixin.quantities import HeadCount
from yixin.text import clean_text


class Note(django_forms.Form):
    when = forms.FuzzyDateField(required=False)
    people = forms.HeadCountField(required=False)
    amount = forms.AmountField(required=False)
    title = forms.LineField(required=False, max_length=10)
    prose = forms.ProseField(required=False)


def test_what_was_typed_is_read():
    form = Note(
        {
            "when": "2014年10-12月",
            "people": "约40",
            "amount": "￥7,000",
            "title": " 知\u200b行 ",
            "prose": "a\r\n\r\n\r\n\r\nb",
        }
    )

    assert form.is_valid()
    assert form.cleaned_data == {
        "when": parse("2014年10-12月"),
        "people": HeadCount(40, is_estimated=True),
        "amount": Decimal("7000.00"),
        "title": "知行",
        "prose": "a\n\nb",
    }


@pytest.mark.parametrize("nothing", ["", " ", "\u3000", "-", "不详"])
def test_nothing_is_unknown_and_not_zero(nothing):
    form = Note(dict.fromkeys(["when", "people", "amount"], nothing))

    assert form.is_valid()
    assert [form.cleaned_data[name] for name in ("when", "people", "amount")] == [None, None, None]


def test_zero_is_zero():
    form = Note({"people": "0", "amount": "0"})

    assert form.is_valid()
    assert [form.cleaned_data[name] for name in ("people", "amount")] == [HeadCount(0), Decimal("0.00")]


def test_required_date_is_asked_for():
    with pytest.raises(ValidationError) as caught:
        forms.FuzzyDateField().clean("不详")

    with translation.override("en"):
        assert caught.value.messages == ["This field is required."]


@pytest.mark.parametrize(
    ("field", "value", "printed"),
    [
        (forms.FuzzyDateField(), parse("2014年4月26-28日"), "2014年4月26-28日"),
        (forms.HeadCountField(), HeadCount(40, is_estimated=True), "约40"),
        (forms.HeadCountField(), HeadCount(0), "0"),
        (forms.AmountField(), Decimal("7000.00"), "7000.00"),
        (forms.AmountField(), None, ""),
        (forms.FuzzyDateField(), "2014年2月30日", "2014年2月30日"),
    ],
)
def test_value_is_printed_as_it_can_be_typed_again(field, value, printed):
    assert field.prepare_value(value) == printed


@given(st.integers(0, 1_000_000), st.booleans())
def test_head_count_reads_its_own_print(number, is_estimated):
    value = HeadCount(number, is_estimated)

    assert forms.HeadCountField().clean(str(value)) == value


@given(st.decimals(0, 1_000_000_000, places=2))
def test_amount_reads_its_own_print(amount):
    field = forms.AmountField()

    assert field.clean(field.prepare_value(amount)) == amount


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 40))
def test_date_reads_its_own_print(start, days):
    value = FuzzyDate.on(start, min(start + timedelta(days), date(2100, 12, 31)))

    assert forms.FuzzyDateField().clean(str(value)) == value


@given(st.text())
def test_any_text_is_read_or_refused(text):
    form = Note(dict.fromkeys(Note.base_fields, text))

    form.full_clean()

    assert form.cleaned_data.get("title", clean_text(text)) == clean_text(text)
    assert set(form.errors) <= {"when", "people", "amount", "title"}


def test_yesterday_becomes_the_day_it_means():
    before = timezone.localdate()

    value = forms.FuzzyDateField().clean("昨天")

    assert value in {FuzzyDate.on(today - timedelta(1)) for today in (before, timezone.localdate())}


def test_same_value_typed_again_is_no_change():
    typed = {"when": "2014.1.4", "people": "约40", "amount": "7,000"}
    stored = {"when": parse("2014.1.4"), "people": HeadCount(40, is_estimated=True), "amount": Decimal("7000.00")}

    assert Note(typed, initial=stored).changed_data == []
    assert Note(typed | {"people": "40"}, initial=stored).changed_data == ["people"]
    assert Note(typed | {"people": ""}, initial=stored).changed_data == ["people"]
    assert Note(typed | {"when": "2014年13月"}, initial=stored).changed_data == ["when"]
