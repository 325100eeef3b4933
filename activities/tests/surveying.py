"""A survey as it looks in the middle of its three months; used by the tests of its pages."""

from io import BytesIO

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import reverse
from PIL import Image

from activities.models import Answer, Question, Survey, Visit
from activities.tests.factories import make_answer, make_question, make_survey, make_visit
from organizations.tests.factories import make_organization, region
from yixin.tests.registry import as_it_stands

KINDS = ("yes-no", "choice", "number", "text")
VALUES = {"yes-no": ["yes", "no", "是"], "choice": ["会费", "捐赠"], "number": ["40", "约3万", "12人"], "text": ["好"]}


def page_of(survey: Survey, name: str = "progress") -> str:
    if name == "added":
        return reverse("admin:activities_visit_added", args=[survey.pk])
    return reverse(f"admin:activities_survey_{name}", args=[survey.pk])


def form_of(visit: Visit) -> str:
    return reverse("admin:activities_visit_change", args=[visit.pk])


def ask(survey: Survey, *kinds: str) -> list[Question]:
    """A question of each kind, in order."""
    return [
        make_question(survey=survey, position=number, kind=kind, choices="会费\n捐赠\n政府购买")
        for number, kind in enumerate(kinds)
    ]


def answered_survey(visits: int, questions: int) -> Survey:
    """That many visits done, each with an answer to each of that many questions."""
    survey = make_survey()
    asked = ask(survey, *(KINDS[number % 4] for number in range(questions)))
    for number in range(visits):
        organization = make_organization(region=region("360700" if number % 2 else "360721"))
        visit = make_visit(survey=survey, organization=organization)
        for question in asked:
            values = VALUES[question.kind]
            make_answer(visit=visit, question=question, value=values[number % len(values)])
    return survey


def permissions(*names: str) -> QuerySet[Permission]:
    return Permission.objects.filter(codename__in=names)


def jpeg() -> bytes:
    """A grey picture, as a phone would send one of a receipt."""
    stored = BytesIO()
    Image.new("RGB", (160, 120), "#888888").save(stored, "JPEG")
    return stored.getvalue()


def progress_of(office, survey: Survey):
    return office.get(page_of(survey)).context["told"].progress


def visit_in(survey: Survey, code: str | None = None, status: str = "done", **changes) -> Visit:
    organization = make_organization(region=region(code) if code else None)
    return make_visit(survey=survey, organization=organization, status=status, **changes)


# The form of a visit


def form_in(response):
    return response.context["adminform"].form


def name_of(question: Question) -> str:
    return f"answer_{question.pk}"


def asked(response) -> list[str]:
    return [name for name in form_in(response).fields if name.startswith("answer_")]


def send(office, visit: Visit, **changes):
    return office.post(form_of(visit), as_it_stands(office.get(form_of(visit))) | changes)


def heard(visit: Visit) -> dict[Question, str]:
    return {answer.question: answer.value for answer in Answer.objects.filter(visit=visit)}
