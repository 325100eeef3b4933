from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin.forms import FuzzyDateField, HeadCountField, ModelForm


class EventForm(ModelForm):
    when = FuzzyDateField(label=_("time"))
    people = HeadCountField(label=_("people"), required=False)

    year_followed = False  # whether a corrected date took the report year along

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


class VisitForm(ModelForm):
    when = FuzzyDateField(label=_("date of the visit"), required=False)


class PublicationForm(ModelForm):
    published = FuzzyDateField(label=_("published"), required=False)
