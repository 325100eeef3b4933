"""Who was there: sign-in sheets and pasted lists become the roster of one event."""

from collections.abc import Hashable
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.choices import AttendanceRole
from activities.models import Attendance, Event
from organizations.linking import OrganizationLinks
from organizations.people import person_key
from yixin.access.masking import PHONE
from yixin.intake.columns import Column, Required
from yixin.intake.plan import Action, Plan, Row
from yixin.intake.readers import Choice, Day, FuzzyDate, Name, YesNo
from yixin.intake.readers import Line as Text
from yixin.intake.resource import Resource
from yixin.intake.sheets import Finding, Line, Table
from yixin.personnames import people_in
from yixin.text import name_key

from .choosing import about_event, event_field
from .event_of_roster import EventsOfRows, event_by_titles, mentioned
from .presence import absence, days_present, is_day, is_signature, told_days
from .roster_cells import PersonName, Phones
from .roster_people import RosterPeople
from .roster_words import add_remark, settle_names, settle_organization

SENSITIVE = _(
    "The event is sensitive: names may be kept only of people who separately agreed to that. Write the day on which "
    "each of them agreed into a column 同意日期, or keep the head-count only."
)
UNCOUNTED = _("Something is wrong in this row, so it was not counted. Correct it in the sheet.")
NAMELESS = {"姓名": 0}  # the columns of a roster that only says how many there were
ROLES = {
    "participant": "学员 参与者 参加者",
    "speaker": "讲师 老师 主讲",
    "guest": "嘉宾",
    "staff": "工作人员 志愿者 主持人",
}


