from django.contrib import admin
from django.contrib.auth import get_user_model
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from organizations.finding import organizations_called, people_called
from organizations.keeping.admin import Keeping, ProposalAdmin
from organizations.keeping.reminders import Confirmed
from organizations.merging.admin import MergerAdmin, Merging
from organizations.models import (
    Alias,
    Contact,
    FieldOfWork,
    Merger,
    NetworkGroup,
    Organization,
    Person,
    Proposal,
    Region,
    Territory,
)
from organizations.personal.admin import Personal
from yixin.access.masking import SEE_PERSONAL
from yixin.access.territories import ROLE
from yixin.admin import ModelAdmin, TabularInline
from yixin.forms import FuzzyDateField, ModelForm


class OrganizationForm(ModelForm):
    founded = FuzzyDateField(label=_("founded"), required=False)


class AliasInline(TabularInline):
    model = Alias
    fields = ["name", "kind", "valid_from", "valid_to"]


class ContactForm(ModelForm):
    def clean(self):
        """Who agreed to be public was the person before: nobody else becomes public by that day."""
        cleaned = super().clean()
        if "consented_on" not in self.fields and "person" in self.changed_data:
            self.instance.consented_on = None
        return cleaned


class Consenting:
    """Makes a phone public, so that it is written by whoever may see one in full. Mixed into the forms of contacts."""

    form = ContactForm

    def get_readonly_fields(self, request, obj=None):
        found = super().get_readonly_fields(request, obj)
        return found if request.user.has_perm(SEE_PERSONAL) else [*found, "consented_on"]


class ContactInline(Consenting, TabularInline):
    model = Contact
    autocomplete_fields = ["person"]
    fields = ["person", "role", "started_on", "ended_on", "consented_on"]


@admin.register(Organization)
class OrganizationAdmin(Merging, Keeping, ModelAdmin):
    form = OrganizationForm
    list_display = ["name", "region", "type", "listing", "is_sensitive", "confirmed_on"]
    list_filter = ["listing", Confirmed, "type", "legal_status", "is_sensitive", "fields_of_work"]
    list_select_related = ["region"]
    search_fields = ["name", "name_pinyin", "name_initials", "aliases__name"]
    finder = staticmethod(organizations_called)
    autocomplete_fields = ["region"]
    actions = [*ModelAdmin.actions, "make_links", "merge_two"]
    inlines = [AliasInline, ContactInline]
    fieldsets = [
        (None, {"fields": ["name", "region", "type", "fields_of_work"]}),
        (_("Directory"), {"fields": ["listing", "is_sensitive", "introduction", "website", "confirmed_on"]}),
        (
            _("Registration and more"),
            {
                "classes": ["collapse"],
                "fields": ["legal_status", "uscc", "founded", "address", "is_active", "remark"],
            },
        ),
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **kwargs | {"widget": CheckboxSelectMultiple})


@admin.register(Person)
class PersonAdmin(Personal, ModelAdmin):
    list_display = ["name", "phone", "email", "consented_on"]
    search_fields = ["name", "name_pinyin", "name_initials"]
    finder = staticmethod(people_called)
    fields = ["name", "phone", "email", "consented_on", "is_active", "remark"]


@admin.register(Contact)
class ContactAdmin(Consenting, ModelAdmin):
    list_display = ["person", "organization", "role", "started_on", "ended_on", "consented_on"]
    list_filter = ["consented_on"]
    list_select_related = ["person", "organization"]
    search_fields = ["person__name", "organization__name", "role"]
    autocomplete_fields = ["person", "organization"]


@admin.register(NetworkGroup)
class NetworkGroupAdmin(ModelAdmin):
    list_display = ["name", "platform", "region", "steward", "member_count", "is_public"]
    list_filter = ["platform", "is_public"]
    list_select_related = ["region", "steward"]
    search_fields = ["name"]
    autocomplete_fields = ["region", "steward"]


@admin.register(FieldOfWork)
class FieldOfWorkAdmin(ModelAdmin):
    list_display = ["name", "name_en", "code", "position"]
    search_fields = ["name", "name_en"]


@admin.register(Region)
class RegionAdmin(ModelAdmin):
    list_display = ["name", "code", "level", "parent", "valid_from", "valid_to"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["name", "code", "pinyin"]
    autocomplete_fields = ["parent", "successors"]


@admin.register(Territory)
class TerritoryAdmin(ModelAdmin):
    list_display = ["user", "region"]
    list_select_related = ["user", "region"]
    autocomplete_fields = ["region"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The accounts of volunteers: so few that they are listed."""
        if db_field.name == "user":
            kwargs["queryset"] = get_user_model().objects.filter(groups__name=ROLE).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


admin.site.register(Proposal, ProposalAdmin)  # behind those that its entries are made of
admin.site.register(Merger, MergerAdmin)
