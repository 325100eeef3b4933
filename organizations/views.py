from django.views.generic import DetailView, ListView

from organizations.directory import contacts_of, entry, with_parts
from organizations.filters import OrganizationFilter
from organizations.models import Organization


class OrganizationList(ListView):
    """The public directory: found by name, city, type and field of work."""

    template_name = "organizations/organization_list.html"
    paginate_by = 30

    def get_queryset(self):
        everybody = with_parts(Organization.objects.public())
        self.filter = OrganizationFilter(self.request.GET or None, queryset=everybody)
        return self.filter.qs

    def paginate_queryset(self, queryset, page_size):
        """A page number that is none, or beyond the last, gives the nearest page there is."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        query = self.request.GET.copy()
        query.pop("page", None)
        entries = [entry(organization) for organization in context["object_list"]]
        return context | {"entries": entries, "filter": self.filter, "query": query.urlencode()}


class OrganizationDetail(DetailView):
    """One organisation's public page."""

    template_name = "organizations/organization_detail.html"

    def get_queryset(self):
        return with_parts(Organization.objects.public())

    def get_context_data(self, **kwargs):
        return {"entry": entry(self.object), "contacts": contacts_of(self.object)}
