"""What people answer to the questions of a survey: how it is typed, stored, and read again.

An answer is stored as it was typed, so that nothing is lost where the question becomes another one later; whether it
fits is decided whenever it is read. Only yes and no have words of their own in the database.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.choices import QuestionKind
from activities.models import Question
from yixin.forms import LineField, ProseField
from yixin.numerals import NUMERAL_CHARACTERS, compact, is_unknown, read_number
from yixin.text import clean_text, excerpt

YES, NO = "yes", "no"
PREFIX = "answer_"
NAME = re.compile(f"{PREFIX}[0-9]{{1,18}}")
YES_NO = {YES: pgettext_lazy("answer", "yes"), NO: pgettext_lazy("answer", "no")}
MOST_RADIOS = 8  # more choices than that are a list to open
LARGEST = Decimal(10) ** 12
LONGEST, LONGEST_NUMBER = 5_000, 100  # characters

_WORDS = dict.fromkeys(("yes", "y", "是", "有", "对"), YES) | dict.fromkeys(("no", "n", "否", "无", "没有", "不是"), NO)
_ABOUT = "大约|大概|大致|约|将近|接近|近|差不多|超过|不到|至少|逾|超|~|≈"
_MORE = r"左右|上下|以上|余|多|来|\+"
_UNITS = "人次|人|名|位|个人|个月|个|家|次|场|件|项|元|块|年|月|天|小时|岁|%|平方米|公里|里"
_NUMBER = re.compile(
    rf"(?P<about>{_ABOUT})?¥?(?P<number>[{NUMERAL_CHARACTERS}]+)(?P<more>{_MORE})?(?P<scale>[百千万])?"
    rf"(?:{_UNITS})?(?P<after>{_MORE})?(?:{_UNITS})?"
)
_NONE_OR_UNKNOWN = {"无", "暂无", "none"}

NOT_ASKED = pgettext_lazy("answer", "not asked")
NO_NUMBER = _(
    "“%(text)s” is not a number that can be read. Write one number, like 40, 约40 or 3万, and leave it empty if it "
    "was not asked."
)
TOO_LARGE = _("“%(text)s” is too large a number. Check it for digits too many.")
AMBIGUOUS = _("“%(text)s” may mean none or unknown. Write 0 if there are none; leave it empty if it is unknown.")
AS_RECORDED = _("“%(text)s”, as it was recorded")


@dataclass(frozen=True)
class Number:
    value: Decimal
    is_estimated: bool


def read_answered_number(text: str) -> Number | None:
    """The number that was answered, None for nothing or 不详; ValidationError if there is none or more than one."""
    typed = compact(text)
    if typed in _NONE_OR_UNKNOWN:
        raise ValidationError(AMBIGUOUS, code="ambiguous", params={"text": excerpt(text)})
    if is_unknown(typed):
        return None
    match = _NUMBER.fullmatch(typed)
    value = read_number(match["number"] + (match["scale"] or "")) if match else None
    if value is None:
        raise ValidationError(NO_NUMBER, code="unreadable", params={"text": excerpt(text)})
    if value >= LARGEST:
        raise ValidationError(TOO_LARGE, code="too_large", params={"text": excerpt(text)})
    return Number(value, bool(match["about"] or match["more"] or match["after"]))


def choices_of(question: Question) -> list[str]:
    """What the question lets one choose from today, each once."""
    return list(dict.fromkeys(line.strip() for line in question.choices.splitlines() if line.strip()))


def read_yes_no(text: str) -> str | None:
    """``YES`` or ``NO``; None for what is neither."""
    return _WORDS.get(compact(text))


def name_of(question: Question) -> str:
    """What the question's field is called on the form of a visit."""
    return f"{PREFIX}{question.pk}"


def field_of(question: Question, stored: str) -> forms.Field:
    """The field in which the question is answered; it takes what is stored as well, whether that still fits or not."""
    shown = {"label": question.text, "required": False, "initial": stored}
    if question.kind == QuestionKind.YES_NO:
        return ChosenAnswer(YES_NO, **shown | {"initial": read_yes_no(stored) or stored})
    if question.kind == QuestionKind.CHOICE and choices_of(question):
        return ChosenAnswer({choice: choice for choice in choices_of(question)}, **shown)
    if question.kind == QuestionKind.NUMBER:
        line = clean_text(stored)
        return NumberAnswer(max_length=max(LONGEST_NUMBER, len(line)), **shown | {"initial": line})
    box = forms.Textarea(attrs={"rows": 2, "cols": 40})
    return ProseField(max_length=max(LONGEST, len(stored)), widget=box, **shown)


class ChosenAnswer(forms.ChoiceField):
    """One of some, or not asked; what is stored and no longer among them stands beside them."""

    def __init__(self, labels: Mapping[str, str], *, initial: str, **kwargs):
        choices = [("", NOT_ASKED), *labels.items()]
        if initial and initial not in labels:
            choices.append((initial, AS_RECORDED % {"text": excerpt(initial)}))
        widget = forms.RadioSelect if len(choices) <= MOST_RADIOS else forms.Select
        super().__init__(choices=choices, widget=widget, initial=initial, **kwargs)


class NumberAnswer(LineField):
    """Kept as typed, once a number can be read in it; and as stored, whatever that is."""

    def to_python(self, value):
        text = super().to_python(value)
        if text == self.initial or read_answered_number(text):
            return text
        return self.empty_value
