"""Who acts where a command does, and on whom."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from organizations.models import Person


def account(name: str) -> AbstractUser:
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no active account of that name. Say with --by who does this."))
    return user


def person(number: int) -> Person:
    found = Person.objects.filter(pk=number).first()
    if found is None:
        raise CommandError(_("There is no person %(number)s.") % {"number": number})
    return found
