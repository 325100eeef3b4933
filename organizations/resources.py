"""The network as people keep it: one row an organisation, with who heads it and how to reach them."""

from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from organizations.choices import AliasKind, LegalStatus, Listing, OrganizationType
from organizations.heads import CONTACTS, Heads, head_of
from organizations.linking import OrganizationLinks, Place, area_code, link_places, new_organization
from organizations.models import Alias, Organization
from organizations.models.organization import validate_uscc
from organizations.people import canonical, read_phones, without_phones
from organizations.placenames import PlaceNames
from yixin.access.masking import ADDRESS, EMAIL, PHONE
from yixin.intake.columns import Column, Required
from yixin.intake.plan import Action, Plan, Row
from yixin.intake.readers import Choice, Day, Email, FuzzyDate, Line, Prose, Reader, Website, YesNo, as_text
from yixin.intake.resource import Resource
from yixin.intake.sheets import Line as SheetLine
from yixin.numerals import compact, is_unknown
from yixin.personnames import people_in
from yixin.text import clean_text, name_key

PERSON = "person"  # what a row of individuals says in the column of types
TYPES = {
    "hub": "huborganisation 枢纽 枢纽型组织 支持型组织",
    "ngo": "社会组织 公益组织 社团 社会团体 民非 民办非企业 民办非企业单位 社会服务机构 协会 ngo",
    "volunteers": "志愿者团队 志愿者组织 义工组织 义工团队 义工",
    "alliance": "联盟 网络",
    "foundation": "基金会 资助方 funder",
    "university": "高校 学校 universitydepartment",
    "student-body": "学生社团 学生组织",
    "government": "政府 政府部门 政府机构",
    "media": "媒体",
    "self-help": "自助小组 自助组织 群",
    PERSON: "个人 individual individualsurnameandofficeonly person",
}
NO_CODE = {"没有", "暂无", "未办理", "办理中", "申请中", "未注册", "未登记", "待办", "筹备中"}
KINDS_THAT_SAY_NOTHING = {"grantee", "networkmember", "成员", "网络成员", "受助方"}


class CreditCode(Line):
    def read(self, value, **kwargs):
        text = compact(as_text(value))
        if is_unknown(text) or text in NO_CODE:
            return None
        code = uscc.compact(clean_text(as_text(value))).upper()
        validate_uscc(code)
        return code


class Phone(Reader):
    """Shape: the first phone of the cell."""

    def read(self, value, **kwargs):
        return next(iter(read_phones(value)), None)

    def same(self, old, new):
        return canonical(old or "") == canonical(new or "")


class Aliases(Line):
    """Shape: list of other names."""

    def read(self, value, **kwargs):
        names = [clean_text(name) for name in as_text(value).replace("|", "、").replace("；", "、").split("、")]
        for name in names:
            Line(100).read(name)
        return [name for name in names if name] or None

    def same(self, old, new):
        """What is on record stays: names only come to it."""
        return {name_key(name) for name in new or ()} <= {name_key(name) for name in old or ()}

    def render(self, value, **kwargs):
        return "、".join(value) if value else None

    plain = render


class Type(Choice):
    """A kind of organisation; PERSON for a row that speaks of one."""

    def read(self, value, **kwargs):
        key = name_key(as_text(value))
        return None if key in KINDS_THAT_SAY_NOTHING else self.synonyms.get(key) or super().read(value)

    def render(self, value, **kwargs):
        return value if value == PERSON else super().render(value)


