"""What a report that nobody wrote before begins with: sections in the order in which such a report tells of a year."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from activities.models import WorkArea
from organizations.models import Organization
from reports.cut_tables import SURVEYS
from reports.figures import Figures
from reports.grant_tables import GRANTS
from reports.measures import subject_of


@dataclass(frozen=True)
class Outlined:
    """One section to begin with; ``area`` is the work area it tells of."""

    heading: str
    prose: str = ""
    table: str = ""
    area: int | None = None


def title_for(year: int, funder: Organization | None) -> str:
    title = _("%(name)s: annual report %(year)s") % {"name": settings.SITE_NAME, "year": year}
    return f"{title} · {funder}" if funder else title


def outline(figures: Figures) -> list[Outlined]:
    """In the active language, with figures in the sentences; no section for what the year does not have."""
    areas = figures.scope.all_areas
    return [
        _background(figures),
        *([_survey()] if figures.survey.surveys else []),
        *(_work(area, figures) for area in areas if area.has_table),
        *([_grants(figures)] if figures.grants.rows else []),
        *(_work(area, figures) for area in areas if not area.has_table),
        Outlined(_("Looking back and ahead")),
    ]


def _background(figures: Figures) -> Outlined:
    sentences = [_("Over the year there were {全年.场次} events with {全年.人次} person-times, in {全年.地市} cities.")]
    if figures.unknown:
        sentences.append(_(" At {全年.不详场次} of them nobody counted the people."))
    return Outlined(_("Background"), "".join(sentences))


def _survey() -> Outlined:
    prose = _("We meant to visit {调研.目标} organisations and visited {调研.实际}, in {调研.地市} cities.")
    return Outlined(_("Survey"), prose, SURVEYS.code)


def _work(area: WorkArea, figures: Figures) -> Outlined:
    """An area without any event of its own tells of itself in words alone."""
    subject, found = {"subject": subject_of(area)}, figures.area(area)
    sentences = []
    if found.events:
        sentence = _("This year there were {%(subject)s.场次} of them, with {%(subject)s.人次} person-times.")
        sentences.append(sentence % subject)
    if found.median is not None:
        sentences.append(_(" The largest one had {%(subject)s.最大} people.") % subject)
    return Outlined(str(area), "".join(sentences), area.code if area.has_table else "", area.pk)


def _grants(figures: Figures) -> Outlined:
    sentences = [_("We passed on {资助.项数} small grants of {资助.总额} yuan in all.")]
    if figures.grants.to_people:
        sentences.append(_(" They went to {资助.组织} organisations and {资助.个人} persons."))
    if figures.grants.withdrawn:
        sentences.append(_(" {资助.退出} more were withdrawn; they stand in the table and not in its total."))
    return Outlined(_("Small grants"), "".join(sentences), GRANTS.code)
