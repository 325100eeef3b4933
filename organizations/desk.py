"""What waits for those who keep the directory."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.keeping.reminders import Confirmed, year_ago
from organizations.models import Organization, Proposal
from yixin.desk import Asked, Item, Tone, page


def proposals(asked: Asked) -> Iterator[Item]:
    """For those who may take them over. One query."""
    if not (asked.may("change", Organization) and asked.may("view", Proposal)):
        return
    number = asked.records(Proposal).open().count()
    label = ngettext("open proposal for an entry", "open proposals for entries", number)
    address = page(Proposal, "changelist", status__exact="open")
    yield Item(label, address, Tone.TASK, number, _("from organisations, and errors that were reported"))


def entries(asked: Asked) -> Iterator[Item]:
    """One query."""
    if not asked.may("change", Organization):
        return
    number = asked.records(Organization).unconfirmed_since(year_ago(asked.today)).count()
    label = ngettext("entry not confirmed for a year", "entries not confirmed for a year", number)
    address = page(Organization, "changelist", **{Confirmed.parameter_name: Confirmed.DUE})
    note = _("tick them and make links for them to send") if asked.may("links", Organization) else ""
    yield Item(label, address, Tone.TASK, number, note)


SOURCES = [proposals, entries]
