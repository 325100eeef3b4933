"""Which records a regional volunteer sees and writes: those of their own prefecture city, by one table of paths.

A volunteer is whoever has that role, or is given a city in the site of the staff. Whatever other roles they have, they
are confined; superusers are not.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BigIntegerField, Exists, F, Field, Model, OuterRef, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Cast

ROLE = "volunteer"
REGION_OF_ACCOUNT = "territory__region"
WHOLE, NOTHING = "*", ""  # seen whole and written by no volunteer; not seen at all

# By model: the ways from a record to its place, any of which puts it into a city. A path, as in a query.
TERRITORIES: dict[str, str] = {
    "organizations.region": WHOLE,
    "organizations.fieldofwork": WHOLE,
    "organizations.organization": "region",
    "organizations.alias": "organization__region",
    "organizations.gram": NOTHING,
    "organizations.proposal": NOTHING,
    "organizations.entrylink": NOTHING,
    "organizations.merger": NOTHING,
    "organizations.formeraddress": NOTHING,
    "organizations.distinction": NOTHING,
    "organizations.person": "contacts__organization__region attendances__event__region",
    "organizations.territory": NOTHING,
    "organizations.contact": "organization__region",
    "organizations.networkgroup": "region",
    "grants.funding": NOTHING,
    "grants.grantround": NOTHING,
    "grants.remittance": NOTHING,
    "grants.grant": NOTHING,
    "grants.instalment": NOTHING,
    "grants.payment": NOTHING,
    "activities.workarea": WHOLE,
    "activities.course": WHOLE,
    "activities.engagement": "organization__region",
    "activities.talk": "engagement__organization__region",
    "activities.event": "region",
    "activities.eventorganization": "event__region",
    "activities.attendance": "event__region",
    "activities.survey": WHOLE,
    "activities.surveytarget": WHOLE,
    "activities.visit": "organization__region",
    "activities.question": WHOLE,
    "activities.answer": "visit__organization__region",
    "activities.publication": NOTHING,
    "activities.photo": "event__region",
    "activities.expense": "event__region visit__organization__region",
    "reports.annualreport": NOTHING,
    "reports.section": NOTHING,
    "reports.edition": NOTHING,
    "reports.acceptance": NOTHING,
    "reports.amendment": NOTHING,
    "intake.intake": NOTHING,
    "intake.change": NOTHING,
    "intake.export": NOTHING,
    "access.sighting": NOTHING,
    "access.revision": NOTHING,
    "access.savedform": NOTHING,
}
# Those that lie nowhere until something is tied to them: seen until then by who added them.
ADDED_FIRST = {"organizations.person"}


def reach(model: type[Model]) -> str:
    """``WHOLE``, ``NOTHING``, or the paths, parted by spaces; ``NOTHING`` for what is not ours."""
    return TERRITORIES.get(model._meta.label_lower, NOTHING)


def paths(model: type[Model]) -> list[str]:
    return [] if reach(model) == WHOLE else reach(model).split()


@dataclass(frozen=True)
class Own:
    """What one account is confined to. ``city``: the first four digits of the codes of all that lies in it, whatever
    its counties were called at the time; "" where nobody has entered one, and then there is nothing at all."""

    user: int
    city: str = ""
    region: int | None = None  # id of the prefecture city
    name: str = ""

    def inside(self, model: type[Model]) -> Q:
        """Those of the model's records that the account sees; no record is found twice by it."""
        if reach(model) == WHOLE and self.city:
            return Q()
        if not (self.city and paths(model)):
            return Q(pk__in=[])
        found = reduce(or_, (self._by(model, path) for path in paths(model)))
        return found | self._added(model) if model._meta.label_lower in ADDED_FIRST else found

    def choosable(self, link: Field) -> Q:
        """What the account may choose at a link of a record: places in its city, where they say in which it lies."""
        if link.name in paths(link.model):
            return Q(code__startswith=self.city) if self.city else Q(pk__in=[])
        return self.inside(link.related_model)

    def holds(self, record: Model) -> bool:
        """Whether a record that may not be stored yet lies in the city, or could not yet lie anywhere. May query."""
        ways = [path for path in paths(type(record)) if not is_many(type(record), path)]
        places = [place for path in ways if (place := _at(record, path)) is not None]
        return not ways or any(place.code.startswith(self.city) for place in places if self.city)

    def _by(self, model: type[Model], path: str) -> Q:
        lies = {f"{path}__code__startswith": self.city}
        if is_many(model, path):
            return Q(pk__in=model._base_manager.filter(**lies).order_by().values("pk"))
        return Q(**lies)

    def _added(self, model: type[Model]) -> Q:
        kind = ContentType.objects.get_for_model(model)
        log = LogEntry.objects.filter(user=self.user, content_type=kind, action_flag=ADDITION).order_by()
        nowhere = {f"{path.split(LOOKUP_SEP)[0]}__isnull": True for path in paths(model)}
        added = log.annotate(record=Cast("object_id", BigIntegerField())).values("record")
        return Q(pk__in=model._base_manager.filter(pk__in=added, **nowhere).order_by().values("pk"))


def is_many(model: type[Model], path: str) -> bool:
    """Whether a record may have many places by the path."""
    return not model._meta.get_field(path.split(LOOKUP_SEP, maxsplit=1)[0]).concrete


def _at(record: Model | None, path: str) -> Model | None:
    for name in path.split(LOOKUP_SEP):
        record = getattr(record, name, None)
    return record


def is_closed(model: type[Model], name: str) -> bool:
    """Whether a column leads to what volunteers see nothing of, or to many of which they see a part."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if not field.is_relation:
        return False
    return reach(field.related_model) == NOTHING or (field.many_to_many and reach(field.related_model) != WHOLE)


def confined(user) -> Own | None:
    """What the account is confined to; None for all but volunteers. A query only where nobody has logged in."""
    if not user.is_authenticated or user.is_superuser:
        return None
    if not hasattr(user, "confined_to"):
        account = with_territory(get_user_model().objects.filter(pk=user.pk)).first()
        user.confined_to = read_territory(account) if account else Own(user.pk)
    return user.confined_to


def with_territory(accounts: QuerySet) -> QuerySet:
    """Each with what `read_territory` reads."""
    is_volunteer = Exists(Group.objects.filter(user=OuterRef("pk"), name=ROLE))
    place = {f"territory_{name}": F(f"{REGION_OF_ACCOUNT}__{name}") for name in ("code", "id", "name")}
    return accounts.annotate(is_volunteer=is_volunteer, **place)


def read_territory(account) -> Own | None:
    if account.territory_code:
        return Own(account.pk, account.territory_code[:4], account.territory_id, account.territory_name)
    return Own(account.pk) if account.is_volunteer else None
