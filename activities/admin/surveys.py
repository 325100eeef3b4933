from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from activities.desk import VisitWaiting
from activities.forms import SurveyForm
from activities.models import Expense, Question, Survey, SurveyTarget, Visit
from activities.surveys.forms import VisitForm
from activities.surveys.on_the_way import Adding
from activities.surveys.pages import Progressing
from activities.surveys.visiting import PROGRESS, Ticketing, Visiting
from yixin.admin import ModelAdmin, StackedInline, TabularInline


class SurveyTargetInline(TabularInline):
    model = SurveyTarget
    autocomplete_fields = ["region"]


class QuestionInline(TabularInline):
    model = Question


@admin.register(Survey)
class SurveyAdmin(Progressing, ModelAdmin):
    form = SurveyForm
    list_display = ["title", "period_text", "report_year", "funding", "progress"]
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

    @admin.display(description=_("progress"))
    def progress(self, survey):
        return format_html('<a href="{}">{}</a>', reverse(f"admin:{PROGRESS}", args=[survey.pk]), _("Progress"))


class ExpenseInline(Ticketing, StackedInline):
    model = Expense
    fields = ["spent_on", "purpose", "amount", "receipt"]
    show_change_link = True
    extra = 1
    classes = ["tickets"]


@admin.register(Visit)
class VisitAdmin(Adding, Visiting, ModelAdmin):
    form = VisitForm
    list_display = ["organization", "when_text", "status", "is_added", "survey"]
    list_filter = [VisitWaiting, "survey", "status", "is_added"]
    linked_lookups = ("survey__report_year",)
    list_select_related = ["organization", "survey"]
    search_fields = ["organization__name", "organization__aliases__name", "visitors"]
    autocomplete_fields = ["survey", "organization"]
    inlines = [ExpenseInline]


@admin.register(Question)
class QuestionAdmin(ModelAdmin):
    list_display = ["text", "survey", "kind", "position"]
    list_filter = ["survey"]
    list_select_related = ["survey"]
    search_fields = ["text"]
    autocomplete_fields = ["survey"]
