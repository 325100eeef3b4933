from django import forms
from django.utils.translation import gettext_lazy as _

from yixin.text import clean_lines, clean_text


class EraseForm(forms.Form):
    """Why somebody is erased, and by what else they were known."""

    reason = forms.CharField(
        label=_("reason"), max_length=200, help_text=_("Such as: they asked for it by phone on 5 March. No name here.")
    )
    also = forms.CharField(
        label=_("also known as"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Other names, former phone numbers: one a line. They are looked for too, and not kept."),
    )

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])

    def clean_also(self) -> list[str]:
        return [line for line in clean_lines(self.cleaned_data["also"]).splitlines() if line]
