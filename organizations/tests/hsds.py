"""What Open Referral HSDS 3.0 demands of the tables that we fill, as rules that jsonschema can check.

Stated by us from the field definitions of the standard (https://docs.openreferral.org, schema version 3.0): a name with
! must be filled, what follows the colon is its type or format, a bar parts the words of a list. Where OPEN_STANDARDS
names a folder with the standard's own files, ``official`` reads the same out of them.
"""

import json
import os
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker

RULES = {
    "organization": "id:uuid! name! alternate_name description! email:email website:uri tax_status tax_id"
    " year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid",
    "organization_identifier": "id:uuid! organization_id:uuid! identifier_scheme identifier_type! identifier!",
    "location": "id:uuid! location_type:physical|postal|virtual! url:uri organization_id:uuid name alternate_name"
    " description transportation latitude:number longitude:number external_identifier external_identifier_type",
    "contact": "id:uuid! organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid name title"
    " department email:email",
    "phone": "id:uuid! location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid"
    " service_at_location_id:uuid number! extension:number type description",
    "attribute": "id:uuid! link_id:uuid! taxonomy_term_id:uuid! link_type link_entity! value",
    "taxonomy_term": "id:uuid! code name! description! parent_id:uuid taxonomy language taxonomy_id:uuid term_uri:uri",
}
# What JSON holds inside one of them, as lists; and the one that stands there alone.
LISTS = {
    "organization": {
        "organization_identifiers": "organization_identifier",
        "locations": "location",
        "contacts": "contact",
        "attributes": "attribute",
    },
    "contact": {"phones": "phone"},
}
SINGLE = {"attribute": {"taxonomy_term": "taxonomy_term"}}
TOLD_BY_NESTING = {"organization_id", "link_id", "taxonomy_term_id"}  # keys that only tables need
FORMATS = {"uuid": {"format": "uuid"}, "email": {"format": "email"}, "uri": {"pattern": "^https?://[!-~]+$"}}
PAGE = {
    "type": "object",
    "required": ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"],
    "additionalProperties": False,
    "properties": {
        **{name: {"type": "integer", "minimum": 0} for name in ("total_items", "total_pages", "page_number", "size")},
        **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
    },
}


def fields(table: str) -> list[tuple[str, str, bool]]:
    """Name, type or format, and whether it must be filled, in the order of the standard."""
    found = []
    for rule in RULES[table].split():
        name, _colon, kind = rule.removesuffix("!").partition(":")
        found.append((name, kind, rule.endswith("!")))
    return found


def of_kind(kind: str) -> dict:
    if kind == "number":
        return {"type": "number"}
    filled = {"type": "string", "minLength": 1}
    return filled | ({"enum": kind.split("|")} if "|" in kind else FORMATS.get(kind, {}))


def schema(table: str) -> dict:
    """Of one object in JSON, with its parts; nothing that the standard does not know."""
    properties = {name: of_kind(kind) for name, kind, _required in fields(table)}
    lists = LISTS.get(table, {})
    properties |= {name: {"type": "array", "minItems": 1, "items": schema(part)} for name, part in lists.items()}
    properties |= {name: schema(part) for name, part in SINGLE.get(table, {}).items()}
    required = [name for name, _kind, required in fields(table) if required and name not in TOLD_BY_NESTING]
    required += SINGLE.get(table, {})
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


def complaints(value: dict) -> list[str]:
    """What is wrong with a page of organisations."""
    contents = {"type": "array", "items": schema("organization")}
    page = PAGE | {"properties": PAGE["properties"] | {"contents": contents}}
    return told(page, value)


def row_complaints(row: dict[str, str]) -> list[str]:
    """What is wrong with a row of organization.csv; an empty cell is none."""
    values = {name: value for name, value in row.items() if value}
    if "year_incorporated" in values:
        values["year_incorporated"] = int(values["year_incorporated"])
    return told(schema("organization"), values)


def told(rules: dict, value: object) -> list[str]:
    errors = Draft202012Validator(rules, format_checker=FormatChecker()).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in errors]


def official() -> dict[str, str] | None:
    """The same rules, read from the standard's own datapackage.json; None where it is not at hand."""
    folder = os.environ.get("OPEN_STANDARDS")
    if not folder:
        return None
    package = json.loads((Path(folder) / "hsds" / "datapackage.json").read_text(encoding="utf-8"))
    tables = {resource["name"]: resource["schema"]["fields"] for resource in package["resources"]}
    return {table: " ".join(map(rule_of, tables[table])) for table in RULES}


def rule_of(field: dict) -> str:
    kind = field["type"] if field["type"] != "string" else field.get("format", "")
    kind = "|".join(field["constraints"].get("enum", ())) or kind
    return field["name"] + (f":{kind}" if kind else "") + ("!" if field["constraints"]["required"] else "")
