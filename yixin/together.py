"""Two people at one record: what the second one sends is put together with what the first one stored meanwhile.

Mixed into the form of a record, the tables inside it, and the admin of every model. The comparison is in
``yixin.staleness``; whoever stores holds the record's row until the transaction ends.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import connections, router
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from yixin import staleness
from yixin.staleness import SEEN, UNTOUCHED, Marks, Seen, Verdict, mark, posted_text, stored_text

STORED = _("Stored now: %(value)s")
ROW_GONE = _("Somebody deleted this row meanwhile. What you wrote stands here as a new row: save again, or remove it.")
ROW_MOVED = _("“%(row)s” was changed meanwhile. Save again if it is still to be deleted. Stored now: %(values)s")
GONE = _("Somebody deleted this record meanwhile. What you wrote stands here as a new one: save it, or leave the page.")
BOTH = _(
    "Somebody saved this record while it was open here. Nothing of yours is saved yet, and nothing is lost: each field "
    "that both of you changed holds what you wrote, and beside it stands what is stored now. Save again to keep what "
    "is in the fields."
)


class MeetingForm:
    """Mixed into a model form. ``seen`` is set by the site; without it nobody compares anything."""

    seen: Marks | None = None
    is_gone = False  # the record was deleted meanwhile, or the row of a table
    gone = GONE

    def note_stored(self) -> None:
        """Called once the initial values stand, and before anything is proposed in their place."""
        self.is_met = False
        self.theirs: list[str] = []  # fields in which the other editor's value was kept
        self.contested: dict[str, str] = {}  # fields that both changed, and what is stored
        self.moved: dict[str, str] = {}  # of a row that is to go: what somebody else changed in it
        self.stored = {} if self.instance._state.adding else dict(self._marks_of_stored())

    def _compared(self) -> Iterator[tuple[str, forms.Field]]:
        key = self.instance._meta.pk.name
        for name, box in self.fields.items():
            is_key = isinstance(box, forms.models.InlineForeignKeyField) or name in (key, DELETION_FIELD_NAME)
            if not is_key and not box.disabled and not name.startswith("_"):
                yield name, box

    def _marks_of_stored(self) -> Iterator[tuple[str, str]]:
        for name, box in self._compared():
            yield name, mark(self.instance, name, stored_text(box, self.get_initial_for_field(box, name)))

    def is_touched(self, record: Any, seen: Marks) -> bool:
        """Whether anything that was sent is not what was seen of the record."""
        sent = ((name, posted_text(box, self._sent(name, box))) for name, box in self._compared())
        return any(text is not UNTOUCHED and seen.get(name) != mark(record, name, text) for name, text in sent)

    def _sent(self, name: str, box: forms.Field) -> Any:
        return box.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def meet(self) -> None:
        """Take over what only somebody else changed, and find what both did. Once, before anything is read."""
        if self.seen is None or self.is_met or not self.is_bound:
            return
        self.is_met = True
        is_to_go = DELETION_FIELD_NAME in self.fields and self._sent(
            DELETION_FIELD_NAME, self.fields[DELETION_FIELD_NAME]
        )
        for name, box in self._compared():
            if name not in self.stored:
                continue
            if is_to_go:
                if self.seen.get(name) != self.stored[name]:
                    self.moved[name] = self._shown(name, box)
            else:
                self._meet_at(name, box)

    def _meet_at(self, name: str, box: forms.Field) -> None:
        text, seen = posted_text(box, self._sent(name, box)), self.seen.get(name)
        was_not_there = self.seen and seen is None
        if text is UNTOUCHED or (
            was_not_there and box.widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))
        ):
            verdict = Verdict.AGREED if seen == self.stored[name] or not self.seen else Verdict.THEIRS
        else:
            verdict = staleness.judge(seen, self.stored[name], mark(self.instance, name, text))
        if verdict is Verdict.THEIRS:
            self._take_theirs(name, box)
        elif verdict is Verdict.BOTH:
            self.contested[name] = self._shown(name, box)

    def _take_theirs(self, name: str, box: forms.Field) -> None:
        if not getattr(self.data, "_mutable", True):
            self.data = self.data.copy()
        value = box.prepare_value(self.get_initial_for_field(box, name))
        staleness.put(self.data, self.add_prefix(name), box.widget, value)
        self.theirs.append(name)

    def _shown(self, name: str, box: forms.Field) -> str:
        """What is stored, in words."""
        value = self.get_initial_for_field(box, name)
        if isinstance(box, forms.ModelMultipleChoiceField):
            text = "、".join(str(one) for one in value or ())
        elif isinstance(box, forms.ModelChoiceField):
            text = str(box.queryset.model._base_manager.filter(pk=staleness.key_of(value)).first()) if value else ""
        elif isinstance(box, forms.ChoiceField):
            text = str(dict(_flat(box.choices)).get(value, value or ""))
        elif isinstance(box, forms.BooleanField):
            text = gettext("yes") if value else gettext("no")
        else:
            text = str(box.prepare_value(value) or "")
        return text or gettext("nothing")

    def label_of(self, name: str) -> str:
        return str(self.fields[name].label or name)

    @cached_property
    def changed_data(self):
        self.meet()
        return super().changed_data

    def full_clean(self):
        self.meet()
        super().full_clean()

    def _clean_form(self):
        super()._clean_form()
        if self.is_gone:
            self.add_error(None, ValidationError(self.gone, code="gone"))
        for name, value in self.contested.items():
            self.add_error(name, ValidationError(STORED, code="contested", params={"value": value}))


def _flat(choices: Iterable) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


class MeetingTable:
    """Mixed into the rows inside another record's form. ``seen``: the marks of each row, by its key."""

    def __init__(self, *args, seen: Mapping[str, Marks] | None = None, **kwargs):
        self.seen, self.left_out, self._newly = seen, 0, set()
        super().__init__(*args, **kwargs)
        if seen is not None and self.is_bound:
            self._part_with_the_deleted()

    def _part_with_the_deleted(self) -> None:
        """Of the rows that somebody deleted meanwhile those that were written in become new ones; the others go."""
        counts = self.management_form.cleaned_data
        number, total = counts.get(INITIAL_FORM_COUNT, 0), counts.get(TOTAL_FORM_COUNT, 0)
        if number > total or total > self.absolute_max:
            return
        left = [row for row in range(number) if not self._is_deleted(row)]
        if len(left) == number:
            return
        written = [row for row in range(number) if row not in left and self._is_written_in(row)]
        self.left_out = number - len(left) - len(written)
        self._newly = set(range(len(left), len(left) + len(written)))
        for row in written:
            for column in (self.model._meta.pk.name, self.fk.name):
                self.data.pop(f"{self.add_prefix(row)}-{column}", None)
        order = [*left, *written, *range(number, total)]
        self.data = staleness.rearranged(self.data, self.prefix, order)
        self.files = staleness.rearranged(self.files, self.prefix, order) if self.files else self.files
        self.data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(len(left))
        self.data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(len(order))
        del self.management_form

    def _key(self, row: int) -> str:
        return self.data.get(f"{self.add_prefix(row)}-{self.model._meta.pk.name}", "")

    def _is_deleted(self, row: int) -> bool:
        """Of a key that none can be, Django itself has a sentence."""
        try:
            return self._existing_object(self.model._meta.pk.to_python(self._key(row))) is None
        except ValidationError:
            return False

    def _is_written_in(self, row: int) -> bool:
        if self.instance._state.adding:
            return True  # the whole record is gone: all of it is kept
        prefix = self.add_prefix(row)
        if f"{prefix}-{DELETION_FIELD_NAME}" in self.data:
            return False
        form = self.form(self.data, self.files, prefix=prefix, **self.form_kwargs)
        return form.is_touched(self.model(pk=self._key(row)), self.seen.get(self._key(row), {}))

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        if self.seen is not None:
            form.seen = self.seen.get(str(form.instance.pk), {})
            form.is_gone, form.gone = i in self._newly and not self.instance._state.adding, ROW_GONE
        return form

    def clean(self):
        super().clean()
        moved = [form for form in self.initial_forms if form.moved] if self.seen is not None else []
        if moved:
            raise ValidationError([ValidationError(ROW_MOVED, code="moved", params=_told(form)) for form in moved])


