"""Findings by plain loops over random answers: counts, shares, medians and sums are what people would count by hand."""

import random
from contextlib import suppress
from decimal import Decimal
from statistics import median

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Answer, Question, Visit
from activities.surveys.answering import Number, read_answered_number, read_yes_no
from activities.surveys.findings import findings, plain

CHOICES = ["会费", "捐赠", "政府购买"]
STATUSES = ["done", "done", "done", "planned", "refused", "not-found"]
TYPED = {
    "yes-no": ["yes", "no", "是", "没有", "一半", ""],
    "choice": [*CHOICES, "借款", ""],
    "number": ["0", "40", "约40", "1.5万", "三百", "很多", "不详", ""],
    "text": ["场地", "培训\n和钱", ""],
}
MEANT = {"yes": "yes", "是": "yes", "no": "no", "没有": "no"}
NUMBERS = {"0": 0, "40": 40, "约40": 40, "1.5万": 15000, "三百": 300}


def random_survey(seed: int) -> tuple[list[Question], list[Answer], list[Visit]]:
    """Unsaved; about a fifth of the questions were not asked at each visit."""
    chance = random.Random(seed)  # noqa: S311  no secret
    questions = [
        Question(pk=number, text=f"问题{number}", kind=kind, choices="\n".join(CHOICES))
        for number, kind in enumerate(TYPED, start=1)
    ]
    visits = [Visit(pk=number, status=chance.choice(STATUSES)) for number in range(chance.randrange(30))]
    answers = [
        Answer(
            pk=visit.pk * 10 + question.pk, visit=visit, question=question, value=chance.choice(TYPED[question.kind])
        )
        for visit in visits
        for question in questions
        if chance.random() < 0.8
    ]
    return questions, answers, visits


@pytest.mark.parametrize("seed", range(40))
def test_counts_shares_medians_and_sums_by_plain_loops(seed):
    questions, answers, visits = random_survey(seed)
    done = sum(visit.status == "done" for visit in visits)

    for found in findings(questions, answers, done):
        values = []
        for answer in answers:
            if answer.question is found.question and answer.visit.status == "done" and answer.value != "":
                values.append(answer.value)
        assert found.visits == done
        check = {"yes-no": of_yes_no, "choice": of_choices, "number": of_numbers, "text": of_texts}
        check[found.question.kind](found, values)


def of_yes_no(found, values: list[str]) -> None:
    meant = [MEANT[value] for value in values if value in MEANT]
    counted = [(meant.count(word), len(meant)) for word in ("yes", "no")]

    assert [(share.count, share.n) for share in found.shares] == counted
    assert (found.n, [answer.value for answer in found.misfits]) == (len(meant), [v for v in values if v == "一半"])
    check_percents(found)


def of_choices(found, values: list[str]) -> None:
    fitting = [value for value in values if value != "借款"]

    assert [(share.label, share.count) for share in found.shares] == [(one, fitting.count(one)) for one in CHOICES]
    assert (found.n, len(found.misfits)) == (len(fitting), len(values) - len(fitting))
    check_percents(found)


def check_percents(found) -> None:
    for share in found.shares:
        if found.n == 0:
            assert share.percent is None
        else:
            assert abs(share.percent - Decimal(share.count) * 100 / found.n) <= Decimal("0.05")


def of_numbers(found, values: list[str]) -> None:
    numbers = [NUMBERS[value] for value in values if value in NUMBERS]

    assert (found.n, found.shares, len(found.misfits)) == (len(numbers), [], len(values) - len(numbers))
    if numbers:
        assert (found.least, found.most, found.sum) == (min(numbers), max(numbers), sum(numbers))
        assert found.median == Decimal(str(median(numbers)))
        assert found.estimated == values.count("约40")
    else:
        assert (found.least, found.most, found.sum, found.median) == (None, None, None, None)


def of_texts(found, values: list[str]) -> None:
    assert [answer.value for answer in found.texts] == values
    assert (found.n, found.shares, found.misfits) == (len(values), [], [])


@pytest.mark.parametrize(
    ("text", "value", "is_added"),
    [
        ("哪一年成立", "2008", False),
        ("成立时间", "2008", False),  # all of them are years
        ("专职人员占比", "40", False),
        ("理事平均年龄", "40", False),
        ("去年服务多少人", "4000", True),
        ("全年支出（元）", "0", True),
    ],
)
def test_what_makes_no_sense_as_a_sum_has_none(text, value, is_added):
    question = Question(pk=1, text=text, kind="number")
    answers = [Answer(pk=n, visit=Visit(pk=n, status="done"), question=question, value=value) for n in (1, 2)]

    (found,) = findings([question], answers, 2)

    assert found.sum == (2 * Decimal(value) if is_added else None)
    assert found.median == Decimal(value)


def test_choice_without_choices_is_told_in_words():
    question = Question(pk=1, kind="choice", choices=" \n")
    answer = Answer(pk=1, visit=Visit(pk=1, status="done"), question=question, value="好")

    (found,) = findings([question], [answer], 1)

    assert (found.kind, found.texts, found.misfits) == ("text", [answer], [])


@pytest.mark.parametrize(
    ("typed", "value", "is_estimated"),
    [
        ("约3万", "30000", True),
        ("３５", "35", False),
        ("一百二十个", "120", False),
        ("30多人", "30", True),
        ("12人左右", "12", True),
        ("75%", "75", False),
        ("1,200", "1200", False),
    ],
)
def test_numbers_as_people_write_them(typed, value, is_estimated):
    assert read_answered_number(typed) == Number(Decimal(value), is_estimated)


@given(st.text(max_size=60))
def test_any_text_is_a_number_nothing_or_a_sentence(text):
    found = None
    with suppress(ValidationError):
        found = read_answered_number(text)

    assert found is None or found.value >= 0
    assert read_yes_no(text) in ("yes", "no", None)


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_plain_numbers_print_as_people_write_them(value):
    text = str(plain(value))

    assert "E" not in text
    assert Decimal(text) == value
    assert not (("." in text) and text.endswith("0"))
