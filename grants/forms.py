"""What the forms of grants and payments ask beyond the rules of the database."""

from collections.abc import Iterator
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.amounts import exact, written
from grants.choices import GrantStatus, PaymentKind
from grants.models import Grant, Payment
from yixin.forms import FuzzyDateField, InlineFormSet, ModelForm


class FundingForm(ModelForm):
    period = FuzzyDateField(label=gettext_lazy("period"), required=False)


class GrantForm(ModelForm):
    def clean(self):
        """A withdrawn grant that came in without a reason can be saved as long as nobody touches either."""
        cleaned = super().clean()
        is_touched = self.instance._state.adding or {"status", "withdrawal_reason"} & set(self.changed_data)
        is_unexplained = cleaned.get("status") == GrantStatus.WITHDRAWN and cleaned.get("withdrawal_reason") == ""
        if is_touched and is_unexplained:
            sentence = _("Write why it was withdrawn, such as: no longer enough volunteers.")
            self.add_error("withdrawal_reason", ValidationError(sentence, code="unexplained"))
        return cleaned


def refuse_surplus(paid: Decimal, returned: Decimal) -> None:
    """Raises ValidationError where more came back than was ever paid."""
    if returned > paid:
        sentence = _("%(returned)s yuan came back, but only %(paid)s yuan were paid. Check the amounts and the kinds.")
        told = {"returned": written(returned), "paid": written(paid)}
        raise ValidationError(sentence % told, code="surplus")


class PaymentFormSet(InlineFormSet):
    """All payments of one grant."""

    def clean(self):
        super().clean()
        if any(self.errors) or not self.has_changed():
            return
        rows = [form.instance for form in self._rows_to_store()]
        returned = sum((row.amount for row in rows if row.kind == PaymentKind.REFUND), Decimal(0))
        refuse_surplus(sum((row.amount for row in rows), Decimal(0)) - returned, returned)


class PaymentForm(ModelForm):
    def clean(self):
        cleaned = super().clean()
        if {"grant", "kind", "amount"} <= cleaned.keys():
            paid, returned = sums(cleaned["grant"], without=self.instance)
            is_refund = cleaned["kind"] == PaymentKind.REFUND
            refuse_surplus(paid + (0 if is_refund else cleaned["amount"]), returned + is_refund * cleaned["amount"])
            self._leave(cleaned["grant"])
        return cleaned

    def _leave(self, grant: Grant) -> None:
        """The grant from which the payment is moved away keeps no refund of what was never paid."""
        old = self.initial.get("grant")
        if old and old != grant.pk:
            refuse_surplus(*sums(Grant(pk=old), without=self.instance))


def sums(grant: Grant, without: Payment | None = None) -> tuple[Decimal, Decimal]:
    """Yuan paid on the grant, and yuan that came back. One query."""
    refund = Q(kind=PaymentKind.REFUND)
    found = Payment.objects.filter(grant=grant).exclude(pk=without and without.pk)
    found = found.aggregate(paid=Sum("amount", filter=~refund), returned=Sum("amount", filter=refund))
    return exact(found["paid"]), exact(found["returned"])


def oddities(grant: Grant) -> Iterator[str]:
    """What is possible but seldom meant, in sentences. One query."""
    if grant.withdrawal_reason and grant.status != GrantStatus.WITHDRAWN:
        yield _("A reason for withdrawing is given. Was it withdrawn? Then choose that; if not, empty the reason.")
    awarded, requested = grant.awarded_amount, grant.requested_amount
    if None not in (awarded, requested) and awarded > requested:
        told = {"awarded": written(awarded), "requested": written(requested)}
        yield (_("Awarded are %(awarded)s yuan, more than the %(requested)s yuan requested. Is that meant?") % told)
    paid, returned = sums(grant)
    if awarded is not None and paid - returned > awarded:
        told = {"paid": written(paid - returned), "awarded": written(awarded)}
        yield _("Paid are %(paid)s yuan, more than the %(awarded)s yuan that were awarded. Check the payments.") % told
