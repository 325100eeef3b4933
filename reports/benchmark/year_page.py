"""The page of a year: ours with everything on it, against the same sums by loops over the ORM."""

from collections import defaultdict
from datetime import date, timedelta
from time import perf_counter, process_time

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from activities.models import Attendance, Event, WorkArea
from organizations.models import Person, Region
from reports.figures import Figures
from reports.scope import Scope
from yixin.fuzzydate import Precision

from .measuring import Comparison, asked, measure, settle

YEARS, ATTENDEES, PEOPLE = 10, 40, 5_000
LAST = 2014
SUMS = (
    "SELECT area_id, COUNT(*), SUM(headcount) FROM activities_event WHERE report_year = 2014 GROUP BY area_id",
    "SELECT region_id, COUNT(*), SUM(headcount) FROM activities_event WHERE report_year = 2014 GROUP BY region_id",
    "SELECT when_earliest, COUNT(*), SUM(headcount) FROM activities_event WHERE report_year = 2014 GROUP BY 1",
    "SELECT COUNT(DISTINCT person_id) FROM activities_attendance JOIN activities_event "
    "ON activities_event.id = event_id WHERE report_year = 2014",
)


def year_page(rows: int, is_compared: bool) -> list[Comparison]:
    """All figures of a year out of so many attendances in ten years; and the page as staff get it, HTML included, for
    which there is no usual way. By the clock on PostgreSQL, which works in a process of its own."""
    make_years(YEARS, max(rows // YEARS // ATTENDEES, 1), ATTENDEES)
    settle()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("benchmark-report"))
    of, clock = ("time", perf_counter) if connection.vendor == "postgresql" else ("processor time", process_time)
    loops = measure(lambda: summed_by_loops(LAST), clock=clock) if is_compared else None
    floor = "plain SQL", measure(asked(*SUMS), clock=clock)
    figures, page = (measure(work, clock=clock) for work in (lambda: added_up(LAST), lambda: opened(client)))
    return [
        Comparison("report", rows, figures, "sums in loops over the ORM", loops, *floor, of=of),
        Comparison("report, page", rows, page, "sums in loops over the ORM, and no page", loops, *floor, of=of),
    ]


def added_up(year: int) -> tuple:
    figures = Figures(Scope(year))
    return figures.as_json(), figures.areas, figures.presence


def opened(client: Client) -> None:
    page = client.get(f"/reports/{LAST}/")
    if page.status_code != 200:
        raise AssertionError("the page of the year did not open")


def make_years(years: int, events: int, attendees: int) -> None:
    """Each year its events, each event its roster, out of people who come again."""
    areas = list(WorkArea.objects.filter(has_table=True))
    cities = list(Region.objects.prefectures().in_use(LAST))
    people = Person.objects.bulk_create(Person(name=f"参加者{number}") for number in range(PEOPLE))
    made = []
    for number in range(years * events):
        year = LAST - number // events
        day = date(year, 1, 1) + timedelta(days=number % 365)
        when = {"when_text": f"{day:%Y-%m-%d}", "when_earliest": day, "when_latest": day}
        place, area = cities[number % len(cities)], areas[number % len(areas)]
        titled = {"title": f"活动{number}", "headcount": number % 90, "report_year": year}
        made.append(Event(**when, **titled, when_precision=Precision.DAY, area=area, region=place))
    made = Event.objects.bulk_create(made)
    Attendance.objects.bulk_create(
        (
            Attendance(event=event, person=people[(place * attendees + number * 7) % PEOPLE])
            for place, event in enumerate(made)
            for number in range(attendees)
        ),
        batch_size=5_000,
    )


def summed_by_loops(year: int) -> dict:
    """Events, person-times and different people of one year, by area, city and month, as one would write it first."""
    found = {key: defaultdict(lambda: [0, 0, set()]) for key in ("area", "city", "month")}
    for event in Event.objects.filter(report_year=year, status="held"):
        people = {attendance.person_id for attendance in event.attendances.all() if attendance.is_counted}
        city = event.region.code[:4] if event.region else ""
        printed = [event.area.code, *(area.code for area in event.also_listed_in.all())]
        keys = [("area", code) for code in printed]
        for cut, key in (*keys, ("city", city), ("month", event.when_earliest.month)):
            line = found[cut][key]
            line[0] += 1
            line[1] += event.headcount or 0
            line[2] |= people
    return found
