"""One statement for all that a list shows of what was found: read once, counted twice, one page of it cut out.

Three queries would look up every organisation that was found three times, which is most of what a search costs. The
ORM has no common table expressions; it makes the one that is counted here, with all conditions and values.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connections
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value

from organizations.directory import with_parts
from organizations.models import Organization
from organizations.paging import ORDER, Asked

COLUMNS = ("pk", "is_sensitive", "region", "type", "rank", "name_pinyin", "slug", "is_there", "works_so", "is_beyond")
FOUND = """
WITH found (id, is_sensitive, region, type, rank, name_pinyin, slug, is_there, works_so, is_beyond) AS {hint} ({found})
"""
# Each part: which, then sensitive, region or field or id, type, number or rank, place on the page.
PLACES = """
SELECT 1, is_sensitive, region, type, COUNT(*), 0
FROM found WHERE works_so GROUP BY is_sensitive, region, type
"""
WORKS = f"""
SELECT 2, FALSE, fieldofwork_id, '', COUNT(*), 0
FROM {Organization.fields_of_work.through._meta.db_table}
WHERE organization_id {{among}} GROUP BY fieldofwork_id
"""  # noqa: S608  no input
PAGE = """
SELECT 3, FALSE, id, '', rank, ROW_NUMBER() OVER (ORDER BY rank, name_pinyin, slug)
FROM (
    SELECT id, rank, name_pinyin, slug FROM found WHERE is_there AND works_so AND is_beyond
    ORDER BY {order} LIMIT %s OFFSET %s
) AS page
"""
THERE = "IN (SELECT id FROM found WHERE is_there)"
THERE_ON_POSTGRESQL = "= ANY(ARRAY(SELECT id FROM found WHERE is_there))"  # see querysets.Among
EVERYTHING = (PLACES, WORKS, PAGE)


@dataclass
class Looked:
    """What was found: numbers by (is sensitive, region id, type) whatever the place, by field whatever the field;
    and the page's ids in order, each with its rank."""

    places: Counter = field(default_factory=Counter)
    works: Counter = field(default_factory=Counter)
    page: dict[int, int] = field(default_factory=dict)

    def records(self, everybody: QuerySet) -> list[Organization]:
        """The page in order, each with ``rank``, as ``directory.entry`` needs them. Three queries; none for no page."""
        found = {record.pk: record for record in with_parts(everybody.filter(pk__in=self.page))}
        for pk, record in found.items():
            record.rank = self.page[pk]
        return [found[pk] for pk in self.page if pk in found]


def look(found: QuerySet, asked: Asked, *, there: Q, works: Q, parts: Iterable[str] = EVERYTHING) -> Looked:
    """``found`` with ``rank``; ``there`` and ``works``: what was chosen of place and type, and of work. One query."""
    conditions = {"is_there": there, "works_so": works, "is_beyond": asked.condition}
    rows = found.order_by().annotate(**{name: truth(q) for name, q in conditions.items()}).values_list(*COLUMNS)
    looked, page = Looked(), []
    with connections[rows.db].cursor() as cursor:
        sql, params = statement(rows, asked, parts)
        cursor.execute(sql, [*params, asked.limit, asked.offset])
        for part, is_sensitive, key, kind, number, place in cursor:
            if part == 1:
                looked.places[bool(is_sensitive), key, kind] = number
            elif part == 2:
                looked.works[key] = number
            else:
                page.append((place, key, number))
    looked.page = {key: rank for _place, key, rank in sorted(page)}
    return looked


def statement(rows: QuerySet, asked: Asked, parts: Iterable[str]) -> tuple[str, tuple]:
    """Where all are of one rank, for want of any words, they are not copied: an index leads to where a page goes on."""
    sql, params = rows.query.get_compiler(rows.db).as_sql()
    is_everybody = isinstance(rows.query.annotations["rank"], Value)
    is_array = connections[rows.db].vendor == "postgresql" and not is_everybody
    start = FOUND.format(hint="NOT MATERIALIZED" if is_everybody else "", found=sql)
    order = ", ".join(f"{name}{' DESC' * asked.is_backwards}" for name in ORDER)
    among = THERE_ON_POSTGRESQL if is_array else THERE
    return start + " UNION ALL ".join(parts).format(order=order, among=among), params


def truth(q: Q):
    return ExpressionWrapper(q, BooleanField()) if q else Value(True, BooleanField())
