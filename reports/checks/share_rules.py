"""Shares that one record has of a whole, money without a source, and places where nothing happened."""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from organizations.models import Region
from reports.checks.findings import Finding, Level, Names, RecordRef, Told, finding, told
from reports.checks.reading import Reading, event_ref, grant_ref
from reports.checks.registry import check
from reports.figures import Figures
from reports.prose import in_words

LARGE_GRANT = Decimal(1) / 3
FEWEST_GRANTS = 3
LARGE_EVENT = 0.25
TIMES_THE_MEDIAN = 10
LONGEST_PROJECT = 20  # characters of a project's name; a longer one describes it
_DESCRIPTION = re.compile("[。;；]|为.+(?:课程|项目|标准|机构|组织)|是.{4,}的")


def percent(part, whole) -> str:
    return f"{100 * part / whole:.0f}%"


@check("G1", Level.WARNING, _("One grant is a large part of all"))
def large_grant(reading: Reading) -> Iterator[Finding]:
    """The largest of at least three grants is a third of the money or more."""
    known = [grant for grant in reading.figures.grants.committed if grant.amount is not None]
    total = sum((grant.amount for grant in known), Decimal(0))
    largest = max(known, key=lambda grant: grant.amount, default=None)
    if len(known) < FEWEST_GRANTS or not total or largest.amount < LARGE_GRANT * total:
        return
    sentence = told(
        _("%(amount)s of %(total)s yuan (%(share)s) went to %(recipient)s; there are %(count)s grants."),
        amount=in_words(largest.amount), total=in_words(total), share=percent(largest.amount, total),
        recipient=largest.recipient, count=len(known),
    )  # fmt: skip
    suggestion = told(_("Check the amount; if it is right, say why this one is so large."))
    yield finding(sentence, suggestion, [grant_ref(largest)], largest.amount, total)


@check("G2", Level.WARNING, _("Grants without a funder, or with a description for a name"))
def incomplete_grants(reading: Reading) -> Iterator[Finding]:
    """Grants of which nobody knows who paid; and projects whose name is a sentence."""
    rows = reading.figures.grants.rows
    without = [grant for grant in rows if grant.funding is None]
    if without:
        sentence = told(
            _("Grants that do not say who paid for them: %(count)s of %(all)s (%(names)s)."),
            count=len(without), all=len(rows), names=Names(tuple(map(grant_ref, without))),
        )  # fmt: skip
        suggestion = told(_("Choose the funding they were paid from; the tables by funder need it."))
        yield finding(sentence, suggestion, map(grant_ref, without), "funder")
    for grant in rows:
        if len(grant.project) >= LONGEST_PROJECT or _DESCRIPTION.search(grant.project):
            sentence = told(
                _("The project of %(recipient)s reads like a description: “%(project)s”."),
                recipient=grant.recipient, project=grant.project,
            )  # fmt: skip
            suggestion = told(_("Give the project a short name, and put the rest into the remark."))
            yield finding(sentence, suggestion, [grant_ref(grant)], grant.project)


@check("S1", Level.WARNING, _("One event is a large part of its area"))
def large_event(reading: Reading) -> Iterator[Finding]:
    """An event with a quarter of its area's person-times or more, and ten times what is usual there."""
    for area in reading.figures.areas:
        total, usual = area.counted.person_times, area.median
        counted = [event for event in area.events if event.people]
        largest = max(counted, key=lambda event: event.headcount, default=None)
        if largest is None or not usual or len(counted) < FEWEST_GRANTS:
            continue
        if largest.headcount < LARGE_EVENT * total or largest.headcount < TIMES_THE_MEDIAN * usual:
            continue
        sentence = told(
            _(
                "“%(event)s” has %(people)s of the %(total)s person-times of %(area)s (%(share)s); "
                "the median is %(median)s."
            ),
            event=largest, people=largest.people, total=in_words(total), area=area.area,
            share=percent(largest.headcount, total), median=in_words(usual),
        )  # fmt: skip
        suggestion = told(_("Check the head-count; if it is right, tell the median beside the sum."))
        yield finding(sentence, suggestion, [event_ref(largest)], largest.headcount, total, usual)


@check("S2", Level.WARNING, _("Cities without any event"))
def cities_without_events(reading: Reading) -> Iterator[Finding]:
    """Prefecture cities of the province in which nothing on record took place; and whether a survey went there."""
    figures = reading.figures
    busy = {event.city for event in reading.events}
    empty = [city for city in figures.cities if city.code not in busy]
    if not reading.events or not empty:
        return
    sentence = told(
        _("No event on record is in %(names)s.%(survey)s"),
        names="、".join(city.name for city in empty), survey=_survey_of(figures, empty),
    )  # fmt: skip
    suggestion = told(_("Enter the places of events that lack one; or say why nothing took place there."))
    records = [RecordRef(f"organizations.region:{city.pk}", city.name) for city in empty]
    yield finding(sentence, suggestion, records, *(city.code for city in empty))


def _survey_of(figures: Figures, empty: list[Region]) -> Told | str:
    """What a survey has to do with the cities without any event; "" for nothing that is on record."""
    surveyed, by_city = figures.survey.cities or 0, figures.survey.by_city
    visited = [city for city in empty if by_city[city.code]["visited"]]
    if len(visited) == len(empty) or surveyed >= len(figures.cities):
        return told(_(" The survey went to %(count)s cities, these among them."), count=surveyed)
    if visited:
        return told(_(" The survey went to %(names)s."), names="、".join(city.name for city in visited))
    return ""
