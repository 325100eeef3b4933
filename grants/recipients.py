"""Who a grant goes to when a table only gives a name: an organisation or a person."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from organizations.linking import OrganizationLinks
from organizations.models import Organization, Person
from organizations.names import NameFinder
from organizations.people import looks_like_a_person
from yixin.intake.plan import NEW, SKIP, Plan, Question, Row
from yixin.text import name_key

MOST_CANDIDATES = 10  # persons of one name among whom somebody can choose
Recipient = Organization | Person


def recipient_key(recipient: Recipient) -> tuple:
    """The same for the same recipient, on record or coming in."""
    return type(recipient), recipient.pk or name_key(recipient.name)


class Recipients:
    """Row number → recipient. A name that fits nobody is asked about or comes in as new; never matched by a person's
    name alone, unless that person has this very grant. ``holders`` gives the recipients of a row's grant on record.
    """

    def __init__(self, plan: Plan, column: str, rows: Iterable[Row], holders: Callable[[Row], list[Recipient]]):
        self.plan, self.column = plan, column
        self.links: dict[int, Recipient] = {}
        self.made: dict[str, Person] = {}
        names = [row.values[column] for row in rows]
        keys = set(map(name_key, names))
        self.finder = NameFinder(names)
        for _row, part in plan.parts:  # a funder of this table, new itself, may be a recipient in another row
            if isinstance(part, Organization):
                self.finder.add(part)
        self.namesakes = defaultdict(list)
        for person in Person.objects.filter(name_key__in=keys).order_by("pk"):
            self.namesakes[person.name_key].append(person)
        to_organizations = [row for row in rows if not self._holds(row, holders(row)) and not self._is_person(row)]
        named = [(row, row.values[column], None) for row in to_organizations]
        self.links |= OrganizationLinks(plan, column, named, self.finder).links

    def _holds(self, row: Row, holders: list[Recipient]) -> bool:
        key = name_key(row.values[self.column])
        found = [holder for holder in holders if name_key(holder.name) == key]
        if found:
            self.links[row.number] = found[0]
        return bool(found)

    def _is_person(self, row: Row) -> bool:
        """Whether the row was settled as a person's, or left out."""
        name = row.values[self.column]
        namesakes = self.namesakes.get(name_key(name), [])[:MOST_CANDIDATES]
        if self.finder.exact(name) or (not namesakes and not looks_like_a_person(name)):
            return False
        if namesakes:
            answer = self._ask(row, name, namesakes)
            chosen = next((person for person in namesakes if str(person.pk) == answer), None)
        else:
            answer, chosen = NEW, None
            self.plan.warn(row, self.column, _("“%(name)s” comes in as a person.") % {"name": name})
        if chosen or answer == NEW:
            self.links[row.number] = chosen or self._add(row, name)
        else:
            row.skip(_("Nobody has decided who “%(name)s” is.") % {"name": name})
        return True

    def _ask(self, row: Row, name: str, namesakes: list[Person]) -> str | None:
        text = _("A person called “%(name)s” is on record. Is it the same person?") % {"name": name}
        choices = [
            (str(person.pk), str(_("The same person, no. %(number)s") % {"number": person.pk})) for person in namesakes
        ]
        choices += [(NEW, str(_("Another person of this name"))), (SKIP, str(_("Leave it out")))]
        self.plan.warn(row, self.column, text)
        question = Question(f"person:{row.number}", (row.number,), self.column, str(text), tuple(choices), NEW)
        return self.plan.ask(question)

    def _add(self, row: Row, name: str) -> Person:
        person = self.made.setdefault(name_key(name), Person(name=name))
        self.plan.parts.append((row, person))
        return person
