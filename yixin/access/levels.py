"""How much care each column needs: the one place that says so, for every column of every model of ours.

Public pages read PUBLIC columns only. A row marked sensitive (``is_sensitive``), and everything that ties
a person or an organisation to it, is SENSITIVE whatever its columns are. A column that is not listed here
fails the tests.
"""

from enum import IntEnum

from django.db import models


class Level(IntEnum):
    PUBLIC = 0  # anybody may see it
    INTERNAL = 1  # the hub's own notes and bookkeeping
    PERSONAL = 2  # tells who somebody is, or how to reach them
    SENSITIVE = 3  # ties somebody to an illness, a minority or a minor


PUBLIC, INTERNAL, PERSONAL, SENSITIVE = Level
FUZZY = "{0}_text {0}_earliest {0}_latest {0}_precision"

LEVELS: dict[str, dict[Level, str]] = {
    "organizations.region": {PUBLIC: "code name level parent valid_from valid_to successors pinyin"},
    "organizations.fieldofwork": {PUBLIC: "code name name_en position"},
    "organizations.organization": {
        PUBLIC: "name name_key name_pinyin name_initials slug type legal_status uscc region fields_of_work"
        " introduction website confirmed_on " + FUZZY.format("founded"),
        INTERNAL: "listing is_sensitive is_active remark",
        PERSONAL: "address",  # often somebody's home
    },
    "organizations.alias": {PUBLIC: "organization name name_key kind valid_from valid_to"},
    "organizations.gram": {INTERNAL: "organization gram"},  # also of those that the directory does not show
    "organizations.proposal": {
        INTERNAL: "organization kind changes made_at status handled_at accepted note",
        PERSONAL: "message sender_name sender_contact handled_by",  # what people write may name anybody
    },
    "organizations.entrylink": {
        INTERNAL: "organization slug key made_at expires_at used_at revoked_at proposal",
        PERSONAL: "made_by",
    },
    "organizations.merger": {
        INTERNAL: "kept kept_key kept_name merged_key merged_name moved made reason merged_at undone_at",
        PERSONAL: "snapshot changes dropped merged_by undone_by",
    },
    "organizations.formeraddress": {INTERNAL: "slug organization"},  # of a sensitive one it is another name
    "organizations.distinction": {INTERNAL: "one other made_at", PERSONAL: "made_by"},
    "organizations.person": {
        PERSONAL: "name name_key name_pinyin name_initials phone email consented_on is_active remark"
    },
    "organizations.territory": {INTERNAL: "region", PERSONAL: "user"},
    "organizations.contact": {PERSONAL: "person organization role started_on ended_on consented_on"},
    "organizations.networkgroup": {
        PUBLIC: "platform name region",
        INTERNAL: "number member_count is_public",
        PERSONAL: "steward",
    },
    "grants.funding": {
        INTERNAL: "funder purpose amount status partners is_sensitive remark " + FUZZY.format("period"),
    },
    "grants.grant": {
        PUBLIC: "organization project awarded_amount report_year funding",
        INTERNAL: "requested_amount status remark round applied_on decided_on agreement_number agreed_on"
        " report_due_on reported_on withdrawal_reason",
        PERSONAL: "person",
    },
    "grants.grantround": {INTERNAL: "title funding opens_on closes_on remark"},
    "grants.remittance": {INTERNAL: "funding received_on amount remark"},
    "grants.instalment": {INTERNAL: "grant due_on amount condition"},
    "grants.payment": {INTERNAL: "grant kind paid_on amount remark"},
    "activities.workarea": {
        PUBLIC: "code name name_en short_name position has_table",
        INTERNAL: "is_active",
    },
    "activities.course": {PUBLIC: "title stated_people stated_organizations", INTERNAL: "remark"},
    "activities.engagement": {INTERNAL: "organization need goal opened_on closed_on next_step next_due"},
    "activities.talk": {INTERNAL: "engagement held_on kind summary", PERSONAL: "partners"},
    "activities.event": {
        PUBLIC: "title title_pinyin headcount headcount_is_estimated area also_listed_in report_year region our_role"
        " status organizations course " + FUZZY.format("when"),
        INTERNAL: "engagement funding is_sensitive remark",
    },
    "activities.eventorganization": {PUBLIC: "event organization role"},
    "activities.attendance": {PERSONAL: "event person organization role is_counted consented_on remark"},
    "activities.survey": {
        PUBLIC: "title report_year stated_target stated_visited stated_cities " + FUZZY.format("period"),
        INTERNAL: "funding remark",
    },
    "activities.surveytarget": {PUBLIC: "survey region planned"},
    "activities.visit": {
        PUBLIC: "survey organization status",
        INTERNAL: "is_added outcome " + FUZZY.format("when"),
        PERSONAL: "visitors",
    },
    "activities.question": {INTERNAL: "survey position text kind choices"},
    "activities.answer": {INTERNAL: "visit question value"},
    "activities.publication": {
        PUBLIC: "title slug file survey event " + FUZZY.format("published"),
        INTERNAL: "is_public remark",
    },
    "activities.photo": {PERSONAL: "image caption event consented_on"},
    "activities.expense": {INTERNAL: "spent_on purpose amount funding event visit", PERSONAL: "receipt"},
    "reports.annualreport": {PUBLIC: "year title cut_off", INTERNAL: "funder"},
    "reports.section": {
        INTERNAL: "report position heading prose table area photos version edited_at",
        PERSONAL: "edited_by",
    },
    "reports.edition": {
        PUBLIC: "report number published_at public_snapshot sha256 correction",
        INTERNAL: "snapshot content_sha256 files",
        PERSONAL: "published_by",
    },
    "reports.acceptance": {
        INTERNAL: "report check_code fingerprint sentence reason is_printed accepted_at",
        PERSONAL: "accepted_by",
    },
    "reports.amendment": {INTERNAL: "year record title reason made_at", PERSONAL: "made_by"},
}


def level_of(model: type[models.Model], field: str) -> Level:
    """Raises KeyError for a column that nobody has classified."""
    for level, names in LEVELS[model._meta.label_lower].items():
        if field in names.split():
            return level
    raise KeyError(f"{model._meta.label}.{field}")


def columns(model: type[models.Model], level: Level) -> list[str]:
    """The model's own columns of that level or below; the id, which names no one, among them."""
    own = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    return ["pk", *(name for name in own if level_of(model, name) <= level)]
