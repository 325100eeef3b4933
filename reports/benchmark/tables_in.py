"""Tables that come in: our preview and confirm against the stock ones, on the same rows."""

from datetime import date, timedelta

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
from yixin.intake.locate import find_table
from yixin.intake.resource import Options
from yixin.intake.rosters import read_roster
from yixin.intake.services import confirm, plan_of, preview
from yixin.intake.sheets import Line, Sheet

from .measuring import Comparison, measure

FIRST = date(2014, 1, 1)
SURNAMES = "王李张刘陈杨赵黄周吴"


class StockEvents(resources.ModelResource):
    """As the library's documentation declares one."""

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
        clean_model_instances = True


def import_events(rows: int = 1_000) -> Comparison:
    """Preview and confirm of a table of events."""
    user = get_user_model().objects.create_superuser("benchmark-import")
    area = WorkArea.objects.get(code="training")
    days = [FIRST + timedelta(days=number % 365) for number in range(rows)]
    heads = Line(1, ("时间", "内容", "人数"))
    lines = (Line(n + 2, (day, f"志愿者培训第{n}期", n % 90 + 5)) for n, day in enumerate(days))
    sheet = Sheet("", (heads, *lines))
    data = tablib.Dataset(headers=StockEvents.Meta.fields)
    for number, day in enumerate(days):
        text = FuzzyDate.on(day).text
        data.append(["", text, day, day, "day", f"志愿者培训第{number}期", number % 90 + 5, area.pk, 2014])

    def usual() -> None:
        StockEvents().import_data(data, dry_run=True, raise_errors=True)
        StockEvents().import_data(data, dry_run=False, raise_errors=True)

    ours = measure(lambda: bring_in(EventResource, sheet, Options(year=2014, area="training"), user))
    return Comparison("import", "django-import-export, ModelResource", rows, ours, measure(usual, rounds=1))


def bring_in(made: type, sheet: Sheet, options: Options, user) -> None:
    """What the pages do: find the table, keep it, show the plan, confirm it."""
    resource = made(options)
    table = find_table([sheet], resource.heads, resource.required)
    intake = preview(tables=[table], name=made.name, options=options, user=user, source="")
    plan_of(intake)
    confirm(key=intake.key, user=user, answers={})


def paste_roster(rows: int = 400) -> Comparison:
    """A roster of 400 new names, against the stock form with an inline of 400 people who are on record already."""
    user = get_user_model().objects.create_superuser("benchmark-roster")
    event = Event(title="志愿者培训", area=WorkArea.objects.get(code="training"), report_year=2014, headcount=rows)
    event.when = FuzzyDate.on(FIRST)
    event.save()
    names = [f"{SURNAMES[n % 10]}{chr(0x4E00 + n)}{chr(0x5E00 + n)}" for n in range(rows)]
    text = "\n".join(f"{n + 1}. {name} 南昌义工联 138{n:08d}" for n, name in enumerate(names))
    people = Person.objects.bulk_create(Person(name=f"{name}甲", phone=f"139{n:08d}") for n, name in enumerate(names))

    def ours() -> None:
        bring_in(AttendanceResource, read_roster(text), Options(event=event.pk), user)

    usual = StockForm(event, people, user)
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=None):
        return Comparison("roster", "stock admin form with an inline", rows, measure(ours), measure(usual, rounds=1))


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
