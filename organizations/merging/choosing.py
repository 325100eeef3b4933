"""The values of two organisations side by side, and which of them the kept one has afterwards."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from organizations.choices import Listing, Side
from organizations.keeping.stated import full_name
from organizations.merging.rows import values_of
from organizations.models import Organization
from yixin.access.masking import masked, masks

# Every column that somebody fills in, in the order of the page; founded is four of them.
FIELDS = (
    "name", "region", "type", "fields_of_work", "listing", "introduction", "website", "confirmed_on", "legal_status",
    "uscc", "founded", "address", "remark",
)  # fmt: skip
TOGETHER = ("fields_of_work", "remark")  # what can be had from both
PROTECTING = [Listing.HIDDEN, Listing.PARTNERS, Listing.PUBLIC]  # the most protective first
SENTENCE = _("“%(value)s” is no choice for %(field)s: choose the value of the one or of the other.")

Choices = dict[str, Side]


def value(organization: Organization, name: str):
    """As it is compared; of the fields of work their ids. One query for those, none where they were prefetched."""
    if name == "fields_of_work":
        return tuple(sorted(field.pk for field in organization.fields_of_work.all()))
    return getattr(organization, f"{name}_id" if name == "region" else name)


def words(organization: Organization, name: str) -> str:
    """As it is read, an address masked; "" for nothing."""
    found = getattr(organization, name)
    if kind := masks(Organization).get(name):
        return masked(found, kind)
    if name == "fields_of_work":
        return "、".join(map(str, found.all()))
    if name == "region":
        return full_name(found) if found else ""
    if name in ("type", "legal_status", "listing"):
        return str(getattr(organization, f"get_{name}_display")())
    return date_format(found) if isinstance(found, date) else str(found or "")


def label(name: str) -> str:
    if name == "founded":
        return str(capfirst(_("founded")))
    return str(capfirst(Organization._meta.get_field(name).verbose_name))


def usual(name: str, kept: Organization, merged: Organization) -> Side:
    """What is chosen until somebody chooses: the protective, the filled, the newer; of two alike the kept one's."""
    mine, others = value(kept, name), value(merged, name)
    if name == "listing":
        return Side.MERGED if PROTECTING.index(others) < PROTECTING.index(mine) else Side.KEPT
    if not mine or not others:
        return Side.MERGED if others else Side.KEPT
    if name in TOGETHER:
        return Side.KEPT if mine == others else Side.BOTH
    if name == "name":
        return Side.KEPT
    is_newer = (merged.confirmed_on or date.min) > (kept.confirmed_on or date.min)
    return Side.MERGED if is_newer else Side.KEPT


def complete(values: Mapping[str, str], kept: Organization, merged: Organization) -> Choices:
    """A choice for every field. Raises ValidationError for one that is none."""
    for name, side in values.items():
        if name not in FIELDS or side not in (Side.KEPT, Side.MERGED, *([Side.BOTH] if name in TOGETHER else [])):
            raise ValidationError(SENTENCE, code="choice", params={"value": side, "field": name})
    return {name: Side(values[name]) if name in values else usual(name, kept, merged) for name in FIELDS}


def restate(kept: Organization, merged: Organization, choices: Choices) -> None:
    """Give the kept one what was chosen, without storing it. Its fields of work are links, and not touched here."""
    for name in FIELDS:
        if choices[name] == Side.BOTH and name == "remark":
            kept.remark = "\n\n".join(filter(None, dict.fromkeys([kept.remark, merged.remark])))
        elif choices[name] == Side.MERGED and name != "fields_of_work":
            setattr(kept, name, getattr(merged, name))
    kept.is_sensitive = kept.is_sensitive or merged.is_sensitive


@dataclass(frozen=True)
class Line:
    """One field of both, in words."""

    name: str
    label: str
    kept: str
    merged: str
    is_same: bool
    usual: Side
    is_together: bool  # whether both can be had


def lines(kept: Organization, merged: Organization) -> list[Line]:
    """Every field that is filled in on either side."""
    found = []
    for name in FIELDS:
        texts = words(kept, name), words(merged, name)
        is_same = value(kept, name) == value(merged, name)
        if any(texts):
            found.append(Line(name, label(name), *texts, is_same, usual(name, kept, merged), name in TOGETHER))
    return found


def fingerprint(*organizations: Organization) -> str:
    """The same as long as each of them, in this order, says the same."""
    said = [[values_of(one), value(one, "fields_of_work")] for one in organizations]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
