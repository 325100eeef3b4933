"""Addresses of the report that a page is about, and of single records in the admin."""

from functools import lru_cache

from django import template
from django.contrib.admin.utils import quote
from django.urls import NoReverseMatch, reverse

from reports.document import Picture

register = template.Library()


@register.simple_tag(takes_context=True)
def at(context, page: str, **more) -> str:
    """``{% at "checks" %}``: the page of that name of this report, whether on all of the year or for one funder."""
    return reverse(f"reports:{page}", kwargs=context["at"] | more)


@register.filter
def record_address(key: str) -> str:
    """Where the record activities.event:12 is changed; "" for no key, or one that has no such page."""
    label, colon, pk = key.partition(":")
    return _page_of(label).replace("/0/", f"/{quote(pk)}/") if colon else ""


@lru_cache
def _page_of(label: str) -> str:
    """The page of record 0; a table links to some thousand of one kind."""
    try:
        return reverse(f"admin:{label.replace('.', '_')}_change", args=[0])
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def photo_address(context, picture: Picture) -> str:
    """Of an edition's own copy by its checksum; of a live photo from the store, which serves staff only."""
    folder, _slash, name = picture.file.partition("/")
    if folder == "editions":
        return at(context, "edition-photo", name=name.removesuffix(".jpg"))
    return reverse("media", args=[picture.file])
