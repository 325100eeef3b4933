"""One look into the directory: what is found, how many by city, county, type and field, and what to try instead."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_

from django.db.models import CharField, Count, F, Q, Value
from django.http import QueryDict

from organizations.choices import OrganizationType
from organizations.directory import Entry, entry, with_parts
from organizations.divisions import read_divisions
from organizations.filters import OrganizationFilter
from organizations.grams import Term, neighbours
from organizations.models import FieldOfWork, Organization
from organizations.paging import Window, numbered, place, window
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
        if not self.total and self.filter.cut():
            del self.__dict__["_counted"], self.__dict__["total"]

    @cached_property
    def _counted(self) -> tuple[list[Counted], Counter]:
        """Numbers by place and type, whatever place and type were chosen; and by field of work. One query."""
        of_place = {"kind": Value("place", CharField()), "one": F("region"), "other": F("type")}
        of_field = {"kind": Value("field", CharField()), "one": F("fields_of_work"), "other": Value("", CharField())}
        places = grouped(self.filter.narrowed(without=PLACES), of_place)
        rows = places.union(grouped(self.filter.narrowed(without=("field",)), of_field), all=True)
        places, fields = [], Counter()
        for kind, secret, one, other, number in rows:
            if kind == "field":
                fields[one] = fields[one] + number
            elif secret:
                places.append(Counted(True, "", "", "", number))
            else:
                divisions = self.divisions
                places.append(Counted(False, divisions.city(one), divisions.county(one), other, number))
        return places, fields

    @cached_property
    def total(self) -> int:
        places, _fields = self._counted
        return sum(counted.number for counted in places if counted.fits(self.chosen))

    @property
    def pages(self) -> int:
        return max(-(-self.total // A_PAGE), 1)

    @cached_property
    def page(self) -> int:
        """The number in the address; the nearest there is for any other."""
        number = self.data.get("page", "")[:9]
        return min(max(int(number), 1), self.pages) if number.isascii() and number.isdigit() else 1

    @cached_property
    def window(self) -> Window:
        found = with_parts(self.filter.narrowed()).ranked(self.filter.terms)
        after, before = place(self.data.get("after")), place(self.data.get("before"))
        if after or before:
            return window(found, A_PAGE, after=after, before=before)
        return numbered(found, A_PAGE, self.page)

    @cached_property
    def entries(self) -> list[Entry]:
        """Each with the other name by which it was found, where its name does not show why."""
        keys = [term.key for term in self.filter.terms]
        return [replace(found, found_as=found.called_so(keys)) for found in map(entry, self.window.records)]

    # What the address becomes

    def query(self, **changes: str) -> str:
        """The address of the list with these values changed, from its first page on."""
        kept = {name: self.data[name] for name in KEPT if self.data.get(name)} | changes
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in kept.items() if value})
        return query.urlencode()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search box carries along besides its own words."""
        return [(name, self.data[name]) for name in KEPT if name != "q" and self.data.get(name)]

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
        for counted in self._counted[0]:
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
        counts = {field.code: self._counted[1][field.pk] for field in self.fields}
        return some(self.choices("field", [(field.code, str(field)) for field in self.fields], counts))

    @cached_property
    def suggestions(self) -> list[Entry]:
        """Organisations that are called nearly so, where nothing was found. At most three queries."""
        near = [piece for term in self.filter.terms for piece in neighbours(term)]
        if self.total or not near:
            return []
        return [entry(found) for found in nearest(with_parts(self.filter.queryset), near)]


def nearest(everybody: OrganizationQuerySet, near: list[Term]) -> list[Organization]:
    """Those of whose names the most pieces are found, the best first. One query."""
    ranges = reduce(or_, (Q(grams__gram__gte=term.start, grams__gram__lt=term.end) for term in near))
    found = everybody.filter(ranges).annotate(shared=Count("grams"))
    return list(found.order_by("-shared", "name_pinyin", "slug")[:MOST_SUGGESTED])


def grouped(organizations: OrganizationQuerySet, columns: dict):
    columns = {"secret": F("is_sensitive")} | columns
    values = organizations.order_by().annotate(**columns).values(*columns)
    return values.annotate(number=Count("pk")).values_list("kind", "secret", "one", "other", "number")


def some(choices: list[Choice]) -> list[Choice]:
    return [choice for choice in choices if choice.count or choice.is_chosen]
