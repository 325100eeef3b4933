"""Which report an address means, and who may open it."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from organizations.models import Organization
from reports.models import Edition
from yixin.access.territories import confined

LIVE = "reports.view_annualreport"  # the permission to see a year before it is published
WRITE = "reports.change_annualreport"  # to write its report and to publish it


def sees_live(user) -> bool:
    """Whether the user sees a year before it is published. It is of the whole province: nobody confined to a city."""
    return user.has_perm(LIVE) and confined(user) is None


@method_decorator(never_cache, name="dispatch")
class OfReport(View):
    """A page of the report on one year, or of one funder's report on it: ``self.year``, ``self.funder``."""

    def setup(self, request: HttpRequest, *args, year: int, funder: str = "", **kwargs) -> None:
        super().setup(request, *args, year=year, **kwargs)
        self.year, self.slug = year, funder

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        self.funder = self._funder() if self.slug else None
        kwargs.pop("year", None), kwargs.pop("funder", None)
        return super().dispatch(request, *args, **kwargs)

    def _funder(self) -> Organization:
        """Funders' reports are for staff: to all others there is no such address."""
        if not self.may_see_live:
            raise Http404
        try:
            return Organization.objects.get(slug=self.slug)
        except Organization.DoesNotExist as error:
            raise Http404 from error

    @property
    def may_see_live(self) -> bool:
        return sees_live(self.request.user)

    @property
    def at(self) -> dict:
        """What the addresses of this report have in common."""
        return {"year": self.year} | ({"funder": self.slug} if self.slug else {})

    def context(self, **more) -> dict:
        return {"year": self.year, "funder": self.funder, "at": self.at} | more

    def published(self) -> Edition | None:
        """The newest edition. One query."""
        editions = Edition.objects.filter(report__year=self.year, report__funder=self.funder)
        return editions.select_related("report", "published_by").order_by("-number").first()


class ForStaff(PermissionRequiredMixin, OfReport):
    """A page for those who may see a year before it is published; others log in, or are told that they may not."""

    permission_required = LIVE

    def has_permission(self) -> bool:
        return super().has_permission() and self.may_see_live


class ForCoordinators(ForStaff):
    """A page for those who write and publish reports."""

    permission_required = (LIVE, WRITE)
