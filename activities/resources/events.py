"""Events as people keep them: one table an area and year, with time, content and people."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from activities.choices import EventStatus, OurRole
from activities.models import Event, WorkArea
from organizations.linking import Place
from organizations.placenames import PlaceNames
from yixin.access.sensitive import sensitive_word
from yixin.intake.columns import Column, Required
from yixin.intake.plan import NEW, SKIP, Action, Plan, Question, Row
from yixin.intake.readers import Choice, FuzzyDate, HeadCount, Line, Name, Names, Prose, Year, YesNo, as_text
from yixin.intake.resource import Resource
from yixin.text import clean_text, excerpt, name_key

from .choosing import area_field
from .matching import KnownEvents, area_keys, head_count, when_and_title

LISTED = "listed"  # answer: the event counts in another area, and this table prints it too
LISTED_THERE = _("Row %(row)s is this event; it is listed here too.")
# 取消彩礼 is what an event was about, 因疫情取消 what became of it.
CANCELLED = re.compile(
    r"(?:已|活动|临时|因.{1,10}?)?取消(?:举办|举行|活动|了)?(?=$|[()（）\[\]【】，,、。；;：:！! ]|原因)"
)
# What a count may have in brackets: 30人（含志愿者5人）.
COUNT_NOTE = re.compile(r"(?P<count>[^()（）]+)[(（](?P<note>(?:含|包括|包含|其中|不含|另有).{1,40}|人次?)[)）]")
VENUE = re.compile(
    "线上|网络|网上|云端|直播|会议室|腾讯会议|钉钉|微信群|zoom|大学|学院|学校|小学|中学|校区|幼儿园|酒店|宾馆|饭店|餐厅|广场|公园|"
    "中心|社区|小区|街道|图书馆|博物馆|纪念馆|体育馆|文化馆|活动室|教室|办公室|礼堂|剧院|基地|营地|敬老院|福利院|养老院|医院|书店|"
    "咖啡|茶馆|大厦|景区|机构|本部|总部|室内|户外",
    re.IGNORECASE,
)


class Attended(HeadCount):
    """A head-count; one with a note in brackets, and 取消, which says that there was none."""

    def read(self, value, **kwargs):
        text = clean_text(as_text(value))
        if CANCELLED.fullmatch(text):
            return None
        match = COUNT_NOTE.fullmatch(text)
        return super().read(match["count"] if match else value, **kwargs)


class EventResource(Resource):
    name = "events"
    label = _("events")
    model = Event
    asks = ("area", "year")
    list_lookups = {"year": "report_year"}
    explains = _("One table of what happened: time, content, people. Lines that only add up are checked and left out.")

    when = Required(
        "时间",
        "when",
        FuzzyDate(),
        synonyms="日期 活动时间 活动日期 举办时间 培训时间 开展时间 date_text date time",
    )
    title = Required(
        "内容",
        "title",
        Line(200, by_key=True),
        synonyms="活动内容 活动名称 名称 主题 活动主题 培训内容 事项 活动 标题 title content activity event topic",
    )
    people = Column(
        "人数",
        "people",
        Attended(),
        needs_head=True,
        is_totalled=True,
        synonyms="人次 参加人数 参与人数 人数/人次 总人数 受益人数 到场人数 服务人数 受益人次 服务人次 "
        "headcount people participants attendance attendees",
    )
    region = Column("地区", "region", Place(60), synonyms="地点 地市 城市 举办地 活动地点 区域 region city")
    area = Column("工作板块", "area", Name(60), synonyms="板块 类别 活动类别 area")
    also = Column("同时列入", None, Names(200), synonyms="也列入")
    report_year = Column("报告年度", "report_year", Year(), synonyms="年度 reportyear")
    status = Column(
        "状态",
        "status",
        Choice(
            EventStatus, {"完成": "held", "已完成": "held", "举办": "held", "已取消": "cancelled", "计划": "planned"}
        ),
        synonyms="活动状态 status",
    )
    our_role = Column("我方角色", "our_role", Choice(OurRole, {"host": "主办", "co-host": "合办", "invited": "受邀"}))
    is_sensitive = Column("敏感", "is_sensitive", YesNo(), readonly=True)
    remark = Column("备注", "remark", Prose(), synonyms="说明 备注 remark note")

    @classmethod
    def form_fields(cls):
        return {"area": area_field()}

    # Planning

    def begin(self, plan):
        self.areas = {key: area for area in WorkArea.objects.all() for key in area_keys(area)}
        self.places = PlaceNames(self.options.year)
        self.area_chosen = self.areas.get(name_key(self.options.area))
        if self.options.area and not self.area_chosen:
            raise ValidationError(
                _("There is no work area “%(area)s”. There are: %(areas)s."),
                params={"area": self.options.area, "areas": "、".join(str(area) for area in set(self.areas.values()))},
            )
        if not self.area_chosen and "工作板块" not in self.table.columns:
            raise ValidationError(
                _("Say in which work area these events count: choose it, or give it a column 工作板块.")
            )

    def resolve(self, plan):
        lines = {line.number: line for line in self.table.lines}
        for row in plan.rows:
            values = row.values
            counted = clean_text(as_text(self.table.cell(lines[row.number], "人数") or ""))
            values["工作板块"] = self._area(plan, row)
            if values.get("地区"):
                values["地区"] = self._region(plan, row)
            if values.get("同时列入"):
                values["同时列入"] = self._listed(plan, row)
            self._read_cancelled(plan, row, counted)
            if (match := COUNT_NOTE.fullmatch(counted)) and len(match["note"]) > 2:
                values["备注"] = "\n".join(filter(None, (values.get("备注"), f"人数：{counted}")))

    def _area(self, plan: Plan, row: Row) -> WorkArea | None:
        named = row.values.get("工作板块")
        if not named:
            if self.area_chosen is None and row.is_open:
                plan.error(row, "工作板块", _("This must not be empty."))
            return self.area_chosen
        area = self.areas.get(name_key(named))
        if area is None:
            plan.error(row, "工作板块", _("There is no work area “%(area)s”.") % {"area": excerpt(named)})
        return area

    def _region(self, plan: Plan, row: Row):
        when = row.values.get("时间")
        try:
            return self.places.of(when.earliest.year if when else self.options.year).find(row.values["地区"])
        except ValidationError as error:
            if error.code == "unknown" and VENUE.search(row.values["地区"]):
                told = {"text": excerpt(row.values["地区"])}
                plan.warn(row, "地区", _("“%(text)s” says no city or county; the place stays empty.") % told)
            else:
                plan.error(row, "地区", " ".join(error.messages))
            return None

    def _listed(self, plan: Plan, row: Row) -> list[WorkArea]:
        names = [name for name in re.split("[、,，;；/]", row.values["同时列入"]) if name.strip()]
        unknown = [name for name in names if name_key(name) not in self.areas]
        if unknown:
            plan.error(row, "同时列入", _("There is no work area “%(area)s”.") % {"area": excerpt(unknown[0])})
        return [self.areas[name_key(name)] for name in names if name_key(name) in self.areas]

    def _read_cancelled(self, plan: Plan, row: Row, counted: str) -> None:
        """取消 in the title, the remark or instead of the head-count: kept, as cancelled."""
        told = [counted, *(str(row.values.get(name) or "") for name in ("备注", "内容"))]
        if not row.values.get("状态") and any(CANCELLED.search(text) for text in told) and row.is_open:
            row.values["状态"] = EventStatus.CANCELLED
            plan.warn(row, "状态", _("Kept as cancelled, so it does not count."))

    def identity(self, row):
        return (*when_and_title(row), head_count(row), row.values["工作板块"].pk)

    def existing(self, rows):
        known = KnownEvents(rows)
        found = {row.number: event for row in rows if (event := known.same(row))}
        left = [row for row in rows if row.number not in found]
        first: dict[tuple, Row] = {}
        by_event = {event.pk: row for row in rows if (event := found.get(row.number))}
        for row in left:
            if event := known.listed(row):
                row.skip(LISTED_THERE % {"row": by_event[event.pk].number})
            elif event := known.elsewhere(row):
                self._ask_elsewhere(row, event, known, found)
            elif (other := first.setdefault((*when_and_title(row), head_count(row)), row)) is not row:
                self._ask_twice(row, other)
            elif event := known.near(row):
                self.plan_now.warn(
                    row,
                    "内容",
                    _("Near to “%(event)s”, which is on record. Check that it is another event.") % {"event": event},
                )
        for row in rows:
            if row.number in found:
                self._lists(row, found[row.number])
        return found

    def _ask_elsewhere(self, row: Row, event: Event, known: KnownEvents, found: dict[int, Event]) -> None:
        """The same event in a second area's table."""
        answer = self._ask(row, event.area, str(event))
        if answer == LISTED:
            known.take(event)
            found[row.number] = event

    def _ask_twice(self, row: Row, other: Row) -> None:
        area = other.values["工作板块"]
        if self._ask(row, area, f"{other.values['时间']} {other.values['内容']}") == LISTED:
            other.values["同时列入"] = [*(other.values.get("同时列入") or []), row.values["工作板块"]]
            row.skip(LISTED_THERE % {"row": other.number})

    def _ask(self, row: Row, area: WorkArea, event: str) -> str | None:
        told = {"event": event, "area": area, "here": row.values["工作板块"]}
        text = _("“%(event)s” stands in “%(area)s” already. Is it the same event?") % told
        choices = (
            (LISTED, str(_("The same: it counts in “%(area)s” and is also listed in “%(here)s”") % told)),
            (NEW, str(_("Another event"))),
            (SKIP, str(_("Leave this row out"))),
        )
        answer = self.plan_now.ask(Question(f"event:{row.number}", (row.number,), "内容", str(text), choices, LISTED))
        if answer == LISTED:
            self.plan_now.warn(row, "工作板块", _("Counts in “%(area)s”; also listed in “%(here)s”.") % told)
        elif answer != NEW:
            row.skip(_("Left out, as you chose.") if answer else _("Waiting for your decision."))
        return answer

    def _lists(self, row: Row, event: Event) -> None:
        """An event that another area counts stays there; this row's area is one that lists it."""
        area = row.values["工作板块"]
        if event.area_id != area.pk:
            row.values["工作板块"] = event.area
            told = row.values.get("同时列入") or list(event.also_listed_in.all())
            row.values["同时列入"] = sorted({*told, area}, key=lambda item: item.position)

    def see_new(self, row):
        if word := touchy(row):
            sentence = _("Marked as sensitive because of “%(word)s”: in public only inside totals.")
            self.plan_now.warn(row, "内容", sentence % {"word": word})

    def year_key(self, row):
        return row.values.get("报告年度") or self._usual_year(row)

    def _usual_year(self, row: Row) -> int:
        return self.options.year or row.values["时间"].earliest.year

    def make(self, row):
        return Event(report_year=self._usual_year(row), is_sensitive=bool(touchy(row)))

    def finish(self, plan):
        """A table of another year than the one chosen."""
        year = self.options.year
        dated = [row.values["时间"] for row in plan.doing(Action.NEW) if row.values.get("时间")]
        if year and len(dated) > 1 and not any(when.earliest.year <= year <= when.latest.year for when in dated):
            told = {"year": year, "date": dated[0]}
            plan.warn(
                None, None, _("No new row is dated in %(year)s, the first in “%(date)s”. Check the report year.") % told
            )

    def dehydrate_also(self, event):
        listed = event.lists if hasattr(event, "lists") else event.also_listed_in.all()
        return sorted(listed, key=lambda area: area.position) or None

    def get_queryset(self):
        """Areas and regions are few: they are read once, not with each event; and so are the lists of other areas."""
        lists = Prefetch("also_listed_in", to_attr="lists")
        return Event.objects.prefetch_related("area", "region", lists).in_report_order()

    # Writing

    def write_links(self, plan, journal):
        """Also listed in: what is missing is added, and what the column no longer names is left to the form."""
        through = Event.also_listed_in.through
        rows = [row for row in plan.doing(Action.NEW, Action.CHANGED) if row.values.get("同时列入")]
        stored = set(
            through.objects.filter(event__in=[row.record.pk for row in rows]).values_list("event_id", "workarea_id")
        )
        wanted = {(row.record.pk, area.pk) for row in rows for area in row.values["同时列入"]}
        journal.create(through(event_id=event, workarea_id=area) for event, area in sorted(wanted - stored))


def touchy(row: Row) -> str:
    """The word by which an event is sensitive, if any."""
    return sensitive_word(row.values["内容"], row.values.get("备注"))
