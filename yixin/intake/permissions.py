"""Who may bring tables in: a permission of its own, and those of the records that would be written."""

from django.contrib.auth import get_permission_codename
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from yixin.access.territories import confined

from .plan import Action, Plan

IMPORT, EXPORT, EXPORT_PERSONAL = "intake.import_tables", "intake.export_tables", "intake.export_personal"


def may(user, action: str, model: type[Model]) -> bool:
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}")


def may_import(user, model: type[Model]) -> bool:
    """Whether the user may bring in this table at all; new rows need *add*, changed ones *change*.

    Nobody who is confined to a city: a table finds and changes records wherever they lie.
    """
    is_allowed = user.has_perm(IMPORT) and (may(user, "add", model) or may(user, "change", model))
    return is_allowed and confined(user) is None


def may_export(user, model: type[Model]) -> bool:
    return user.has_perm(EXPORT) and may(user, "view", model)


def refuse_forbidden(plan: Plan, user) -> None:
    """Refuse the rows, and the new records that rows link to, which the user may not write."""
    for action, needed in ((Action.NEW, "add"), (Action.CHANGED, "change")):
        if not may(user, needed, plan.resource.model):
            for row in plan.doing(action):
                plan.error(row, None, _FORBIDDEN[needed])
    edited = {type(record) for row, record, before in plan.edits if row.action in (Action.NEW, Action.CHANGED)}
    touched = {type(record) for record in plan.touched}
    made = {type(part) for part in plan.needed_parts}
    for models, needed in ((made, "add"), (edited | touched, "change")):
        for model in models:
            if not may(user, needed, model):
                plan.error(None, None, _BESIDE[needed] % {"records": model._meta.verbose_name_plural})


_BESIDE = {
    "add": _("You may not add any %(records)s, which this table would."),
    "change": _("You may not change any %(records)s, which this table would."),
}
_FORBIDDEN = {
    "add": _("You may not add records of this kind. Ask your administrator."),
    "change": _("This is on record already with other values, and you may not change it. Ask your administrator."),
}
