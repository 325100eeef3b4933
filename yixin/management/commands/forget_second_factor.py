"""``manage.py forget_second_factor NAME``: for an account whose phone and paper are lost."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from yixin.guard import end_sessions
from yixin.secondfactor.asking import forget


class Command(BaseCommand):
    help = "Take the phone and the codes on paper of an account away, and end its sessions; then it can be set up anew."

    def add_arguments(self, parser):
        parser.add_argument("name")

    @transaction.atomic
    def handle(self, *, name: str, **options):
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(_("There is no account “%(name)s”.") % {"name": name})
        forget(user)
        end_sessions([user.pk])  # the phone may be logged in, wherever it is
        told = _("The phone and codes of “%(name)s” are forgotten. A phone can be set up anew after the next login.")
        self.stdout.write(told % {"name": name})
