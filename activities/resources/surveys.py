"""A round of visits: how many were planned by city, and whom we went to see."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.choices import VisitStatus
from activities.models import Survey, SurveyTarget, Visit
from organizations.choices import RegionLevel
from organizations.linking import OrganizationLinks, Place, link_places
from organizations.models import Organization
from organizations.placenames import PlaceNames
from yixin import fuzzydate
from yixin.intake.columns import Column, Required
from yixin.intake.journal import columns_of
from yixin.intake.readers import Choice, Count, FuzzyDate, Line, Name, Prose
from yixin.intake.resource import Resource
from yixin.text import name_key

from .choosing import survey_field
from .event_of_roster import texts
from .rounds import Rounds, first_title, new_round

OUTCOMES = {
    "done": "完成 已完成 已走访 成功 接受访谈",
    "refused": "拒绝 拒访 婉拒",
    "not-found": "未找到 找不到 联系不上",
    "planned": "计划 待走访 未走访",
}
STATED = {"计划走访家数": "stated_target", "实际走访家数": "stated_visited"}  # of the whole province
YEAR = re.compile("[0-9]{4}")


class SurveyResource(Resource):
    """What the two tables of a round share: which round it is."""

    asks = ("survey", "year")

    @classmethod
    def form_fields(cls):
        return {"survey": survey_field()}

    def begin(self, plan):
        self.places = PlaceNames(self.options.year)
        self.rounds = Rounds(self.options.year)
        self.survey = None
        if self.options.survey is not None:
            self.survey = self.rounds.chosen(self.options.survey)
        elif "调研" not in self.table.columns:
            self.survey = self.find_survey(plan)

    def find_survey(self, plan) -> Survey | None:
        raise NotImplementedError

    def name_rounds(self, plan) -> None:
        """Each row's own round: the one that it names, else the one of the whole table."""
        for row in plan.open_rows:
            named = row.values.get("调研")
            try:
                row.values["调研"] = self.rounds.named(named, self.survey) if named else self.survey
            except ValidationError as error:
                plan.error(row, "调研", " ".join(error.messages))
                continue
            if row.values["调研"] is None and not plan.blocks:
                plan.error(row, "调研", _("This must not be empty."))


class TargetResource(SurveyResource):
    name = "targets"
    label = _("targets of a survey")
    model = SurveyTarget
    list_model = Survey
    explains = _(
        "How many organisations a round plans to visit in each city; the line above the table names the round."
    )

    region = Required("地市", "region", Place(60), synonyms="城市 地区 设区市 市 city region")
    planned = Column(
        "计划走访家数",
        "planned",
        Count(),
        needs_head=True,
        is_totalled=True,
        synonyms="计划家数 计划数 目标家数 目标 计划走访 家数 计划 planned target",
    )
    visited = Column("实际走访家数", None, Count(), is_totalled=True, synonyms="实际家数 实际走访 已走访 实际 visited")
    round = Column("调研", "survey", Name(200), synonyms="调研名称 轮次 survey")

    def find_survey(self, plan):
        """The round that a title line names, on record or new; without a title line, the only one of the year."""
        title = first_title(self.table.titles)
        if title:
            return self.rounds.like(title) or self._new(plan, title)
        if len(self.rounds.all) == 1:
            return self.rounds.all[0]
        raise ValidationError(_("No line above the table names the round. Write its name there, or choose the round."))

    def _new(self, plan, title: str) -> Survey:
        plan.notes.append(_("The round “%(title)s” is not on record; it will be added.") % {"title": title})
        return new_round(title, self.options.year)

    def resolve(self, plan):
        link_places(plan, "地市", self.places)
        self.name_rounds(plan)
        if self.survey is not None and self.survey.pk is None:
            plan.parts += [(row, self.survey) for row in plan.open_rows]
        for row in plan.open_rows:
            if is_whole_province(row):
                self.whole_province = row.values["地市"]
            elif row.values.get("实际走访家数") is not None:
                plan.warn(
                    row, "实际走访家数", _("Visits count by city once they are on record; this number is left out.")
                )
                row.values["实际走访家数"] = None

    def identity(self, row):
        return row.values["调研"].pk, row.values["地市"].pk

    def existing(self, rows):
        rounds = {row.values["调研"].pk for row in rows} - {None}
        stored = SurveyTarget.objects.filter(survey__in=rounds).select_related("survey", "region")
        by_place = {(target.survey_id, target.region_id): target for target in stored}
        found = {row.number: by_place.get(self.identity(row)) for row in rows}
        found |= {row.number: row.values["调研"] for row in rows if is_whole_province(row) and row.values["调研"].pk}
        return {number: record for number, record in found.items() if record is not None}

    def make(self, row):
        return row.values["调研"] if is_whole_province(row) else SurveyTarget()

    def put(self, row, values):
        """What stands beside the whole province are the stated figures of the round itself."""
        if not isinstance(row.record, Survey):
            return super().put(row, values)
        for name, attribute in STATED.items():
            if values.get(name) is not None:
                setattr(row.record, attribute, values[name])

    def value_of(self, record, name):
        if not isinstance(record, Survey):
            return super().value_of(record, name)
        if name == "调研":
            return record
        return getattr(record, STATED[name]) if name in STATED else self.whole_province

    def get_queryset(self):
        return SurveyTarget.objects.select_related("survey", "region").order_by("survey", "region__code", "pk")


