"""A list as a workbook: ours against the library's, on the same records and with the same columns."""

import zlib
from io import BytesIO
from zipfile import ZipFile

from django.contrib.auth import get_user_model
from django.utils import timezone
from import_export import fields, resources, widgets

from activities.models import Event, WorkArea
from yixin.intake.exports import take_out

from .measuring import Comparison, asked, measure
from .staff_lists import make_events


class StockTable(resources.ModelResource):
    """As the library's documentation declares one: related names by path, choices by ``dehydrate_…``."""

    area = fields.Field("area__name")
    region = fields.Field("region__name")
    also_listed_in = fields.Field("also_listed_in", widget=widgets.ManyToManyWidget(WorkArea, "、", "name"))

    class Meta:
        model = Event
        fields = (
            *("when_text", "title", "headcount", "area", "region", "also_listed_in"),
            *("report_year", "status", "our_role", "is_sensitive", "remark"),
        )

    def dehydrate_status(self, event) -> str:
        return event.get_status_display()

    def dehydrate_our_role(self, event) -> str:
        return event.get_our_role_display()


def export_events(rows: int, is_compared: bool) -> list[Comparison]:
    make_events(rows)
    user = get_user_model().objects.create_superuser("benchmark-export")
    now, every = timezone.now(), Event.objects.all()

    def ours() -> bytes:
        return take_out(queryset=every, kind="xlsx", user=user, now=now).content

    with ZipFile(BytesIO(ours())) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    read = asked(f"SELECT * FROM {Event._meta.db_table}")  # noqa: S608  no input
    floor = measure(lambda: [read(), zlib.compress(sheet)])
    usual = measure(lambda: StockTable().export(every).export("xlsx")) if is_compared else None
    ways = ("django-import-export, ModelResource", usual, "SELECT, zlib", floor)
    return [Comparison("export", rows, measure(ours), *ways)]
