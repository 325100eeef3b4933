"""Pictures on a page, each beside its table."""

from django import template
from django.template import Context

from reports.render import svg
from reports.table import Table

register = template.Library()


@register.inclusion_tag("reports/_chart.html", takes_context=True)
def chart(context: Context, table: Table) -> dict:
    """The picture of a table; nothing where it has none. A page may show any number of them."""
    drawing = svg.drawing(table.chart) if table.chart else None
    if drawing is None:
        return {}
    number = context.render_context["charts"] = context.render_context.get("charts", 0) + 1
    return {"drawing": drawing, "title": table.chart.title, "table": table.title, "id": f"chart-{table.code}-{number}"}
