"""What the page of a roster sends: an act on those that are ticked, one more person, a sheet to sign."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.choices import AttendanceRole
from yixin.admin import IDENTITY
from yixin.forms import LineField
from yixin.personnames import people_in

from .adding import NO_CONSENT, Entry
from .changes import UNCOUNTED
from .naming import BODY, NEW, PERSON, Typed
from .sheets import LINES, MOST_LINES

COUNT, UNCOUNT, ORGANIZATION, REMOVE = "count", "uncount", "organization", "remove"
ROLES = {f"role-{role}": role for role in AttendanceRole}
ACTS = {
    f"role-{AttendanceRole.PARTICIPANT}": _("Role: participant (counted)"),
    f"role-{AttendanceRole.SPEAKER}": _("Role: speaker"),
    f"role-{AttendanceRole.GUEST}": _("Role: guest (not counted)"),
    f"role-{AttendanceRole.STAFF}": _("Role: staff (not counted)"),
    COUNT: _("Count them"),
    UNCOUNT: _("Do not count them"),
    ORGANIZATION: _("Came for the organisation …"),
    REMOVE: _("Take off the roster …"),
}
MOST_TICKED = 20_000


def columns_of(act: str) -> dict[str, object]:
    """What the act sets, by attname: a role says whether one counts, where the act says so."""
    if act in (COUNT, UNCOUNT):
        return {"is_counted": act == COUNT}
    role = ROLES[act]
    counts = {} if role == AttendanceRole.SPEAKER else {"is_counted": role not in UNCOUNTED}
    return {"role": role, **counts}


class TickedField(forms.Field):
    """Ids of attendances, each by itself or several with commas between: a set of numbers."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        keys = [key for part in value or () for key in part.split(",") if key]
        if not keys:
            raise ValidationError(_("Tick those first whom it is about."), code="nobody")
        if len(keys) > MOST_TICKED or not all(IDENTITY.fullmatch(key) for key in keys):
            raise ValidationError(_("Some of those that were ticked are nobody. Tick them again."), code="junk")
        return set(map(int, keys))


class Answers(forms.Form):
    """Answers to what the names that were typed leave open: an id, or NEW."""

    def __init__(self, data=None, **kwargs):
        super().__init__(data, label_suffix="", **kwargs)
        for name in (PERSON, BODY):
            if name in self.fields:
                self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)

    def answer(self, name: str) -> str:
        """ "" for what is no answer."""
        typed = self.cleaned_data.get(name, "")
        return typed if typed == NEW or IDENTITY.fullmatch(typed) else ""


class ActForm(Answers):
    chosen = TickedField()
    act = forms.ChoiceField(
        label=_("With those that are ticked"),
        choices=[("", pgettext_lazy("roster", "Choose what to do")), *ACTS.items()],
        error_messages={"required": _("Choose what is to be done with them.")},
    )
    organization = LineField(label=_("Organisation"), max_length=100, required=False)
    body = forms.CharField(required=False)

    @property
    def ticked(self) -> set[int]:
        """The ids that were ticked; none of a fresh form."""
        return getattr(self, "cleaned_data", {}).get("chosen", set())

    def leave_out(self, act: str) -> None:
        self.fields["act"].choices = [choice for choice in self.fields["act"].choices if choice[0] != act]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") == ORGANIZATION and not cleaned.get("organization") and "organization" not in self.errors:
            self.add_error("organization", _("Write for which organisation they came."))
        return cleaned


class AddForm(Answers):
    """``asks_consent``: whether the day is asked for on which the person agreed."""

    name = LineField(label=pgettext_lazy("of a person", "Name"), max_length=60)
    organization = LineField(label=_("Organisation"), max_length=100, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=AttendanceRole.choices, initial=AttendanceRole.PARTICIPANT)
    consented_on = forms.DateField(
        label=_("Agreed to be on the roster on"),
        error_messages={"required": NO_CONSENT},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    person = forms.CharField(required=False)
    body = forms.CharField(required=False)

    def __init__(self, data=None, *, asks_consent: bool = False, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["consented_on"].required = asks_consent
        if not asks_consent:
            self.fields["consented_on"].widget = forms.HiddenInput()
        for name in ("name", "organization"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "list": f"{name}-known"}

    def clean_name(self):
        if len(people_in(self.cleaned_data["name"])) > 1:
            raise ValidationError(_("These are several names. Paste them as a roster."), code="several")
        return self.cleaned_data["name"]

    def clean_consented_on(self):
        day = self.cleaned_data["consented_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come; nobody can have agreed on it."), code="to_come")
        return day

    def entry(self) -> Entry:
        """Once the form is valid."""
        cleaned = self.cleaned_data
        name = Typed(cleaned["name"], self.answer(PERSON))
        organization = Typed(cleaned["organization"], self.answer(BODY))
        return Entry(name, organization, cleaned["role"], cleaned.get("consented_on"))


class SheetForm(forms.Form):
    """What the sheet to sign looks like; what cannot be is as if nothing had been said."""

    lines = forms.IntegerField(label=_("Empty lines"), min_value=0, max_value=MOST_LINES, required=False)
    phone = forms.BooleanField(label=_("A column for phones"), required=False)

    @property
    def chosen(self) -> dict[str, object]:
        if not self.is_valid():
            return {"lines": LINES, "has_phone": False}
        lines = self.cleaned_data["lines"]
        return {"lines": LINES if lines is None else lines, "has_phone": self.cleaned_data["phone"]}
