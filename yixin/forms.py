"""Form fields that read what people write, and the form that checks every rule of the model."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from yixin import fuzzydate, locks, quantities
from yixin.text import clean_lines, clean_text
from yixin.together import MeetingForm, MeetingTable

REASON = "_reason"  # as no column is called


class LineField(forms.CharField):
    """One line of text; what pasting brings along is dropped before anything is checked."""

    def to_python(self, value):
        return clean_text(super().to_python(value) or "") or self.empty_value


class ProseField(forms.CharField):
    widget = forms.Textarea

    def to_python(self, value):
        return clean_lines(super().to_python(value) or "") or self.empty_value


class ValueField(forms.Field):
    """A text box whose value is an object: ``read`` makes it from text, ``str`` prints it back.

    It need not be a column of the model: the form reads and writes the model's attribute of its name.
    """

    widget = forms.TextInput

    def read(self, text: str):
        raise NotImplementedError

    def to_python(self, value):
        return self.read(clean_text(value)) if isinstance(value, str) else value

    def prepare_value(self, value):
        return "" if value is None else str(value)


class FuzzyDateField(ValueField):
    """Shape: FuzzyDate or None."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("As you would write it: 2014年1月4日, 2014年4月26-28日, 2014年10-12月."))
        super().__init__(**kwargs)

    def read(self, text):
        return fuzzydate.parse(text, today=timezone.localdate())


class HeadCountField(ValueField):
    """Shape: HeadCount or None; nobody counted is not the same as nobody came."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("400, or 约40 for an estimate. Leave it empty if nobody counted."))
        super().__init__(**kwargs)

    def read(self, text):
        return quantities.parse_headcount(text)


class AmountField(ValueField):
    """Shape: Decimal yuan or None; unknown is not zero."""

    def __init__(self, **kwargs):
        kwargs.pop("max_digits", None), kwargs.pop("decimal_places", None)
        super().__init__(**kwargs)

    def read(self, text):
        return quantities.parse_amount(text)


class ReasonField(ProseField):
    """Why a published year is changed. It belongs to no record, so it changes none."""

    def __init__(self, **kwargs):
        defaults = {
            "label": _("Reason for the change"),
            "max_length": 1000,
            "help_text": _("Kept with the year, for everybody on the staff to read: no names or phones of people."),
            "widget": forms.Textarea(attrs={"rows": 2}),
            "error_messages": {"required": locks.NO_REASON},
        }
        super().__init__(**defaults | kwargs)

    def has_changed(self, initial, data):
        return False


class ReasonForm(forms.Form):
    """The reason alone, where there is no form of a record: to delete, to import, to undo."""

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
        self.fields[REASON] = ReasonField()

    def field(self) -> forms.BoundField:
        return self[REASON]

    @property
    def reason(self) -> str:
        """What was written; "" if nothing was, or what cannot be taken."""
        return self.cleaned_data[REASON] if self.is_valid() else ""


class ModelForm(MeetingForm, forms.ModelForm):
    """A model form with value fields, in which every constraint of the model speaks before the database does.

    ``asks_reason`` is set by the site where the records may be of a published year.
    """

    asks_reason = False
    published: Sequence[locks.Published] = ()  # the published years that the record is of, or becomes part of
    is_amending = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.asks_reason:
            self._expect_reason()
        for name in self._value_names():
            self.initial.setdefault(name, getattr(self.instance, name))
            self.fields[name].label = capfirst(self.fields[name].label)  # as Django does for columns
        self.note_stored()

    def _value_names(self) -> list[str]:
        columns = {field.name for field in self._meta.model._meta.get_fields()}
        return [n for n, f in self.fields.items() if isinstance(f, ValueField) and n not in columns]

    def _post_clean(self):
        for name in self._value_names():
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        super()._post_clean()
        if not self.errors:
            self._check_constraints()
        if self.asks_reason:
            self._check_reason()

    def _check_constraints(self):
        """Columns that are not on the form take part in rules too, so none of them is left out."""
        for field in self.instance._meta.concrete_fields:
            if not field.editable and hasattr(field, "source") and getattr(self.instance, field.source):
                field.pre_save(self.instance, self.instance._state.adding)
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self._update_errors(error)

    # What a published year needs

    def tables_inside(self) -> Iterable[forms.BaseFormSet]:
        """The tables inside the form; a change to one of their rows is a change to the record."""
        return ()

    def reason(self) -> forms.BoundField | None:
        """The field, where it is to be shown."""
        return self[REASON] if self.published else None

    def _expect_reason(self):
        self.fields[REASON] = ReasonField(required=False)
        self.is_new = self.instance._state.adding
        self.before = {} if self.is_new else locks.columns_of(self.instance)
        if not self.is_bound and not self.is_new:
            self.published = locks.published([self._write()])

    def _check_reason(self):
        self.published = locks.published([self._write()])
        changes = self.is_new or self.has_changed() or any(table.has_changed() for table in self.tables_inside())
        self.is_amending = bool(self.published) and changes
        if self.is_amending and not self.cleaned_data.get(REASON) and REASON not in self.errors:
            self.add_error(REASON, locks.NO_REASON)

    def _write(self) -> locks.Write:
        return locks.Write(self.instance, self.before)

    def amend(self, *, by: Model, now: datetime) -> None:
        """Note why the record was changed, once it is stored."""
        if self.is_amending:
            locks.amend([self._write()], self.published, locks.Reason(self.cleaned_data[REASON], by, now))


class InlineFormSet(MeetingTable, forms.BaseInlineFormSet):
    """The rows inside another record's form. Two that would be the same to the database are told so at the second.

    Django compares only what is typed; our names are the same in every spelling.
    """

    def validate_unique(self):
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and not constraint.condition:
                self._refuse_repeated(constraint)
        super().validate_unique()

    def _refuse_repeated(self, constraint: UniqueConstraint) -> None:
        columns = [self.model._meta.get_field(name).attname for name in constraint.fields if name != self.fk.name]
        seen = set()
        for form in self._rows_to_store():
            key = tuple(getattr(form.instance, column) for column in columns)
            if key in seen and None not in key:
                form.add_error(None, constraint.get_violation_error_message())
            seen.add(key)

    def _rows_to_store(self) -> list[forms.ModelForm]:
        left = [form for form in self.forms if form.is_valid() and not self._should_delete_form(form)]
        return [form for form in left if form.instance.pk or form.has_changed()]
