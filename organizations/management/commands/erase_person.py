"""``manage.py erase_person NUMBER --by ACCOUNT --reason TEXT [--commit]``: one person out of everything."""

from argparse import ArgumentParser

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organizations.models import Person
from organizations.personal.acting import account, person
from organizations.personal.erasing import MAY_ERASE, erase, plan, to_look_at
from organizations.personal.forgetting import nameless
from yixin.locks import Reason
from yixin.safekeeping import erased


class Command(BaseCommand):
    help = "Erase one person; without --commit only say what would be done. --again: those who came back with a backup."

    def add_arguments(self, parser: ArgumentParser):
        parser.add_argument("number", type=int, nargs="?", help="as in the address of the person's page")
        parser.add_argument("--again", action="store_true", help="list those who were erased and are there")
        parser.add_argument("--by", metavar="ACCOUNT", help="who does it; stands in the history")
        parser.add_argument("--reason", help="why, such as: they asked for it on 5 March")
        parser.add_argument("--also", action="append", default=[], help="another name or number of theirs")
        parser.add_argument("--leave", action="append", default=[], metavar="PLACE", help="tells of somebody else")
        parser.add_argument("--take", action="append", default=[], metavar="PLACE", help="tells of them all the same")
        parser.add_argument("--commit", action="store_true")

    def handle(self, *, number: int | None, again: bool, commit: bool, **options):
        if again:
            return self._list_again()
        if number is None:
            raise CommandError(_("Say which person, by number."))
        if not commit:
            return self._say(person(number), options)
        return self._erase(person(number), options)

    def _list_again(self) -> None:
        """By number and the first letter of the name: enough to see that it is the same human being."""
        for key, at in erased.remembered(Person._meta.label_lower):
            found = Person.objects.filter(pk=key).exclude(name=nameless(key)).first()
            if found:
                told = {"number": key, "at": at, "letter": found.name[:1]}
                self.stdout.write(_("%(number)s · erased %(at)s · %(letter)s…") % told)

    def _say(self, found: Person, options: dict) -> None:
        planned = plan(found, options["also"])
        for place in planned.places:
            mark = "?" if place.key in planned.shared else " "
            self.stdout.write(f"{mark} {place.key}  {' | '.join(place.texts)}")
        for look in to_look_at(planned):
            self.stdout.write(f"! {look.text} {look.address}".rstrip())
        self.stdout.write(_("Nothing was changed. Places with ? stay, unless --take says otherwise. Add --commit."))

    def _erase(self, found: Person, options: dict) -> None:
        if not (options["by"] and options["reason"]):
            raise CommandError(_("Say who does it (--by) and why (--reason)."))
        user = account(options["by"])
        if not user.has_perms(MAY_ERASE):
            raise CommandError(_("This account may not erase anybody."))
        reason = Reason(options["reason"], user, timezone.now())
        words = {"also": options["also"], "left": options["leave"], "taken": options["take"]}
        try:
            done = erase(key=found.pk, reason=reason, **words)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        for label, count in done.records.items():
            self.stdout.write(f"{name_of(apps.get_model(label))}: {count}")
        told = {"texts": done.texts, "sessions": done.sessions}
        self.stdout.write(_("Erased. Places in texts: %(texts)s; sessions ended: %(sessions)s.") % told)


def name_of(model: type[Model]) -> str:
    return str(capfirst(model._meta.verbose_name_plural))
