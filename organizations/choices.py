from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegionLevel(TextChoices):
    PROVINCE = "province", _("province")
    PREFECTURE = "prefecture", _("prefecture city")
    COUNTY = "county", _("county")


class OrganizationType(TextChoices):
    NGO = "ngo", _("non-profit organisation")
    VOLUNTEERS = "volunteers", _("volunteer organisation")
    ALLIANCE = "alliance", _("alliance or network")
    HUB = "hub", _("hub organisation")
    FOUNDATION = "foundation", _("foundation")
    UNIVERSITY = "university", _("university")
    STUDENT_BODY = "student-body", _("student body")
    GOVERNMENT = "government", _("government body")
    MEDIA = "media", pgettext_lazy("organisation type", "media")
    SELF_HELP = "self-help", _("self-help group")
    OTHER = "other", pgettext_lazy("organisation type", "other")


class LegalStatus(TextChoices):
    REGISTERED = "registered", _("registered with civil affairs")
    AFFILIATED = "affiliated", _("affiliated to another body")
    BUSINESS = "business", _("registered as a business")
    UNREGISTERED = "unregistered", _("not registered")


class Listing(TextChoices):
    """Who finds the organisation in the directory."""

    PUBLIC = "public", pgettext_lazy("listing", "everybody")
    PARTNERS = "partners", pgettext_lazy("listing", "partners who log in")
    HIDDEN = "hidden", pgettext_lazy("listing", "staff only")


class AliasKind(TextChoices):
    SHORT = "short", _("short name")
    FORMER = "former", _("former name")
    OTHER = "other", pgettext_lazy("kind of name", "other")


class Platform(TextChoices):
    QQ = "qq", "QQ"
    WECHAT = "wechat", _("WeChat")


class ProposalKind(TextChoices):
    CHANGES = "changes", _("the organisation about itself")
    REPORT = "report", _("an error was reported")


class ProposalStatus(TextChoices):
    OPEN = "open", pgettext_lazy("proposal", "open")
    HANDLED = "handled", pgettext_lazy("proposal", "handled")


class Side(TextChoices):
    """Whose value an organisation has after a merge."""

    KEPT = "kept", pgettext_lazy("merge", "of the kept one")
    MERGED = "merged", pgettext_lazy("merge", "of the merged one")
    BOTH = "both", pgettext_lazy("merge", "both together")
