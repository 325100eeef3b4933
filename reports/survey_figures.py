"""How many organisations were to be visited and were, from visits on record or, without any, as stated."""

from collections import Counter
from functools import cached_property

from activities.models import Survey, SurveyTarget, Visit
from organizations.places import city_of
from reports.scope import Scope
from yixin.quantities import known_sum


class SurveyFigures:
    """The surveys of one scope: three queries. None is unknown: no target set, no visit told of."""

    def __init__(self, scope: Scope, cities: list[str]):
        self.scope, self.cities = scope, cities

    @cached_property
    def surveys(self) -> list[Survey]:
        return list(self.scope.surveys())

    @cached_property
    def targets(self) -> list[tuple[int, str, int]]:
        """Survey, city, planned visits."""
        targets = SurveyTarget.objects.filter(survey__in=self.scope.surveys(), planned__isnull=False)
        rows = targets.values_list("survey_id", "region__code", "region__level", "planned")
        return [(survey, city_of(code, level), planned) for survey, code, level, planned in rows]

    @cached_property
    def visits(self) -> list[tuple[int, str]]:
        """Survey and the organisation's city, of every visit that took place."""
        visits = Visit.objects.done().filter(survey__in=self.scope.surveys())
        rows = visits.values_list("survey_id", "organization__region__code", "organization__region__level")
        return [(survey, city_of(code, level)) for survey, code, level in rows]

    @property
    def target(self) -> int | None:
        return known_sum(map(self._target, self.surveys)) if self.surveys else None

    @property
    def visited(self) -> int | None:
        return known_sum(map(self._visited, self.surveys)) if self.surveys else None

    @property
    def is_stated(self) -> bool:
        """Whether a number visited is only stated, without visits on record."""
        return self.visited is not None and not self.visits

    def _target(self, survey: Survey) -> int | None:
        planned = [number for pk, _, number in self.targets if pk == survey.pk]
        return sum(planned) if planned else survey.stated_target

    def _visited(self, survey: Survey) -> int | None:
        done = sum(pk == survey.pk for pk, _ in self.visits)
        return done or survey.stated_visited

    @cached_property
    def by_city(self) -> dict[str, dict[str, int | None]]:
        """Target and visited of each city; None all over where nothing is on record by city."""
        planned, visited = Counter(), Counter()
        for _, city, number in self.targets:
            planned[city] += number
        for _, city in self.visits:
            visited[city] += 1
        return {
            city: {
                "target": planned[city] if self.targets else None,
                "visited": visited[city] if self.visits else None,
            }
            for city in self.cities
        }

    def as_json(self) -> dict:
        return {"target": self.target, "visited": self.visited, "by_city": self.by_city}
