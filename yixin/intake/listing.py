"""Long lists as a message can bear them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

MOST_NAMES = 12


def listed(items: Iterable[object]) -> str:
    """The items, and how many there are where that is too many to name."""
    names = [str(item) for item in items]
    text = "、".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        return _("%(names)s and others (%(count)s in all)") % {"names": text, "count": len(names)}
    return text


def column_letters(place: int) -> str:
    """The letters of a column by its place from 0: 27 is AB."""
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
