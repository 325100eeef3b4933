"""The person of each row of a roster: on record, new, or to be decided by somebody."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from activities.models import Attendance, Event
from organizations.models import Contact, Person
from organizations.people import Match, MatchKind, PersonFinder, person_key
from yixin.access.masking import PHONE, masked
from yixin.intake.journal import columns_of
from yixin.intake.plan import NEW, SKIP, Plan, Question, Row

from .event_of_roster import EventsOfRows

SAME = _("The same person: %(person)s")


class RosterPeople:
    """Same phone, or same name and organisation where a phone is missing: the same person. A name alone is asked.

    Eight queries, whatever the number of rows.
    """

    def __init__(self, plan: Plan, events: EventsOfRows):
        self.plan, self.events = plan, events
        self.persons: dict[int, Person] = {}  # by row
        self.edited: dict[int, Person] = {}
        self.roster = self._stored()
        self.here = defaultdict(list)  # by event and name
        for attendance in self.roster.values():
            self.here[attendance.event_id, person_key(attendance.person.name)].append(attendance)
        rows = plan.open_rows
        self.finder = PersonFinder([(row.values["姓名"], phone_of(row)) for row in rows])
        self.finder.tie(self._came_for())
        matches = {row.number: self._match(row) for row in rows}
        self.labels = Labels(person for match in matches.values() for person in match.candidates)
        for row in rows:
            self._settle(row, matches[row.number])

    def _stored(self) -> dict[tuple, Attendance]:
        """The rosters as they are, by event and person."""
        stored = Attendance.objects.filter(event__in=self.events.all).select_related("person", "organization", "event")
        return {(attendance.event_id, attendance.person_id): attendance for attendance in stored.order_by("pk")}

    def _came_for(self) -> dict[int, set[int]]:
        ties = defaultdict(set)
        came = Attendance.objects.filter(person__in=self.finder.ids, organization__isnull=False)
        for person, organization in came.values_list("person", "organization"):
            ties[person].add(organization)
        return ties

    def _match(self, row: Row) -> Match:
        """Whoever stands on this very roster with the same name, and nothing that speaks against it, is meant."""
        organization = row.values.get("单位")
        match = self.finder.match(row.values["姓名"], phone_of(row), organization and organization.pk)
        if match.kind == MatchKind.ASK:
            stored = self.here.get((self.events.key(row), person_key(row.values["姓名"])), ())
            here = [attendance for attendance in stored if is_meant(row, attendance)]
            if len(here) == 1:
                return Match(MatchKind.SURE, here[0].person)
        return match

    def _settle(self, row: Row, match: Match) -> None:
        if match.kind == MatchKind.ASK:
            self._ask(row, match.candidates)
        elif match.kind == MatchKind.SURE:
            self.persons[row.number] = match.person
        else:
            self._add(row)

    def _ask(self, row: Row, candidates: Iterable[Person]) -> None:
        name = row.values["姓名"]
        text = _("A “%(name)s” is on record, and a name alone does not say who it is.") % {"name": name}
        choices = [(str(person.pk), SAME % {"person": self.labels.of(person)}) for person in candidates]
        choices += [(NEW, str(_("Somebody else: a new person"))), (SKIP, str(_("Leave this row out")))]
        self.plan.warn(row, "姓名", text)
        question = Question(f"person:{row.number}", (row.number,), "姓名", str(text), tuple(choices), SKIP)
        answer = self.plan.ask(question)
        chosen = next((person for person in candidates if str(person.pk) == answer), None)
        if chosen:
            self.persons[row.number] = chosen
        elif answer == NEW:
            self._add(row)
        elif answer == SKIP:
            row.skip(_("Left out: nobody decided who “%(name)s” is.") % {"name": name})
        else:
            row.skip(_("Waiting for your decision."))

    def _add(self, row: Row) -> None:
        person = Person(name=row.values["姓名"], phone=phone_of(row))
        self.persons[row.number] = person
        self.plan.parts.append((row, person))

    def person_of(self, row: Row) -> Person:
        return self.persons[row.number]

    def attendances(self, rows: Iterable[Row]) -> dict[int, Attendance]:
        """The stored attendance of each row's person; a second row of one person is left out."""
        found, first = {}, {}
        for row in rows:
            person = self.persons[row.number]
            key = (self.events.key(row), person.pk or id(person))
            other = first.setdefault(key, row)
            if other is not row:
                row.skip(_("Row %(row)s is the same person.") % {"row": other.number})
            elif key in self.roster:
                found[row.number] = self.roster[key]
        return found

    def keep_phone(self, row: Row) -> None:
        """A person on record without a phone gets the one that the row tells; another phone is never replaced."""
        person, phone = self.persons[row.number], phone_of(row)
        if person.pk and phone and not person.phone and person.pk not in self.edited:
            before = columns_of(person)
            self.edited[person.pk] = Person(pk=person.pk, **before | {"phone": phone})
            self.plan.edits.append((row, self.edited[person.pk], before))


def is_meant(row: Row, attendance: Attendance) -> bool:
    """Whether nothing in the row speaks against the person of that name who stands on the roster."""
    organization, phone = row.values.get("单位"), phone_of(row)
    same_place = (organization and organization.pk) == attendance.organization_id
    return same_place and phone in ("", attendance.person.phone)


def phone_of(row: Row) -> str:
    return (row.values.get("电话") or [""])[0]


class Labels:
    """Persons as a question names them: organisation, last event, and a phone of which the middle is hidden.

    Whoever is asked, nothing sensitive: that somebody belongs there, or was there, is not told beside a name.
    """

    def __init__(self, persons: Iterable[Person]):
        keys = {person.pk for person in persons}
        self.told = defaultdict(dict)  # used as an ordered set
        contacts = Contact.objects.filter(person__in=keys, organization__is_sensitive=False)
        for contact in contacts.select_related("organization").order_by("pk"):
            self.told[contact.person_id][str(contact.organization)] = True
        nameable = Event.objects.nameable().order_by().values("pk")
        came = Attendance.objects.filter(person__in=keys, event__in=nameable).select_related("organization", "event")
        for attendance in came.order_by("-event__when_earliest", "-pk"):
            body = attendance.organization
            if len(self.told[attendance.person_id]) < 3:
                told = attendance.event if body is None or body.is_sensitive else body
                self.told[attendance.person_id][str(told)] = True

    def of(self, person: Person) -> str:
        parts = [*self.told.get(person.pk, ()), masked(person.phone, PHONE)]
        return "，".join([person.name, *(part for part in parts if part)])
