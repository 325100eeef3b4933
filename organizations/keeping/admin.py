"""Links for organisations, and what came back by them, in the staff's site."""

from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from organizations.keeping.forms import DecisionForm
from organizations.keeping.handling import Review, handle
from organizations.keeping.links import make_links, open_links, path_of, revoke
from organizations.keeping.reminders import MOST_URGENT_FIRST, Confirmed
from organizations.keeping.stated import in_order, label
from organizations.models import EntryLink, Organization, Proposal
from yixin.access.masking import as_seen_by
from yixin.admin import ModelAdmin, ReadOnly

AT_ONCE = gettext_lazy("Somebody saved the same at this moment. Look at the entry, then send it again.")


class Shown:
    """A link with its whole address, to be copied."""

    def __init__(self, link: EntryLink, request: HttpRequest):
        self.link, self.address = link, request.build_absolute_uri(path_of(link))


class Keeping:
    """Mixed into the admin of organisations: links to be sent, for one or for many, and what was not confirmed."""

    def get_urls(self):
        links = path("<int:pk>/links/", self.admin_site.admin_view(never_cache(self.links_view)), name=LINKS)
        take_back = self.admin_site.admin_view(require_POST(self.take_back_view))
        back = path("<int:pk>/links/<int:link>/take-back/", take_back, name=f"{LINKS}_take_back")
        return [links, back, *super().get_urls()]

    def get_ordering(self, request):
        is_reminding = request.GET.get(Confirmed.parameter_name) in (Confirmed.DUE, "old", "never")
        return MOST_URGENT_FIRST if is_reminding else super().get_ordering(request)

    def links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """By POST with a link in any case; a new one beside others only where that is said."""
        organization, now = self._changed_by(request, pk), timezone.now()
        found = open_links(organization, now)
        if request.method == "POST":
            if not found or "another" in request.POST:
                make_links([organization], by=request.user, now=now)
                messages.success(request, _("The link is made. Copy it and send it to the organisation."))
            return redirect(f"admin:{LINKS}", pk)
        links = [Shown(link, request) for link in found]
        title = _("Links for %(organization)s") % {"organization": organization}
        return self._page(request, "entry_links", title=title, organization=organization, links=links)

    def take_back_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        organization = self._changed_by(request, pk)
        found = get_object_or_404(EntryLink, pk=link, organization=organization)
        if revoke(found, now=timezone.now()):
            messages.success(request, _("Taken back: the link opens nothing any more."))
        else:
            messages.warning(request, _("The link was used or taken back before. Nothing was changed."))
        return redirect(f"admin:{LINKS}", pk)

    @admin.action(description=gettext_lazy("Links for the ticked ones"), permissions=["links"])
    def make_links(self, request, queryset):
        links = make_links(queryset.order_by("name_pinyin", "pk"), by=request.user, now=timezone.now())
        title = _("Links for organisations")
        return self._page(request, "entry_links_made", title=title, links=[Shown(link, request) for link in links])

    def _changed_by(self, request: HttpRequest, pk: int) -> Organization:
        organization = get_object_or_404(Organization, pk=pk)
        if not self.has_links_permission(request):
            raise PermissionDenied
        return organization

    def has_links_permission(self, request: HttpRequest) -> bool:
        """Whether they may change entries, and may see who was sent links."""
        return self.has_change_permission(request) and request.user.has_perm("organizations.view_entrylink")

    def _page(self, request: HttpRequest, name: str, **context) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return TemplateResponse(request, f"admin/organizations/organization/{name}.html", context)


LINKS = "organizations_organization_links"
HANDLE = "organizations_proposal_handle"


class ProposalAdmin(ReadOnly, ModelAdmin):
    """What came from outside: nobody rewrites it, those who may change the entry decide on it."""

    list_display = ["made_at", "organization", "kind", "about", "status", "handled_by"]
    list_display_links = ["organization"]
    list_filter = ["status", "kind", "made_at"]
    list_select_related = ["organization", "handled_by"]
    search_fields = ["organization__name", "organization__name_pinyin", "organization__name_initials"]
    ordering = ["-status", "made_at", "pk"]
    show_facets = admin.ShowFacets.ALWAYS
    fields = ["made_at", "kind", "status"]

    def has_delete_permission(self, request, obj=None):
        """Rubbish can go."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.handle_view))
        return [path("<int:pk>/handle/", view, name=HANDLE), *super().get_urls()]

    @admin.display(description=gettext_lazy("about"))
    def about(self, proposal):
        return "、".join(map(label, in_order(proposal.changes))) or "…"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        proposal = self.get_object(request, object_id)
        offered = {"review": Review(proposal), "may_handle": may_handle(request)} if proposal else {}
        offered |= {"said": as_seen_by(request.user, proposal)} if proposal else {}
        if proposal and "decision" not in (extra_context or {}):
            offered["decision"] = DecisionForm(offered["review"])
        return super().change_view(request, object_id, form_url, offered | (extra_context or {}))

    def handle_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_handle(request):
            raise PermissionDenied
        proposal = get_object_or_404(Proposal.objects.select_related("organization__region"), pk=pk)
        form = DecisionForm(Review(proposal), request.POST)
        if not form.is_valid():
            return self.again(request, form)
        try:
            done = handle(proposal=proposal, decision=form.decision, by=request.user, now=timezone.now())
        except (ValidationError, IntegrityError) as error:
            form.add_error(None, sentences(error) if isinstance(error, ValidationError) else [AT_ONCE])
            return self.again(request, form)
        self.tell(request, done)
        return redirect("admin:organizations_proposal_changelist")

    def again(self, request: HttpRequest, form: DecisionForm) -> HttpResponse:
        """The page as it stands now, with what was ticked and typed."""
        request.method = "GET"  # Django takes nothing by POST from who may not rewrite the record itself
        response = self.change_view(request, str(form.review.proposal.pk), extra_context={"decision": form})
        response.status_code = 422 if response.status_code == 200 else response.status_code
        return response

    def tell(self, request: HttpRequest, done: Proposal) -> None:
        if done.accepted:
            fields = "、".join(map(label, done.accepted))
            self.log_change(request, done.organization, _("Taken from a proposal: %(fields)s") % {"fields": fields})
            messages.success(request, _("Handled. Taken over: %(fields)s.") % {"fields": fields})
        else:
            messages.success(request, _("Handled. The entry stays as it is."))


def may_handle(request: HttpRequest) -> bool:
    return request.user.has_perms(("organizations.change_organization", "organizations.view_proposal"))


def sentences(error: ValidationError) -> list[str]:
    """Each with the name of its field, where it has one."""
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        sentence if name == NON_FIELD_ERRORS else f"{label(name)}: {sentence}"
        for name, found in error.message_dict.items()
        for sentence in found
    ]
