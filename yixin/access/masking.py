"""Phones, e-mail and postal addresses as everybody is shown them: enough to tell two apart, not enough to use them."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.utils.text import capfirst

SEE_PERSONAL = "organizations.see_personal"
STARS = "****"
PHONE, EMAIL, ADDRESS, REACHED, WHOLE = "phone", "email", "address", "reached", "whole"

# Which columns, all of them of the level PERSONAL in levels.py, are masked, and as what.
MASKS: dict[str, dict[str, str]] = {
    "organizations.organization": {"address": ADDRESS},
    "organizations.person": {"phone": PHONE, "email": EMAIL},
    "organizations.proposal": {"message": WHOLE, "sender_name": WHOLE, "sender_contact": REACHED},
}

_CITY = re.compile(r"(?:.{2,8}?(?:省|自治区))?.{1,8}?(?<![城超夜集菜])(?:市|自治州)")


def masked(value: str | None, kind: str) -> str:
    """138****8000, 0791-****00, j***@example.org, 江西省南昌市****; "" for nothing. KeyError for no such kind."""
    read = _KINDS[kind]
    text = (value or "").strip()
    return read(text) if text else ""


def _phone(text: str) -> str:
    digits = re.sub("[^0-9]", "", text)
    mobile = re.fullmatch("(?:00)?(?:86)?(1[3-9][0-9]{9})", digits)
    if mobile:
        return f"{mobile[1][:3]}{STARS}{mobile[1][-4:]}"
    area = re.match(r"[( ]*(?:\+86|0086)?[ )-]*(0?(?:10|2[0-9]|[3-9][0-9]{2}))[ )-]+(?=[0-9])", text)
    begin = f"0{area[1].removeprefix('0')}-" if area else ""
    return f"{begin}{STARS}{digits[-2:] if len(digits) > 6 else ''}"


def _email(text: str) -> str:
    name, at, host = text.rpartition("@")
    return f"{name[:1]}***@{host}" if at and name else STARS


def _address(text: str) -> str:
    city = _CITY.match(text)
    return f"{city[0]}{STARS}" if city else STARS


def _reached(text: str) -> str:
    return _email(text) if "@" in text else _phone(text)


def _whole(text: str) -> str:
    return STARS


_KINDS: dict[str, Callable[[str], str]] = {
    PHONE: _phone,
    EMAIL: _email,
    ADDRESS: _address,
    REACHED: _reached,
    WHOLE: _whole,
}


def masks(model: type[Model]) -> dict[str, str]:
    """By column, as what it is masked."""
    return MASKS.get(model._meta.label_lower, {})


def filled(record: Model) -> list[str]:
    """The masked columns in which the record holds anything."""
    return [name for name in masks(type(record)) if getattr(record, name)]


def as_seen_by(user, record: Model) -> dict[str, str]:
    """Each masked column as it may be shown to the user. Where that is in full, it is for the caller to note it."""
    values = {name: getattr(record, name) or "" for name in masks(type(record))}
    if user.has_perm(SEE_PERSONAL):
        return values
    return {name: masked(value, masks(type(record))[name]) for name, value in values.items()}


@cache
def column(model: type[Model], name: str) -> Callable[[Model], Any]:
    """The masked column for lists and forms of the admin: the same function every time."""
    kind, label = masks(model)[name], model._meta.get_field(name).verbose_name

    @admin.display(description=capfirst(label))
    def show(record: Model) -> str | None:
        return masked(getattr(record, name), kind) or None

    show.__name__ = f"masked_{name}"
    return show
