"""The form of an event: four fields are enough, what was typed stays, nonsense gets a sentence at its field."""

from datetime import date

import pytest
from django.db import connection
from django.forms import modelform_factory
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from activities.forms import EventForm
from activities.models import Event
from activities.tests.factories import area, make_attendance, make_event
from yixin.quantities import HeadCount
from yixin.tests.factories import make_user
from yixin.tests.registry import as_it_stands, seen_by
from yixin.text import clean_text

pytestmark = pytest.mark.django_db

ADD = reverse("admin:activities_event_add")
MANAGEMENT = {"parts-TOTAL_FORMS": "0", "parts-INITIAL_FORMS": "0"}
HUGE = str(10**20)
OPEN = 11  # queries
SAVE = 47 + connection.features.has_select_for_update  # where rows can be locked, the event is
UNREADABLE = (
    "“很多人” is not a number of people that can be read. Write one number, like 40 or 约40, "
    "and leave it empty if nobody counted."
)
UNREADABLE_DATE = "“很久以前” is not a date that can be read. Write it like 2014年1月4日, 4月26-28日 or 2014年10-12月."
DATE_ENDS = "“2014年4月28-26日” ends before it starts. Check both dates, and write both years if there are two."
NO_FEBRUARY = "“2014年2月30日”: there is no 2014年2月30日. Check the month and the day."
NO_MONTH = "“2014年13月”: there is no 2014年13月. Check the month and the day."


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def four(**changes) -> dict:
    """What a browser sends of the four open fields, and the status that stands already."""
    fields = {"when": "2014年1月9日", "title": "志愿者培训", "people": "32", "area": area().pk, "status": "held"}
    return MANAGEMENT | fields | changes


def change(event: Event) -> str:
    return reverse("admin:activities_event_change", args=[event.pk])


def test_four_fields_are_enough(staff):
    response = staff.post(ADD, four())

    assert response.status_code == 302
    assert Event.objects.values(
        "title", "when_text", "when_earliest", "when_latest", "when_precision", "headcount", "report_year", "status"
    ).get() == {
        "title": "志愿者培训",
        "when_text": "2014年1月9日",
        "when_earliest": date(2014, 1, 9),
        "when_latest": date(2014, 1, 9),
        "when_precision": "day",
        "headcount": 32,
        "report_year": 2014,
        "status": "held",
    }


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2014年4月26-28日", date(2014, 4, 26), date(2014, 4, 28), "day-range"),
        ("2014年10-12月", date(2014, 10, 1), date(2014, 12, 31), "month-range"),
        ("2014.1.4", date(2014, 1, 4), date(2014, 1, 4), "day"),
    ],
)
def test_date_stays_as_typed_when_another_field_changes(staff, text, earliest, latest, precision):
    staff.post(ADD, four(when=text))
    event = Event.objects.get()
    stored = (event.when.text, event.when.earliest, event.when.latest, event.when.precision)
    page = staff.get(change(event))

    response = staff.post(change(event), as_it_stands(page) | {"remark": "改过"})

    event.refresh_from_db()
    assert stored == (text, earliest, latest, precision)
    assert response.status_code == 302
    assert (event.when.text, event.when.earliest, event.when.latest, event.when.precision) == stored
    assert (event.remark, event.people) == ("改过", HeadCount(32))


@pytest.mark.parametrize(
    ("typed", "headcount", "is_estimated"),
    [("约40", 40, True), ("40", 40, False), ("0", 0, False), ("", None, False), ("不详", None, False)],
)
def test_people_are_counted_estimated_or_unknown(staff, typed, headcount, is_estimated):
    response = staff.post(ADD, four(people=typed))

    assert response.status_code == 302
    assert Event.objects.values_list("headcount", "headcount_is_estimated").get() == (headcount, is_estimated)


def test_estimate_survives_an_unchanged_save(staff):
    event = make_event(headcount=40, headcount_is_estimated=True)

    staff.post(change(event), as_it_stands(staff.get(change(event))))

    event.refresh_from_db()
    assert event.people == HeadCount(40, True)


@pytest.mark.parametrize(
    ("stored", "posted", "expected", "said"),
    [
        (2013, "2013", 2014, ["The report year follows the date: 2014."]),
        (2012, "2012", 2012, []),  # told in another year's report
        (2013, "2015", 2015, []),  # chosen together with the date
    ],
)
def test_report_year_that_nobody_chose_follows_a_corrected_date(staff, stored, posted, expected, said):
    event = make_event(when="2013年1月9日", report_year=stored)

    form = reverse("admin:activities_event_change", args=[event.pk])
    page = staff.post(form, four(report_year=posted) | seen_by(staff.get(form)), follow=True)

    event.refresh_from_db()
    assert (event.when_text, event.report_year) == ("2014年1月9日", expected)
    assert [str(m) for m in page.context["messages"] if m.level_tag == "info"] == said


