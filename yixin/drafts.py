"""What is typed into a form stays in the browser until it is saved: which columns may, and what tells it of the saving.

The script static/admin/drafts.js does the keeping. Columns that tell who somebody is are never kept, so that the forms
of persons, contacts and attendances keep nothing at all.
"""

import re
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yixin.access.levels import LEVELS, Level

MARK = "_draft"  # as no column is called; the script puts it into the form
COOKIE = "saved_draft"
A_MARK = re.compile("[0-9a-z]{8,40}")
SECONDS = 600  # that the browser has to read that the form was saved


def personal(model: type[Model], names: Iterable[str]) -> list[str]:
    """Those of the form's fields that tell who somebody is; all of them where nobody has classified the model."""
    levels = LEVELS.get(model._meta.label_lower)
    if levels is None:
        return list(names)
    closed = {name for level in levels if level >= Level.PERSONAL for name in levels[level].split()}
    return [name for name in names if closed & {name, f"{name}_text"}]


class Drafts:
    """Mixed into the admin of every model, above what answers once a form is stored."""

    def render_change_form(self, request, context, **kwargs):
        names = [
            name for name in context["adminform"].form.fields if not name.startswith("_")
        ]  # the reason is no column
        left_out = personal(self.model, names)
        if len(left_out) < len(names):
            for inside in context["inline_admin_formsets"]:
                made = inside.formset
                left_out += [f"{made.prefix}-*-{name}" for name in personal(made.model, made.form.base_fields)]
            context["draft"] = {"left_out": " ".join(left_out), "mark": MARK}
        return super().render_change_form(request, context, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return told(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return told(request, super().response_change(request, obj))

    def saved_already(self, request, saved):
        return told(request, super().saved_already(request, saved))


def told(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The browser learns which form was saved, and forgets what was typed into it."""
    mark = request.POST.get(MARK, "")
    if A_MARK.fullmatch(mark):
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, mark, SECONDS, path=reverse("admin:index"), secure=secure, samesite="Lax")
    return response
