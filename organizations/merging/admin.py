"""Merging in the staff's site: who may be one, side by side, the log, and undoing."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from organizations.merging.candidates import Candidates, ordered
from organizations.merging.forms import MergeForm, UndoForm
from organizations.merging.services import ITSELF, merge, why_gone
from organizations.merging.showing import (
    Listed,
    Preview,
    Told,
    candidates_of,
    distinctions,
    pair_of,
    record_counts,
)
from organizations.merging.undoing import Undoing, undo
from organizations.models import Distinction, Merger, Organization
from yixin.admin import IDENTITY, ModelAdmin, ReadOnly

PERMISSION = "organizations.merge_organization"
MERGE = "organizations_organization_merge"
PARTNER = "organizations_organization_merge_with"
CANDIDATES = "organizations_organization_candidates"
TOLD_APART = "organizations_organization_told_apart"
UNDO = "organizations_merger_undo"
PAGE, MOST_FOUND = 20, 20
TWO = gettext_lazy("Tick two organisations that are one, then choose this again.")
NOBODY = gettext_lazy("Choose two organisations.")


class Merging:
    """Mixed into the admin of organisations."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("candidates/", view(self.candidates_view), name=CANDIDATES),
            path("candidates/apart/", view(require_POST(self.told_apart_view)), name=TOLD_APART),
            path("merge/", view(self.merge_view), name=MERGE),
            path("<int:pk>/merge/", view(self.merge_with_view), name=PARTNER),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    @admin.action(description=gettext_lazy("Merge the two"), permissions=["merge"])
    def merge_two(self, request, queryset):
        """The one with more records is kept, until somebody says otherwise."""
        both = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(both) != 2:
            messages.warning(request, TWO)
            return None
        counts = record_counts(both)
        return redirect(address(*sorted(both, key=lambda pk: -counts[pk])))

    def candidates_view(self, request: HttpRequest) -> HttpResponse:
        self._require(request)
        found = Candidates().ranked()
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        listed = {"page": page, "candidates": Listed(page), "distinctions": distinctions()}
        return self._page(request, "candidates", title=_("Organisations that may be one"), **listed)

    def told_apart_view(self, request: HttpRequest) -> HttpResponse:
        """Two are not the same; with ``again`` they may be after all."""
        self._require(request)
        one, other = ordered(*two_of(request.POST, "one", "other"))
        if len(pair_of(one, other)) < 2 or one == other:
            messages.error(request, why_gone(one))
        elif "again" in request.POST:
            Distinction.objects.filter(one__in=[one, other], other__in=[one, other]).delete()
            messages.success(request, _("The two are offered again."))
        else:
            signed = {"made_by": request.user, "made_at": timezone.now()}
            Distinction.objects.get_or_create(one_id=one, other_id=other, defaults=signed)
            messages.success(request, _("Kept: these are two. They are not offered again."))
        return redirect(f"admin:{CANDIDATES}")

    def merge_with_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """With whom."""
        self._require(request)
        organization = get_object_or_404(Organization, pk=pk)
        asked, found = request.GET.get("q", ""), []
        if asked.strip():
            others = Organization.objects.exclude(pk=pk).select_related("region")
            found = self.get_search_results(request, others, asked)[0].distinct().order_by("name_pinyin", "pk")
        return self._page(
            request,
            "merge_with",
            title=_("Merge “%(organization)s” with another organisation") % {"organization": organization},
            organization=organization,
            asked=asked,
            found=found[:MOST_FOUND],
            candidates=Listed(candidates_of(pk)),
        )

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        self._require(request)
        keys = two_of(request.GET, "kept", "merged")
        both = pair_of(*keys) if all(keys) else []
        if len(both) < 2 or both[0] == both[1]:
            messages.error(request, sentence_for(*keys))
            return redirect(f"admin:{CANDIDATES}")
        data = request.POST if request.method == "POST" else None
        preview = Preview(*both)
        form = MergeForm(preview, data)
        if form.is_valid() and (done := self._merged(request, form)):
            return redirect("admin:organizations_merger_change", done.pk)
        preview.values = form.chosen
        shown = {"form": form, "preview": preview, "swapped": address(*keys[::-1])}
        response = self._page(request, "merge", title=_("Merge two organisations"), **shown)
        response.status_code = 200 if data is None else 422
        return response

    def _merged(self, request: HttpRequest, form: MergeForm) -> Merger | None:
        """None where it cannot be, which the form then says."""
        preview = form.preview
        who = {"by": request.user, "now": timezone.now()}
        try:
            done = merge(kept=preview.kept, merged=preview.merged, decision=form.decision, **who)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return None
        told = {"merged": done.merged_name, "kept": done.kept_name}
        self.log_change(request, done.kept, _("“%(merged)s” was merged into it") % told)
        messages.success(request, _("“%(merged)s” is merged into “%(kept)s”.") % told)
        return done

    def _require(self, request: HttpRequest) -> None:
        if not self.has_merge_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, **context) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return TemplateResponse(request, f"admin/organizations/organization/{name}.html", context)


