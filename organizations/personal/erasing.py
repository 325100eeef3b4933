"""One person erased on their word: out of the tables, and out of every text that tells of them."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Alias, Organization, Person
from organizations.personal.forgetting import forget, nameless
from organizations.personal.knowing import Known, known
from yixin.access.masking import SEE_PERSONAL
from yixin.access.sweeping import Place, cover, empty_caches, end_sessions, overwrite_what_goes, places
from yixin.locks import Reason
from yixin.safekeeping import erased

log = logging.getLogger(__name__)
MAY_ERASE = [SEE_PERSONAL, "organizations.delete_person"]
GONE = _("This person is not there any more. Nothing was changed.")


@dataclass(frozen=True)
class Look:
    """What no program can judge: somebody has to look at it. ``address`` leads there, "" for nowhere."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Plan:
    """What erasing would do. ``shared``: keys of places where only a name or number stands that others have too."""

    person: Person
    known: Known
    places: tuple[Place, ...]
    shared: frozenset[str]

    @property
    def choices(self) -> list[tuple[Place, bool]]:
        """The places that a human being is asked about, and whether others are called so too."""
        return [(place, place.key in self.shared) for place in self.places if not place.is_log]


@dataclass(frozen=True)
class Erased:
    """How many records of each kind were changed or went, by label; ``texts``: places in texts; ``sessions`` ended."""

    records: dict[str, int]
    texts: int
    sessions: int


def plan(person: Person, also: Collection[str] = ()) -> Plan:
    """Reads every text that there is."""
    found = known(person, also)
    everywhere = tuple(place for place in places(found.all) if (place.model, place.record) != (Person, person.pk))
    own = (any(found.own.spans(text) for text in place.texts) for place in everywhere)
    shared = frozenset(place.key for place, is_own in zip(everywhere, own, strict=True) if not is_own)
    return Plan(person, found, everywhere, shared)


def erase(
    *, key: int, reason: Reason, also: Collection[str] = (), left: Collection[str] = (), taken: Collection[str] = ()
) -> Erased:
    """All of it or nothing. ``left``: keys of places that tell of somebody else, and stay as they are; ``taken``: of
    shared places that tell of this person all the same. Raises ValidationError where the person is gone. Totals stay
    what they are."""
    overwrite_what_goes()
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(pk=key).first()
        if person is None:
            raise ValidationError(GONE, code="gone")
        found = plan(person, also)
        staying = (found.shared - set(taken)) | set(left)
        told = [place for place in found.places if place.key not in staying]
        reason = replace(reason, text=found.known.all.covered(reason.text, nameless(key)))
        records = forget([key], reason)
        cover(told, found.known.all, nameless(key), reason)
        ended = end_sessions(found.known.own)
        empty_caches()
        transaction.on_commit(lambda: erased.remember(Person._meta.label_lower, key, reason.at))
    log.info("person %s erased: %s places, %s sessions", key, len(told), ended)
    return Erased(records, len(told), ended)


LOOKS: list = []  # of the apps above: from a person to what somebody has to look at


def register(*sources) -> None:
    LOOKS.extend(sources)


def to_look_at(found: Plan) -> list[Look]:
    """What stays, and may tell of the person all the same. To be asked before they are erased."""
    return [*_called_after(found.known), *_accounts(found.known), *(look for source in LOOKS for look in source(found))]


def _called_after(who: Known) -> Iterable[Look]:
    called = Q()
    for name in who.all.names:
        called |= Q(name_key__contains=name)
    if not called:
        return
    for organization in Organization.objects.filter(called).order_by("pk"):
        yield Look(_("The organisation “%(name)s” is called so.") % {"name": organization})
    for alias in Alias.objects.filter(called).select_related("organization").order_by("pk"):
        yield Look(_("“%(name)s” is another name of “%(of)s”.") % {"name": alias, "of": alias.organization})


def _accounts(who: Known) -> Iterable[Look]:
    for user in get_user_model().objects.order_by("pk"):
        told = f"{user.last_name}{user.first_name}", user.username, user.email
        if any(who.all.spans(text) for text in told):
            yield Look(
                _("The account “%(name)s” may be theirs: set it inactive, and take its name out.")
                % {"name": user.get_username()}
            )
