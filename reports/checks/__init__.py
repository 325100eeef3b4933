"""Checks: what the records and the text of a year say against each other, as polite questions.

``run(Reading.of(2014))`` gives all findings. A new rule is one function under ``@check`` in a module of rules.
"""

from reports.checks import (
    count_rules,
    date_rules,
    missing_rules,
    organization_rules,
    people_rules,
    share_rules,
    table_rules,
    title_rules,
)
from reports.checks.findings import Finding, Level, RecordRef
from reports.checks.reading import Reading
from reports.checks.registry import CHECKS, check, run

RULES = (
    count_rules, people_rules, table_rules, date_rules, missing_rules, title_rules, organization_rules, share_rules
)  # fmt: skip

__all__ = ["CHECKS", "RULES", "Finding", "Level", "Reading", "RecordRef", "check", "run"]
