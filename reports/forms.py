"""What people fill in about reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yixin.forms import ProseField


class PublishForm(forms.Form):
    """``number`` is that of the edition the page offered to publish: a second click finds it taken."""

    number = forms.IntegerField(min_value=1, max_value=10_000, widget=forms.HiddenInput)
    correction = ProseField(
        label=_("What was corrected"),
        required=False,
        max_length=2000,
        help_text=_("One or two sentences; they are printed at the head of the report."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
