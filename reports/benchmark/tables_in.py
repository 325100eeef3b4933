"""Tables that come in: our preview and confirm against the stock ones, on the same rows."""

from dataclasses import asdict
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import tablib
from django.contrib.admin import ModelAdmin, TabularInline
from django.contrib.admin.sites import AdminSite
from django.contrib.auth import get_user_model
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory, override_settings
from import_export import resources

from activities.models import Attendance, Event, WorkArea
from activities.resources import AttendanceResource, EventResource
from organizations.models import Person
from yixin.fuzzydate import FuzzyDate
from yixin.intake.importing import locate
from yixin.intake.reading import read_file
from yixin.intake.resource import Options
from yixin.intake.rosters import read_roster
from yixin.intake.services import Decisions, confirm, plan_of, preview
from yixin.intake.sheets import Sheet

from .measuring import Comparison, inserted, measure

FIRST = date(2014, 1, 1)
SURNAMES = "王李张刘陈杨赵黄周吴"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞"


class StockEvents(resources.ModelResource):
    """As the library's documentation declares one, with its defaults."""

    class Meta:
        model = Event
        fields = (
            "id",
            "when_text",
            "when_earliest",
            "when_latest",
            "when_precision",
            "title",
            "headcount",
            "area",
            "report_year",
        )


def import_events(rows: int, is_compared: bool) -> list[Comparison]:
    """Preview and confirm of a workbook of events: each way reads the file as often as its pages do."""
    user = get_user_model().objects.create_superuser("benchmark-import")
    area = WorkArea.objects.get(code="training")
    days = [FIRST + timedelta(days=number % 365) for number in range(rows)]
    events = [(day, f"志愿者培训第{number}期", number % 90 + 5) for number, day in enumerate(days)]
    plain = workbook(("时间", "内容", "人数"), events)
    with_ids = workbook(
        StockEvents.Meta.fields,
        [("", FuzzyDate.on(day).text, day, day, "day", title, people, area.pk, 2014) for day, title, people in events],
    )

    def ours() -> None:
        (sheet,) = read_file(plain)
        bring_in(EventResource, sheet, Options(year=2014, area="training"), user)

    known = {"area": area, "report_year": 2014}
    store = inserted([Event(title=title, headcount=people, **dated(day), **known) for day, title, people in events])

    def floor() -> None:
        with ZipFile(BytesIO(plain)) as parts:
            parts.read("xl/worksheets/sheet1.xml")
        store()

    by_library = measure(lambda: by_stock_resource(with_ids)) if is_compared else None
    ways = ("django-import-export, ModelResource", by_library, "zlib, executemany", measure(floor))
    return [Comparison("import", rows, measure(ours), *ways)]


def by_stock_resource(content: bytes) -> None:
    for dry_run in (True, False):
        data = tablib.Dataset().load(content, format="xlsx")
        StockEvents().import_data(data, dry_run=dry_run, raise_errors=True)


def dated(day: date) -> dict:
    return {f"when_{name}": value for name, value in asdict(FuzzyDate.on(day)).items()}


def workbook(heads: tuple, rows: list[tuple]) -> bytes:
    return tablib.Dataset(*rows, headers=heads).export("xlsx")


def bring_in(made: type, sheet: Sheet, options: Options, user) -> None:
    """What the pages do: find the table, keep it, show the plan, confirm it."""
    resource = made(options)
    intake = preview(tables=[locate(resource, [sheet])], made=resource, user=user, source="")
    plan_of(intake)
    confirm(key=intake.key, user=user, decided=Decisions())


def paste_roster(rows: int, is_compared: bool) -> list[Comparison]:
    """A roster of new names, against the stock form with an inline of as many people who are on record already."""
    user = get_user_model().objects.create_superuser("benchmark-roster")
    event = Event(title="志愿者培训", area=WorkArea.objects.get(code="training"), report_year=2014, headcount=rows)
    event.when = FuzzyDate.on(FIRST)
    event.save()
    names = [f"{SURNAMES[n % 10]}{GIVEN[n // 200 % 20]}{GIVEN[n // 10 % 20]}" for n in range(rows)]
    text = "\n".join(f"{n + 1}. {name} 南昌义工联 138{n:08d}" for n, name in enumerate(names))
    people = Person.objects.bulk_create(Person(name=f"{name}甲", phone=f"139{n:08d}") for n, name in enumerate(names))

    def ours() -> None:
        bring_in(AttendanceResource, read_roster(text), Options(event=event.pk), user)

    stored = [Attendance(event=event, person=person) for person in people]
    floors = [inserted([Person(name=name, phone=f"138{n:08d}") for n, name in enumerate(names)]), inserted(stored)]
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=None):
        usual = measure(StockForm(event, people, user)) if is_compared else None
    floor = measure(lambda: [store() for store in floors])
    ways = ("stock admin form with an inline", usual, "executemany", floor)
    return [Comparison("roster", rows, measure(ours), *ways)]


class StockForm:
    """Opens and saves the stock form of an event with one inline row a person."""

    def __init__(self, event: Event, people: list[Person], user):
        inline = type("People", (TabularInline,), {"model": Attendance, "fields": ["person"], "extra": len(people)})
        site = AdminSite()
        fields = ["title", "area", "report_year"]
        self.admin = type("Events", (ModelAdmin,), {"inlines": [inline], "fields": fields})(Event, site)
        self.event, self.user = event, user
        prefix = "attendances"
        self.sent = {"title": event.title, "area": event.area_id, "report_year": 2014}
        self.sent |= {f"{prefix}-TOTAL_FORMS": len(people), f"{prefix}-INITIAL_FORMS": 0}
        for number, person in enumerate(people):
            self.sent[f"{prefix}-{number}-person"] = person.pk

    def __call__(self) -> None:
        form = self._answer(RequestFactory().get("/"))
        form.render()
        saved = self._answer(RequestFactory().post("/", self.sent))
        if saved.status_code != 302:
            raise AssertionError("the stock form did not save")

    def _answer(self, request):
        request.user, request.session, request._dont_enforce_csrf_checks = self.user, {}, True
        request._messages = FallbackStorage(request)
        return self.admin.changeform_view(request, str(self.event.pk))
