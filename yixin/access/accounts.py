"""Accounts as a request finds them: with what they are confined to, in the same query."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import ProtectedError

from yixin.access.territories import read_territory, with_territory


def keep_who_acted(sender, instance, **kwargs) -> None:
    """Receiver of ``pre_delete``: Django would delete the account's lines of the log of actions with it."""
    kept = LogEntry.objects.filter(user=instance.pk)
    if kept.exists():
        raise ProtectedError("The log says what this account did: set it inactive instead.", set(kept))


class Accounts(ModelBackend):
    """Django's own, which reads a volunteer's city along with the account."""

    def get_user(self, user_id):
        user = with_territory(get_user_model()._default_manager.filter(pk=user_id)).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.confined_to = read_territory(user)
        return user
