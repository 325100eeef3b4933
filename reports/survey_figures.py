"""How many organisations were to be visited and were, from visits on record or, without any, as stated."""

from collections import Counter
from functools import cached_property

from activities.models import Survey, SurveyTarget, Visit
from reports.scope import Scope


def known_sum(numbers: list[int | None]) -> int | None:
    """The sum of what is known; None if nothing is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


class SurveyFigures:
    """The surveys of one scope: three queries. None is unknown: no target set, no visit told of."""

    def __init__(self, scope: Scope, cities: list[str]):
        self.scope, self.cities = scope, cities

    @cached_property
    def surveys(self) -> list[Survey]:
        return list(self.scope.surveys())

    @cached_property
    def targets(self) -> list[tuple[int, str, int]]:
        """Survey, region's code, planned visits."""
        targets = SurveyTarget.objects.filter(survey__in=self.scope.surveys(), planned__isnull=False)
        return list(targets.values_list("survey_id", "region__code", "planned"))

    @cached_property
    def visits(self) -> list[tuple[int, str | None]]:
        """Survey and code of the organisation's region, of every visit that took place."""
        visits = Visit.objects.done().filter(survey__in=self.scope.surveys())
        return list(visits.values_list("survey_id", "organization__region__code"))

    @property
    def target(self) -> int | None:
        return known_sum([self._target(survey) for survey in self.surveys])

    @property
    def visited(self) -> int | None:
        return known_sum([self._visited(survey) for survey in self.surveys])

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
        for _, code, number in self.targets:
            planned[code[:4] + "00"] += number
        for _, code in self.visits:
            visited[code[:4] + "00" if code else ""] += 1
        return {
            city: {
                "target": planned[city] if self.targets else None,
                "visited": visited[city] if self.visits else None,
            }
            for city in self.cities
        }

    def as_json(self) -> dict:
        return {"target": self.target, "visited": self.visited, "by_city": self.by_city}
