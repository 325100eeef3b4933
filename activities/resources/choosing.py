"""Form fields by which somebody says where the rows of a table belong."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.models import Attendance, Event, Survey, WorkArea
from yixin.admin import IDENTITY, AutocompleteSelect


def area_field() -> forms.Field:
    """Cleans to the area's code."""
    return forms.ChoiceField(
        label=_("Work area"),
        required=False,
        choices=lambda: [("", "—"), *((area.code, str(area)) for area in WorkArea.objects.all())],
        help_text=_("Where these events count. Not needed if a column 工作板块 says so."),
    )


def event_field() -> forms.Field:
    return forms.ModelChoiceField(
        Event.objects.all(),
        label=_("Event"),
        required=False,
        widget=AutocompleteSelect(Attendance._meta.get_field("event"), admin.site),
        help_text=_("Not needed if the lines above the table name it."),
    )


def survey_field() -> forms.Field:
    return forms.ModelChoiceField(
        Survey.objects.order_by("-report_year", "pk"),
        label=_("Survey"),
        required=False,
        help_text=_("Not needed if the line above the table names it, or if the year has only one."),
    )


def about_event(key: object) -> list[str]:
    """The chosen event, its head-count and how many are named already; [] where none is. Two queries."""
    event = Event.objects.filter(pk=key).first() if key and IDENTITY.fullmatch(str(key)) else None
    if event is None:
        return []
    named = event.attendances.counted().count()
    told = {"event": event, "people": event.people or _("unknown"), "named": named}
    return [
        ngettext(
            "%(event)s. Head-count: %(people)s; %(named)s person is named already.",
            "%(event)s. Head-count: %(people)s; %(named)s people are named already.",
            named,
        )
        % told
    ]
