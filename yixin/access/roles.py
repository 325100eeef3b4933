"""The roles, as groups: what each may do in which app. The one place to change that."""

from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions

from yixin.access.territories import NOTHING, ROLE, TERRITORIES, WHOLE

ALL, WRITE, READ, NONE = ("view", "add", "change", "delete"), ("view", "add", "change"), ("view",), ()

APPS = [*settings.YIXIN_APPS, "intake", "access"]
#                    who  money  what  the year  what came in and went out  who saw what
ROLES = {
    "administrator": (ALL, ALL, ALL, ALL, READ, READ),
    "coordinator": (WRITE, WRITE, WRITE, ALL, READ, NONE),
    "staff": (WRITE, WRITE, WRITE, READ, NONE, NONE),
    "volunteer": (WRITE, NONE, WRITE, NONE, NONE, NONE),  # of what lies in their own prefecture city alone
    "partner": (NONE, NONE, NONE, NONE, NONE, NONE),
}
# What is no action on one model, by codename.
TABLES = ("import_tables", "export_tables")
SPECIAL = {
    "administrator": (*TABLES, "export_personal", "merge_organization", "see_personal"),
    "coordinator": (*TABLES, "export_personal", "merge_organization", "see_personal"),
    "staff": (*TABLES, "see_personal"),
    "volunteer": (),
    "partner": (),
}
# Tables that everything else stands on, what came from outside, what was published and what was merged: changed by
# administrators, or by nobody.
GUARDED = dict.fromkeys(["region", "territory", "fieldofwork", "workarea", "proposal", "entrylink"], READ)
ONLY_READ = {"edition", "amendment", "acceptance", "merger", "formeraddress", "distinction"}  # by administrators too
GUARDED |= dict.fromkeys(ONLY_READ, READ)
# A name that stands on a roster by mistake is taken off by whoever writes rosters. Nothing hangs on such a row.
TAKEN_OFF = {"attendance"}
# Values as they were before an import, kept for undoing it; and what a second tap is known by: shown to nobody.
UNSEEN = {"change", "savedform"}


def may(role: str, app: str, model: str) -> tuple[str, ...]:
    """The actions that the role has on a model."""
    actions = ROLES[role][APPS.index(app)] if model not in UNSEEN else NONE
    if model in ONLY_READ or (model in GUARDED and role != "administrator"):
        actions = tuple(action for action in actions if action in GUARDED[model])
    if actions == WRITE and model in TAKEN_OFF:
        actions = ALL
    if role == ROLE:
        reach = TERRITORIES[f"{app}.{model}"]
        return NONE if reach == NOTHING else tuple(action for action in actions if reach != WHOLE or action in READ)
    return actions


def grant(app_config, using: str, apps=installed, **kwargs) -> None:
    """Receiver of post_migrate: give each role what the table says on the app's models."""
    if app_config.label not in APPS:
        return
    try:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    create_permissions(app_config, using=using, apps=apps, verbosity=0)
    known = permission.objects.using(using).filter(content_type__app_label=app_config.label)
    known = {item.codename: item for item in known}
    for role in ROLES:
        members, _ = group.objects.using(using).get_or_create(name=role)
        members.permissions.add(*(known[name] for name in codenames(role, app_config.label) if name in known))


def codenames(role: str, app: str) -> list[str]:
    models = [model._meta.model_name for model in installed.get_app_config(app).get_models()]
    return [*SPECIAL[role], *(f"{action}_{model}" for model in models for action in may(role, app, model))]
