"""How many organisations were to be visited and were, from visits on record or, without any, as stated."""

from collections import Counter
from functools import cached_property

from django.db.models import Case, Count, F, Value, When

from activities.models import Survey, SurveyTarget, Visit
from organizations.models import Organization
from organizations.places import city_of
from reports.scope import Scope
from yixin.access.sensitive import sensitive_word
from yixin.quantities import known_sum


class SurveyFigures:
    """The surveys of one scope: two queries. None is unknown: no target set, no visit told of.

    ``is_public``: a visit to an organisation whose city is not public counts as one elsewhere, with one query more.
    """

    def __init__(self, scope: Scope, *, is_empty: bool = False, is_public: bool = False):
        self.scope, self.is_empty, self.is_public = scope, is_empty, is_public

    @cached_property
    def surveys(self) -> list[Survey]:
        return [] if self.is_empty else list(self.scope.surveys())

    @cached_property
    def untold(self) -> list[int]:
        """The organisations visited whose city is not public. One query where the public reads, else none."""
        if not (self.is_public and self.surveys):
            return []
        visited = Organization.objects.filter(visits__in=Visit.objects.done().filter(survey__in=self.scope.surveys()))
        rows = visited.order_by("pk").distinct().values_list("pk", "name", "is_sensitive")
        return [pk for pk, name, is_sensitive in rows if is_sensitive or sensitive_word(name)]

    @cached_property
    def _counts(self) -> list[tuple[str, int, str, int]]:
        """Target or visited, survey, city, how many. One query."""
        columns = ("kind", "survey_id", "code", "level", "number")
        targets = SurveyTarget.objects.filter(survey__in=self.scope.surveys(), planned__isnull=False).order_by()
        targets = targets.annotate(
            kind=Value("target"), code=F("region__code"), level=F("region__level"), number=F("planned")
        )
        visits = Visit.objects.done().filter(survey__in=self.scope.surveys()).order_by()
        place = {"code": F("organization__region__code"), "level": F("organization__region__level")}
        if self.untold:
            is_untold = When(organization__in=self.untold, then=Value(None))
            place = {name: Case(is_untold, default=column) for name, column in place.items()}
        visits = visits.annotate(kind=Value("visited"), **place)
        visits = visits.values("kind", "survey_id", "code", "level").annotate(number=Count("pk"))
        rows = targets.values_list(*columns).union(visits.values_list(*columns), all=True) if self.surveys else ()
        return [(kind, survey, city_of(code, level), number) for kind, survey, code, level, number in rows]

    @cached_property
    def visits(self) -> list[Visit]:
        """The visits that took place, by date. One query, only asked for one by one."""
        visits = Visit.objects.done().filter(survey__in=self.scope.surveys())
        return list(visits.select_related("organization__region").order_by("when_earliest", "pk"))

    @property
    def target(self) -> int | None:
        return known_sum(map(self.target_of, self.surveys)) if self.surveys else None

    @property
    def visited(self) -> int | None:
        return known_sum(map(self.visited_of, self.surveys)) if self.surveys else None

    @property
    def cities(self) -> int | None:
        """Cities in which anybody was visited; as stated where no visit is on record."""
        cities = {city for kind, _, city, _ in self._counts if kind == "visited" and city.isdigit()}
        return len(cities) or known_sum(survey.stated_cities for survey in self.surveys) if self.surveys else None

    @property
    def is_stated(self) -> bool:
        """Whether a number visited, or a part of it, is only stated, without visits on record."""
        return any(one.stated_visited is not None and not self.is_on_record(one, "visited") for one in self.surveys)

    def target_of(self, survey: Survey) -> int | None:
        planned = [number for kind, pk, _, number in self._counts if (kind, pk) == ("target", survey.pk)]
        return sum(planned) if planned else survey.stated_target

    def visited_of(self, survey: Survey) -> int | None:
        done = sum(number for kind, pk, _, number in self._counts if (kind, pk) == ("visited", survey.pk))
        return done or survey.stated_visited

    @cached_property
    def by_city(self) -> dict[str, dict[str, int | None]]:
        """Target and visited of each city; None all over where nothing is on record by city."""
        found = {"target": Counter(), "visited": Counter()}
        for kind, _, city, number in self._counts:
            found[kind][city] += number
        return {
            city.code: {kind: numbers[city.code] if numbers else None for kind, numbers in found.items()}
            for city in self.scope.cities
        }

    @property
    def elsewhere(self) -> dict[str, int | None]:
        """What lies in no city of the home province, or in none that is on record; None where nothing is by city."""
        cities = {city.code for city in self.scope.cities}
        found = {}
        for kind in ("target", "visited"):
            numbers = [(city, number) for told, _, city, number in self._counts if told == kind]
            found[kind] = sum(number for city, number in numbers if city not in cities) if numbers else None
        return found

    def is_on_record(self, survey: Survey, kind: str) -> bool:
        """Whether its targets, or its visits, are on record one by one."""
        return any((told, pk) == (kind, survey.pk) for told, pk, _, _ in self._counts)

    def as_json(self) -> dict:
        return {"target": self.target, "visited": self.visited, "by_city": self.by_city}
