"""The form of a visit: the questions of its survey are fields of it, and its tickets stand at its foot."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Answer, Visit
from activities.tests.factories import make_answer, make_question, make_survey, make_visit
from activities.tests.surveying import ask, asked, form_in, form_of, heard, name_of, permissions, send
from yixin.tests.factories import make_user
from yixin.tests.registry import as_it_stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


# The questions


def test_questions_are_fields_of_their_kind_in_order_of_position(office):
    survey = make_survey()
    for position, kind in ((3, "text"), (1, "yes-no"), (2, "choice"), (4, "number")):
        make_question(survey=survey, position=position, kind=kind, text=kind, choices="会费\n\n捐赠\n会费 ")
    make_question(text="of another survey")

    form = form_in(office.get(form_of(make_visit(survey=survey))))

    fields = [field for name, field in form.fields.items() if name.startswith("answer_")]
    assert [(field.label, type(field.widget).__name__) for field in fields] == [
        ("yes-no", "RadioSelect"), ("choice", "RadioSelect"), ("text", "Textarea"), ("number", "TextInput"),
    ]  # fmt: skip
    assert [list(map(str, dict(field.choices).values())) for field in fields[:2]] == [
        ["not asked", "yes", "no"],
        ["not asked", "会费", "捐赠"],
    ]


def test_many_choices_are_a_list_to_open(office):
    question = make_question(kind="choice", choices="\n".join(map(str, range(8))))

    field = form_in(office.get(form_of(make_visit(survey=question.survey)))).fields[name_of(question)]

    assert (type(field.widget).__name__, len(field.choices)) == ("Select", 9)


def test_answers_become_rows_and_no_answer_becomes_none(office):
    visit = make_visit()
    registered, funds, people, wish, _note = ask(visit.survey, "yes-no", "choice", "number", "text", "text")

    response = send(
        office,
        visit,
        **{
            name_of(registered): "yes",
            name_of(funds): "捐赠",
            name_of(people): " 约３万人 ",
            name_of(wish): "场地\r\n培训",
        },
    )

    assert response.status_code == 302
    assert heard(visit) == {registered: "yes", funds: "捐赠", people: "约３万人", wish: "场地\n培训"}


def test_change_and_clearing(office):
    visit = make_visit()
    changed, cleared, kept = ask(visit.survey, "yes-no", "text", "number")
    rows = [make_answer(visit=visit, question=q, value=v) for q, v in ((changed, "yes"), (cleared, "好"), (kept, "40"))]

    send(office, visit, **{name_of(changed): "no", name_of(cleared): " "})

    assert heard(visit) == {changed: "no", kept: "40"}
    assert set(Answer.objects.values_list("pk", flat=True)) == {rows[0].pk, rows[2].pk}


@pytest.mark.parametrize(
    "typed", ["400", "约40", "30余人", "0.35万", "三百", "12 家", "3.5年", "0", "１，２００", "¥300元"]
)
def test_numbers_are_taken_as_people_write_them(office, typed):
    visit = make_visit()
    (question,) = ask(visit.survey, "number")

    response = send(office, visit, **{name_of(question): typed})

    assert (response.status_code, heard(visit)) == (302, {question: typed})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("很多", "is not a number that can be read"),
        ("一直没有", "is not a number that can be read"),
        ("10-20", "is not a number that can be read"),
        ("无", "may mean none or unknown"),
        ("9" * 14, "is too large a number"),
    ],
)
def test_what_is_no_number_is_told_at_its_field_and_nothing_is_lost(office, typed, sentence):
    visit = make_visit()
    number, wish = ask(visit.survey, "number", "text")

    form = form_in(send(office, visit, **{name_of(number): typed, name_of(wish): "场地", "outcome": "谈得很好"}))

    assert list(form.errors) == [name_of(number)]
    assert sentence in form.errors[name_of(number)][0]
    assert [form[name].value() for name in (name_of(number), name_of(wish), "outcome")] == [typed, "场地", "谈得很好"]
    assert heard(visit) == {}


def test_what_cannot_be_chosen_is_refused(office):
    visit = make_visit()
    choice, yes_no = ask(visit.survey, "choice", "yes-no")

    form = form_in(send(office, visit, **{name_of(choice): "借款", name_of(yes_no): "perhaps"}))

    assert (sorted(form.errors), heard(visit)) == (sorted([name_of(choice), name_of(yes_no)]), {})


@pytest.mark.parametrize(
    ("kind", "value"), [("choice", "借款"), ("yes-no", "一半"), ("number", "很多\n真的"), ("number", "不详")]
)
def test_answer_that_does_not_fit_any_more_is_shown_and_kept(office, kind, value):
    visit = make_visit()
    (question,) = ask(visit.survey, kind)
    make_answer(visit=visit, question=question, value=value)

    page = office.get(form_of(visit))
    response = send(office, visit, outcome="补记")

    assert value.split("\n")[0] in page.content.decode()
    assert (response.status_code, heard(visit)) == (302, {question: value})


def test_yes_typed_as_a_word_before_is_the_yes_of_the_form(office):
    visit = make_visit()
    (question,) = ask(visit.survey, "yes-no")
    make_answer(visit=visit, question=question, value="是")

    assert form_in(office.get(form_of(visit)))[name_of(question)].value() == "yes"


def test_visit_moved_to_another_survey_keeps_its_answers_in_sight(office):
    visit, other = make_visit(), make_survey()
    (old,), (new,) = ask(visit.survey, "text"), ask(other, "text")
    make_answer(visit=visit, question=old, value="好")

    send(office, visit, survey=other.pk)
    page = office.get(form_of(visit))
    send(office, visit, **{name_of(new): "新"})

    visit.refresh_from_db()
    assert (visit.survey, heard(visit)) == (other, {old: "好", new: "新"})
    assert asked(page) == [name_of(new), name_of(old)]


def test_answers_written_while_somebody_moves_the_visit_are_kept(office):
    visit, other = make_visit(), make_survey()
    (question,) = ask(visit.survey, "text")
    sent = as_it_stands(office.get(form_of(visit))) | {name_of(question): "好"}
    Visit.objects.update(survey=other)

    response = office.post(form_of(visit), sent)

    visit.refresh_from_db()
    assert (response.status_code, visit.survey, heard(visit)) == (302, other, {question: "好"})


def test_two_who_answer_at_once_lose_nothing(office):
    visit = make_visit()
    mine, theirs, both = ask(visit.survey, "text", "yes-no", "number")
    page = office.get(form_of(visit))
    make_answer(visit=visit, question=theirs, value="yes")
    make_answer(visit=visit, question=both, value="40")

    response = office.post(form_of(visit), as_it_stands(page) | {name_of(mine): "好", name_of(both): "50"})
    again = office.post(form_of(visit), as_it_stands(response) | {name_of(both): "50"})

    assert (response.status_code, list(form_in(response).errors)) == (200, [name_of(both)])
    assert [form_in(response)[name_of(one)].value() for one in (mine, theirs, both)] == ["好", "yes", "50"]
    assert (again.status_code, heard(visit)) == (302, {mine: "好", theirs: "yes", both: "50"})


def test_form_costs_the_same_for_1_and_20_questions(office):
    visit, costs = make_visit(), []
    for number in (1, 19):
        for question in ask(visit.survey, *["text"] * number):
            make_answer(visit=visit, question=question, value="好")
        office.get(form_of(visit))
        with CaptureQueriesContext(connection) as queries:
            office.get(form_of(visit))
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_who_only_reads_sees_the_answers(client):
    visit = make_visit()
    (question,) = ask(visit.survey, "text")
    make_answer(visit=visit, question=question, value="要场地 <b>")
    reader = make_user(is_staff=True)
    reader.user_permissions.add(*permissions("view_visit"))
    client.force_login(reader)

    page = client.get(form_of(visit))

    assert page.status_code == 200
    assert "要场地 &lt;b&gt;" in page.content.decode()
    assert "<textarea" not in page.content.decode()
