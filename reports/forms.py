"""What people fill in about reports."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Event
from reports.albums import MOST_AT_ONCE
from reports.models import AnnualReport, Section
from reports.previews import too_long
from reports.prose import LONGEST
from yixin.forms import LineField, ModelForm, ProseField

LARGEST_VERSION = 2**31 - 1


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class DayInput(forms.DateInput):
    """The browser's own calendar, which reads and writes 2014-12-31 in every language."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class VersionField(forms.IntegerField):
    """The version that the writer saw. What is no version is 0, which no section has: it overwrites nothing."""

    widget = forms.HiddenInput

    def clean(self, value) -> int:
        try:
            return super().clean(value) or 0
        except ValidationError:
            return 0


class ReportForm(ModelForm):
    """Title and cut-off, with both as they were when the page was opened."""

    seen_title = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_cut_off = forms.DateField(required=False, widget=DayInput)

    class Meta:
        model = AnnualReport
        fields = ["title", "cut_off"]
        widgets = {"cut_off": DayInput}
        help_texts = {"cut_off": _("Events that began after this day are not counted in this report.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["seen_cut_off"].widget = forms.HiddenInput()
        self.initial |= {"seen_title": self.instance.title, "seen_cut_off": self.instance.cut_off}

    def clean_cut_off(self):
        day = self.cleaned_data["cut_off"]
        if day and day.year < self.instance.year:
            raise ValidationError(
                _("This day is before the report year %(year)s: the report would be empty."),
                params={"year": self.instance.year},
            )
        return day


class SectionForm(ModelForm):
    """``tables`` are code and title of those that there are; one that is gone stays chosen until somebody chooses."""

    version = VersionField(required=False, max_value=LARGEST_VERSION)

    class Meta:
        model = Section
        fields = ["heading", "prose", "table", "area"]
        widgets = {"prose": forms.Textarea(attrs={"rows": 14, "spellcheck": "false"})}
        labels = {
            "prose": _("Text of the section"),
            "table": _("Table below the text"),
            "area": _("Work area it tells of"),
        }
        help_texts = {
            "prose": _(
                "Each line is a paragraph. A line that begins with - is an item of a list, one with 1. a numbered item."
            ),
            "area": _("If you choose one, the checks compare the text with the records of that area."),
        }

    def __init__(self, *args, tables: list[tuple[str, str]], **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        stored = self.instance.table
        lost = _("no longer there: %(code)s") % {"code": stored}
        gone = [(stored, lost)] if stored and stored not in dict(tables) else []
        choices = [("", pgettext_lazy("table", "none")), *gone, *tables]
        label = self.fields["table"].label
        self.fields["table"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields["area"].empty_label = pgettext_lazy("work area", "none in particular")
        self.initial["version"] = self.instance.version

    def clean_prose(self) -> str:
        prose = self.cleaned_data["prose"]
        if len(prose) > LONGEST:
            raise ValidationError(too_long(len(prose)), code="too_long")
        return prose

    @property
    def columns(self) -> dict:
        """What is stored, by column."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Shape: list of uploads; what they hold is looked at later, one by one."""

    widget = FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None) -> list[UploadedFile]:
        files = [file for file in data or [] if file]
        if not files:
            raise ValidationError(_("Choose at least one picture."), code="required")
        if len(files) > MOST_AT_ONCE:
            raise ValidationError(
                _("%(count)s files at once are too many: none was taken. Send at most %(most)s, then the next ones."),
                params={"count": len(files), "most": MOST_AT_ONCE},
            )
        return files


class UploadForm(forms.Form):
    """New photos for a section; what is said of them holds for all of them."""

    files = FilesField(
        label=_("Pictures"),
        help_text=_("JPEG, PNG or WebP, up to 20 at once, 20 MB each. Where they were taken is not kept."),
    )
    caption = LineField(label=_("Caption"), required=False, max_length=200)
    event = forms.ModelChoiceField(label=_("Event"), queryset=Event.objects.none(), required=False)
    consented_on = forms.DateField(
        label=_("Those shown agreed on"),
        required=False,
        widget=DayInput,
        help_text=_("Without a day the pictures are for staff only and left out of what the public reads."),
    )

    def __init__(self, *args, events: QuerySet[Event], **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["event"].queryset = events
        self.fields["event"].empty_label = pgettext_lazy("event", "none in particular")

    def clean_consented_on(self):
        day = self.cleaned_data["consented_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day
