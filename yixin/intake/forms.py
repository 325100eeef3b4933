"""What a user says about a table, and the table itself: pasted or as a file."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixin.forms import LineField
from yixin.fuzzydate import MAX_YEAR, MIN_YEAR

from .resource import Options, Resource
from .uploads import MAX_BYTES, TOO_LARGE, sheets_in, tables_in

ADVANCED = ("sheet", "wipe", "consented_on", "headcount_only")


class OptionsForm(forms.Form):
    """The options that a table asks for, and those that every table has."""

    required_css_class = "required"
    use_required_attribute = True

    def __init__(self, resource: type[Resource], data=None, files=None, **kwargs):
        super().__init__(data, files, label_suffix="", **kwargs)
        self.resource = resource
        self.fields |= asked_fields(resource)

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in (*ADVANCED, "text", "file")]

    def advanced_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in ADVANCED]

    def options(self) -> Options:
        """Once the form is valid: a chosen record is told by its id."""
        chosen = {name: self.cleaned_data[name] for name in self.fields if name not in ("text", "file")}
        return Options(**{name: getattr(value, "pk", value) for name, value in chosen.items()})


class ImportForm(OptionsForm):
    text = forms.CharField(
        label=_("Paste the table here"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9, "autofocus": True, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("or choose a file"),
        required=False,
        allow_empty_file=True,
        help_text=_("Excel (.xlsx) or CSV, up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_text(self):
        if len(self.cleaned_data["text"].encode()) > MAX_BYTES:
            raise ValidationError(TOO_LARGE, code="too_large")
        return self.cleaned_data["text"]

    def clean_file(self):
        if self.cleaned_data["file"] and self.cleaned_data["file"].size > MAX_BYTES:
            raise ValidationError(TOO_LARGE, code="too_large")
        return self.cleaned_data["file"]

    def clean(self):
        if self.errors:
            return
        text, upload = self.cleaned_data["text"], self.cleaned_data["file"]
        if text.strip() and upload:
            raise ValidationError(_("Paste the table or choose a file, not both. Empty one of them."), code="both")
        if not text.strip() and not upload:
            raise ValidationError(_("Paste the table, or choose a file."), code="neither")
        self.made = self.resource(self.options())
        self.tables = tables_in(self.made, sheets_in(self.made, text, upload.read() if upload else None))

    def may_not_be_kept(self) -> bool:
        """Whether the form was refused because nobody has agreed to be named."""
        return self.has_error(NON_FIELD_ERRORS, "unkept")

    def source(self) -> str:
        """The file's name; "" for what was pasted."""
        return self.cleaned_data["file"].name if self.cleaned_data["file"] else ""


def asked_fields(resource: type[Resource]) -> dict[str, forms.Field]:
    """In the order in which they stand on the page."""
    fields = {}
    if "year" in resource.asks:
        fields["year"] = forms.IntegerField(
            label=_("Report year"),
            min_value=MIN_YEAR,
            max_value=MAX_YEAR,
            initial=lambda: timezone.localdate().year,
            help_text=_("Also the year of dates that name none."),
        )
    fields |= resource.form_fields()
    fields["sheet"] = LineField(label=_("Name of the sheet"), required=False, max_length=100)
    fields["wipe"] = forms.BooleanField(
        label=_("Empty cells empty what is on record"), required=False, help_text=_("Otherwise they leave it as it is.")
    )
    if resource.reads_rosters:
        fields |= consent_fields()
    return fields


def consent_fields() -> dict[str, forms.Field]:
    return {
        "consented_on": forms.DateField(
            label=_("Everyone named agreed to be on this roster, on"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            help_text=_("Needed for events marked as sensitive."),
        ),
        "headcount_only": forms.BooleanField(
            label=_("Keep only how many there were"), required=False, help_text=_("No name is stored.")
        ),
    }
