"""Micro-grants and what was paid on them, as people keep them."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.choices import GrantStatus, PaymentKind
from grants.models import Funding, Grant, Payment
from grants.recipients import Recipients, recipient_key
from organizations.linking import OrganizationLinks
from yixin.intake.columns import Column, Required
from yixin.intake.plan import Plan, Row
from yixin.intake.readers import Amount, Choice, Day, Line, Name, Year
from yixin.intake.resource import Resource
from yixin.text import excerpt, name_key

RECIPIENT = (
    "组织或个人 受助组织 受助方 受资助方 受助对象 资助对象 申请人 申请方 组织 机构 grantee recipient "
    "受资助机构 受资助单位 受资助组织 受助机构 受助单位 获资助机构 申请机构 申请单位 申请组织 "
    "执行机构 执行单位 执行方 实施机构 实施单位 单位 单位名称 机构名称 组织名称 团队 团队名称"
)
STATUSES = {
    "withdrawn": "退出 已退出 申请退出 撤回 放弃",
    "awarded": "已资助 批准 已批准 通过 在执行 执行中",
    "completed": "结项 已结项 已完成",
    "declined": "未通过 拒绝 未批准",
    "applied": "申请 已申请 申请中 待审 审核中",
}
MOST_LOOKED_AT, MOST_NAMED = 50, 5  # projects, for a sentence that names some
WITHDRAWN_WORDS = ("退出", "撤回申请", "放弃资助", "退回资助", "不再申请")


class FunderName(Name):
    """The value becomes the funding of that funder."""

    def render(self, value, **kwargs):
        return str(value.funder) if isinstance(value, Funding) else value

    plain = render


class RecipientName(Name):
    """The value becomes the grant to that recipient."""

    def render(self, value, **kwargs):
        return str(value.recipient) if isinstance(value, Grant) else value

    plain = render


def some(names: Iterable[str]) -> str:
    """The first few different names, for a sentence."""
    known = list(dict.fromkeys(islice(names, MOST_LOOKED_AT)))
    return "、".join(excerpt(name) for name in known[:MOST_NAMED]) + ("……" if len(known) > MOST_NAMED else "")


class GrantResource(Resource):
    name = "grants"
    label = _("grants")
    model = Grant
    asks = ("year",)
    explains = _("What we gave on: who, for which project, how much. An empty amount is unknown, not zero.")

    recipient = Required("组织或者个人", None, Name(100), synonyms=RECIPIENT)
    project = Required("项目名称", "project", Line(200, by_key=True), synonyms="项目 资助项目 项目名 project")
    amount = Column(
        "金额",
        "awarded_amount",
        Amount(),
        needs_head=True,
        is_totalled=True,
        synonyms="资助金额 批准金额 批复金额 获批金额 资助额 金额(元) amount",
    )
    requested = Column("申请金额", "requested_amount", Amount(), is_totalled=True, synonyms="申请额 requested")
    funder = Column(
        "资助方",
        "funding",
        FunderName(200),
        synonyms="资助机构 经费来源 资金来源 出资方 基金会 funder",
    )
    status = Column("状态", "status", Choice(GrantStatus, STATUSES), synonyms="项目状态 审批结果 status")
    report_year = Column("报告年度", "report_year", Year(), synonyms="年度 年份 资助年度")
    remark = Column("备注", "remark", Line(200), synonyms="说明 remark note")

    def begin(self, plan):
        if not self.options.year and "报告年度" not in self.table.columns:
            raise ValidationError(_("Say of which report year these grants are."))

    def resolve(self, plan):
        for row in plan.rows:
            row.values["报告年度"] = row.values.get("报告年度") or self.options.year
            if row.values["报告年度"] is None:
                plan.error(row, "报告年度", _("This must not be empty."))
            self._read_withdrawn(plan, row)
        self._link_funders(plan)

    def _read_withdrawn(self, plan: Plan, row: Row) -> None:
        """申请退出资助 in the remark: the row stays, out of the total, counted apart."""
        remark = row.values.get("备注") or ""
        if not row.values.get("状态") and any(word in remark for word in WITHDRAWN_WORDS):
            row.values["状态"] = GrantStatus.WITHDRAWN
            plan.warn(row, "状态", _("Kept as withdrawn, so it does not count as money promised."))

    def _link_funders(self, plan: Plan) -> None:
        """The funding of that funder; a new one where there is none, for nobody says what it was for."""
        named = [(row, row.values["资助方"], None) for row in plan.open_rows if row.values.get("资助方")]
        funders = OrganizationLinks(plan, "资助方", named).links if named else {}
        stored = defaultdict(list)
        for funding in Funding.objects.filter(funder__in=[f.pk for f in funders.values() if f.pk]).select_related(
            "funder"
        ):
            stored[funding.funder_id].append(funding)
        made: dict[str, Funding] = {}
        for row, *_rest in named:
            funder = funders.get(row.number)
            if funder is not None:
                row.values["资助方"] = self._funding(plan, row, funder, stored.get(funder.pk, []), made)

    def _funding(self, plan: Plan, row: Row, funder, stored: list[Funding], made: dict[str, Funding]) -> Funding | None:
        if len(stored) == 1:
            return stored[0]
        year = row.values["报告年度"]
        of_year = [
            item for item in stored if item.period and item.period.earliest.year <= year <= item.period.latest.year
        ]
        if len(of_year) == 1:
            return of_year[0]
        if stored:
            told = {"funder": funder, "fundings": some(item.purpose for item in stored)}
            plan.warn(
                row, "资助方", _("“%(funder)s” gave several fundings (%(fundings)s); choose one on the grant.") % told
            )
            return None
        key = name_key(funder.name)
        made.setdefault(key, Funding(funder=funder, purpose=str(_("Micro-grants"))))
        plan.parts.append((row, made[key]))
        return made[key]

    def identity(self, row):
        return row.values["报告年度"], name_key(row.values["组织或者个人"]), name_key(row.values["项目名称"])

    def existing(self, rows):
        years = {row.values["报告年度"] for row in rows}
        stored = defaultdict(list)
        for grant in self.get_queryset().filter(report_year__in=years):
            stored[grant.report_year, name_key(grant.project)].append(grant)
        self.recipients = Recipients(
            self.plan_now,
            "组织或者个人",
            rows,
            lambda row: [grant.recipient for grant in stored[row.values["报告年度"], name_key(row.values["项目名称"])]],
        )
        found = {}
        for row in rows:
            recipient = self.recipients.links.get(row.number)
            if recipient is None:
                continue
            row.values["组织或者个人"] = recipient
            for grant in stored[row.values["报告年度"], name_key(row.values["项目名称"])]:
                if recipient_key(grant.recipient) == recipient_key(recipient):
                    found[row.number] = grant
        return found

    def year_key(self, row):
        return row.values["报告年度"]

    def make(self, row):
        recipient = row.values["组织或者个人"]
        return Grant(**{"organization" if recipient._meta.model_name == "organization" else "person": recipient})

    def dehydrate_recipient(self, grant):
        return grant.recipient

    def dehydrate_funder(self, grant):
        return grant.funding

    def get_queryset(self):
        return Grant.objects.select_related("organization", "person", "funding__funder").order_by("report_year", "pk")


class PaymentResource(Resource):
    name = "payments"
    label = _("payments")
    model = Payment
    asks = ("year",)
    explains = _("What was paid on grants, and what came back. The grants must be on record first.")

    paid_on = Required("日期", "paid_on", Day(), synonyms="拨款日期 付款日期 时间 拨款时间 付款时间 支付日期 date")
    recipient = Required(
        "组织或者个人", None, RecipientName(100), synonyms=RECIPIENT + " 收款方 收款人 收款单位 收款机构 收款组织"
    )
    project = Column("项目", None, Line(200, by_key=True), needs_head=True, synonyms="项目名称 资助项目 project")
    amount = Required(
        "拨款金额",
        "amount",
        Amount(),
        is_totalled=True,
        synonyms="金额 付款金额 支付金额 拨付金额 拨款 amount",
    )
    kind = Column(
        "类型",
        "kind",
        Choice(PaymentKind, {"refund": "退款 退回", "instalment": "拨款 付款"}),
        synonyms="款项类型 kind",
    )
    remark = Column("备注", "remark", Line(200), synonyms="说明 remark note")

    def resolve(self, plan):
        self._load()
        for row in plan.open_rows:
            row.values["类型"] = row.values.get("类型") or self._kind(row)
            row.values["组织或者个人"] = self._grant(plan, row)
            if row.values["拨款金额"] == 0:
                plan.error(row, "拨款金额", _("A payment of 0 yuan is none. Leave the row out, or write the amount."))

    def _load(self) -> None:
        """Every grant by the names of its recipient. Two queries."""
        self.grants, self.of_project = defaultdict(list), defaultdict(list)
        grants = Grant.objects.select_related("organization", "person").prefetch_related("organization__aliases")
        for grant in grants:
            names = [grant.recipient.name]
            names += [alias.name for alias in grant.organization.aliases.all()] if grant.organization else []
            for key in {name_key(name) for name in names}:
                self.grants[key].append(grant)
                self.of_project[key, name_key(grant.project)].append(grant)

    def _kind(self, row: Row) -> PaymentKind:
        remark = row.values.get("备注") or ""
        return (
            PaymentKind.REFUND if any(word in remark for word in ("退款", "退回", "退还")) else PaymentKind.INSTALMENT
        )

    def _grant(self, plan: Plan, row: Row) -> Grant | None:
        name, project = row.values["组织或者个人"], row.values.get("项目")
        key = name_key(name)
        of_recipient = self.grants.get(key, [])
        fitting = self.of_project.get((key, name_key(project)), []) if project else of_recipient
        if len(fitting) == 1:
            return fitting[0]
        of_year = [grant for grant in fitting if grant.report_year == (self.options.year or row.values["日期"].year)]
        if len(of_year) == 1:
            return of_year[0]
        told = {"name": name, "projects": some(grant.project for grant in of_recipient)}
        if not of_recipient:
            plan.error(row, "组织或者个人", _("No grant to “%(name)s” is on record. Bring the grants in first.") % told)
        elif fitting:
            plan.error(row, "项目", _("“%(name)s” has several grants (%(projects)s). Say which.") % told)
        else:
            plan.error(row, "项目", _("“%(name)s” has no grant of this project, but: %(projects)s.") % told)
        return None

    def identity(self, row):
        values = row.values
        return values["组织或者个人"].pk, values["日期"], values["拨款金额"], values["类型"], values.get("备注")

    def existing(self, rows):
        """One query. A stored payment answers to one row only."""
        grants = {row.values["组织或者个人"].pk for row in rows}
        stored = defaultdict(list)
        for payment in Payment.objects.filter(grant__in=grants).order_by("pk"):
            stored[payment.grant_id, payment.paid_on, payment.amount, payment.kind].append(payment)
        found = {}
        for row in rows:
            values = row.values
            same = stored[values["组织或者个人"].pk, values["日期"], values["拨款金额"], values["类型"]]
            if same:
                found[row.number] = same.pop(0)
        return found

    def make(self, row):
        return Payment(grant=row.values["组织或者个人"])

    def dehydrate_recipient(self, payment):
        return payment.grant

    def dehydrate_project(self, payment):
        return payment.grant.project

    def get_queryset(self):
        return Payment.objects.select_related("grant__organization", "grant__person").order_by("paid_on", "pk")
