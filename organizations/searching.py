"""One look into the directory: what is found, how many by city, county, type and field, and what to try instead."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.http import urlencode

from organizations.choices import OrganizationType
from organizations.directory import Entry, entry, with_parts
from organizations.divisions import read_divisions
from organizations.filters import OrganizationFilter
from organizations.grams import Term, neighbours
from organizations.looking import look
from organizations.models import FieldOfWork, Organization
from organizations.paging import Asked, Window, place
from organizations.querysets import OrganizationQuerySet
from organizations.tiles import Tile, city_map

A_PAGE = 30
MOST_SUGGESTED = 5
PLACES = ("city", "county", "type")  # the filters that one query counts
KEPT = ("q", "city", "county", "type", "field", "view")  # what addresses of the list carry along


@dataclass(frozen=True)
class Choice:
    """One value of a filter: how many it would leave; ``query`` is the address that chooses it, or takes it back."""

    value: str
    label: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True)
class Counted:
    """Organisations that lie in one region and are of one type. A sensitive one lies nowhere and is of none."""

    is_sensitive: bool
    city: str
    county: str
    type: str
    number: int

    def fits(self, chosen: Mapping[str, str], *, without: tuple[str, ...] = ()) -> bool:
        asked = {name: chosen[name] for name in PLACES if name in chosen and name not in without}
        return all(getattr(self, name) == value for name, value in asked.items()) and not (asked and self.is_sensitive)


class Search:
    """What one address of the list asks for. Six queries at most, whatever is found; one more where nothing is."""

    def __init__(self, everybody: OrganizationQuerySet, data: QueryDict):
        self.divisions = read_divisions()
        self.fields = list(FieldOfWork.objects.all())
        self.filter = OrganizationFilter(data, everybody, divisions=self.divisions, fields=self.fields)
        self.data, self.chosen = data, self.filter.chosen
        self._look(asked_for(data))
        if not self.total and self.filter.cut():
            self._look(asked_for(data))

    def _look(self, asked: Asked) -> None:
        """One query; two where there is no page of that number: the last one is shown."""
        self._asked, wanted = asked, self.filter
        self._looked = look(wanted.found, asked, there=wanted.there, works=wanted.works)
        city, county = self.divisions.city, self.divisions.county
        self._counted = [
            Counted(True, "", "", "", number) if secret else Counted(False, city(region), county(region), kind, number)
            for (secret, region, kind), number in self._looked.places.items()
        ]
        self.total = sum(counted.number for counted in self._counted if counted.fits(self.chosen))
        if 0 < self.total <= asked.offset:
            self._look(replace(asked, number=self.pages))

    @property
    def pages(self) -> int:
        return max(-(-self.total // A_PAGE), 1)

    @property
    def page(self) -> int:
        """The number in the address; the nearest there is for any other."""
        return min(self._asked.number, self.pages)

    @cached_property
    def window(self) -> Window:
        return self._asked.window(self._looked.records(self.filter.queryset))

    @cached_property
    def entries(self) -> list[Entry]:
        """Each with the other name by which it was found, where its name does not show why."""
        keys = [term.key for term in self.filter.terms]
        return [replace(found, found_as=found.called_so(keys)) for found in map(entry, self.window.records)]

    # What the address becomes

    def query(self, **changes: str) -> str:
        """The address of the list with these values changed, from its first page on."""
        return urlencode([(name, value) for name, value in (self._kept | changes).items() if value])

    @cached_property
    def _kept(self) -> dict[str, str]:
        return {name: self.data[name] for name in KEPT if self.data.get(name)}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search box carries along besides its own words."""
        return [(name, value) for name, value in self._kept.items() if name != "q"]

    @property
    def as_cards(self) -> str:
        return self.query(view="")

    @property
    def as_table(self) -> str:
        return self.query(view="table")

    @cached_property
    def older(self) -> str:
        return self.query(before=self.window.before, page=str(max(self.page - 1, 1))) if self.window.before else ""

    @cached_property
    def newer(self) -> str:
        return self.query(after=self.window.after, page=str(self.page + 1)) if self.window.after else ""

    def choices(self, name: str, values: Iterable[tuple[str, str]], counts: Mapping[str, int], **reset) -> list[Choice]:
        chosen = self.chosen.get(name, "")
        return [
            Choice(
                value, label, counts.get(value, 0), value == chosen,
                self.query(**{name: "" if value == chosen else value}, **reset),
            )
            for value, label in values
        ]  # fmt: skip

    def counts(self, name: str, *, without: tuple[str, ...]) -> Counter:
        found: Counter = Counter()
        for counted in self._counted:
            if not counted.is_sensitive and counted.fits(self.chosen, without=without):
                found[getattr(counted, name)] += counted.number
        return found

    @cached_property
    def cities(self) -> list[Tile]:
        """All of them on the map, zeros too."""
        counts = self.counts("city", without=("city", "county"))
        cities = self.choices("city", [(city.code, city.name) for city in self.divisions.cities], counts, county="")
        return city_map((city.value, city.label, city.count, city.query, city.is_chosen) for city in cities)

    @cached_property
    def picked(self) -> list[Choice]:
        """The values of filters that are chosen, each with the address that takes it back."""
        found = []
        for name, field in self.filter.form.fields.items():
            labels = dict(getattr(field, "choices", ()))
            if name in self.chosen and name != "q":
                reset = {"county": ""} if name == "city" else {}
                value = self.chosen[name]
                found.append(Choice(value, str(labels.get(value, value)), 0, True, self.query(**{name: ""} | reset)))
        return found

    @cached_property
    def counties(self) -> list[Choice]:
        """Of the chosen city, those in which there is any; none without a city."""
        if "city" not in self.chosen:
            return []
        counties = self.divisions.counties(self.chosen["city"])
        counts = self.counts("county", without=("county",))
        return some(self.choices("county", [(county.code, county.name) for county in counties], counts))

    @cached_property
    def types(self) -> list[Choice]:
        values = [(value, str(label)) for value, label in OrganizationType.choices]
        return some(self.choices("type", values, self.counts("type", without=("type",))))

    @cached_property
    def works(self) -> list[Choice]:
        """The fields of work in which any is found."""
        counts = {field.code: self._looked.works[field.pk] for field in self.fields}
        return some(self.choices("field", [(field.code, str(field)) for field in self.fields], counts))

    @cached_property
    def suggestions(self) -> list[Entry]:
        """Organisations that are called nearly so, where nothing was found. At most three queries."""
        near = [piece for term in self.filter.terms for piece in neighbours(term)]
        if self.total or not near:
            return []
        return [entry(found) for found in nearest(with_parts(self.filter.queryset), near)]


def asked_for(data: QueryDict) -> Asked:
    """The page that an address names: by the place where it begins or ends, else by its number."""
    number = data.get("page", "")[:9]
    number = max(int(number), 1) if number.isascii() and number.isdigit() else 1
    return Asked(A_PAGE, number, place(data.get("after")), place(data.get("before")))


def nearest(everybody: OrganizationQuerySet, near: list[Term]) -> list[Organization]:
    """Those of whose names the most pieces are found, the best first. One query."""
    ranges = reduce(or_, (Q(grams__gram__gte=term.start, grams__gram__lt=term.end) for term in near))
    found = everybody.filter(ranges).annotate(shared=Count("grams"))
    return list(found.order_by("-shared", "name_pinyin", "slug")[:MOST_SUGGESTED])


def some(choices: list[Choice]) -> list[Choice]:
    return [choice for choice in choices if choice.count or choice.is_chosen]
