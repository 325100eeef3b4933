"""The administrative divisions and the fields of work that a new database starts with."""

from django.apps import apps as installed

from yixin.reference import empty_table, rows


def load(using: str, apps=installed, **kwargs) -> None:
    """Receiver of post_migrate."""
    if region := empty_table(apps, using, "organizations.Region"):
        load_regions(region, using)
    if field_of_work := empty_table(apps, using, "organizations.FieldOfWork"):
        field_of_work.objects.using(using).bulk_create(field_of_work(**row) for row in rows("fields_of_work"))


def load_regions(model, using: str) -> None:
    """Five queries: one a level, so that every row finds its parent, and one for what became of former ones."""
    made: dict[tuple, object] = {}
    everything = rows("regions")
    for level in ("province", "prefecture", "county"):
        of_level = [row for row in everything if row["level"] == level]
        regions = [model(**row | {"parent": None}) for row in map(columns, of_level)]
        for region, row in zip(regions, of_level, strict=True):
            region.parent = made.get(tuple(row["parent"] or ()))
        for region in model.objects.using(using).bulk_create(regions):
            made[region.code, region.valid_from] = region
    through = model.successors.through
    through.objects.using(using).bulk_create(
        through(from_region=made[row["code"], row["valid_from"]], to_region=made[tuple(key)])
        for row in everything
        for key in row["successors"]
    )


def columns(row: dict) -> dict:
    return {name: value for name, value in row.items() if name != "successors"}
