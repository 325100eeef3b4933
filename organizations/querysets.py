"""What can be asked of many rows, in the words of the field."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yixin.access.levels import Level, columns
from yixin.text import name_key


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
        return self.filter(listing="public").only(*columns(self.model, Level.PUBLIC), "is_sensitive")

    def in_city(self, code: str) -> "OrganizationQuerySet":
        """Those whose seat lies in the prefecture city, whatever the county."""
        return self.filter(region__code__startswith=code[:4]).exclude(region__level="province")

    def not_sensitive(self) -> "OrganizationQuerySet":
        return self.filter(is_sensitive=False)

    def called(self, words: str) -> "OrganizationQuerySet":
        """Those with a name or alias, or its pinyin, that holds the words; all of them for no words."""
        key = name_key(words)
        if not key:
            return self
        found = Q(name_key__contains=key) | Q(name_pinyin__startswith=key) | Q(name_initials__startswith=key)
        by_alias = self.model.aliases.rel.related_model.objects.filter(name_key__contains=key)
        return self.filter(found | Q(pk__in=by_alias.values("organization")))


class ContactQuerySet(models.QuerySet):
    def public(self) -> "ContactQuerySet":
        """Contacts whose person agreed to stand in the directory, of organisations that may show any."""
        organizations = Q(organization__listing="public", organization__is_sensitive=False)
        return self.filter(organizations, consented_on__isnull=False, ended_on=None)


class NetworkGroupQuerySet(models.QuerySet):
    def public(self) -> "NetworkGroupQuerySet":
        """Name and region only: a group's number is never public."""
        return self.filter(is_public=True).only(*columns(self.model, Level.PUBLIC))
