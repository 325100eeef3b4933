"""What 360Giving 1.4 demands of the fields that we fill, as rules that jsonschema can check.

Stated by us from the standard (https://standard.threesixtygiving.org, 360Giving, CC BY 4.0). Where OPEN_STANDARDS names
a folder with the standard's own files, those are asked as well.
"""

import json
import os
from datetime import datetime
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https?://[!-~]+$"}
DAY = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$"}
MOMENT = {"type": "string", "format": "date-time"}
SOMEBODY = {
    "type": "object",
    "required": ["id", "name"],
    "additionalProperties": False,
    "properties": {"id": TEXT, "name": TEXT},
}
CORE = ["id", "title", "description", "currency", "amountAwarded", "awardDate", "fundingOrganization"]
GRANT = {
    "type": "object",
    "required": CORE,
    "oneOf": [{"required": ["recipientOrganization"]}, {"required": ["recipientIndividual"]}],
    "additionalProperties": False,
    "properties": {
        "id": TEXT,
        "title": TEXT | {"maxLength": 139},
        "description": TEXT,
        "currency": {"const": "CNY"},
        "amountAwarded": {"type": "number"},
        "awardDate": DAY,
        "recipientOrganization": {"type": "array", "minItems": 1, "items": SOMEBODY},
        "recipientIndividual": SOMEBODY,
        "fundingOrganization": {"type": "array", "minItems": 1, "items": SOMEBODY},
        "grantProgramme": {"type": "array", "items": {"type": "object", "required": ["title"]}},
        "dateModified": MOMENT,
        "dataSource": ADDRESS,
    },
}
PACKAGE = {
    "type": "object",
    "required": ["grants"],
    "additionalProperties": False,
    "properties": {
        "version": {"type": "string", "pattern": r"^(\d+\.)(\d+)$"},
        **dict.fromkeys(("title", "description", "identifier"), TEXT),
        "publisher": {"type": "object", "required": ["name"]},
        **dict.fromkeys(("license", "downloadURL", "accessURL"), ADDRESS),
        "issued": DAY,
        "modified": MOMENT,
        "grants": {"type": "array", "minItems": 1, "uniqueItems": True, "items": GRANT},
    },
}
formats = FormatChecker(formats=())


@formats.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    return not isinstance(value, str) or (datetime.fromisoformat(value).tzinfo is not None and "T" in value)


def complaints(package: dict) -> list[str]:
    """What is wrong with a package, by our rules and, where it is at hand, by the standard's own schema."""
    errors = [error for one in (own(), *official()) for error in one.iter_errors(package)]
    return [f"{error.json_path}: {error.message}" for error in errors]


def own() -> Draft202012Validator:
    return Draft202012Validator(PACKAGE, format_checker=formats)


def official() -> list[Draft202012Validator]:
    folder = os.environ.get("OPEN_STANDARDS")
    if not folder:
        return []
    files = [Path(folder) / "360giving" / f"360-giving-{name}schema.json" for name in ("package-", "")]
    package, grant = (json.loads(path.read_text(encoding="utf-8")) for path in files)
    # The package names another version of the grant's schema than the one that lies beside it.
    resource = DRAFT202012.create_resource(grant)
    registry = Registry().with_resource(package["properties"]["grants"]["items"]["$ref"], resource)
    return [Draft202012Validator(package, registry=registry, format_checker=formats)]
