from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventStatus(TextChoices):
    HELD = "held", pgettext_lazy("event", "held")
    PLANNED = "planned", pgettext_lazy("event", "planned")
    CANCELLED = "cancelled", pgettext_lazy("event", "cancelled")


class OurRole(TextChoices):
    HOST = "host", pgettext_lazy("our role", "we held it")
    CO_HOST = "co-host", pgettext_lazy("our role", "we held it with others")
    INVITED = "invited", pgettext_lazy("our role", "others held it, we were invited")


class OrganizationRole(TextChoices):
    """What an organisation was to an event."""

    HOST = "host", pgettext_lazy("organisation's role", "host")
    CO_HOST = "co-host", pgettext_lazy("organisation's role", "co-host")
    SUPPORTED = "supported", pgettext_lazy("organisation's role", "supported by us")
    PARTICIPANT = "participant", pgettext_lazy("organisation's role", "took part")
    GUEST = "guest", pgettext_lazy("organisation's role", "guest")


class AttendanceRole(TextChoices):
    PARTICIPANT = "participant", pgettext_lazy("attendance", "participant")
    SPEAKER = "speaker", pgettext_lazy("attendance", "speaker")
    GUEST = "guest", pgettext_lazy("attendance", "guest")
    STAFF = "staff", pgettext_lazy("attendance", "staff")


class TalkKind(TextChoices):
    TALK = "talk", pgettext_lazy("talk", "talk")
    CONSULTATION = "consultation", pgettext_lazy("talk", "consultation")
    CALL = "call", pgettext_lazy("talk", "by phone or WeChat")
    VISIT = "visit", pgettext_lazy("talk", "we went there")


class VisitStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("visit", "planned")
    DONE = "done", pgettext_lazy("visit", "done")
    REFUSED = "refused", pgettext_lazy("visit", "refused")
    NOT_FOUND = "not-found", pgettext_lazy("visit", "not found")


class QuestionKind(TextChoices):
    YES_NO = "yes-no", _("yes or no")
    CHOICE = "choice", _("one of several")
    NUMBER = "number", _("a number")
    TEXT = "text", _("text")
