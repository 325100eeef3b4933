"""Whom a name means that somebody types into a roster: sure, or a question to whoever typed it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Attendance
from activities.resources.roster_people import SAME, Labels
from organizations.linking import NEAR, SEVERAL
from organizations.linking import label as label_of
from organizations.models import Organization, Person, Region
from organizations.names import NameFinder
from organizations.people import MatchKind, PersonFinder
from yixin import history
from yixin.access.sensitive import sensitive_word
from yixin.intake.permissions import may

PERSON, BODY = "person", "body"  # what is asked about
NEW = "new"
THE_ONE_ELSEWHERE = gettext_lazy("It is the one on record")
ELSEWHERE = gettext_lazy("“%(name)s” is on record, but not in your city. Is it that one?")
SEVERAL_ELSEWHERE = gettext_lazy(
    "Several organisations called “%(name)s” are on record, none in your city. If it is one of them, leave the"
    " organisation out and tell your coordinator."
)
FORBIDDEN = {
    Person: gettext_lazy("“%(name)s” is no person on record, and you may not add any. Ask your administrator."),
    Organization: gettext_lazy(
        "“%(name)s” is no organisation on record, and you may not add any. Ask your administrator."
    ),
}


@dataclass(frozen=True)
class Question:
    """``name``: PERSON or BODY; ``choices``: answers and their labels."""

    name: str
    text: str
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Typed:
    """A name as it was typed, and the answer to the question that it raised before: an id, NEW, or "" for none."""

    name: str
    answer: str = ""


@dataclass(frozen=True)
class Known:
    """The persons and organisations of whom the user may be told, and whether a part of their phones as well.

    ``place``: where a volunteer's new organisations lie; None for all others: people come to an event from anywhere.
    """

    persons: QuerySet[Person]
    organizations: QuerySet[Organization]
    has_phones: bool = False
    place: Region | None = None


class Undecided(Exception):
    """A question, not an error, and nothing was written: which one is meant; without ``question``: why, or whether."""

    def __init__(self, question: Question | None = None):
        super().__init__()
        self.question = question


def organization_of(typed: Typed, known: Known) -> Organization | None:
    """The organisation of that name, unsaved if it is new; None for no name. Raises Undecided. Five queries at most."""
    name = typed.name
    if not name:
        return None
    finder = NameFinder([name])
    found = finder.exact(name)
    exact = _told(found, known.organizations)
    if len(exact) == 1:
        return exact[0]
    elsewhere = [] if exact else found
    candidates = exact or _told(finder.near(name), known.organizations)
    chosen = next((one for one in candidates + one_of(elsewhere) if str(one.pk) == typed.answer), None)
    is_new = not (candidates or elsewhere) or (typed.answer == NEW and not exact)
    if chosen or is_new:
        return chosen or Organization(name=name, is_sensitive=bool(sensitive_word(name)), region=known.place)
    choices = [(str(one.pk), label_of(one)) for one in candidates]
    choices += [(str(one.pk), THE_ONE_ELSEWHERE) for one in one_of(elsewhere)]
    if not exact:
        choices.append((NEW, _("Another organisation: add “%(name)s”") % {"name": name}))
    text = elsewhere_told(elsewhere) or (SEVERAL if exact else NEAR)
    raise Undecided(Question(BODY, text % {"name": name, "others": "、".join(map(str, candidates))}, choices))


def one_of(elsewhere: list[Organization]) -> list[Organization]:
    """Of a namesake that the user may not see they are told that it is there; several would have to be told apart."""
    return elsewhere if len(elsewhere) == 1 else []


def elsewhere_told(elsewhere: list[Organization]) -> str:
    if len(elsewhere) > 1:
        return SEVERAL_ELSEWHERE
    return ELSEWHERE if elsewhere else ""


def person_of(typed: Typed, organization: Organization | None, known: Known) -> Person:
    """The person of that name, unsaved if new. Raises Undecided: a name alone does not say who it is. Seven queries."""
    name = typed.name
    finder = PersonFinder([(name, "")])
    finder.tie(_came_for(finder.ids))
    match = finder.match(name, "", organization and organization.pk)
    if match.kind == MatchKind.SURE:
        return match.person
    candidates = _told(match.candidates, known.persons)
    chosen = next((one for one in candidates if str(one.pk) == typed.answer), None)
    if chosen or not candidates or typed.answer == NEW:
        return chosen or Person(name=name)
    labels = Labels(candidates)
    told = [
        labels.of(one) if known.has_phones else "，".join([one.name, *labels.told.get(one.pk, ())])
        for one in candidates
    ]
    choices = [(str(one.pk), SAME % {"person": text}) for one, text in zip(candidates, told, strict=True)]
    choices.append((NEW, _("Somebody else: a new person")))
    text = _("A “%(name)s” is on record, and a name alone does not say who it is.") % {"name": name}
    raise Undecided(Question(PERSON, text, choices))


def keep(part: Person | Organization | None, by: Model) -> None:
    """Store who is new, and that they were added, if the user may add any; ValidationError if not."""
    if part is None or part.pk:
        return
    if not may(by, "add", type(part)):
        raise ValidationError(FORBIDDEN[type(part)] % {"name": part.name}, code="forbidden")
    part.full_clean()
    part.save()
    history.keep([history.added(part)], by=by)


def _told(found: Sequence, known: QuerySet) -> list:
    """Those of whom the user may be told. One query."""
    if not found:
        return []
    keys = set(known.filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    return [one for one in found if one.pk in keys]


def _came_for(persons: set[int]) -> dict[int, set[int]]:
    ties = defaultdict(set)
    came = Attendance.objects.filter(person__in=persons, organization__isnull=False).order_by()
    for person, organization in came.values_list("person", "organization"):
        ties[person].add(organization)
    return ties
