from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import Event
from activities.nearness import events_like
from yixin import spokendates
from yixin.forms import FuzzyDateField, HeadCountField, ModelForm
from yixin.fuzzydate import FuzzyDate

NEAR = "near"  # code of the question that is no error


class SpokenDateField(FuzzyDateField):
    """A date of what was lately: it need not name its year."""

    stored: FuzzyDate | None = None

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("As you would say it: 昨天, 上周六, 3月初, 4月26-28日."))
        super().__init__(**kwargs)

    def read(self, text):
        """What stands there already stays what it means, though its text may name no year."""
        if self.stored is not None and text == self.stored.text:
            return self.stored
        return spokendates.read(text, today=timezone.localdate())


class EventForm(ModelForm):
    """The admin makes a class of it for each request, and says among which events it looks for the same one."""

    when = SpokenDateField(label=_("time"))
    people = HeadCountField(label=_("people"), required=False)

    year_followed = False  # whether a corrected date took the report year along
    known: QuerySet[Event] | None = None
    confirmed: Collection[str] = ()  # keys of events of which somebody said that this is none of them
    near: Sequence[Event] = ()  # events that look like this one

    def __init__(self, *args, **kwargs):
        """Work areas that were taken out of use are offered only where they were chosen before."""
        super().__init__(*args, **kwargs)
        for name in {"when", "title", "people"} & self.fields.keys():
            self.fields[name].widget.attrs["autocomplete"] = "off"  # the browser's own list would lie over ours
        if "when" in self.fields:
            self.fields["when"].stored = self.instance.when
        if "area" in self.fields:  # without the links to add and change areas, for which there is no room
            self.fields["area"].widget = getattr(self.fields["area"].widget, "widget", self.fields["area"].widget)
        listed = Event.also_listed_in.through.objects.filter(event=self.instance.pk)
        chosen = {"area": Q(pk=self.instance.area_id), "also_listed_in": Q(pk__in=listed.values("workarea"))}
        for name in chosen.keys() & self.fields.keys():
            field = self.fields[name]
            field.queryset = field.queryset.filter(Q(is_active=True) | chosen[name])

    def _post_clean(self):
        """Asked last, when nothing else is left to be said."""
        super()._post_clean()
        is_moved = self.instance._state.adding or {"when", "title"} & set(self.changed_data)
        if self.known is None or self.errors or not is_moved:
            return
        found = events_like(self.instance, self.known)
        if any(str(event.pk) not in self.confirmed for event in found):
            self.near = found
            self.add_error(None, ValidationError(_("This event may be on record already."), code=NEAR))

    def clean(self):
        """A report year that nobody chose, only the date, goes with the date when that is corrected."""
        cleaned, before = super().clean(), self.initial.get("when")
        chosen = {"when", "report_year"} & set(self.changed_data) != {"when"}
        if before and cleaned.get("when") and not chosen and cleaned.get("report_year") == before.earliest.year:
            self.year_followed = cleaned["when"].earliest.year != before.earliest.year
            cleaned["report_year"] = cleaned["when"].earliest.year
        return cleaned

    def clean_also_listed_in(self):
        others = self.cleaned_data["also_listed_in"]
        if self.cleaned_data.get("area") in others:
            raise ValidationError(
                _("The event counts in “%(area)s” already; tick only other areas that print it too."),
                code="own_area",
                params={"area": self.cleaned_data["area"]},
            )
        return others


class SurveyForm(ModelForm):
    period = FuzzyDateField(label=_("period"))


class PublicationForm(ModelForm):
    published = FuzzyDateField(label=_("published"), required=False)
