from django import template
from django.utils import timezone

from organizations.keeping.reminders import Waiting

register = template.Library()


@register.simple_tag
def waiting(user) -> Waiting | None:
    """What waits for who may change entries; None for all others."""
    return Waiting(timezone.localdate()) if user.has_perm("organizations.change_organization") else None
