"""The staff's list of events against the stock list of the same columns, filters and days."""

from datetime import date, timedelta
from itertools import islice
from random import Random
from time import perf_counter

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.response import TemplateResponse
from django.test import RequestFactory

from activities.models import Event, EventOrganization, WorkArea
from organizations.models import Organization, Region
from yixin.fuzzydate import FuzzyDate

from .measuring import Comparison, asked, measure, settle

YEARS, SEED, BATCH, A_PAGE = 10, 2014, 5_000, 50
FIRST = date(2005, 1, 1)
WORDS = "志愿者培训 组织交流会 能力建设工作坊 环保沙龙 助学走访 财务辅导 读书会 经验分享".split()  # noqa: SIM905
LISTS = {
    "the first page": {},
    "one year by date": {"when_earliest__year": "2014"},
    "two filters": {"report_year": "2014", "status__exact": "held"},
    "a search": {"q": "财务辅导"},
}
PAGE = (
    f"SELECT COUNT(*) FROM {Event._meta.db_table}",  # noqa: S608  no input
    f"SELECT * FROM {Event._meta.db_table} ORDER BY when_earliest DESC, id DESC LIMIT {A_PAGE}",  # noqa: S608
)


class StockEvents(admin.ModelAdmin):
    """As the documentation of the admin declares one, with its defaults."""

    list_display = ["when_text", "title", "headcount", "area", "region", "report_year", "status"]
    list_filter = ["report_year", "area", "status", "is_sensitive"]
    date_hierarchy = "when_earliest"
    list_per_page = A_PAGE
    search_fields = ["title", "organizations__name", "organizations__aliases__name"]


def staff_lists(rows: int, is_compared: bool) -> list[Comparison]:
    """The whole answer, HTML included, with the numbers that stand beside the list."""
    make_events(rows)
    user = get_user_model().objects.create_superuser("benchmark-list")
    lists = LISTS | {"the last page": {"p": str(rows // A_PAGE)}}
    return [compared(name, query, user, rows) for name, query in lists.items()]


def compared(name: str, query: dict[str, str], user, rows: int) -> Comparison:
    ours, usual = admin.site.get_model_admin(Event), StockEvents(Event, admin.AdminSite())
    mine, stock = (measure(lambda site=site: page_of(site, query, user), clock=perf_counter) for site in (ours, usual))
    ways = ("stock admin list", stock, "COUNT and 50 rows", measure(asked(*PAGE), clock=perf_counter))
    return Comparison(f"list, {name}", rows, mine, *ways, of="time")


def page_of(site: admin.ModelAdmin, query: dict[str, str], user) -> TemplateResponse:
    request = RequestFactory().get("/admin/activities/event/", query)
    request.user, request.session = user, {}
    request._messages = FallbackStorage(request)
    page = site.changelist_view(request)
    if page.status_code != 200 or not page.context_data["cl"].result_list:
        raise AssertionError("the list shows nothing")
    return page.render()


def make_events(number: int) -> None:
    """As many as asked for, over ten years, in all areas and counties, each tenth with an organisation."""
    random = Random(SEED)  # noqa: S311  events that look different, the same ones each time
    areas = list(WorkArea.objects.values_list("pk", flat=True))
    regions = list(Region.objects.filter(valid_to=None, level="county").values_list("pk", flat=True))
    guest = Organization.objects.create(name="知行社")
    rows = (event(random, each, random.choice(areas), random.choice(regions)) for each in range(number))
    while batch := list(islice(rows, BATCH)):
        made = Event.objects.bulk_create(batch)
        EventOrganization.objects.bulk_create(EventOrganization(event=each, organization=guest) for each in made[::10])
    settle()


def event(random: Random, number: int, area: int, region: int) -> Event:
    day = FIRST + timedelta(days=random.randrange(YEARS * 365))
    title = f"{random.choice(WORDS)}第{number}期"
    made = Event(title=title, area_id=area, region_id=region, report_year=day.year, headcount=random.randrange(90))
    made.when = FuzzyDate.on(day)
    return made
