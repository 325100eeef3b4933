"""Lists of the staff's site over tables that grow: their pages and their calendar, without reading every row."""

from datetime import date
from functools import cached_property

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import DateField, DateTimeField, F, QuerySet
from django.db.models.functions import Coalesce


class Pages(Paginator):
    """A page by the keys of its rows: what lies before it is passed over in an index, not row by row."""

    def _get_page(self, object_list, number, paginator):
        if number > 1 and isinstance(object_list, QuerySet):
            object_list = self.object_list.filter(pk__in=object_list.values("pk"))
        return super()._get_page(object_list, number, paginator)


class Days:
    """The records of a list as its calendar asks for them: which days they have. One query for all answers.

    SQLite would call Python for each row to learn its year; it finds the few thousand different days in the index.
    """

    def __init__(self, records: QuerySet, field: str, *, is_narrowed: bool):
        """``is_narrowed``: by more than their days, so that the index of the days alone does not tell."""
        self.records = records
        # An expression keeps SQLite from going through the index and fetching each row for the other conditions.
        self.day = Coalesce(field, field) if is_narrowed else F(field)

    @cached_property
    def days(self) -> list[date]:
        days = self.records.order_by().values_list(self.day, flat=True).distinct()
        return sorted(day for day in days if day is not None)

    def aggregate(self, **first_and_last) -> dict[str, date | None]:
        found = (self.days[0], self.days[-1]) if self.days else (None, None)
        return dict(zip(("first", "last"), found, strict=True))

    def dates(self, field: str, kind: str) -> list[date]:
        """The first days of the years or months that have any, or the days."""
        first = {"year": {"month": 1, "day": 1}, "month": {"day": 1}, "day": {}}[kind]
        return sorted({day.replace(**first) for day in self.days})


class Calendar:
    """What Django's calendar above a list reads of the list; the days are found by ``Days``."""

    def __init__(self, shown: ChangeList):
        self.shown = shown
        is_narrowed = bool(shown.query or shown.has_active_filters)
        self.queryset = Days(shown.queryset, shown.date_hierarchy, is_narrowed=is_narrowed)

    def __getattr__(self, name: str):
        return getattr(self.shown, name)


class List(ChangeList):
    @cached_property
    def calendar(self) -> "ChangeList | Calendar":
        field = self.lookup_opts.get_field(self.date_hierarchy)
        is_day = isinstance(field, DateField) and not isinstance(field, DateTimeField)
        return Calendar(self) if is_day else self
