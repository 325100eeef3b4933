"""An organisation found on the way: on record or new, and visited, in one step."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.choices import VisitStatus
from activities.forms import SpokenDateField
from activities.models import Survey, Visit
from organizations.choices import AliasKind
from organizations.linking import MOST_CANDIDATES, NEAR, SEVERAL, identity, label, may_lie_in
from organizations.models import Alias, Organization, Region
from organizations.names import NameFinder
from yixin import history, locks
from yixin.access.sensitive import sensitive_word
from yixin.access.territories import confined
from yixin.forms import REASON, LineField, ReasonField
from yixin.fuzzydate import FuzzyDate
from yixin.intake.permissions import may
from yixin.text import name_key

from .rounds import cities_of

NEW = "new"
LONGEST_NAME = 100
STANDS_ALREADY = _("“%(name)s” is in this survey already. Open that visit, and write there what came of it.")
NOT_CHOSEN = _("Choose the organisation that it is, or that it is a new one.")
MAY_NOT_ADD = _("You may not add organisations. Choose one on record, or ask your coordinator.")


@dataclass(frozen=True)
class Found:
    """Whom the visit was to, and when: an organisation, on record or not yet; ``says`` is another name of it."""

    survey: Survey
    organization: Organization
    when: FuzzyDate | None
    says: str = ""


class AddedForm(forms.Form):
    """``found`` is who is meant, once the form is valid; among whom one chooses, the user may see. A fixed number of
    queries."""

    name = LineField(label=_("name of the organisation"), max_length=LONGEST_NAME)
    city = forms.ChoiceField(label=_("city"), required=False)
    when = SpokenDateField(label=_("date of the visit"), help_text="")
    same = forms.ChoiceField(label=_("Is it the same organisation?"), required=False, widget=forms.RadioSelect)

    def __init__(self, survey: Survey, data=None, *, site, request: HttpRequest):
        super().__init__(data, initial={"when": str(FuzzyDate.on(timezone.localdate()))}, label_suffix="")
        self.survey, own = survey, confined(request.user)
        self.seen = site.get_model_admin(Organization).get_queryset(request)
        self.may_add = may(request.user, "add", Organization)
        cities = [city for city in cities_of(survey) if own is None or city.code.startswith(own.city)]
        self.places: dict[str, Region] = {place.code: place for place in cities}
        self.fields["city"].choices = [(code, str(one)) for code, one in self.places.items()]
        if own is None:
            self.fields["city"].choices = [("", _("unknown")), *self.fields["city"].choices]
        self.published = locks.published([locks.Write(Visit(survey=survey))])
        self.fields[REASON] = ReasonField(required=bool(self.published))
        self.exact: list[Organization] = []
        self.candidates: list[Organization] = []
        self.question = ""
        self.found: Found | None = None
        self.standing: Visit | None = None  # the visit to it that there is already
        name = self.fields["name"].to_python(data.get("name", "")) if data is not None else ""
        if name and len(name) <= LONGEST_NAME:
            self._look(name, self.places.get(data.get("city")))

    def _look(self, name: str, region: Region | None) -> None:
        """Whom the name may mean: nobody, one for sure, or some among whom somebody chooses."""
        finder = NameFinder([name])
        self.exact = self._of_theirs(finder.exact(name), region)
        near = [] if self.exact else self._of_theirs(finder.near(name), region)
        self.candidates = (self.exact if len(self.exact) > 1 else near)[:MOST_CANDIDATES]
        if self.candidates:
            told = {"name": name, "others": "、".join(map(str, self.candidates))}
            self.question = (SEVERAL if self.exact else NEAR) % told
            another = [(NEW, _("Another organisation: add “%(name)s”") % told)] if self.may_add else []
            self.fields["same"].choices = [*((identity(one), label(one)) for one in self.candidates), *another]

    def _of_theirs(self, found: list[Organization], region: Region | None) -> list[Organization]:
        """Those that may lie there, and that the user may see."""
        there = [one for one in found if may_lie_in(one.region, region)]
        seen = set(self.seen.filter(pk__in=[one.pk for one in there]).values_list("pk", flat=True)) if there else ()
        return [one for one in there if one.pk in seen]

    def reason(self) -> forms.BoundField | None:
        return self[REASON] if self.published else None

    def clean(self):
        cleaned = super().clean()
        if "name" in cleaned and "city" in cleaned and "same" not in self.errors:
            self._decide(cleaned)
        return cleaned

    def _decide(self, cleaned: dict) -> None:
        name, chosen = cleaned["name"], cleaned.get("same")
        if self.candidates and not chosen:
            return self.add_error("same", NOT_CHOSEN)
        known = next((one for one in self.candidates if identity(one) == chosen), None)
        known = known or (self.exact[0] if len(self.exact) == 1 else None)
        if known is None and not self.may_add:
            return self.add_error("name", MAY_NOT_ADD)
        says = name if known and not self.exact else ""
        self.found = Found(self.survey, known or self._new(name, cleaned["city"]), cleaned.get("when"), says)
        self.standing = Visit.objects.filter(survey=self.survey, organization=known).first() if known else None
        if self.standing:
            told = {"name": known}
            self.add_error("name", ValidationError(STANDS_ALREADY, code="unique", params=told))
        return None

    def _new(self, name: str, code: str) -> Organization:
        made = Organization(name=name, name_key=name_key(name), region=self.places.get(code))
        made.is_sensitive = bool(sensitive_word(name))
        try:
            made.validate_constraints()
        except ValidationError as error:
            self.add_error("name", error.messages)
        return made


def add_visit(*, found: Found, reason: str, by, now: datetime) -> Visit:
    """The visit, done and found on the way; with it a new organisation, which the directory does not show, or another
    name of one on record. Raises ValidationError where somebody did the same at this moment, or a reason is missing.
    """
    try:
        with transaction.atomic():
            return _add(found, locks.Reason(reason, by, now))
    except IntegrityError as error:
        raise ValidationError(STANDS_ALREADY, code="unique", params={"name": found.organization}) from error


def _add(found: Found, reason: locks.Reason) -> Visit:
    organization, made = found.organization, []
    if organization.pk is None:
        organization.save()
        made.append(organization)
    elif found.says and not organization.aliases.filter(name_key=name_key(found.says)).exists():
        made.append(Alias.objects.create(organization=organization, name=found.says, kind=AliasKind.OTHER))
    visit = Visit(survey=found.survey, organization=organization, status=VisitStatus.DONE, is_added=True)
    visit.when = found.when
    visit.save()
    locks.explain([locks.Write(visit)], reason)
    history.keep([history.added(record) for record in (*made, visit)], by=reason.by, at=reason.at)
    return visit
