"""A talk written down while one still remembers it, with what comes next."""

from datetime import datetime

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activities.models import Engagement, Talk
from yixin import history, locks
from yixin.access.models import Act, SavedForm
from yixin.forms import LineField, ModelForm

NEXT = ("next_step", "next_due")


def day_box() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TalkForm(ModelForm):
    """``may_plan``: whether the next step may be set too."""

    held_on = forms.DateField(label=_("date"), widget=day_box())
    next_step = LineField(label=_("next step"), max_length=200, required=False, show_hidden_initial=True)
    next_due = forms.DateField(label=_("due on"), required=False, widget=day_box(), show_hidden_initial=True)

    class Meta:
        model = Talk
        fields = ["held_on", "kind", "summary"]

    def __init__(self, engagement: Engagement, data=None, *, may_plan: bool, initial: dict | None = None):
        self.asks_reason, self.engagement = locks.keeps(Talk), engagement
        planned = {name: getattr(engagement, name) for name in NEXT}
        super().__init__(data, instance=Talk(engagement=engagement), initial=planned | (initial or {}), label_suffix="")
        self.fields["summary"].widget.attrs["rows"] = 4
        if not may_plan:
            for name in NEXT:
                del self.fields[name]

    @property
    def plan(self) -> dict:
        """What of the next step was changed here. What somebody else changed meanwhile stays as it is."""
        return {name: self.cleaned_data[name] for name in NEXT if name in self.fields and name in self.changed_data}


@transaction.atomic
def add_talk(*, form: TalkForm, key, by, now: datetime) -> Talk:
    """The talk of a valid form, and the next step on its standing by. IntegrityError for a form that was sent before;
    ``key``: what it is known by, or None."""
    if key:
        SavedForm.objects.create(key=key, user=by, saved_at=now)
    before, engagement = history.values_of(form.engagement), form.engagement
    talk = form.save()
    plan = form.plan
    if plan:
        for name, value in plan.items():
            setattr(engagement, name, value)
        engagement.save(update_fields=list(plan))
    changes = history.between(before, history.values_of(engagement)) | history.row_added(talk)
    history.keep([history.Done(engagement, Act.CHANGED, changes)], by=by, at=now)
    form.amend(by=by, now=now)
    return talk
