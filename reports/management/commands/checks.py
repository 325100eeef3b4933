"""``manage.py checks YEAR [--funder NAME] --json``: what the records and the text say against each other."""

import json as writer

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.acceptance import Answered, answers
from reports.checks import CHECKS, Reading, run
from reports.management.choosing import funder_called, sensible_year


class Command(BaseCommand):
    help = "Print what does not fit together in a year's records and report."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("--funder", help="name or alias of the organisation that paid")
        parser.add_argument("--json", action="store_true", help="one line for scripts")

    def handle(self, *, year: int, funder: str | None, json: bool, **options):
        reading = Reading.of(sensible_year(year), funder_called(funder))
        found = answers(reading.draft.report, run(reading)).findings
        if json:
            self.stdout.write(writer.dumps([as_json(answered) for answered in found], ensure_ascii=False))
            return
        for answered in found:
            self.stdout.write("\n".join(lines(answered)))
        count = sum(answered.acceptance is None for answered in found)
        sentence = ngettext("%(count)s open question.", "%(count)s open questions.", count)
        self.stdout.write(sentence % {"count": count})


def as_json(answered: Answered) -> dict[str, object]:
    acceptance = answered.acceptance
    answer = acceptance and {
        "reason": acceptance.reason,
        "by": acceptance.accepted_by.get_username(),
        "at": acceptance.accepted_at.isoformat(),
    }
    return answered.finding.as_json() | {"accepted": answer}


def lines(answered: Answered) -> list[str]:
    finding, acceptance = answered.finding, answered.acceptance
    told = [f"{finding.code} [{finding.level.label}] {CHECKS[finding.code].title}", f"    {finding.sentence}"]
    if acceptance:
        told.append("    " + _("Accepted, because: %(reason)s") % {"reason": acceptance.reason})
    else:
        told.append(f"    → {finding.suggestion}")
    return told