def _told(form: MeetingForm) -> dict[str, str]:
    values = "；".join(f"{form.label_of(name)}：{value}" for name, value in form.moved.items())
    return {"row": str(form.instance), "values": values}


class Together:
    """Mixed into the admin of every model."""

    def _changeform_view(self, request, object_id, form_url, extra_context):
        """Django offers no other place inside the transaction and before the record is read."""
        if request.method == "POST" and object_id is not None and "_saveasnew" not in request.POST:
            request.seen_before = staleness.read(request.POST.get(SEEN, ""))
            self._hold(unquote(object_id))
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def _hold(self, key: str) -> None:
        """Nobody else stores the record until this transaction ends. SQLite has one writer at a time anyway."""
        if not connections[router.db_for_write(self.model)].features.has_select_for_update:
            return
        with suppress(ValidationError, ValueError):  # no record has such a key, which the page says itself
            list(self.model._base_manager.select_for_update(no_key=True).filter(pk=key).values("pk"))

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        if not hasattr(request, "seen_before") or not self.has_add_permission(request):
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        request.is_gone = True
        add = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super()._changeform_view(request, None, add, {})

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The class is made for this request alone."""
        form = super().get_form(request, obj, change, **kwargs)
        if change and hasattr(request, "seen_before"):
            form.seen = request.seen_before.record
        form.is_gone = not change and hasattr(request, "is_gone")
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if not hasattr(request, "seen_before"):
            return given
        held = given["queryset"].select_for_update(no_key=True, of=("self",))
        return given | {"queryset": held, "seen": request.seen_before.tables.get(prefix, {})}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            tell_what_was_kept(request, form, formsets)

    def render_change_form(self, request, context, change=False, obj=None, **kwargs):
        form = context["adminform"].form
        tables = [inside.formset for inside in context["inline_admin_formsets"]]
        if change and self.has_change_permission(request, obj):
            rows = {table.prefix: {str(row.instance.pk): row.stored for row in table.initial_forms} for table in tables}
            context["seen"] = {"name": SEEN, "value": str(Seen(form.stored, rows))}
        if hasattr(request, "seen_before") and change:
            tell_what_was_kept(request, form, tables)
            if any(one.contested for one in (form, *(row for table in tables for row in table.initial_forms))):
                messages.warning(request, BOTH)
        return super().render_change_form(request, context, change=change, obj=obj, **kwargs)


def tell_what_was_kept(request: HttpRequest, form: MeetingForm, tables: Iterable) -> None:
    names = [form.label_of(name) for name in form.theirs]
    for table in tables:
        for row in table.initial_forms:
            names += [f"{row.instance}（{row.label_of(name)}）" for name in row.theirs]
    if names:
        sentence = _("Somebody else changed meanwhile, and it was kept: %(fields)s.")
        messages.info(request, sentence % {"fields": "、".join(names)})
    left_out = sum(table.left_out for table in tables)
    if left_out:
        told = ngettext(
            "%(number)s row that somebody deleted meanwhile stays deleted.",
            "%(number)s rows that somebody deleted meanwhile stay deleted.",
            left_out,
        )
        messages.info(request, told % {"number": left_out})
