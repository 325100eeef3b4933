"""The form of a visit, with the questions of its survey in it."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.forms import SpokenDateField
from activities.models import Answer, Question, Survey, Visit
from yixin.forms import ModelForm

from .answering import NAME, PREFIX, field_of, name_of


class Asked:
    """The questions of a survey, and what one visit heard to them. Two queries.

    What was answered to questions of another survey, of which the visit was before, is asked as well: it is not lost.
    So are the questions that were ``sent``, by name, with the form of another survey: somebody moved the visit since.
    """

    def __init__(self, survey: Survey | None, visit: Visit | None = None, sent: Iterable[str] = ()):
        self.survey, self.visit = survey, visit
        self.sent = [int(name.removeprefix(PREFIX)) for name in sent if NAME.fullmatch(name)]

    @cached_property
    def answers(self) -> dict[int, str]:
        """By the question's id; nothing of one that was not asked."""
        if self.visit is None:
            return {}
        stored = Answer.objects.filter(visit=self.visit).order_by("pk")
        return dict(stored.values_list("question_id", "value"))

    @cached_property
    def questions(self) -> list[Question]:
        """In order of position, those of the survey first."""
        asked = Q(survey=self.survey) if self.survey else Q()
        beside = [*self.answers, *self.sent]
        asked |= Q(pk__in=beside) if beside else Q()
        found = Question.objects.filter(asked).order_by("position", "pk") if asked else []
        return sorted(found, key=lambda question: not self.is_own(question))

    def is_own(self, question: Question) -> bool:
        return self.survey is not None and question.survey_id == self.survey.pk

    @cached_property
    def fields(self) -> dict[str, forms.Field]:
        """By name, in order."""
        return {name_of(one): field_of(one, self.answers.get(one.pk, "")) for one in self.questions}

    def names(self, *, own: bool) -> list[str]:
        return [name_of(question) for question in self.questions if self.is_own(question) == own]


class VisitForm(ModelForm):
    """``asked`` and ``offered`` are set by the site, on a class made for one request."""

    when = SpokenDateField(label=_("date of the visit"), required=False)

    asked = Asked(None)
    offered: Mapping[str, str] = {}  # what is proposed in place of what is stored

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "when" in self.fields:
            self.fields["when"].stored = self.instance.when
        if not self.is_bound:
            self.initial |= {name: value for name, value in self.offered.items() if name in self.fields}

    def _save_m2m(self):
        super()._save_m2m()
        changed = set(self.changed_data)
        values = {one: self.cleaned_data[name_of(one)] for one in self.asked.questions if name_of(one) in changed}
        save_answers(self.instance, values)


def save_answers(visit: Visit, values: Mapping[Question, str]) -> None:
    """Store them one by one, as histories need it; an empty one takes its row away."""
    stored = Answer.objects.filter(visit=visit, question__in=values) if values else ()
    by_question = {answer.question_id: answer for answer in stored}
    for question, value in values.items():
        answer = by_question.get(question.pk) or Answer(visit=visit, question=question)
        answer.value = value
        if value:
            answer.save()
        elif answer.pk:
            answer.delete()
