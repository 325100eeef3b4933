"""What every page can say of the hub itself."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def contact() -> str:
    """How visitors reach us, as it was set up; "" where nothing was."""
    return settings.CONTACT
