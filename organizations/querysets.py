"""What can be asked of many rows, in the words of the field."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Left, StrIndex
from django.db.models.lookups import Exact, GreaterThan

from organizations.grams import Term, Wanted
from yixin.access.levels import Level, columns


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

    def in_city(self, code: str) -> "OrganizationQuerySet":
        """Those whose seat lies in the prefecture city, whatever the county."""
        return self.filter(region__code__startswith=code[:4]).exclude(region__level="province")

    def not_sensitive(self) -> "OrganizationQuerySet":
        return self.filter(is_sensitive=False)

    def matching(self, everything: Iterable[Wanted]) -> "OrganizationQuerySet":
        """Those found by each of the words: by name, other name, pinyin, initials, place or field of work."""
        found = self
        for wanted in everything:
            # DISTINCT, for PostgreSQL would otherwise look into the grams of every organisation, one by one
            called = Q(pk__in=self._grams(wanted.term).values("organization").distinct())
            if wanted.term.is_clipped:
                called &= self._in_full(wanted.term.key)
            if wanted.regions:
                called |= Q(is_sensitive=False, region__in=wanted.regions)
            if wanted.fields:
                of_work = self.model.fields_of_work.through.objects.filter(fieldofwork__in=wanted.fields)
                called |= Q(pk__in=of_work.values("organization"))
            found = found.filter(called)
        return found

    def unconfirmed_since(self, day: date) -> "OrganizationQuerySet":
        """Those never confirmed, or last before the day."""
        return self.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=day))

    def working_in(self, code: str) -> "OrganizationQuerySet":
        """Those with this field of work."""
        of_work = self.model.fields_of_work.through.objects.filter(fieldofwork__code=code)
        return self.filter(pk__in=of_work.values("organization"))

    def ranked(self, terms: Sequence[Term]) -> "OrganizationQuerySet":
        """With ``rank`` by the first term: 1 called just so, 2 another name just so, 3 the name begins so, 4 holds it,
        5 another name does, or the place or field of work is called so. 0 for all without a term."""
        if not terms:
            return self.annotate(rank=Value(0))
        key, spellings = terms[0].key, ("name_key", "name_pinyin", "name_initials")
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