class AttendanceResource(Resource):
    name = "attendance"
    label = _("rosters")
    model = Attendance
    asks = ("event",)
    reads_rosters = True
    list_page = ("activities_event_roster", "event")
    explains = _("Who was at one event: paste the sign-in sheet, or the list from WeChat as it is.")

    person = Required(
        "姓名",
        None,
        PersonName(60, by_key=True),
        is_personal=True,
        synonyms="名字 参加人 参加人员 参与者 学员 学员姓名 志愿者 志愿者姓名 签到人 人员 昵称 name",
    )
    organization = Column(
        "单位",
        "organization",
        Name(100),
        is_personal=True,
        synonyms="组织 机构 所在单位 工作单位 所属组织 单位名称 组织名称 团队 来自 学校 organization",
    )
    phone = Column(
        "电话",
        None,
        Phones(),
        is_personal=True,
        mask=PHONE,
        holder=attrgetter("person"),
        synonyms="手机 联系电话 手机号 手机号码 联系方式 电话号码 phone mobile",
    )
    role = Column("角色", "role", Choice(AttendanceRole, ROLES), is_soft=True, is_personal=True, synonyms="身份 role")
    is_counted = Column("计入人数", "is_counted", YesNo(), is_personal=True, synonyms="计入")
    consented_on = Column("同意日期", "consented_on", Day(), is_personal=True, synonyms="同意 单独同意日期 consented")
    remark = Column("备注", "remark", Text(200), is_personal=True, synonyms="说明 备注 remark note")
    event_when = Column("活动时间", None, FuzzyDate(), is_personal=True, synonyms="活动日期")
    event_title = Column("活动内容", None, Text(200, by_key=True), is_personal=True, synonyms="活动名称 活动 event")

    @staticmethod
    def keeps_head(head: str) -> bool:
        """Days that people tick, and where they sign."""
        return is_day(head) or is_signature(head)

    @classmethod
    def form_fields(cls):
        return {"event": event_field()}

    @classmethod
    def introduce(cls, options):
        return about_event(options.get("event"))

    # Planning

    def begin(self, plan):
        self.event = None
        if self.options.event is not None:
            self.event = Event.objects.filter(pk=self.options.event).first()
            if self.event is None:
                raise ValidationError(_("There is no event no. %(number)s.") % {"number": self.options.event})
        elif "活动内容" not in self.table.columns:
            self.event = event_by_titles(self.table.titles, self.options.year)
            if self.event is None:
                plan.block(
                    _("No event on record fits “%(titles)s”. Say which event it is.")
                    % {"titles": mentioned(self.table.titles)}
                )
            else:
                plan.notes.append(
                    _("The roster of “%(event)s”, found by the lines above the table.") % {"event": self.event}
                )

    def resolve(self, plan):
        self.events = EventsOfRows(plan, self.event)
        self.lines = {line.number: line for line in self.table.lines}
        self.days = told_days(self.table.extras, (self.lines[row.number] for row in plan.open_rows))
        self._settle_events(plan)
        settle_names(plan.open_rows)
        for row in plan.open_rows:
            if row.values["姓名"] is None:
                plan.error(row, "姓名", _("This must not be empty."))
                continue
            if len(people_in(row.values["姓名"])) > 1:
                plan.error(row, "姓名", _("Several names stand in one row. Give each person a row."))
            self._read_presence(row)
            settle_organization(row)
        self._refuse_sensitive(plan)
        if self.options.headcount_only:
            self._keep_headcount(plan)
            return
        named = [(row, row.values["单位"], None) for row in plan.open_rows if row.values.get("单位")]
        links = OrganizationLinks(plan, "单位", named).links if named else {}
        for row, *_rest in named:
            row.values["单位"] = links.get(row.number)
        self._leave_out_written_twice(plan)
        self.people = RosterPeople(plan, self.events)

    def _settle_events(self, plan: Plan) -> None:
        """A row that names another event than the one chosen for all is no row of this roster."""
        for row in plan.open_rows if self.event else ():
            when, title = row.values.pop("活动时间", None), row.values.pop("活动内容", None)
            is_other = when and (when.earliest, when.latest) != (self.event.when_earliest, self.event.when_latest)
            if is_other or (title and name_key(title) != name_key(self.event.title)):
                plan.error(row, "活动内容", _("The row names another event than “%(event)s”.") % {"event": self.event})

    def _read_presence(self, row: Row) -> None:
        reason = absence(row.values.get("备注"))
        if self.days and not reason:
            present = days_present(self.days, self.lines[row.number])
            reason = "" if present else _("Ticked on no day.")
            if present and len(present) < len(self.days):
                add_remark(row, "、".join(present))
        if reason:
            row.skip(reason)
        extra = (row.values.get("电话") or [])[1:]
        if extra:
            add_remark(row, " ".join(extra))

    def _refuse_sensitive(self, plan: Plan) -> None:
        if self.options.headcount_only:
            return
        touchy = [row for row in plan.rows if (event := self.events.of(row)) and self.events.is_sensitive(event)]
        for row in touchy:
            row.values["同意日期"] = row.values.get("同意日期") or self.options.consented_on
        unasked = [row for row in touchy if row.values["同意日期"] is None]
        for row in touchy:
            if row.values["同意日期"] and row.values["同意日期"] > timezone.localdate():
                plan.error(row, "同意日期", _("This day is still to come; nobody can have agreed on it."))
        plan.keeps_nothing = bool(unasked)  # whether or not they came
        came = [row for row in unasked if row.is_open]
        for row in came:
            plan.error(row, "同意日期", SENSITIVE)
        if unasked and not came:
            plan.error(None, None, SENSITIVE)

    def _keep_headcount(self, plan: Plan) -> None:
        """Only how many there were, where nobody counted them before."""
        present: dict[Hashable, Row] = {}
        for row in plan.open_rows:
            phone = (row.values.get("电话") or [""])[0]
            present.setdefault((self.events.key(row), person_key(row.values["姓名"]), phone), row)
        self.events.present = list(present.values())
        plan.touched += [event for event in self.events.all if event.headcount is None]
        for row in plan.open_rows:
            row.skip(_("Only the head-count is kept."))

    def kept(self, table):
        """Of a roster whose names are not wanted: one line for each who was there, and no name."""
        if not self.options.headcount_only:
            return table
        plan = self.plan(table)
        if plan.is_refused:
            raise ValidationError([finding.message for finding in plan.errors if finding.row is None])
        lines = [Line(row.number, (f"第{number}位",)) for number, row in enumerate(self.events.present, 1)]
        uncounted = [Finding(row.number, "姓名", UNCOUNTED, is_error=False) for row in plan.doing(Action.REFUSED)]
        titles = () if self.options.event else table.titles
        return Table(table.sheet, titles, NAMELESS, tuple(lines), findings=[*table.findings, *uncounted])

    def _leave_out_written_twice(self, plan: Plan) -> None:
        """The same name and organisation, where one of the two has no phone."""
        first: dict[Hashable, Row] = {}
        for row in plan.open_rows:
            organization = row.values.get("单位")
            if organization is None:
                continue
            key = (self.events.key(row), person_key(row.values["姓名"]), organization.pk or id(organization))
            other = first.setdefault(key, row)
            phones = {(r.values.get("电话") or [""])[0] for r in (row, other)}
            if other is not row and (len(phones) == 1 or "" in phones):
                other.values["电话"] = other.values.get("电话") or row.values.get("电话")
                row.skip(_("Row %(row)s says the same.") % {"row": other.number})

    def identity(self, row):
        """The same name with the same phone; without a phone, with the same organisation."""
        organization, phone = row.values.get("单位"), (row.values.get("电话") or [""])[0]
        place = organization and (organization.pk or id(organization))
        return self.events.key(row), person_key(row.values["姓名"]), phone or None, None if phone else place

    def existing(self, rows):
        return self.people.attendances(rows) if rows else {}

    def make(self, row):
        return Attendance(event=self.events.of(row), person=self.people.person_of(row))

    def year_key(self, row):
        return self.events.key(row)

    def see_new(self, row):
        self.people.keep_phone(row)

    def put(self, row, values):
        super().put(row, values)
        self.people.keep_phone(row)

    def finish(self, plan):
        if self.options.headcount_only:
            self.events.tell_counted(plan)
            return
        self.events.tell_headcounts(plan)
        self._tell_namesakes(plan)

    def _tell_namesakes(self, plan: Plan) -> None:
        """A name with nothing beside it may be that of somebody who stands on the list already."""
        first: dict[Hashable, Row] = {}
        for row in plan.doing(Action.NEW, Action.CHANGED, Action.SAME):
            other = first.setdefault((self.events.key(row), person_key(row.values["姓名"])), row)
            bare = next((r for r in (row, other) if not (r.values.get("单位") or r.values.get("电话"))), None)
            if other is not row and bare:
                told = {"row": (other if bare is row else row).number, "name": row.values["姓名"]}
                plan.warn(
                    bare,
                    "姓名",
                    _("“%(name)s” stands in row %(row)s too. Leave one out if it is the same person.") % told,
                )

    def dehydrate_person(self, attendance):
        return attendance.person.name

    def dehydrate_phone(self, attendance):
        return [attendance.person.phone] if attendance.person.phone else None

    def dehydrate_event_when(self, attendance):
        return attendance.event.when

    def dehydrate_event_title(self, attendance):
        return attendance.event.title

    def get_queryset(self):
        return Attendance.objects.select_related("event", "person", "organization").order_by("event", "pk")

    # Writing

    def write(self, plan, journal):
        if self.options.headcount_only:
            self.events.write_headcounts(journal)
        super().write(plan, journal)
