"""What can be asked of many rows, in the words of the field."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Left, StrIndex
from django.db.models.lookups import Exact, GreaterThan, In

from organizations.grams import Term, Wanted
from yixin.access.levels import Level, columns


class Among(In):
    """Whether the id is one that a sub-query finds. PostgreSQL is given an array: it would read every organisation
    rather than look up some thousand of them."""

    def __init__(self, expression, found: models.QuerySet):
        super().__init__(expression, found.query)

    def as_postgresql(self, compiler, connection):
        (key, params), (found, more) = self.process_lhs(compiler, connection), self.process_rhs(compiler, connection)
        return f"{key} = ANY(ARRAY{found})", [*params, *more]


class CodeQuerySet(models.QuerySet):
    """Rows that files name by their code."""

    def get_by_natural_key(self, code: str):
        return self.get(code=code)


class RegionQuerySet(models.QuerySet):
    def get_by_natural_key(self, code: str, valid_from: int):
        return self.get(code=code, valid_from=valid_from)

    def prefectures(self) -> "RegionQuerySet":
        """The prefecture cities of the home province, by code."""
        return self.filter(level="prefecture", code__startswith=settings.HOME_PROVINCE[:2])

    def in_use(self, year: int) -> "RegionQuerySet":
        """The divisions in force at the end of that year."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=year), valid_from__lte=year)


class OrganizationQuerySet(models.QuerySet):
    def public(self) -> "OrganizationQuerySet":
        """Those that agreed to be found by everybody, public columns only; shown as ``directory.Entry``."""
        return self._listed("public")

    def visible_to(self, user) -> "OrganizationQuerySet":
        """Those whose entry this visitor may open: who logs in sees what is for partners, too. The same columns."""
        return self._listed("public", "partners") if user.is_authenticated else self.public()

    def _listed(self, *listings: str) -> "OrganizationQuerySet":
        return self.filter(listing__in=listings).only(*columns(self.model, Level.PUBLIC), "is_sensitive")

    def not_sensitive(self) -> "OrganizationQuerySet":
        return self.filter(is_sensitive=False)

    def matching(self, everything: Iterable[Wanted]) -> "OrganizationQuerySet":
        """Those found by each of the words: by name, other name, pinyin, initials, place or field of work."""
        found = self
        for wanted in everything:
            found = found.filter(Among(F("pk"), self._called(wanted)))
        return found

    def _called(self, wanted: Wanted):
        """Ids only. UNION: for an OR PostgreSQL looks at every organisation, one by one."""
        everybody = self.model.objects.order_by()
        called = self._grams(wanted.term).values("organization").distinct()
        if wanted.term.is_clipped:
            called = everybody.filter(self._in_full(wanted.term.key), pk__in=called).values("pk")
        others = []
        if wanted.regions:
            others.append(everybody.filter(is_sensitive=False, region__in=wanted.regions).values("pk"))
        if wanted.fields:
            of_work = self.model.fields_of_work.through.objects.filter(fieldofwork__in=wanted.fields)
            others.append(of_work.values("organization"))
        return called.union(*others) if others else called

    def unconfirmed_since(self, day: date) -> "OrganizationQuerySet":
        """Those never confirmed, or last before the day; nobody is asked about an inactive one."""
        return self.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=day), is_active=True)

    def ranked(self, terms: Sequence[Term]) -> "OrganizationQuerySet":
        """With ``rank`` by the first term: 1 called just so, 2 another name just so, 3 the name begins so, 4 holds it,
        5 another name does, or the place or field of work is called so. 0 for all without a term."""
        if not terms:
            return self.annotate(rank=Value(0))
        key = terms[0].key
        # No pinyin holds a Chinese character; and the pinyin holds the Latin words of a name as they are.
        spellings = ("name_pinyin", "name_initials") if key.isascii() else ("name_key",)
        aliases = self.model.aliases.rel.related_model.objects.filter(name_key=key, organization__is_sensitive=False)
        begins = reduce(or_, (Q(Exact(Left(spelling, len(key)), key)) for spelling in spellings))
        holds = reduce(or_, (Q(GreaterThan(StrIndex(spelling, Value(key)), 0)) for spelling in spellings))
        exact = reduce(or_, (Q(**{spelling: key}) for spelling in spellings))
        by_alias = Q(pk__in=aliases.values("organization"))
        order = [exact, by_alias, begins, holds]
        return self.annotate(rank=Case(*(When(q, then=place) for place, q in enumerate(order, 1)), default=5))

    def _grams(self, term: Term):
        grams = self.model.grams.rel.related_model.objects
        return grams.filter(gram__gte=term.start, gram__lt=term.end)

    def _in_full(self, key: str) -> Q:
        """Names that hold a term longer than any gram."""
        aliases = self.model.aliases.rel.related_model.objects.filter(name_key__contains=key)
        own = Q(name_key__contains=key) | Q(name_pinyin__contains=key) | Q(name_initials__contains=key)
        return own | Q(is_sensitive=False, pk__in=aliases.values("organization"))


class ContactQuerySet(models.QuerySet):
    def public(self) -> "ContactQuerySet":
        """Contacts whose person agreed to stand in the directory, of organisations that may show any."""
        organizations = Q(organization__listing="public", organization__is_sensitive=False)
        return self.filter(organizations, consented_on__isnull=False, ended_on=None)


class NetworkGroupQuerySet(models.QuerySet):
    def public(self) -> "NetworkGroupQuerySet":
        """Name and region only: a group's number is never public."""
        return self.filter(is_public=True).only(*columns(self.model, Level.PUBLIC))


class ProposalQuerySet(models.QuerySet):
    def open(self) -> "ProposalQuerySet":
        """Those that nobody of the staff has handled yet."""
        return self.filter(status="open")
