"""What an organisation says of itself, what a visitor finds wrong, and what staff make of it."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, dumps, loads
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from organizations.choices import LegalStatus, OrganizationType
from organizations.divisions import Divisions
from organizations.keeping.handling import Decision, Review
from organizations.keeping.proposing import Answer, changes_between, confirmation
from organizations.keeping.stated import FIELDS, Value, shown
from organizations.models import EntryLink, FieldOfWork, Organization
from yixin.forms import REASON, FuzzyDateField, LineField, ProseField, ReasonField
from yixin.text import excerpt, name_key

LONGEST_NAME, MOST_NAMES = 100, 20
SAID = ("message", "sender_name", "sender_contact")
UNKNOWN = ("", pgettext_lazy("choice", "not known"))
SEEN = "organizations.keeping.seen"  # the salt under which the page keeps what it showed
TO_STAFF = _("Not public, and not shown here. What you write is told to our staff only.")
UNCHANGED = _("Nothing was changed and no message written. If all of it is right, press “Everything is right”.")
CHANGED = _("You changed something above. Press “Send the changes”, or open the link again and leave all as it is.")


def names_in(text: str) -> list[str]:
    """One name a line, each once. Raises ValidationError for a long one, and for too many."""
    names: dict[str, str] = {}
    for line in filter(None, text.splitlines()):
        names.setdefault(name_key(line), line)
    for name in names.values():
        if len(name) > LONGEST_NAME:
            sentence = _("“%(name)s” has more than %(most)s characters. Write one name on each line.")
            raise ValidationError(sentence, params={"name": excerpt(name), "most": LONGEST_NAME})
    if len(names) > MOST_NAMES:
        sentence = ngettext("Write at most %(most)s name.", "Write at most %(most)s names.", MOST_NAMES)
        raise ValidationError(sentence, params={"most": MOST_NAMES})
    return list(names.values())


class SenderForm(forms.Form):
    """Who writes: nobody has to say it, and only staff see it."""

    sender_name = LineField(
        label=_("Your name"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("If you like. Only our staff see it."),
    )
    sender_contact = LineField(
        label=_("Your phone or WeChat"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
        help_text=_("If you like, for questions. Only our staff see it."),
    )


class EntryForm(SenderForm):
    """The public fields of one entry, as its organisation would have them."""

    name = LineField(label=_("Name"), max_length=LONGEST_NAME)
    type = forms.ChoiceField(label=_("Type"), choices=[UNKNOWN, *OrganizationType.choices], required=False)
    region = forms.ChoiceField(label=_("Seat"), required=False)
    fields_of_work = forms.MultipleChoiceField(
        label=_("Fields of work"), required=False, widget=forms.CheckboxSelectMultiple
    )
    introduction = ProseField(
        label=_("Introduction"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    legal_status = forms.ChoiceField(label=_("Legal status"), choices=[UNKNOWN, *LegalStatus.choices], required=False)
    uscc = LineField(label=_("Unified social credit code"), max_length=40, required=False)
    founded = FuzzyDateField(label=_("Founded"), required=False, help_text=_("As you would write it: 2010年5月."))
    aliases = ProseField(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Short and former names, one on each line."),
    )
    message = ProseField(
        label=_("A message to our staff"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Contacts that changed, say. Only our staff see it."),
    )
    field_order = [*FIELDS, "message", "sender_name", "sender_contact"]

    def __init__(self, link: EntryLink, divisions: Divisions, data=None):
        self.organization = link.organization
        self.key = link.key.hex
        kept = self._kept(data.get("seen", "")) if data else None
        self.shown = shown(self.organization) if kept is None else kept
        initial = self.shown | {"aliases": "\n".join(self.shown.get("aliases", ()))}
        super().__init__(data, initial=initial, label_suffix="")
        self.fields["region"].choices = places(divisions, self.organization, self.shown)
        self.fields["fields_of_work"].choices = [(one.code, str(one)) for one in FieldOfWork.objects.all()]
        for name in FIELDS:
            if name not in self.shown:
                self.fields[name].help_text = TO_STAFF

    @property
    def seen(self) -> str:
        """What the page shows, sealed: by it a change is told from what staff change in the meantime."""
        return dumps([self.key, self.shown], salt=SEEN, compress=True)

    def _kept(self, sealed: str) -> dict[str, Value] | None:
        """What the page showed when it was opened; None if that is not what came back."""
        try:
            key, values = loads(sealed, salt=SEEN)
        except (BadSignature, ValueError):
            return None
        return values if key == self.key else None

    def clean_uscc(self):
        return Organization._meta.get_field("uscc").clean(self.cleaned_data["uscc"], None) or ""

    def clean_aliases(self):
        return names_in(self.cleaned_data["aliases"])

    def clean(self):
        if self.errors:
            return
        typed = {name: self.cleaned_data[name] for name in FIELDS}
        typed["founded"] = str(typed["founded"] or "")
        self.changes = changes_between(self.shown, typed)
        if self.is_confirming and self.changes:
            raise ValidationError(CHANGED)
        if not (self.is_confirming or self.changes or self.cleaned_data["message"]):
            raise ValidationError(UNCHANGED)

    @property
    def is_confirming(self) -> bool:
        return "confirm" in self.data

    def answer(self, now: datetime) -> Answer:
        """Once the form is valid."""
        changes = confirmation(self.shown, now) if self.is_confirming else self.changes
        return Answer(changes, **{name: self.cleaned_data[name] for name in SAID})


def places(divisions: Divisions, organization: Organization, seen: dict[str, Value]) -> list:
    """Cities with their counties, for a list; first what stands there now, if that is none of them."""
    choices: list = [UNKNOWN]
    codes = {row.code for row in [*divisions.cities, *divisions.counties()]}
    if (now := seen.get("region")) and now not in codes:
        names = [row.name for row in divisions.by_id.values() if row.code == now]
        choices.append((now, names[-1] if names else now))
    for city in divisions.cities:
        counties = [(county.code, county.name) for county in divisions.counties(city.code)]
        choices.append((city.name, [(city.code, city.name), *counties]))
    return choices


class ErrorReportForm(SenderForm):
    """What a visitor finds wrong in an entry."""

    message = ProseField(
        label=_("What is wrong, and what would be right?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    # Hidden from people: what fills in every box is no person.
    homepage = LineField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))
    field_order = ["message", "sender_name", "sender_contact", "homepage"]

    @property
    def is_by_a_machine(self) -> bool:
        return bool(self.cleaned_data["homepage"])

    @property
    def answer(self) -> Answer:
        return Answer(**{name: self.cleaned_data[name] for name in SAID})


class DecisionForm(forms.Form):
    """A tick for each field of a proposal."""

    accepted = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    keeps_old_name = forms.BooleanField(
        label=_("Keep the old name as a former name, so that it is still found"), required=False
    )
    note = ProseField(
        label=_("Note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed if something is not taken. For the staff only."),
    )
    seen = forms.CharField(required=False)

    def __init__(self, review: Review, data=None):
        ticked = [line.name for line in review.lines if line.is_offered]
        initial = {"accepted": ticked, "keeps_old_name": True}
        super().__init__(data, initial=initial, label_suffix="")
        self.review = review
        self.fields["accepted"].choices = [(line.name, line.label) for line in review.lines]
        if review.published:
            self.fields[REASON] = ReasonField(required=False)

    @property
    def ticked(self) -> set[str]:
        return set(self["accepted"].value() or ())

    def reason(self) -> forms.BoundField | None:
        return self[REASON] if REASON in self.fields else None

    @property
    def decision(self) -> Decision:
        cleaned = self.cleaned_data
        return Decision(
            accepted=frozenset(cleaned["accepted"]),
            seen=cleaned["seen"],
            note=cleaned["note"],
            reason=cleaned.get(REASON, ""),
            keeps_old_name=cleaned["keeps_old_name"],
        )
