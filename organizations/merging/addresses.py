"""An address from before a merge leads to the organisation that was kept."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control

from organizations.models import Organization


def kept_at(slug: str, user) -> Organization | None:
    """Whom the visitor finds who follows a former address; None for nobody, and for one that the visitor may not see.

    An address spells a name: of a sensitive organisation no other name is told, so no former address either. One query.
    """
    seen = Organization.objects.visible_to(user).not_sensitive()
    return seen.filter(former_addresses__slug=slug).first()


class FormerAddresses:
    """Mixed into the page of an organisation."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            kept = kept_at(kwargs["slug"], request.user)
            if kept is None:
                raise
        query = request.META.get("QUERY_STRING")
        response = HttpResponsePermanentRedirect(f"{kept.get_absolute_url()}{query and '?'}{query}")
        patch_cache_control(response, private=True, no_cache=True)  # a merge can be undone
        return response
