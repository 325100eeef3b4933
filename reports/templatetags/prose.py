"""Numbers as a sentence has them."""

from django import template
from django.utils.translation import gettext as _

from reports import prose
from reports.table import Value

register = template.Library()


@register.filter
def in_words(value: Value) -> str:
    """1,462 · 53,100 · 不详 where nothing is known."""
    return _("unknown") if value is None else prose.in_words(value)
