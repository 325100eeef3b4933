"""Form fields that read what people write, and the form that checks every rule of the model."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from yixin import fuzzydate, quantities
from yixin.text import clean_lines, clean_text


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


class ModelForm(forms.ModelForm):
    """A model form with value fields, in which every constraint of the model speaks before the database does."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self._value_names():
            self.initial.setdefault(name, getattr(self.instance, name))
            self.fields[name].label = capfirst(self.fields[name].label)  # as Django does for columns

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

    def _check_constraints(self):
        """Columns that are not on the form take part in rules too, so none of them is left out."""
        for field in self.instance._meta.concrete_fields:
            if not field.editable and hasattr(field, "source") and getattr(self.instance, field.source):
                field.pre_save(self.instance, self.instance._state.adding)
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self._update_errors(error)


class InlineFormSet(forms.BaseInlineFormSet):
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
