"""The groups that keep the network together, as everybody may see them: their names, never their numbers."""

from dataclasses import dataclass
from itertools import groupby

from django.views.generic import TemplateView

from organizations.directory import city_name
from organizations.discretion import tellable
from organizations.models import NetworkGroup


@dataclass(frozen=True)
class PublicGroup:
    """``place`` is what is known beyond the city."""

    name: str
    platform: str
    place: str


@dataclass(frozen=True)
class Place:
    """The groups of one city; "" of none in particular."""

    city: str
    groups: tuple[PublicGroup, ...]


def groups_by_city() -> list[Place]:
    """By the code of the city, those of the whole province first, those of no place last. Two queries.

    A name that gives a sensitive organisation or a person away is left out.
    """
    found = list(NetworkGroup.objects.public().select_related("region__parent").order_by("name", "pk"))
    told = tellable(group.name for group in found)
    found = sorted((group for group in found if group.name in told), key=lambda group: _place(group)[0])
    return [
        Place(city, tuple(_shown(group, city) for group in groups))
        for (_code, city), groups in groupby(found, key=_place)
    ]


def _place(group: NetworkGroup) -> tuple[str, str]:
    region = group.region
    city = region.parent if region and region.level == "county" and region.parent else region
    return (city.code, city_name(region)) if city else ("~", "")  # behind all codes


def _shown(group: NetworkGroup, city: str) -> PublicGroup:
    place = group.region.name if group.region and group.region.name != city else ""
    return PublicGroup(group.name, group.get_platform_display(), place)


class GroupList(TemplateView):
    template_name = "organizations/group_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(places=groups_by_city(), **kwargs)
