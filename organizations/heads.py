"""Who heads an organisation and how to reach them, as a table of organisations tells it."""

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from organizations.models import Contact, Organization, Person
from yixin.intake.journal import Journal, columns_of
from yixin.intake.plan import Plan, Row
from yixin.text import name_key

HEAD = "负责人"
# Joined, not prefetched by a second step: SQLite refuses Django's query for more than a thousand persons.
CONTACTS = Prefetch("contacts", Contact.objects.select_related("person"))
OFFICE = "办公室"  # the role of a phone that belongs to nobody by name


def head_of(organization: Organization) -> Person | None:
    """The person who heads it now, else the first contact; of an organisation read with ``CONTACTS``."""
    current = [contact for contact in organization.contacts.all() if contact.ended_on is None]
    current.sort(key=lambda contact: (contact.role != HEAD, contact.role == OFFICE, contact.pk))
    return current[0].person if current else None


class Heads:
    """What the rows say of heads, phones and e-mails against what is on record. Three queries for all rows.

    A head of the same name is the same person, whose phone may change. Another name is another person,
    who comes in beside the one on record.
    """

    def __init__(self, plan: Plan, rows: Iterable[Row], known: dict[int, Organization]):
        self.plan = plan
        self.new: dict[int, Person] = {}  # by row
        phones = {row.values["电话"] for row in rows if row.values.get("电话")}
        persons = Person.objects.filter(phone__in=phones) if phones else []
        self.on_record = {(person.name_key, person.phone): person for person in persons}
        prefetch_related_objects(list(known.values()), "aliases", CONTACTS)
        for row in rows:
            if row.is_open and any(row.values.get(name) for name in ("负责人", "电话", "邮箱")):
                self._read(row, known.get(row.number))

    def _read(self, row: Row, organization: Organization | None) -> None:
        name, phone, email = (row.values.get(head) for head in ("负责人", "电话", "邮箱"))
        head = head_of(organization) if organization else None
        if head and (not name or name_key(name) == head.name_key):
            row.values |= {"负责人": head.name} if "负责人" in row.values else {}
            self._edit(row, head, phone, email)
            return
        if organization and name and name_key(name) in {c.person.name_key for c in organization.contacts.all()}:
            for column in ("负责人", "电话", "邮箱"):  # a contact already, if not the first one
                row.values.pop(column, None)
            return
        if not name:
            self.plan.warn(row, "电话", _("No name stands beside it, so it is kept as the office's."))
        elif head:
            told = {"name": name, "other": head.name}
            self.plan.warn(row, "负责人", _("“%(other)s” is on record; “%(name)s” comes in beside.") % told)
        person = self.on_record.get((name_key(name or ""), phone))
        self.new[row.number] = person or Person(
            name=name or row.values["组织名称"][:60], phone=phone or "", email=email or ""
        )

    def _edit(self, row: Row, head: Person, phone: str | None, email: str | None) -> None:
        before = columns_of(head)
        changed = {"phone": phone or head.phone, "email": email or head.email}
        if changed != {"phone": head.phone, "email": head.email}:
            # The record itself keeps its old values until the row is compared with it.
            edited = Person(pk=head.pk, **before | changed)
            self.plan.edits.append((row, edited, before))

    def write(self, rows: Iterable[Row], journal: Journal) -> None:
        """Store the new heads of the rows that were written."""
        written = [row for row in rows if row.number in self.new]
        journal.create(self.new[row.number] for row in written if self.new[row.number].pk is None)
        journal.create(
            Contact(
                person=self.new[row.number], organization=row.record, role=HEAD if row.values.get("负责人") else OFFICE
            )
            for row in written
        )
