"""Which round of visits a table or a row speaks of."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.models import Survey
from yixin import fuzzydate
from yixin.intake.sheets import Line
from yixin.numerals import compact
from yixin.text import clean_text, name_key

from .event_of_roster import texts

PERIOD = re.compile(
    r"[0-9]{4}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:[-~—至到](?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
)
TABLE_NAME = re.compile("(?:的?各?地?市?(?:走访|目标|计划|分配|统计|汇总|一览|家数)+表?)$")
TABLE_WORDS = re.compile("走访|目标|计划|分配|统计|汇总|一览|家数|名单|表$")


class Rounds:
    """The rounds of a report year, or all of them. One query; one more for a round chosen by its number."""

    def __init__(self, year: int | None):
        surveys = Survey.objects.order_by("pk")
        self.all: list[Survey] = list(surveys.in_year(year) if year else surveys)

    def chosen(self, key: int) -> Survey:
        survey = Survey.objects.filter(pk=key).first()
        if survey is None:
            raise ValidationError(_("There is no survey no. %(number)s.") % {"number": key})
        return survey

    def named(self, title: str, chosen: Survey | None) -> Survey:
        """The round of that title. ValidationError if there is none, or if another was chosen for the whole table."""
        known = [*self.all, *([chosen] if chosen else [])]
        survey = next((survey for survey in known if name_key(survey.title) == name_key(title)), None)
        if survey is None:
            raise ValidationError(_("No round “%(title)s” is on record.") % {"title": title})
        if chosen and survey != chosen:
            told = {"title": title, "chosen": chosen}
            raise ValidationError(_("The row names “%(title)s”, but “%(chosen)s” was chosen.") % told)
        return survey

    def like(self, *lines: str) -> Survey | None:
        """The one round that any of the lines names, whatever else they say; None for none or several."""
        found = [survey for survey in self.all if any(is_same_round(survey.title, line) for line in lines)]
        return found[0] if len(found) == 1 else None


def first_title(titles: Iterable[Line]) -> str:
    """The first text above a table that is more than a date."""
    return next((text for text in texts(titles) if name_key(PERIOD.sub("", text))), "")


def new_round(title: str, year: int | None) -> Survey:
    """Unsaved, with the period that its title tells, else the year. ValidationError without either."""
    match = PERIOD.search(compact(title))
    try:
        period = fuzzydate.parse(match[0] if match else year)
    except ValidationError:
        period = None
    if period is None:
        raise ValidationError(_("The round “%(title)s” is not on record. Say of which year it is.") % {"title": title})
    name = clean_text(TABLE_NAME.sub("", PERIOD.sub("", title)) or title)
    return Survey(title=name[:200], period=period, report_year=year or period.latest.year)


def is_same_round(title: str, text: str) -> bool:
    """Whether a line names the round: as it is called, without its dates and words such as 走访目标表."""
    if name_key(title) == name_key(text):
        return True
    keys = [name_key(TABLE_WORDS.sub("", PERIOD.sub("", words))) for words in (title, text)]
    return all(keys) and (keys[0] in keys[1] or keys[1] in keys[0])
