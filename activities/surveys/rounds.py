"""Which survey is meant, and what its earlier visits lead one to expect."""

from datetime import date

from django.db.models import Max, QuerySet

from activities.models import Question, Survey, Visit
from organizations.models import Region

MOST_VISITORS = 20


def running(today: date) -> int | None:
    """The id of the one survey in whose period the day lies; None where there are none or several. One query."""
    found = Survey.objects.filter(period_earliest__lte=today, period_latest__gte=today).order_by("pk")
    keys = list(found.values_list("pk", flat=True)[:2])
    return keys[0] if len(keys) == 1 else None


def survey_named(key: int | None) -> Survey | None:
    found = Survey.objects.select_related("funding__funder").filter(pk=key) if key else Survey.objects.none()
    return found.first()


def earlier_visitors(survey: Survey) -> list[str]:
    """Who went on the visits of the survey, as it was written, those the newest first. Personal. One query."""
    visits = Visit.objects.filter(survey=survey).exclude(visitors="").order_by()
    told = visits.values("visitors").annotate(newest=Max("pk")).order_by("-newest")
    return list(told.values_list("visitors", flat=True)[:MOST_VISITORS])


def cities_of(survey: Survey) -> list[Region]:
    """The prefecture cities of the home province in the survey's year, by code. One query."""
    return list(Region.objects.prefectures().in_use(survey.report_year).order_by("code", "pk"))


def with_questions(survey: Survey) -> QuerySet[Survey]:
    """The other surveys whose questions can be copied, the newest first."""
    asking = Question.objects.exclude(survey=survey).values("survey")
    return Survey.objects.filter(pk__in=asking).order_by("-period_earliest", "-pk")
