"""The page that asks for the code, and the one that sets it up."""

import base64
from io import BytesIO

import segno
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from yixin.forms import LineField

from .asking import KEY, OPEN, give, set_up

SALT, MINUTES = "second factor", 30


class CodeForm(forms.Form):
    code = LineField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )
    error = _(
        "This code is not right, or it was used already. After several wrong ones wait some minutes, "
        "then type the newest."
    )

    def __init__(self, *args, check=None, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.check = check

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].replace(" ", "")
        if not self.check(code):
            raise forms.ValidationError(self.error)
        return code


@login_required
@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None, check=lambda typed: give(request, typed))
    if request.method == "POST" and form.is_valid():
        return redirect(next_of(request))
    return render(request, "login_code.html", {"form": form, "next": next_of(request)})


@login_required
@never_cache
@sensitive_post_parameters()
@transaction.atomic
def new_code(request: HttpRequest) -> HttpResponse:
    """The key travels in the form, signed: nothing is stored before its first code was right."""
    key, codes = key_of(request), []
    form = CodeForm(request.POST or None, check=lambda typed: codes.extend(set_up(request, key, typed) or []) or codes)
    if request.method == "POST" and form.is_valid():
        return render(request, "login_code_spare.html", {"codes": codes, "next": next_of(request)})
    told = {
        "form": form,
        "next": next_of(request),
        "key": signing.dumps(key, salt=SALT),
        "secret": base64.b32encode(bytes.fromhex(key)).decode(),
        "picture": picture(request, key),
        "is_required": request.session.get(KEY) in OPEN,
    }
    return render(request, "login_code_new.html", told)


def key_of(request: HttpRequest) -> str:
    """The one that the form showed, or a new one: also for a form that is older than half an hour, or forged."""
    try:
        return signing.loads(request.POST.get("key", ""), salt=SALT, max_age=MINUTES * 60)
    except signing.BadSignature:
        return default_key()


def picture(request: HttpRequest, key: str) -> str:
    """What the phone's camera reads, as the address of an image."""
    address = TOTPDevice(user=request.user, key=key).config_url
    kept = BytesIO()
    segno.make(address, error="m").save(kept, kind="svg", scale=5, border=2, light="#fff")
    return "data:image/svg+xml;base64," + base64.b64encode(kept.getvalue()).decode()


def next_of(request: HttpRequest) -> str:
    told = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(told, allowed_hosts=hosts, require_https=request.is_secure())
    return told if is_ours else reverse(settings.LOGIN_REDIRECT_URL)
