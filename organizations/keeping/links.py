"""Links for organisations: made for many at once, signed, valid for a time, opened by one entry, used once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from organizations.models import EntryLink, Organization

# A salt of its own: what is signed for another purpose opens no entry. No phone ends an address at a stop inside it.
SIGNER = Signer(salt="organizations.keeping.links", sep=".")


class Why(Enum):
    """Why a link opens nothing. Of merged and of deleted entries the same is told."""

    ALTERED = "altered"
    GONE = "gone"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


class Closed(Exception):
    """The link opens nothing. ``moment``: since when, where that is told."""

    def __init__(self, why: Why, moment: datetime | None = None):
        super().__init__(why)
        self.why, self.moment = why, moment

    @property
    def status(self) -> int:
        """Of HTTP: what was never there, or what is there no longer."""
        return 404 if self.why is Why.ALTERED else 410

    @property
    def sentence(self) -> str:
        moment = date_format(timezone.localtime(self.moment), "DATETIME_FORMAT") if self.moment else ""
        return str(SENTENCES[self.why]) % {"moment": moment}

    @property
    def advice(self) -> str:
        return str(ADVICE.get(self.why, ASK))


SENTENCES = {
    Why.ALTERED: _("This link is not complete, or a part of it was changed on its way."),
    Why.GONE: _("The entry for which this link was made is not there any more."),
    Why.USED: _("An answer was sent by this link already, on %(moment)s. Each link works once."),
    Why.REVOKED: _("This link was taken back."),
    Why.EXPIRED: _("This link was valid until %(moment)s."),
}
ASK = _("Ask whoever sent it to you for a new one: that takes them one click.")
ADVICE = {
    Why.ALTERED: _("Open it once more from the message in which it came, or ask whoever sent it to you for a new one."),
    Why.USED: _("If it was yours, it has arrived and somebody will look at it. To tell us more, ask for a new link."),
}


def make_links(organizations: Iterable[Organization], *, by, now: datetime) -> list[EntryLink]:
    """A new link for each, stored. One query for all; links that were given out before stay valid."""
    signed = {"made_by": by, "made_at": now, "expires_at": now + timedelta(days=settings.ENTRY_LINK_DAYS)}
    links = [EntryLink(organization=one, slug=one.slug, **signed) for one in organizations]
    return EntryLink.objects.bulk_create(links)


def revoke(link: EntryLink, *, now: datetime) -> bool:
    """Whether the link was open until now."""
    return bool(EntryLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(revoked_at=now))


def token_of(link: EntryLink) -> str:
    return SIGNER.sign(link.key.hex)


def path_of(link: EntryLink) -> str:
    return reverse("organizations:entry", args=[token_of(link)])


def opened(token: str, now: datetime) -> EntryLink:
    """The open link with its organisation and place. One query; raises Closed."""
    link = found(token)
    refuse_closed(link, now)
    return link


def refuse_closed(link: EntryLink, now: datetime) -> None:
    """Raises Closed unless an answer can still come by the link."""
    if link.used_at:
        raise Closed(Why.USED, link.used_at)
    if link.revoked_at:
        raise Closed(Why.REVOKED)
    if link.expires_at <= now:
        raise Closed(Why.EXPIRED, link.expires_at)


def found(token: str) -> EntryLink:
    """The link, open or not, whose entry is still the one for which it was made."""
    try:
        key = SIGNER.unsign(token)
    except BadSignature as error:
        raise Closed(Why.ALTERED) from error
    link = EntryLink.objects.filter(key=key).select_related("organization__region").first()
    if link is None or link.slug != link.organization.slug:
        raise Closed(Why.GONE)
    return link


def open_links(organization: Organization, now: datetime) -> list[EntryLink]:
    """Those by which an answer can still come, the newest first. One query."""
    links = EntryLink.objects.filter(organization=organization, used_at=None, revoked_at=None, expires_at__gt=now)
    return list(links.select_related("made_by"))
