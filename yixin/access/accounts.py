"""Accounts as a request finds them: with what they are confined to, in the same query."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend

from yixin.access.territories import read_territory, with_territory


class Accounts(ModelBackend):
    """Django's own, which reads a volunteer's city along with the account."""

    def get_user(self, user_id):
        user = with_territory(get_user_model()._default_manager.filter(pk=user_id)).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.confined_to = read_territory(user)
        return user