def two_of(sent, one: str, other: str) -> tuple[int, int]:
    """Two ids out of what was sent; 0 for what is none."""
    texts = (sent.get(name, "") for name in (one, other))
    return tuple(int(text) if IDENTITY.fullmatch(text) else 0 for text in texts)


def sentence_for(kept: int, merged: int) -> str:
    """Why these two cannot be laid side by side."""
    if not (kept and merged):
        return str(NOBODY)
    if kept == merged:
        return str(ITSELF)
    there = set(Organization.objects.filter(pk__in=[kept, merged]).values_list("pk", flat=True))
    return why_gone(next(key for key in (kept, merged) if key not in there))


def address(kept: int, merged: int) -> str:
    return f"{reverse(f'admin:{MERGE}')}?kept={kept}&merged={merged}"


class MergerAdmin(ReadOnly, ModelAdmin):
    """The log of merges. Nobody rewrites it; who may merge may undo."""

    list_display = ["merged_name", "kept_name", "merged_by", "merged_at", "undone_by", "undone_at"]
    list_filter = ["merged_at", "undone_at"]
    list_select_related = ["kept", "merged_by", "undone_by"]
    search_fields = ["merged_name", "kept_name"]
    fields = ["merged_name", "kept_name", "merged_by", "merged_at"]

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.undo_view))
        return [path("<int:pk>/undo/", view, name=UNDO), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        merger = self.get_object(request, object_id)
        shown = {"told": Told(merger)} if merger else {}
        if merger and not merger.undone_at and request.user.has_perm(PERMISSION):
            shown |= {"undoing": Undoing(merger), "undo_form": UndoForm()}
        return super().change_view(request, object_id, form_url, shown | (extra_context or {}))

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        merger, form = get_object_or_404(Merger, pk=pk), UndoForm(request.POST)
        if not form.is_valid():
            return self._again(request, merger, form)
        said = {"reason": form.cleaned_data["_reason"], "confirmed": form.cleaned_data["confirmed"]}
        try:
            undo(merger=merger, by=request.user, now=timezone.now(), **said)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self._again(request, merger, form)
        told = {"merged": merger.merged_name, "kept": merger.kept_name}
        messages.success(request, _("Undone: “%(merged)s” and “%(kept)s” are two again.") % told)
        return redirect("admin:organizations_merger_change", pk)

    def _again(self, request: HttpRequest, merger: Merger, form: UndoForm) -> HttpResponse:
        """The page as it stands now, with what was typed."""
        request.method = "GET"  # Django takes nothing by POST from who may not rewrite the record itself
        response = self.change_view(request, str(merger.pk), extra_context={"undo_form": form})
        response.status_code = 422 if response.status_code == 200 else response.status_code
        return response
