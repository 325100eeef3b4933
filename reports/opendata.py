"""Grants as open data: 360Giving, from what an edition made public, as far as it may be public today."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from grants.models import Grant
from reports.grant_tables import GRANTS
from reports.models import Edition
from reports.publishing import document_of
from reports.table import Row
from yixin.access.sensitive import sensitive_word
from yixin.openfiles import LANGUAGE

VERSION = "1.4"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
LONGEST_TITLE = 139  # characters
FEW = 5  # fewer are not told apart
KEY = "grants.grant:"
Address = Callable[[str], str]


def newest_editions() -> list[Edition]:
    """Of each year on all of the work the newest edition, the newest year first. Two queries."""
    newest: dict[int, int] = {}
    for pk, year in Edition.objects.public().values_list("pk", "report__year"):
        newest.setdefault(year, pk)
    return list(Edition.objects.public().filter(pk__in=newest.values()).select_related("report")) if newest else []


@dataclass(frozen=True)
class Told:
    """One grant of an edition's full table, which the public form tells in the same words, or not."""

    pk: int
    recipient: str
    project: str
    amount: Decimal
    is_public: bool


def told_by(edition: Edition) -> list[Told]:
    """The committed grants of a known amount. What the public form says otherwise, or in one row with others, is not
    public by itself."""
    if not edition.snapshot or not edition.public_snapshot:
        return []
    full, public = (document_of(edition, is_public=is_public).table(GRANTS.code) for is_public in (False, True))
    readable = Counter(row.cells[:3] for row in public.rows) if public else Counter()
    found = []
    for row in full.rows if full else ():
        if is_told(row):
            found.append(Told(int(row.key.removeprefix(KEY)), *row.cells[:3], readable[row.cells[:3]] > 0))
            readable[row.cells[:3]] -= 1
    return found


def is_told(row: Row) -> bool:
    return row.counted and row.key.startswith(KEY) and row.cells[2] is not None


class Package:
    """All published grants. Four queries, whatever their number."""

    def __init__(self, address: Address):
        self.address, self.prefix = address, settings.OPEN_DATA_PREFIX
        self.editions = [(edition, told_by(edition)) for edition in newest_editions()]
        keys = [told.pk for _edition, grants in self.editions for told in grants]
        self.recipients = {grant.pk: grant.organization for grant in named(keys)}
        self.to_people = set(Grant.objects.filter(pk__in=keys, organization=None).values_list("pk", flat=True))

    def as_json(self) -> dict | None:
        """None while there is nothing published: 360Giving knows no empty package."""
        with override(LANGUAGE):
            grants = [grant for edition, told in self.editions for grant in self.of_year(edition, told)]
            return self.about() | {"grants": grants} if grants else None

    def about(self) -> dict:
        first, last = (choose(edition.published_at for edition, _told in self.editions) for choose in (min, max))
        return {
            "version": VERSION,
            "title": _("%(name)s: grants of the published years") % {"name": settings.SITE_NAME},
            "description": _(
                "As the newest edition of each annual report makes them public. Of the award date only the year is"
                " known. Persons, and organisations that are not named, stand in one sum a year; grants of unknown"
                " amount and withdrawn ones are left out."
            ),
            "identifier": f"{self.prefix}-grants",
            "publisher": self.publisher() | {"website": self.address(reverse("reports:home"))},
            "license": LICENSE,
            "issued": timezone.localdate(first).isoformat(),
            "modified": moment(last),
            "downloadURL": self.address(reverse("reports:grants-json")),
            "accessURL": self.address(reverse("reports:open-data")),
        }

    def of_year(self, edition: Edition, grants: list[Told]) -> list[dict]:
        shown = [told for told in grants if self.is_shown(told)]
        kept = [told for told in grants if not self.is_shown(told)]
        people = [told for told in kept if told.pk in self.to_people]
        others = [told for told in kept if told.pk not in self.to_people]
        groups = [people, others] if min(len(people), len(others)) >= FEW else [kept]
        return [self.single(edition, told) for told in shown] + [self.sum_of(edition, some) for some in groups if some]

    def is_shown(self, told: Told) -> bool:
        """Whether it was public in the edition, and still is."""
        return told.is_public and told.pk in self.recipients and not sensitive_word(told.project, told.recipient)

    def single(self, edition: Edition, told: Told) -> dict:
        recipient = self.recipients[told.pk]
        own = f"CN-USCI-{recipient.uscc}" if recipient.uscc else f"{self.prefix}-org-{recipient.slug}"
        about = _("Micro-grant of %(year)s: %(project)s")
        found = {"description": about % {"year": edition.report.year, "project": told.project}}
        found["recipientOrganization"] = [{"id": own, "name": told.recipient}]
        return self.grant(edition, str(told.pk), told.project, [told]) | found

    def sum_of(self, edition: Edition, grants: list[Told]) -> dict:
        """One sum for all of them: to persons, or to any who are not named."""
        year, few = edition.report.year, len(grants) < FEW
        count = _("fewer than %(count)s") % {"count": FEW} if few else len(grants)
        about = _("Sum of the grants of %(year)s that are not told one by one; number: %(count)s.")
        if all(told.pk in self.to_people for told in grants):
            name, code = _("Individual recipients (sum)"), "IND"
            recipient = {"recipientIndividual": {"id": f"{self.prefix}-IND-{year}", "name": name}}
        else:
            name, code = _("Recipients that are not named (sum)"), "OTHERS"
            recipient = {"recipientOrganization": [{"id": f"{self.prefix}-OTHERS-{year}", "name": name}]}
        recipient["description"] = about % {"year": year, "count": count}
        return self.grant(edition, f"{year}-{code}", name, grants) | recipient

    def grant(self, edition: Edition, key: str, title: str, grants: list[Told]) -> dict:
        year = edition.report.year
        amount = sum((told.amount for told in grants), Decimal(0))
        return {
            "id": f"{self.prefix}-{key}",
            "title": title[:LONGEST_TITLE],
            "currency": "CNY",
            "amountAwarded": int(amount) if amount == int(amount) else float(amount),
            "awardDate": min(date(year, 12, 31), timezone.localdate(edition.published_at)).isoformat(),
            "fundingOrganization": [self.publisher()],
            "grantProgramme": [{"title": _("Micro-grants")}],
            "dateModified": moment(edition.published_at),
            "dataSource": self.address(reverse("reports:report-detail", args=[year])),
        }

    def publisher(self) -> dict:
        """The hub, which gives the grants on; whose money it was is not public."""
        code = settings.PUBLISHER_USCC
        return {"id": f"CN-USCI-{code}" if code else f"{self.prefix}-hub", "name": str(settings.SITE_NAME)}


def named(keys: Iterable[int]):
    """Those of the grants that may be named today, with their organisations."""
    return Grant.objects.public().filter(pk__in=keys).select_related("organization")


def moment(when) -> str:
    return timezone.localtime(when).isoformat(timespec="seconds")
