"""The story of an organisation that we stand by, in the staff's site, and the short form of a talk on it."""

from collections import Counter
from uuid import uuid4

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from activities.models import Engagement, Talk
from yixin.desk import Reader
from yixin.intake.permissions import may
from yixin.once import KEY, given_key, key_of

from .forms import TalkForm, add_talk
from .story import Kind, tell

STORY, TALK = "activities_engagement_story", "activities_engagement_talk"


def is_open(engagement: Engagement) -> bool:
    return engagement.closed_on is None or engagement.closed_on > timezone.localdate()


def lateness(engagement: Engagement) -> str:
    """ "" for a next step that has time, and for what is closed."""
    today = timezone.localdate()
    if engagement.next_due is None or engagement.next_due > today or not is_open(engagement):
        return ""
    return _("overdue") if engagement.next_due < today else _("due today")


class StoryPages:
    """Mixed into the admin of standing by."""

    own_pages = {STORY: gettext_lazy("Story")}

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/story/", view(require_safe(self.story_view)), name=STORY),
            path("<int:pk>/story/talk/", view(require_POST(self.talk_view)), name=TALK),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("story"))
    def story(self, engagement):
        return format_html('<a href="{}">{}</a>', reverse(f"admin:{STORY}", args=[engagement.pk]), _("Story"))

    @admin.display(description=gettext_lazy("due on"), ordering="next_due")
    def due(self, engagement):
        if engagement.next_due is None:
            return None
        day, late = date_format(engagement.next_due, "Y-m-d"), lateness(engagement)
        return format_html('{} <span class="late">{}</span>', day, late) if late else day

    def story_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._story(request, self.record_shown(request, pk, "organization__region"))

    def talk_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        engagement = self.record_shown(request, pk, "organization__region")
        if not may(request.user, "add", Talk):
            raise PermissionDenied
        form = TalkForm(engagement, request.POST, may_plan=self.has_change_permission(request, engagement))
        if not form.is_valid():
            return self._story(request, engagement, form)
        try:
            talk = add_talk(form=form, key=key_of(request), by=request.user, now=timezone.now())
        except IntegrityError:
            messages.success(request, _("The talk was saved already. It was not saved a second time."))
        else:
            added = {"name": str(Talk._meta.verbose_name), "object": str(talk.held_on)}
            self.log_change(request, engagement, [{"added": added}])
            messages.success(request, _("The talk is saved."))
        return redirect(f"admin:{STORY}", engagement.pk)

    def _story(self, request: HttpRequest, engagement: Engagement, wrong: TalkForm | None = None) -> HttpResponse:
        """Ten queries at most, whatever the number of entries, the session's own among them."""
        entries, asked = tell(engagement, Reader(request)), request.GET.get("kind", "")
        numbers, today = Counter(entry.kind for entry in entries), timezone.localdate()
        may_change = self.has_change_permission(request, engagement)
        form = wrong or TalkForm(engagement, may_plan=may_change, initial={"held_on": today})
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Story"),
            "engagement": engagement,
            "late": lateness(engagement),
            "is_open": is_open(engagement),
            "today": today,
            "entries": [entry for entry in entries if entry.kind == asked or asked not in Kind.values],
            "number": len(entries),
            "kinds": [(kind.value, kind.label, numbers[kind]) for kind in Kind if numbers[kind]],
            "asked": asked if asked in Kind.values else "",
            "form": form if may(request.user, "add", Talk) else None,
            "once": {"name": KEY, "key": given_key(request) or uuid4()},
            "may_change": may_change,
        }
        status = 422 if wrong else 200
        return TemplateResponse(request, "admin/activities/engagement/story.html", context, status=status)
