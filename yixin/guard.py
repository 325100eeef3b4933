"""The door: after five wrong passwords for one account from one address it stays shut for a quarter of an hour; and who
may do something else than when they came in has to come in anew."""

from collections.abc import Collection

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import timezone

from yixin.throttle import visitor_of


def address_of(request: HttpRequest) -> str | None:
    """Whom axes counts for: as the throttle does, so that one household's IPv6 addresses are one."""
    return visitor_of(request) or None


def shut(request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """Status 429, a page that says when to come back; the same whether there is such an account or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    page = loader.render_to_string("shut.html", {"minutes": minutes}, request)
    headers = {"Retry-After": str(minutes * 60), "Cache-Control": "no-store"}
    return HttpResponse(page, status=429, headers=headers)


def end_sessions(users: Collection[int], *, but: str | None = None) -> None:
    """Of the accounts with these keys, in every browser; ``but`` one of them. Reads every session that has not expired:
    it happens a few times a year. A new password ends them by itself."""
    keys = set(map(str, users))
    open_now = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    ended = [one.pk for one in open_now.iterator() if one.get_decoded().get(SESSION_KEY) in keys]
    Session.objects.filter(pk__in=ended).delete()


def role_changed(action: str, instance, reverse: bool, pk_set: set[int] | None, **kwargs) -> None:
    """Receiver of m2m_changed between accounts and roles: who was given one is asked for what that role demands."""
    if action in ("post_add", "post_remove") and pk_set:
        end_sessions(pk_set if reverse else [instance.pk])
    if action == "pre_clear":
        end_sessions(instance.user_set.values_list("pk", flat=True) if reverse else [instance.pk])


def account_changed(instance, update_fields: Collection[str] | None, **kwargs) -> None:
    """Receiver of pre_save of an account: set inactive, or let in elsewhere than before."""
    doors = ("is_active", "is_staff", "is_superuser")
    if instance.pk and (update_fields is None or set(update_fields) & set(doors)):
        before = get_user_model()._default_manager.filter(pk=instance.pk).values(*doors).first()
        if before and before != {name: getattr(instance, name) for name in doors}:
            end_sessions([instance.pk])
