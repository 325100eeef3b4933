"""The tables of money that was passed on: each grant, by funder, by status."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from grants.choices import GrantStatus
from reports.chart import Bar, Chart, ChartKind
from reports.figures import Figures
from reports.grant_figures import Sums, sums
from reports.records import GrantRecord
from reports.table import Column, Kind, Spec, Table
from yixin.quantities import known_sum


@dataclass(frozen=True)
class Withheld:
    """Grants whose recipients the public does not read by name, in one row."""

    recipient: str
    grants: tuple[GrantRecord, ...]
    project: str = ""
    remark: str = ""
    key: str = ""
    is_committed: bool = True

    @property
    def amount(self) -> Decimal | None:
        return known_sum((grant.amount for grant in self.grants), Decimal("0.00"))


def grant_rows(figures: Figures) -> list[GrantRecord | Withheld]:
    """As they were entered; where the public reads, committed ones only, and one row for persons and for organisations
    that are not named, together: how many of either is told nowhere."""
    grants = figures.grants
    if not figures.is_public:
        return grants.rows
    others = tuple(grants.withheld)
    together = [Withheld(_("Persons, and organisations that are not named"), others)] if others else []
    return [public(grant) for grant in grants.listed] + together


def public(grant: GrantRecord) -> Withheld:
    """A grant that may be named, without the hub's own remark."""
    return Withheld(grant.recipient, (grant,), grant.project)


def grant_notes(figures: Figures, rows: list[GrantRecord | Withheld]) -> list[str]:
    """Who is in the table and not in its total."""
    left_out = [grant for grant in figures.grants.rows if not grant.is_committed]
    if figures.is_public:
        withdrawn = len(figures.grants.withdrawn)
        sentence = ngettext("%(count)s grant was withdrawn.", "%(count)s grants were withdrawn.", withdrawn)
        return [sentence % {"count": withdrawn}] if withdrawn else []
    return [
        _("%(recipient)s: %(status)s, amount %(amount)s; not in the total.")
        % {
            "recipient": grant.recipient,
            "status": GrantStatus(grant.status).label,
            "amount": _("unknown") if grant.amount is None else f"{grant.amount:,}",
        }
        for grant in left_out
    ]


GRANTS = Spec(
    code="grants",
    title=gettext_lazy("Micro-grants"),
    columns=lambda figures: [
        Column(pgettext_lazy("column", "Organisation or person"), "recipient"),
        Column(pgettext_lazy("column", "Project"), "project"),
        Column(pgettext_lazy("column", "Amount"), "amount", Kind.MONEY, totalled=True),
        *([] if figures.is_public else [Column(pgettext_lazy("column", "Remark"), "remark")]),
    ],
    records=grant_rows,
    counted=lambda grant: grant.is_committed,
    notes=grant_notes,
    key=lambda grant: grant.key,
)


@dataclass(frozen=True)
class Group:
    """One line of a table of sums."""

    label: str
    sums: Sums


def money_columns(label: str) -> list[Column]:
    return [
        Column(label, "label"),
        Column(pgettext_lazy("column", "Grants"), "sums.count", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Committed"), "sums.committed", Kind.MONEY, totalled=True),
        Column(pgettext_lazy("column", "Paid"), "sums.paid", Kind.MONEY, totalled=True),
        Column(pgettext_lazy("column", "Returned"), "sums.returned", Kind.MONEY, totalled=True),
        Column(pgettext_lazy("column", "Still to pay"), "sums.still_to_pay", Kind.MONEY, totalled=True),
    ]


def funder_rows(figures: Figures) -> list[Group]:
    """Those without a funder on record last; none where nothing was committed or paid."""
    found = {name: sums for name, sums in figures.grants.by_funder.items() if sums.count or sums.paid or sums.returned}
    unknown = [Group(_("No funder on record"), found.pop(""))] if "" in found else []
    return [*(Group(name, sums) for name, sums in found.items()), *unknown]


def funder_chart(table: Table, figures: Figures) -> Chart | None:
    bars = [Bar(str(row.cells[0]), (row.cells[2], row.cells[3])) for row in table.rows]
    if not bars:
        return None
    title = _("Grants by funder: committed and paid, in yuan")
    return Chart(ChartKind.BARS, title, (_("committed (yuan)"), _("paid (yuan)")), tuple(bars))


FUNDERS = Spec(
    code="funders",
    title=gettext_lazy("Grants by funder"),
    columns=money_columns(pgettext_lazy("column", "Funder")),
    records=funder_rows,
    chart=funder_chart,
    is_public=False,
)


def status_rows(figures: Figures) -> list[Group]:
    """The amount is what was awarded, whatever became of it afterwards: the status says so."""

    def amounts(grants: Iterable[GrantRecord]) -> Sums:
        found = list(grants)
        paid = sums(found)
        return Sums(len(found), known_sum((grant.amount for grant in found), Decimal("0.00")), paid.paid, paid.returned)

    return [Group(str(status.label), amounts(grants)) for status, grants in figures.grants.by_status.items()]


STATUSES = Spec(
    code="grant-status",
    title=gettext_lazy("Grants by status"),
    columns=[
        Column(pgettext_lazy("column", "Status"), "label"),
        Column(pgettext_lazy("column", "Grants"), "sums.count", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Amount"), "sums.committed", Kind.MONEY),
        Column(pgettext_lazy("column", "Paid"), "sums.paid", Kind.MONEY),
        Column(pgettext_lazy("column", "Returned"), "sums.returned", Kind.MONEY),
    ],
    records=status_rows,
    is_public=False,
)
