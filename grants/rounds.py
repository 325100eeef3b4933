"""The page of a round of grants: who applied, how it was decided, and what it adds up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from grants.choices import GrantStatus
from grants.models import Grant, GrantRound
from yixin.desk import page
from yixin.intake.permissions import may

APPLICATIONS = "grants_grantround_applications"


@dataclass(frozen=True)
class Total:
    """Applications of one status, or of all: yuan that are known, and of how many they are not."""

    label: str
    grants: tuple[Grant, ...]
    address: str

    @property
    def requested(self) -> Decimal:
        return sum((grant.requested_amount or Decimal(0) for grant in self.grants), Decimal(0))

    @property
    def unknown_requested(self) -> int:
        return sum(grant.requested_amount is None for grant in self.grants)

    @property
    def awarded(self) -> Decimal:
        """Of committed grants: what was awarded to one that was withdrawn is no longer."""
        return sum((grant.awarded_amount or Decimal(0) for grant in self._committed()), Decimal(0))

    @property
    def unknown_awarded(self) -> int:
        return sum(grant.awarded_amount is None for grant in self._committed())

    def _committed(self) -> list[Grant]:
        return [grant for grant in self.grants if grant.is_committed]


def totals(grant_round: GrantRound, grants: Iterable[Grant]) -> list[Total]:
    """By status, those that occur; the last is of all."""
    grants, query = tuple(grants), {"round__id__exact": grant_round.pk}
    found = []
    for status in GrantStatus:
        of_it = tuple(grant for grant in grants if grant.status == status)
        if of_it:
            address = page(Grant, "changelist", **query, status__exact=status.value)
            found.append(Total(str(status.label), of_it, address))
    return [*found, Total(_("All"), grants, page(Grant, "changelist", **query))]


def application(grant_round: GrantRound) -> str:
    """The address of the empty form of a grant, with all that the round and the day say."""
    today = timezone.localdate()
    known = {"round": grant_round.pk, "status": GrantStatus.APPLIED.value, "applied_on": today.isoformat()}
    if grant_round.funding_id:
        known["funding"] = grant_round.funding_id
    return page(Grant, "add", **known, report_year=(grant_round.opens_on or today).year)


class RoundPages:
    """Mixed into the admin of rounds."""

    own_pages = {APPLICATIONS: gettext_lazy("Applications")}

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.applications_view))
        return [path("<int:pk>/applications/", view, name=APPLICATIONS), *super().get_urls()]

    @admin.display(description=gettext_lazy("applications"))
    def applications(self, grant_round):
        address = reverse(f"admin:{APPLICATIONS}", args=[grant_round.pk])
        return format_html('<a href="{}">{}</a>', address, _("Applications"))

    def applications_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two queries, whatever the number of applications, and those of the session."""
        grant_round = self.record_shown(request, pk, "funding__funder")
        if not may(request.user, "view", Grant):
            raise PermissionDenied
        found = Grant.objects.filter(round=grant_round).select_related("organization", "person")
        grants = list(found.order_by("applied_on", "pk"))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Applications"),
            "round": grant_round,
            "grants": grants,
            "totals": totals(grant_round, grants),
            "add": application(grant_round) if may(request.user, "add", Grant) else "",
        }
        return TemplateResponse(request, "admin/grants/grantround/applications.html", context)