def test_report_year_may_differ_from_the_date(staff):
    staff.post(ADD, four(report_year="2015"))

    assert Event.objects.values_list("report_year", "when_earliest").get() == (2015, date(2014, 1, 9))


def test_only_five_fields_are_open(staff):
    page = staff.get(ADD)

    sets = list(page.context["adminform"])
    assert list(sets[0].fields) == ["when", "title", "people", "area", "region"]
    assert ["collapse" in fieldset.classes for fieldset in sets] == [False, True, True]
    assert [formset.classes for formset in page.context["inline_admin_formsets"]] == ["collapse"]


def test_open_and_save_cost_the_same_for_1_and_400_attendances(staff, django_assert_num_queries):
    small, large = make_event(), make_event()
    for number in range(400):
        make_attendance(event=large)
        if number == 0:
            make_attendance(event=small)
    staff.get(change(small))

    for event in (small, large):
        with django_assert_num_queries(OPEN):
            page = staff.get(change(event))
        with django_assert_num_queries(SAVE):
            response = staff.post(change(event), as_it_stands(page))
        assert response.status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("when", "2014年2月30日", NO_FEBRUARY),
        ("when", "2014年13月", NO_MONTH),
        ("when", "2014年4月28-26日", DATE_ENDS),
        ("when", "很久以前", UNREADABLE_DATE),
        ("when", "", "This field is required."),
        ("people", "-3", "“-3” is a negative number of people. Write 0 or a positive number."),
        ("people", "12.5", "“12.5” is not a whole number of people. Write a whole number, like 40."),
        ("people", HUGE, f"“{HUGE}” is more than 1,000,000 people. Check the number for digits too many."),
        ("people", "很多人", UNREADABLE),
        ("report_year", "0", "Ensure this value is greater than or equal to 1900."),
        ("report_year", "99999", "Ensure this value is less than or equal to 2100."),
        ("report_year", HUGE, "Ensure this value is less than or equal to 2100."),
        ("title", "长" * 5000, "Ensure this value has at most 200 characters (it has 5000)."),
        ("title", "\u3000\u200b", "This field is required."),
        ("area", "", "This field is required."),
        ("area", HUGE, "Select a valid choice. That choice is not one of the available choices."),
        ("area", "abc", "Select a valid choice. That choice is not one of the available choices."),
        ("status", "moved", "Select a valid choice. moved is not one of the available choices."),
    ],
)
def test_nonsense_gets_a_sentence_at_its_field(staff, field, value, sentence):
    response = staff.post(ADD, four(**{field: value}))

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {field: [sentence]}
    assert Event.objects.count() == 0


def test_own_area_is_not_listed_again(staff):
    response = staff.post(ADD, four(also_listed_in=[area().pk]))

    own = area().name_en or area().name
    assert response.context["adminform"].form.errors == {
        "also_listed_in": [f"The event counts in “{own}” already; tick only other areas that print it too."]
    }
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("志愿\x00者", "志愿者"),
        ("志愿\u200b者\ufeff", "志愿者"),
        ("\u3000志愿\u3000\u3000者 ", "志愿 者"),
        ("志愿\ud800者", "志愿者"),
        ("志愿者\r\n培训", "志愿者 培训"),
    ],
)
def test_title_is_cleaned_of_what_pasting_brings(typed, stored):
    form = modelform_factory(Event, EventForm, fields=["when", "title", "people", "area", "status"])

    event = form(four(title=typed)).save()

    event.refresh_from_db()
    assert event.title == stored


DAYS = st.sampled_from(["2014年1月9日", "2014年10-12月", " 2014.1.4\u200b", "2014年春"])
NUMBERS = st.sampled_from(["约40", "32", "", "３２人", "百余人"])


@hypothesis_settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(when=DAYS | st.text(), title=st.text(min_size=1), people=NUMBERS | st.text(), own=st.none() | st.text())
def test_any_text_is_stored_clean_or_refused_with_a_sentence(staff, when, title, people, own):
    Event.objects.all().delete()
    changes = {} if own is None else {"area": own}

    response = staff.post(ADD, four(when=when, title=title, people=people, **changes))

    assert response.status_code in (200, 302)
    expected = [(clean_text(title), clean_text(when))] if response.status_code == 302 else []
    assert list(Event.objects.values_list("title", "when_text")) == expected
    if response.status_code == 200:
        assert response.context["adminform"].form.errors
