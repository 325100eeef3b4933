"""The history of an organisation where something else than its own form writes it."""

from collections.abc import Mapping

from organizations.models import Alias, Organization
from yixin import history
from yixin.access.models import Act
from yixin.history import Done


def remembered(organization: Organization) -> dict[str, object]:
    """All that its history tells, as it stands: its columns, its fields of work by their ids, its other names. Two
    queries."""
    fields = sorted(organization.fields_of_work.values_list("pk", flat=True))
    names = Alias.objects.filter(organization=organization).order_by("pk").values_list("pk", "name")
    rows = {f"{Alias._meta.label_lower}:{pk}:name": name for pk, name in names}
    return history.values_of(organization) | {"fields_of_work": fields} | rows


def changed(organization: Organization, before: Mapping[str, object]) -> Done:
    """``before``: as it was `remembered`."""
    now = dict.fromkeys(before) | remembered(organization)
    return Done(organization, Act.CHANGED, history.between(before, now))
