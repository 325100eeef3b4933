"""A form is stored once, however often it is sent: by a double tap, by a slow line that is tried again.

Every add form carries a key. What was stored by it is noted beside it in the same transaction, so that the same form
sent again, even at the same moment, leads to the record that it made. A form whose content was changed in between is
another form: nothing that somebody typed is thrown away.
"""

import json
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from yixin.access.models import SavedForm

KEY = "_once"  # as no column is called
KEPT = timedelta(days=7)


def given_key(request: HttpRequest) -> UUID | None:
    """The key that the form was opened with; None where there is none, or none that can be."""
    try:
        return UUID(request.POST.get(KEY, ""))
    except ValueError:
        return None


def key_of(request: HttpRequest) -> UUID | None:
    """What the form is known by once it is stored: its key and its content, whichever button it was sent with."""
    given = given_key(request)
    if given is None:
        return None
    typed = sorted((name, values) for name, values in request.POST.lists() if not name.startswith(("_", "csrf")))
    files = sorted((name, [(file.name, file.size) for file in files]) for name, files in request.FILES.lists())
    return uuid5(given, json.dumps([request.path, typed, files]))


def stored_by(request: HttpRequest) -> SavedForm | None:
    """What the form was stored as already. No query for a form that is only opened."""
    key = key_of(request)
    return SavedForm.objects.filter(key=key, user=request.user).first() if key else None


def forget_old() -> None:
    """One query, outside of what was stored: no two of these wait for each other."""
    SavedForm.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()


class Once:
    """Mixed into the admin of every model, below what tries again after an IntegrityError: of two that are sent at the
    same moment the second waits for the first, fails on the key, and is led to the record when it is tried again."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None and (saved := stored_by(request)):
            return self.saved_already(request, saved)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, **kwargs):
        """What speaks against storing it may be that it was stored while this request waited for its turn."""
        if add and (saved := stored_by(request)):
            return self.saved_already(request, saved)
        if add:
            context["once"] = {"name": KEY, "key": given_key(request) or uuid4()}
        return super().render_change_form(request, context, add=add, **kwargs)

    def save_model(self, request, obj, form, change):
        """The key is taken before anything is stored, files too."""
        if not change and (key := key_of(request)):
            SavedForm.objects.create(key=key, user=request.user, saved_at=timezone.now())
            transaction.on_commit(forget_old, robust=True)
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        if key := key_of(request):
            address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
            SavedForm.objects.filter(key=key).update(address=address)
        return super().response_add(request, obj, post_url_continue)

    def saved_already(self, request: HttpRequest, saved: SavedForm) -> HttpResponse:
        record = self.get_object(request, unquote(resolve(saved.address).kwargs["object_id"]))
        if record is not None and IS_POPUP_VAR in request.POST:
            return super().response_add(request, record)  # closes the window, as the first answer did
        sentence = _("“{record}” was saved already. It was not saved a second time.")
        link = format_html('<a href="{}">{}</a>', saved.address, record or self.opts.verbose_name)
        messages.success(request, format_html(sentence, record=link))
        if "_addanother" in request.POST:
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(saved.address)
