from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activities.forms import SurveyForm, VisitForm
from activities.models import Answer, Question, Survey, SurveyTarget, Visit
from yixin.admin import ModelAdmin, TabularInline


class SurveyTargetInline(TabularInline):
    model = SurveyTarget
    autocomplete_fields = ["region"]


class QuestionInline(TabularInline):
    model = Question


@admin.register(Survey)
class SurveyAdmin(ModelAdmin):
    form = SurveyForm
    list_display = ["title", "period_text", "report_year", "funding"]
    list_filter = ["report_year"]
    list_select_related = ["funding__funder"]
    search_fields = ["title"]
    autocomplete_fields = ["funding"]
    inlines = [SurveyTargetInline, QuestionInline]
    fieldsets = [
        (None, {"fields": ["title", "period", "report_year", "funding"]}),
        (
            _("Stated figures"),
            {
                "classes": ["collapse"],
                "fields": ["stated_target", "stated_visited", "stated_cities", "remark"],
            },
        ),
    ]


class AnswerInline(TabularInline):
    model = Answer
    autocomplete_fields = ["question"]


@admin.register(Visit)
class VisitAdmin(ModelAdmin):
    form = VisitForm
    list_display = ["organization", "when_text", "status", "is_added", "survey"]
    list_filter = ["survey", "status", "is_added"]
    list_select_related = ["organization", "survey"]
    search_fields = ["organization__name", "organization__aliases__name", "visitors"]
    autocomplete_fields = ["survey", "organization"]
    inlines = [AnswerInline]
    fields = ["survey", "organization", "when", "status", "is_added", "visitors", "outcome"]


@admin.register(Question)
class QuestionAdmin(ModelAdmin):
    list_display = ["text", "survey", "kind", "position"]
    list_filter = ["survey"]
    list_select_related = ["survey"]
    search_fields = ["text"]
    autocomplete_fields = ["survey"]