class VisitResource(SurveyResource):
    name = "visits"
    label = _("visits")
    model = Visit
    list_lookups = {"survey": "survey__id__exact"}
    explains = _("Whom we went to see in one round, when, and what came of it.")

    when = Column(
        "走访日期",
        "when",
        FuzzyDate(),
        needs_head=True,
        synonyms="日期 时间 走访时间 访谈日期 调研日期 调研时间 date",
    )
    organization = Required(
        "组织名称",
        "organization",
        Name(100),
        synonyms="组织 机构 机构名称 单位 走访组织 受访组织 organization",
    )
    region = Column("地市", None, Place(60), synonyms="城市 地区 所在地 所在市 设区市 市 city region")
    visitors = Column(
        "走访人",
        "visitors",
        Line(200),
        is_personal=True,
        synonyms="访谈人 走访人员 调研员 调查员 走访者 visitors",
    )
    status = Column("状态", "status", Choice(VisitStatus, OUTCOMES), synonyms="走访状态 是否完成 status")
    outcome = Column(
        "结果",
        "outcome",
        Prose(),
        synonyms="走访结果 走访情况 走访记录 访谈结果 访谈情况 访谈记录 调研结果 调研情况 备注 outcome remark",
    )
    round = Column("调研", "survey", Name(200), synonyms="调研名称 轮次 survey")

    def find_survey(self, plan):
        """The only round of the report year; with several, the one that a title line names."""
        named = self.rounds.like(*texts(self.table.titles))
        if named or len(self.rounds.all) == 1:
            return named or self.rounds.all[0]
        if not self.rounds.all:
            plan.block(_("No survey of this report year is on record. Record the round first."))
        else:
            told = "、".join(map(str, self.rounds.all))
            plan.block(_("There are several surveys: %(surveys)s. Say which.") % {"surveys": told})
        return None

    def resolve(self, plan):
        link_places(plan, "地市", self.places)
        self.name_rounds(plan)
        named = [(row, row.values["组织名称"], row.values.get("地市")) for row in plan.open_rows]
        links = OrganizationLinks(plan, "组织名称", named).links if named else {}
        for row, *_rest in named:
            row.values["组织名称"] = links.get(row.number)
            if row.is_open:
                self._place_organization(plan, row)
                row.values["状态"] = row.values.get("状态") or self._status(row)
                self._move_into_round(row)

    def _place_organization(self, plan, row) -> None:
        """An organisation of which nobody knew where it is lies where it was visited."""
        organization, region = row.values["组织名称"], row.values.get("地市")
        if region and organization.pk and organization.region_id is None:
            before = columns_of(organization)
            plan.edits.append((row, Organization(pk=organization.pk, **before | {"region_id": region.pk}), before))

    def _move_into_round(self, row) -> None:
        """12月3日 of a round from November to January is of the year in which the round was."""
        when, survey = row.values.get("走访日期"), row.values["调研"]
        period = survey and survey.period
        if not when or not period or period.earliest <= when.earliest <= period.latest or YEAR.search(self._typed(row)):
            return
        for year in range(period.earliest.year, period.latest.year + 1):
            moved = fuzzydate.parse(when.text, year=year)
            if period.earliest <= moved.earliest <= period.latest:
                row.values["走访日期"] = moved

    def _typed(self, row) -> str:
        line = next(line for line in self.table.lines if line.number == row.number)
        return str(self.table.cell(line, "走访日期"))

    def _status(self, row) -> VisitStatus:
        """What the result says in a word, else done if it has a date."""
        told = name_key(row.values.get("结果") or "")
        for word, status in self.columns["状态"].widget.synonyms.items():
            if told.startswith(word):
                return VisitStatus(status)
        return VisitStatus.DONE if row.values.get("走访日期") else VisitStatus.PLANNED

    def identity(self, row):
        organization, survey = row.values["组织名称"], row.values["调研"]
        return survey and survey.pk, organization.pk or id(organization)

    def existing(self, rows):
        rounds = {row.values["调研"].pk for row in rows if row.values["调研"]}
        stored = Visit.objects.filter(survey__in=rounds).select_related("survey", "organization__region")
        visits = {(visit.survey_id, visit.organization_id): visit for visit in stored}
        return {row.number: visits[self.identity(row)] for row in rows if self.identity(row) in visits}

    def make(self, row):
        return Visit()

    def dehydrate_region(self, visit):
        return visit.organization.region

    def get_queryset(self):
        return Visit.objects.select_related("survey", "organization__region").order_by("survey", "pk")


def is_whole_province(row) -> bool:
    return row.values["地市"] is not None and row.values["地市"].level == RegionLevel.PROVINCE
