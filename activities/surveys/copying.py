"""The questions of an earlier survey, asked again in a new one."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activities.models import Question, Survey
from yixin import history, locks
from yixin.forms import REASON, ReasonField

from .rounds import with_questions

HAS_QUESTIONS = _("This survey has questions already. Change them in its form.")
COPIED = ("position", "text", "kind", "choices")


class CopyForm(forms.Form):
    source = forms.ModelChoiceField(None, label=_("Questions of"), empty_label=None)

    def __init__(self, survey: Survey, data=None):
        super().__init__(data, label_suffix="")
        self.fields["source"].queryset = with_questions(survey)
        self.published = locks.published([locks.Write(Question(survey=survey))])
        self.fields[REASON] = ReasonField(required=bool(self.published))

    def reason(self) -> forms.BoundField | None:
        return self[REASON] if self.published else None


@transaction.atomic
def copy_questions(*, survey: Survey, source: Survey, reason: str, by, now: datetime) -> int:
    """How many were copied, with their order and choices. ValidationError where the survey asks anything already."""
    Survey.objects.select_for_update().get(pk=survey.pk)  # a second tap waits, and then finds questions
    if survey.questions.exists():
        raise ValidationError(HAS_QUESTIONS, code="has_questions")
    questions = [
        Question(survey=survey, **{name: getattr(one, name) for name in COPIED})
        for one in source.questions.order_by("position", "pk")
    ]
    for question in questions:
        question.save()
    locks.explain([locks.Write(question) for question in questions], locks.Reason(reason, by, now))
    history.keep([history.added(question) for question in questions], by=by, at=now)
    return len(questions)
