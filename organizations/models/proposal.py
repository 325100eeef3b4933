from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.choices import ProposalKind, ProposalStatus
from organizations.querysets import ProposalQuerySet
from yixin.fields import LineField, ProseField, one_of

from .organization import Organization


class Proposal(models.Model):
    """One message from outside about one entry: what the organisation would change in it, or what somebody finds wrong.

    The entry stays as it is until somebody of the staff has looked at it, field by field.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="proposals", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind)
    # {field: [what the sender saw, what it should be]}; None for what the sender was not shown.
    changes = models.JSONField(_("changes"), default=dict, blank=True, editable=False)
    message = ProseField(_("message"), blank=True)
    sender_name = LineField(_("who writes"), max_length=60, blank=True)
    sender_contact = LineField(_("how to reach them"), max_length=100, blank=True)
    made_at = models.DateTimeField(_("sent at"))
    status = models.CharField(_("status"), max_length=10, choices=ProposalStatus, default=ProposalStatus.OPEN)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handled by"),
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    accepted = models.JSONField(_("accepted fields"), default=list, blank=True, editable=False)
    note = ProseField(_("note of the staff"), blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal for an entry")
        verbose_name_plural = _("proposals for entries")
        ordering = ["made_at", "pk"]
        constraints = [
            one_of("kind", ProposalKind, "proposal_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="report", message=""),
                name="proposal_report_says_what",
                violation_error_message=_("A report of an error says what is wrong."),
            ),
            models.CheckConstraint(
                condition=Q(status="open", handled_by=None, handled_at=None)
                | Q(status="handled", handled_by__isnull=False, handled_at__isnull=False),
                name="proposal_handled_says_by_whom",
                violation_error_message=_("What was handled says by whom and when; what is open does not."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.status == ProposalStatus.OPEN


class EntryLink(models.Model):
    """One address that staff give to an organisation, by which it proposes changes to its own entry, once.

    ``slug`` is the entry's for which it was made: after a merge the row belongs to another entry, and opens none.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="entry_links", verbose_name=_("organisation")
    )
    slug = models.SlugField(_("address in the directory"), max_length=80, editable=False, db_index=False)
    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    proposal = models.OneToOneField(
        Proposal, models.SET_NULL, null=True, blank=True, related_name="link", verbose_name=_("proposal for an entry")
    )

    class Meta:
        verbose_name = _("link for an organisation")
        verbose_name_plural = _("links for organisations")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="entry_link_ends_after_it_was_made",
                violation_error_message=_("A link is valid until a moment after it was made."),
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None),
                name="entry_link_is_used_or_taken_back",
                violation_error_message=_("A link that was used cannot be taken back."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)
