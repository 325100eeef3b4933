"""What the staff choose when two organisations become one."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.choices import AliasKind, Side
from organizations.merging.choosing import Line
from organizations.merging.services import Decision, OldName
from organizations.merging.showing import Preview
from yixin.forms import REASON, ReasonField
from yixin.fuzzydate import MAX_YEAR, MIN_YEAR


class YearBox(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(min_value=MIN_YEAR, max_value=MAX_YEAR, required=False, **kwargs)


class MergeForm(forms.Form):
    """A choice for every field in which the two differ, and what becomes of the name that is not kept."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    kind = forms.ChoiceField(label=_("The name that is not kept becomes a"), choices=AliasKind)
    valid_from = YearBox(label=_("from year"))
    valid_to = YearBox(label=_("to year"))

    def __init__(self, preview: Preview, data=None):
        self.preview = preview
        super().__init__(data, initial={"seen": preview.seen, "kind": AliasKind.OTHER}, label_suffix="")
        for line in preview.differing:
            self.fields[line.name] = forms.ChoiceField(label=line.label, choices=choices(line), initial=line.usual)
        self.fields[REASON] = ReasonField(required=False)

    def rows(self) -> Iterator[tuple[Line, forms.BoundField, list[tuple[str, str, str, bool]]]]:
        """Each differing line with its choices: value, whose it is, what it says, whether it is chosen."""
        for line in self.preview.differing:
            said = {Side.KEPT: line.kept, Side.MERGED: line.merged, Side.BOTH: ""}
            bound = self[line.name]
            yield line, bound, [(side, name, said[side], bound.value() == side) for side, name in choices(line)]

    def reason(self) -> forms.BoundField:
        return self[REASON]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen and can be."""
        cleaned = getattr(self, "cleaned_data", {})
        return {line.name: cleaned[line.name] for line in self.preview.differing if line.name in cleaned}

    @property
    def decision(self) -> Decision:
        cleaned = self.cleaned_data
        old_name = OldName(AliasKind(cleaned["kind"]), cleaned["valid_from"], cleaned["valid_to"])
        return Decision(values=self.chosen, old_name=old_name, reason=cleaned[REASON], seen=cleaned["seen"])


def choices(line: Line) -> list[tuple[str, str]]:
    return [choice for choice in Side.choices if line.is_together or choice[0] != Side.BOTH]


class UndoForm(forms.Form):
    """``confirmed``: by what was told on the page."""

    confirmed = forms.CharField(required=False, max_length=64)

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
        self.fields[REASON] = ReasonField(required=False)

    def reason(self) -> forms.BoundField:
        return self[REASON]
