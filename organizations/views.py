from django.utils.cache import patch_vary_headers
from django.views.generic import DetailView, TemplateView

from organizations.directory import contacts_of, entry, other_names, with_parts
from organizations.merging.addresses import FormerAddresses
from organizations.models import Organization
from organizations.searching import Search
from organizations.timeline import tell, year_asked_for


class OrganizationList(TemplateView):
    """The public directory: found by name, place, type and field of work; with htmx only what was found."""

    template_name = "organizations/organization_list.html"
    results = "organizations/_results.html"

    def get_template_names(self):
        is_part = self.request.htmx and not self.request.htmx.history_restore_request
        return [self.results if is_part else self.template_name]

    def get_context_data(self, **kwargs):
        everybody = Organization.objects.visible_to(self.request.user)
        search = Search(everybody, self.request.GET)
        is_table = self.request.GET.get("view") == "table"
        return super().get_context_data(search=search, is_table=is_table, **kwargs)

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response


class OrganizationDetail(FormerAddresses, DetailView):
    """One organisation's public page."""

    template_name = "organizations/organization_detail.html"

    def get_queryset(self):
        return with_parts(Organization.objects.visible_to(self.request.user))

    def get_context_data(self, **kwargs):
        year = year_asked_for(self.request.GET.get("year", ""))
        return {
            "entry": entry(self.object),
            "names": other_names(self.object),
            "contacts": contacts_of(self.object),
            "timeline": tell(self.object, year),
        }
