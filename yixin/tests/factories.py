"""Accounts as the tests need them."""

from itertools import count

from django.contrib.auth.models import Group, User

numbers = count(1)


def make_user(role: str | None = None, **changes) -> User:
    """An account that can log in; with a role it is in that group, and enters the admin unless a partner."""
    columns = {"username": f"user{next(numbers)}", "is_staff": role not in (None, "partner")} | changes
    user = User.objects.create_user(**columns)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_superuser(**changes) -> User:
    return make_user(is_staff=True, is_superuser=True, **changes)
