"""What the benchmarks compare is the same work."""

import pytest
from django.utils import timezone

from activities.models import Event
from activities.tests.factories import make_event
from reports.benchmark import WORKLOADS
from reports.benchmark.directory import A_PAGE, SEARCHES, by_icontains, make_organizations, shown
from reports.benchmark.tables_out import StockTable
from reports.benchmark.year_page import LAST, make_years, summed_by_loops
from reports.figures import Figures, tally
from reports.scope import Scope
from yixin.intake.exports import take_out
from yixin.intake.reading import read_file
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"


def test_loops_and_figures_add_up_to_the_same():
    make_years(years=2, events=33, attendees=4)

    for year in (LAST, LAST - 1):
        usual, ours = summed_by_loops(year), Figures(Scope(year))
        assert {
            area.area.code: (area.counted.events, area.counted.person_times, area.presence.people)
            for area in ours.areas
        } == {code: (events, people, len(persons)) for code, (events, people, persons) in usual["area"].items()}
        assert {
            city[:4]: (tally(found).events, tally(found).person_times) for city, found in ours.by_city.items() if found
        } == {city: (events, people) for city, (events, people, _persons) in usual["city"].items()}


def test_the_page_of_ten_years_costs_eleven_queries(as_role, django_assert_num_queries):
    make_years(years=10, events=3, attendees=4)
    client = as_role("coordinator")

    with django_assert_num_queries(11):
        client.get(f"/reports/{LAST}/")


@pytest.mark.parametrize("words", sorted(SEARCHES.keys() - {"zx"}))  # by which all of 资溪 is found, too, and no 中心
def test_grams_and_icontains_find_and_count_the_same(words):
    make_organizations(300)

    entries, total, cities, works, _types = shown(f"q={words}")
    usual_entries, usual_total, places, usual_works = by_icontains(words, SEARCHES[words])

    assert total > A_PAGE or {each.slug for each in entries} == {each.slug for each in usual_entries}
    assert total == usual_total == sum(number for *_place, number in places) == sum(tile.count for tile in cities)
    assert sorted(work.count for work in works) == sorted(number for _field, number in usual_works)


@pytest.mark.parametrize("name", WORKLOADS)
def test_every_workload_is_measured_against_the_usual_way_and_the_floor(name, settings):
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": PLAIN_FILES}}
    settings.ALLOWED_HOSTS = ["testserver"]

    for result in WORKLOADS[name].measured(400 if name == "search" else 60, True):
        assert min(result.ours.queries, result.usual.queries) > 0
        assert 0 < result.floor.queries <= 4
        assert result.as_json()["times_less"] == result.times_less > 0
        assert result.work in str(result)


def test_both_exports_tell_the_same():
    make_event(title="=1+1", headcount=30, remark="两行\n的说明")
    make_event(title="沙龙", headcount=None)

    mine = take_out(queryset=Event.objects.all(), kind="xlsx", user=make_user("administrator"), now=timezone.now())
    ours = [line.cells[1] for line in read_file(mine.content)[0].lines[1:]]

    assert sorted(ours) == sorted(row[1] for row in StockTable().export(Event.objects.all()))
