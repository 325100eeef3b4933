"""What the visits of a survey found: each share with the number of answers that it is a share of. No query.

Only visits that were done count. No answer is not an answer: who was not asked is in no share, and in no sum.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from statistics import median

from django.core.exceptions import ValidationError

from activities.choices import QuestionKind, VisitStatus
from activities.models import Answer, Question

from .answering import NO, YES, YES_NO, Number, choices_of, read_answered_number, read_yes_no

# What is asked for in years, shares and marks makes no sum.
_NO_SUM = re.compile(
    "年份|哪一?年|何年|年龄|岁|比例|占比|百分|率|%|％|评分|分数|打分|平均|人均|which year|average|percent|rate"
)
_YEARS = (1900, 2100)


@dataclass(frozen=True)
class Share:
    """How many of the ``n`` who answered said so."""

    label: str
    count: int
    n: int

    @property
    def percent(self) -> Decimal | None:
        """To one decimal; None where nobody answered."""
        if not self.n:
            return None
        return (Decimal(100 * self.count) / self.n).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Finding:
    """One question, and what was answered to it at the visits that were done.

    ``answers``: of those visits, not empty, in the order of the visits; ``visits``: how many were done.
    """

    question: Question
    answers: Sequence[Answer]
    visits: int

    @property
    def kind(self) -> str:
        """As text where nothing can be chosen."""
        is_open = self.question.kind == QuestionKind.CHOICE and not choices_of(self.question)
        return QuestionKind.TEXT if is_open else self.question.kind

    @property
    def n(self) -> int:
        """How many answered in a way that fits the question."""
        return len(self.fitting)

    @cached_property
    def fitting(self) -> list[tuple[Answer, str | Number]]:
        """Each with what it says."""
        read = ((answer, self._read(answer.value)) for answer in self.answers)
        return [(answer, said) for answer, said in read if said is not None]

    @property
    def misfits(self) -> list[Answer]:
        """What fits the question no more, or never did: counted in nothing, and shown."""
        fitting = {answer.pk for answer, _said in self.fitting}
        return [answer for answer in self.answers if answer.pk not in fitting]

    def _read(self, value: str) -> str | Number | None:
        if self.kind == QuestionKind.YES_NO:
            return read_yes_no(value)
        if self.kind == QuestionKind.CHOICE:
            return value if value in choices_of(self.question) else None
        if self.kind == QuestionKind.TEXT:
            return value
        try:
            return read_answered_number(value)
        except ValidationError:
            return None

    @property
    def shares(self) -> list[Share]:
        """Of every answer that can be chosen, also of those that nobody gave; [] of numbers and texts."""
        counts = Counter(said for _answer, said in self.fitting if isinstance(said, str))
        if self.kind == QuestionKind.YES_NO:
            return [Share(str(YES_NO[said]), counts[said], self.n) for said in (YES, NO)]
        if self.kind == QuestionKind.CHOICE:
            return [Share(choice, counts[choice], self.n) for choice in choices_of(self.question)]
        return []

    @property
    def numbers(self) -> list[Number]:
        return [said for _answer, said in self.fitting if isinstance(said, Number)]

    @property
    def estimated(self) -> int:
        return sum(number.is_estimated for number in self.numbers)

    @property
    def median(self) -> Decimal | None:
        values = [number.value for number in self.numbers]
        return plain(median(values)) if values else None

    @property
    def least(self) -> Decimal | None:
        return plain(min(number.value for number in self.numbers)) if self.numbers else None

    @property
    def most(self) -> Decimal | None:
        return plain(max(number.value for number in self.numbers)) if self.numbers else None

    @property
    def sum(self) -> Decimal | None:
        """None where there is nothing to add, or what cannot be added: years, shares, marks."""
        values = [number.value for number in self.numbers]
        are_years = all(_YEARS[0] <= value <= _YEARS[1] for value in values)
        if not values or are_years or _NO_SUM.search(self.question.text.casefold()):
            return None
        return plain(sum(values, Decimal(0)))

    @property
    def texts(self) -> list[Answer]:
        return list(self.answers) if self.kind == QuestionKind.TEXT else []


def findings(questions: Iterable[Question], answers: Iterable[Answer], visits: int) -> list[Finding]:
    """One of each question, in order. ``answers`` with their visit; ``visits``: how many were done."""
    heard: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.visit.status == VisitStatus.DONE and answer.value:
            heard[answer.question_id].append(answer)
    return [Finding(question, heard[question.pk], visits) for question in questions]


def plain(value: Decimal) -> Decimal:
    """Without zeros behind the point, and not as 1E+3."""
    value = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
