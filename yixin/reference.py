"""What a new database brings along, read from ``fixtures/`` after a migration into tables that are empty."""

import json

from django.conf import settings

FIXTURES = settings.BASE_DIR / "fixtures"


def rows(name: str) -> list[dict]:
    """The fields of each row of one fixture file, in its order."""
    return [row["fields"] for row in json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))]


def empty_table(apps, using: str, label: str):
    """The model if its table is there and has no row, else None: what people changed is left alone."""
    try:
        model = apps.get_model(label)
    except LookupError:  # migrated back to before it existed
        return None
    return None if model.objects.using(using).exists() else model
