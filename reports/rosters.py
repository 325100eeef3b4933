"""Who was there by name: how many people each roster holds, and how many different ones an area's rosters and all hold.

The people of a year are read once and set apart once. COUNT(DISTINCT …) by event, by area and over all would sort each
attendance three times. The ORM has no common table expressions; it makes the two that are counted here.
"""

from dataclasses import dataclass, field

from django.db import connections
from django.db.models import Count

from activities.models import Attendance
from activities.querysets import EventQuerySet

COUNTED = """
WITH people (area, person) AS MATERIALIZED ({people}), rosters (event, number) AS ({rosters})
SELECT 1, event, number FROM rosters
UNION ALL SELECT 2, area, COUNT(*) FROM people GROUP BY area
UNION ALL SELECT 3, 0, COUNT(DISTINCT person) FROM people
"""


@dataclass
class Rosters:
    """Counted people by the event whose roster they are on; different ones by area, and over all of the events."""

    by_event: dict[int, int] = field(default_factory=dict)
    by_area: dict[int, int] = field(default_factory=dict)
    people: int = 0


def read_rosters(events: EventQuerySet) -> Rosters:
    """Without staff and guests. One query."""
    events = events.order_by()
    people = events.filter(attendances__is_counted=True).values_list("area", "attendances__person").distinct()
    counted = Attendance.objects.counted().filter(event__in=events.values("pk")).order_by()
    rosters = counted.values("event").annotate(number=Count("pk")).values_list("event", "number")
    (people_sql, people_values), (rosters_sql, rosters_values) = (
        rows.query.get_compiler(rows.db).as_sql() for rows in (people, rosters)
    )
    found = Rosters()
    with connections[events.db].cursor() as cursor:
        sql = COUNTED.format(people=people_sql, rosters=rosters_sql)
        cursor.execute(sql, [*people_values, *rosters_values])
        for part, key, number in cursor:
            if part == 1:
                found.by_event[key] = number
            elif part == 2:
                found.by_area[key] = number
            else:
                found.people = number
    return found
