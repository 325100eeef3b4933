"""Answers to findings: accepted because …, signed, kept, printed as a note if wanted, and taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from reports.checks import Finding
from reports.contents import LANGUAGE
from reports.models import Acceptance, AnnualReport
from reports.writing import note


@dataclass(frozen=True)
class Answered:
    """One finding, and why it stays as it is; None: nobody has said so."""

    finding: Finding
    acceptance: Acceptance | None = None


@dataclass(frozen=True)
class Answers:
    """All findings of a report; and the answers whose finding is gone or has become another one."""

    findings: tuple[Answered, ...]
    outdated: tuple[Acceptance, ...] = ()

    @property
    def open(self) -> list[Finding]:
        return [answered.finding for answered in self.findings if answered.acceptance is None]

    @property
    def accepted(self) -> list[Answered]:
        return [answered for answered in self.findings if answered.acceptance]

    @property
    def printed(self) -> tuple[Acceptance, ...]:
        """Those that the readers are told, by check; not the outdated ones."""
        told = (answered.acceptance for answered in self.accepted if answered.acceptance.is_printed)
        return tuple(sorted(told, key=lambda acceptance: (acceptance.check_code, acceptance.pk)))


def answers(report: AnnualReport | None, findings: Iterable[Finding]) -> Answers:
    """Each finding with its answer. One query, none where no report was begun."""
    rows = report.acceptances.select_related("accepted_by").order_by("check_code", "pk") if report else ()
    given = {acceptance.fingerprint: acceptance for acceptance in rows}
    answered = tuple(Answered(finding, given.pop(finding.fingerprint, None)) for finding in findings)
    return Answers(answered, tuple(given.values()))


@dataclass(frozen=True)
class Reason:
    """Why a finding stays as it is; ``is_printed``: the readers of the report are told, too."""

    text: str
    is_printed: bool = False


@transaction.atomic
def accept(
    *, report: AnnualReport, finding: Finding, because: Reason, by: AbstractUser, now: datetime
) -> tuple[Acceptance, bool]:
    """The answer to the finding, and whether it is new: whoever comes second gets the one that is there."""
    with translation.override(LANGUAGE):
        sentence = str(finding.sentence)
    columns = {
        "check_code": finding.code,
        "sentence": sentence,
        "reason": because.text,
        "is_printed": because.is_printed,
        "accepted_by": by,
        "accepted_at": now,
    }
    acceptance, is_new = Acceptance.objects.get_or_create(
        report=report, fingerprint=finding.fingerprint, defaults=columns
    )
    if is_new:
        note(report, by, _("Accepted %(code)s: %(reason)s") % {"code": finding.code, "reason": because.text})
    return acceptance, is_new


@transaction.atomic
def take_back(*, report: AnnualReport, pk: int, by: AbstractUser) -> bool:
    """Whether there was such an answer; its finding is open again."""
    acceptance = report.acceptances.select_for_update().filter(pk=pk).first()
    if acceptance is None:
        return False
    told = {"code": acceptance.check_code, "reason": acceptance.reason}
    acceptance.delete()
    note(report, by, _("Took back the answer to %(code)s: %(reason)s") % told)
    return True
