"""The work areas that a new database starts with."""

from django.apps import apps as installed

from yixin.reference import empty_table, rows


def load(using: str, apps=installed, **kwargs) -> None:
    """Receiver of post_migrate."""
    if area := empty_table(apps, using, "activities.WorkArea"):
        area.objects.using(using).bulk_create(area(**row) for row in rows("work_areas"))
