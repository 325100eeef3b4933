"""Names on record that somebody may be about to type."""

from django.db.models import Q, QuerySet

from activities.resources.roster_people import Labels
from organizations.models import Person
from yixin.text import clean_text

MOST, LONGEST = 8, 60


def suggestions(known: QuerySet, typed: str) -> list[dict[str, object]]:
    """Name, organisation ("" for none) and id of those whose name, pinyin or initials fit; [] for nothing typed.

    ``known``: persons or organisations. Three queries at most. A phone neither finds anybody nor is it told.
    """
    words = clean_text(typed)[:LONGEST]
    if not words:
        return []
    letters = words.casefold().replace(" ", "")
    fits = Q(name__contains=words) | Q(name_pinyin__startswith=letters) | Q(name_initials__startswith=letters)
    found = list(known.filter(fits, is_active=True).order_by("name_pinyin", "pk")[:MOST])
    told = Labels(found).told if known.model is Person and found else {}
    return [{"id": one.pk, "name": one.name, "organization": next(iter(told.get(one.pk, ())), "")} for one in found]
