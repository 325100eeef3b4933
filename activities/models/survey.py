from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.choices import QuestionKind, VisitStatus
from activities.querysets import SurveyQuerySet, VisitQuerySet
from grants.models import Funding
from organizations.models import Organization, Region
from yixin.fields import (
    CountField,
    FuzzyDateField,
    LineField,
    PositionField,
    ProseField,
    YearField,
    filled,
    in_order,
    one_of,
    sensible_year,
)


class Survey(models.Model):
    """One round of visits to organisations, with one set of questions."""

    title = LineField(_("title"), max_length=200)
    period = FuzzyDateField(_("period"))
    report_year = YearField(_("report year"))
    funding = models.ForeignKey(
        Funding, models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name=_("paid from")
    )
    stated_target = CountField(
        _("target, as stated"), null=True, blank=True, help_text=_("Used where no targets by city are on record.")
    )
    stated_visited = CountField(
        _("visited, as stated"), null=True, blank=True, help_text=_("Used where no visits are on record.")
    )
    stated_cities = CountField(_("cities, as stated"), null=True, blank=True)
    remark = ProseField(_("internal remark"), blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-period_earliest", "pk"]
        constraints = [
            filled("title", "survey_has_a_title"),
            in_order("period", "survey_period_in_order"),
            sensible_year("report_year", "survey_report_year_is_sensible"),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyTarget(models.Model):
    """How many organisations one survey plans to visit in one city."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="targets", verbose_name=_("survey"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("city"))
    planned = CountField(_("planned visits"), null=True, blank=True)

    class Meta:
        verbose_name = _("target of a survey")
        verbose_name_plural = _("targets of a survey")
        ordering = ["survey", "region", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "region"],
                name="survey_target_once_a_city",
                violation_error_message=_("This city has a target in this survey already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} · {self.planned}"


class Visit(models.Model):
    """One organisation visited, or to be visited, in one survey."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="visits", verbose_name=_("survey"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="visits", verbose_name=_("organisation")
    )
    when = FuzzyDateField(_("date of the visit"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=VisitStatus, default=VisitStatus.DONE)
    is_added = models.BooleanField(_("found on the way"), default=False, help_text=_("Not on the plan at first."))
    visitors = LineField(_("visitors"), max_length=200, blank=True)
    outcome = ProseField(_("outcome"), blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-when_earliest", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "organization"],
                name="visit_once_a_survey",
                violation_error_message=_("This organisation is in this survey already."),
            ),
            in_order("when", "visit_when_in_order"),
            one_of("status", VisitStatus, "visit_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.survey}"


class Question(models.Model):
    """One question that one survey asks at every visit."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions", verbose_name=_("survey"))
    position = PositionField(_("position"), default=0)
    text = LineField(_("question"), max_length=300)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    choices = ProseField(_("choices, one a line"), blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["survey", "position", "pk"]
        constraints = [
            filled("text", "question_has_a_text"),
            one_of("kind", QuestionKind, "question_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.text


class Answer(models.Model):
    """What one visit heard to one question; no row where it was not asked."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="answers", verbose_name=_("visit"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    value = ProseField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["visit", "question", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "question"],
                name="answer_once_a_question",
                violation_error_message=_("This question has an answer already."),
            ),
        ]

    def __str__(self) -> str:
        return self.value
