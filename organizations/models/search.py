from django.db import models
from django.utils.translation import gettext_lazy as _

from .organization import Organization


class Gram(models.Model):
    """One beginning by which an organisation is found: a spelling of its name from one of its syllables on.

    Made out of the records and only read by the search; ``organizations/indexing.py`` writes them, and deletes them
    with their organisation: nobody's work, so no page asks about them. Bytes, because both databases sort them alike,
    whatever their language.
    """

    is_derived = True  # never moved, merged or counted as somebody's work

    organization = models.ForeignKey(
        Organization, models.DO_NOTHING, related_name="grams", db_index=False, verbose_name=_("organisation")
    )
    gram = models.BinaryField(_("beginning"), max_length=60)

    class Meta:
        verbose_name = _("entry of the search")
        verbose_name_plural = _("entries of the search")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "gram"],
                name="gram_once_an_organization",
                violation_error_message=_("The organisation is found by this already."),
            )
        ]
        indexes = [models.Index(fields=["gram", "organization"], name="gram_finds_organizations")]

    def __str__(self) -> str:
        return bytes(self.gram).decode()
