"""What the head of a page tells machines: the same words that people read on it."""

from html import unescape

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags

register = template.Library()


@register.simple_tag(takes_context=True)
def block_text(context, name: str, default: str = "") -> str:
    """The plain text of a block of the page, on one line: so that a page writes its title once, although it stands in
    its head twice. ``default`` for a page without that block."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    text = unescape(strip_tags(block.render(context))) if block else ""
    return " ".join(text.split()) or default


@register.simple_tag(takes_context=True)
def absolute(context, path: str) -> str:
    """The address on this host of a path of ours, without what was asked for behind it."""
    return context["request"].build_absolute_uri(path)
