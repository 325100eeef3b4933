"""Which city a place lies in: the one rule by which everything is told apart by city."""

from django.conf import settings

OUTSIDE = "outside"  # in another province
UNKNOWN_CITY = ""  # no city on record


def city_of(code: str | None, level: str | None) -> str:
    """Code of the prefecture city of a region, ``OUTSIDE`` the home province, or ``UNKNOWN_CITY``."""
    if not code:
        return UNKNOWN_CITY
    if code[:2] != settings.HOME_PROVINCE[:2]:
        return OUTSIDE
    return UNKNOWN_CITY if level == "province" else code[:4] + "00"
