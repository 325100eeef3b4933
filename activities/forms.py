from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin.forms import FuzzyDateField, HeadCountField, ModelForm


class EventForm(ModelForm):
    when = FuzzyDateField(label=_("time"))
    people = HeadCountField(label=_("people"), required=False)

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
