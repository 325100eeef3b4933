"""How a finding is answered on the page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yixin.forms import ProseField

LONGEST_REASON = 1000


class AcceptForm(forms.Form):
    """``fingerprint`` says which finding is answered, as it stood on the page."""

    fingerprint = forms.RegexField(r"^[0-9a-f]{64}\Z", widget=forms.HiddenInput)
    reason = ProseField(
        label=_("Why it stays as it is"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why it stays as it is: one sentence is enough.")},
    )
    is_printed = forms.BooleanField(label=_("Print it as a note in the report"), required=False)

    def __init__(self, *args, number: int = 0, **kwargs):
        super().__init__(*args, auto_id=f"id_{number}_%s", label_suffix="", **kwargs)
