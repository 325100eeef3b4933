"""What the columns of a compared record are called."""

from django import template
from django.utils.translation import pgettext_lazy

register = template.Library()

NAMES = {
    "when": pgettext_lazy("column", "Time"),
    "title": pgettext_lazy("column", "Title"),
    "people": pgettext_lazy("column", "People"),
    "area": pgettext_lazy("column", "Work area"),
    "printed_in": pgettext_lazy("column", "Printed in the tables of"),
    "region": pgettext_lazy("column", "Region"),
    "our_role": pgettext_lazy("column", "Our role"),
    "parts": pgettext_lazy("column", "Organisations"),
    "recipient": pgettext_lazy("column", "Organisation or person"),
    "organization": pgettext_lazy("column", "Organisation"),
    "project": pgettext_lazy("column", "Project"),
    "requested": pgettext_lazy("column", "Requested"),
    "amount": pgettext_lazy("column", "Amount"),
    "status": pgettext_lazy("column", "Status"),
    "remark": pgettext_lazy("column", "Remark"),
    "funder": pgettext_lazy("column", "Funder"),
    "paid": pgettext_lazy("column", "Paid"),
    "returned": pgettext_lazy("column", "Returned"),
    "name": pgettext_lazy("column", "Name"),
    "events": pgettext_lazy("column", "Events"),
    "period": pgettext_lazy("column", "Time"),
    "target": pgettext_lazy("column", "Target"),
    "visited": pgettext_lazy("column", "Visited"),
    "position": pgettext_lazy("column", "Position"),
    "heading": pgettext_lazy("column", "Heading"),
    "prose": pgettext_lazy("column", "Text"),
    "table": pgettext_lazy("column", "Table"),
    "photos": pgettext_lazy("column", "Photos"),
    "cut_off": pgettext_lazy("column", "Counted until"),
}


@register.filter
def column_name(name: str) -> str:
    return NAMES.get(name, name)
