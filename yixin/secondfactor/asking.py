"""Who is asked for a code, and the middleware that lets nobody past who has not given it."""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from yixin.guard import end_sessions

KEY = "second_factor"  # in the session
ASKED_OF = ("coordinator", "administrator")  # where settings.SECOND_FACTOR_REQUIRED
CODES = 10  # for the day on which the phone is lost


class Answer(TextChoices):
    """What became of the question in one session."""

    UNASKED = "unasked"
    ASKED = "asked"
    TO_SET_UP = "to-set-up"
    GIVEN = "given"


OPEN = {Answer.ASKED, Answer.TO_SET_UP}


def ask(request: HttpRequest, user, **kwargs) -> None:
    """Receiver of user_logged_in."""
    request.session[KEY] = str(first_answer(user))


def first_answer(user) -> Answer:
    if TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        return Answer.ASKED
    return Answer.TO_SET_UP if settings.SECOND_FACTOR_REQUIRED and is_asked_of(user) else Answer.UNASKED


def is_asked_of(user) -> bool:
    return user.is_superuser or user.groups.filter(name__in=ASKED_OF).exists()


class SecondFactor:
    """Middleware behind the session: leads to the page that asks, from every other one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.get(KEY) in OPEN:
            pages = {Answer.ASKED: reverse("code"), Answer.TO_SET_UP: reverse("new-code")}
            page = pages[request.session[KEY]]
            if request.path not in (page, reverse("logout"), reverse("set_language"), reverse("healthz")):
                return redirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def give(request: HttpRequest, code: str) -> bool:
    """Whether the code is right. Each is good once, and wrong ones make the next try wait ever longer."""
    if match_token(request.user, code) is None:
        return False
    accept(request)
    return True


def accept(request: HttpRequest) -> None:
    request.session[KEY] = str(Answer.GIVEN)
    request.session.cycle_key()


def set_up(request: HttpRequest, key: str, code: str) -> list[str] | None:
    """The codes for the day on which the phone is lost; None where the code is not of this key. In place of others, and
    every session but this one ends: it was opened without such a code."""
    device = TOTPDevice(user=request.user, name="phone", key=key)
    device.save()
    if not device.verify_token(code):
        device.delete()
        return None
    forget(request.user, but=device)
    spare = StaticDevice.objects.create(user=request.user, name="paper")
    codes = [StaticToken.random_token() for _ in range(CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=spare, token=code) for code in codes)
    end_sessions([request.user.pk], but=request.session.session_key)
    accept(request)
    return codes


def forget(user, *, but: TOTPDevice | None = None) -> None:
    """Takes all devices of the account away."""
    TOTPDevice.objects.filter(user=user).exclude(pk=but and but.pk).delete()
    StaticDevice.objects.filter(user=user).delete()