class OrganizationResource(Resource):
    name = "organizations"
    label = _("organisations")
    model = Organization
    explains = _("The network: one row an organisation, with its city. Who heads it and a phone may stand beside it.")

    title = Required(
        "组织名称",
        "name",
        Line(100, by_key=True),
        synonyms="名称 机构名称 单位名称 团队名称 组织 机构 社团名称 全称 name organization",
    )
    region = Column(
        "地市",
        "region",
        Place(60),
        needs_head=True,
        synonyms="城市 地区 所在地 所在地市 所在城市 区域 设区市 市 city region",
    )
    aliases = Column("其他名称", None, Aliases(400), synonyms="别名 简称 曾用名 又名 aliases")
    type = Column("类型", "type", Type(OrganizationType, TYPES), is_soft=True, synonyms="组织类型 机构类型 类别 kind")
    legal_status = Column(
        "登记情况",
        "legal_status",
        Choice(
            LegalStatus,
            {"registered": "已注册 民政注册", "unregistered": "未注册", "affiliated": "挂靠", "business": "工商注册"},
        ),
        is_soft=True,
        synonyms="注册情况 法律地位 是否注册 注册状态",
    )
    head = Column(
        "负责人",
        None,
        Line(60),
        is_personal=True,
        synonyms="联系人 负责人姓名 联系人姓名 法人 法定代表人",
    )
    phone = Column(
        "电话",
        None,
        Phone(),
        is_personal=True,
        mask=PHONE,
        holder=head_of,
        synonyms="联系电话 手机 手机号 手机号码 联系方式 电话号码 负责人电话 phone",
    )
    email = Column(
        "邮箱",
        None,
        Email(254),
        is_personal=True,
        mask=EMAIL,
        holder=head_of,
        synonyms="电子邮箱 电子邮件 邮件 email e-mail",
    )
    website = Column("网站", "website", Website(200), synonyms="网址 官网 主页 website")
    uscc = Column("统一社会信用代码", "uscc", CreditCode(18), synonyms="信用代码 社会信用代码 机构代码 uscc")
    founded = Column("成立时间", "founded", FuzzyDate(), synonyms="成立日期 成立年份 成立年月 founded")
    address = Column(
        "地址",
        "address",
        Line(200),
        is_personal=True,
        mask=ADDRESS,
        synonyms="详细地址 办公地址 通讯地址 address",
    )
    introduction = Column("简介", "introduction", Prose(), synonyms="组织简介 机构简介 介绍 业务范围 主要业务")
    remark = Column("备注", "remark", Prose(), synonyms="说明 remark note")
    listing = Column("目录中可见", "listing", Choice(Listing), readonly=True)
    is_sensitive = Column("敏感", "is_sensitive", YesNo(), readonly=True)
    confirmed_on = Column("最后确认", "confirmed_on", Day(), readonly=True)

    # Planning

    def begin(self, plan):
        self.places = PlaceNames(self.options.year)

    def resolve(self, plan):
        link_places(plan, "地市", self.places)
        lines = {line.number: line for line in self.table.lines}
        for row in plan.open_rows:
            self._keep_first(plan, row, lines[row.number])
            if row.values.get("类型") == PERSON:
                row.skip(_("A person, not an organisation."))

    def _keep_first(self, plan: Plan, row: Row, line: SheetLine) -> None:
        """Of several heads or phones in one cell the first is kept, and that is said."""
        head, phones = without_phones(row.values.get("负责人") or "")
        if phones:  # a name is shown to more people than a phone
            row.values["负责人"] = head or None
        if row.values.get("电话"):
            phones = list(dict.fromkeys([*read_phones(self.table.cell(line, "电话")), *phones]))
        elif phones:
            row.values["电话"] = phones[0]
        heads = people_in(head)
        for column, found in (("负责人", heads), ("电话", phones)):
            if len(found) > 1:
                told = {"first": found[0], "others": "、".join(found[1:])}
                sentence = _("“%(first)s” was kept. Add on its page what else stands here: %(others)s.")
                plan.warn(row, column, sentence % told)
        if len(heads) > 1:
            row.values["负责人"] = heads[0]

    def identity(self, row):
        return name_key(row.values["组织名称"]), area_code(row.values.get("地市"))

    def existing(self, rows):
        by_code = self._by_credit_code(rows)
        named = [(row, row.values["组织名称"], row.values.get("地市")) for row in rows if row.number not in by_code]
        links = Entries(self.plan_now, "组织名称", named).links
        self.new = {number: found for number, found in links.items() if found.pk is None}
        known = by_code | {number: found for number, found in links.items() if found.pk}
        for row in rows:
            if found := known.get(row.number):
                self._keep_name(row, found)
        taken: dict[int, Row] = {}
        for row in rows:
            found = known.get(row.number) or self.new.get(row.number)
            if found and (first := taken.setdefault(found.pk or id(found), row)) is not row:
                row.skip(_("Row %(row)s is the same organisation.") % {"row": first.number})
                self.tell_difference(row, first)
        self.contacts = Heads(self.plan_now, rows, known)
        return known

    def _by_credit_code(self, rows: list[Row]) -> dict[int, Organization]:
        codes = {row.values["统一社会信用代码"]: row for row in rows if row.values.get("统一社会信用代码")}
        found = Organization.objects.filter(uscc__in=codes).select_related("region") if codes else []
        return {codes[organization.uscc].number: organization for organization in found}

    def _keep_name(self, row: Row, found: Organization) -> None:
        """An organisation found by another of its names is not renamed."""
        name = row.values["组织名称"]
        if name_key(name) != found.name_key:
            self.plan_now.warn(row, "组织名称", _("On record as “%(name)s”; its name stays.") % {"name": found})
            row.values["组织名称"] = found.name

    def make(self, row):
        return self.new[row.number]

    def dehydrate_aliases(self, organization):
        return [alias.name for alias in organization.aliases.all()] or None

    def dehydrate_head(self, organization):
        head = head_of(organization)
        return head and head.name

    def dehydrate_phone(self, organization):
        head = head_of(organization)
        return (head and head.phone) or None

    def dehydrate_email(self, organization):
        head = head_of(organization)
        return (head and head.email) or None

    def get_queryset(self):
        found = Organization.objects.select_related("region").prefetch_related("aliases", CONTACTS)
        return found.order_by("name_pinyin", "pk")

    # Writing

    def write_links(self, plan, journal):
        rows = plan.doing(Action.NEW, Action.CHANGED)
        journal.create(alias for row in rows for alias in self._missing_aliases(row))
        self.contacts.write(rows, journal)

    def _missing_aliases(self, row: Row) -> list[Alias]:
        has = {row.record.name_key}
        has |= {alias.name_key for alias in row.record.aliases.all()} if row.action == Action.CHANGED else set()
        wanted = {name_key(name): name for name in row.values.get("其他名称") or ()}
        return [
            Alias(organization=row.record, name=name, kind=AliasKind.OTHER)
            for key, name in wanted.items()
            if key not in has
        ]


class Entries(OrganizationLinks):
    """The rows' own organisations: a new one is the row's record, not something that the row needs first."""

    def add(self, row, name, region):
        made = new_organization(self.plan, row, self.column, name)
        made.region = region
        self.finder.add(made)
        return made

    def need(self, row, chosen):
        pass
