"""What search engines should know of: pages that say something to anybody."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Q, QuerySet
from django.urls import reverse

from organizations.models import Organization
from reports.models import Edition

MOST = 5_000  # addresses in one file, which is made in memory; the protocol allows 50,000


class Pages(Sitemap):
    """The pages that are always there."""

    def items(self) -> list[str]:
        lists = ["organizations:organization-list", "groups:group-list", "activities:publication-list"]
        return ["reports:home", *lists, "reports:report-list", "reports:open-data"]

    def location(self, name: str) -> str:
        return reverse(name)


class Reports(Sitemap):
    """The published years, each with the day of its newest edition."""

    def items(self) -> list[tuple]:
        newest: dict[int, object] = {}
        for year, published_at in Edition.objects.public().values_list("report__year", "published_at"):
            newest.setdefault(year, published_at)
        return list(newest.items())

    def location(self, item: tuple) -> str:
        return reverse("reports:report-detail", args=[item[0]])

    def lastmod(self, item: tuple):
        return item[1]


class Organizations(Sitemap):
    """Entries of which more is told than their name. Those that are missing are not all sensitive: of some, nothing
    is known; so nobody can tell them apart by comparing this with the directory."""

    limit = MOST

    def items(self) -> QuerySet:
        told = Organization.objects.public().not_sensitive().exclude(Q(region=None) & Q(introduction=""))
        return told.order_by("pk").values_list("slug", flat=True)

    def location(self, slug: str) -> str:
        return reverse("organizations:organization-detail", args=[slug])


SITEMAPS = {"pages": Pages, "reports": Reports, "organizations": Organizations}
