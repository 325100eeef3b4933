"""How the rows of a table find the places and organisations that they name; near names are asked about."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organizations.choices import AliasKind
from organizations.models import Alias, Organization, Region
from organizations.names import NameFinder
from organizations.placenames import PlaceNames, is_within, short_name
from yixin.access.sensitive import sensitive_word
from yixin.intake.plan import NEW, SKIP, Plan, Question, Row
from yixin.intake.readers import Name
from yixin.text import name_key

MOST_CANDIDATES = 10  # organisations of one name among which somebody can choose


class Place(Name):
    """A city or county. What comes in does not replace a county in it that is on record, nor what that was called
    at another time.
    """

    def same(self, old, new):
        if old is None or new is None:
            return old == new
        return is_within(old, new) or old.pk in getattr(new, "kin", ())


def link_places(plan: Plan, column: str, places: PlaceNames) -> None:
    """Put the region in place of the words of every row's column."""
    for row in plan.rows:
        if not isinstance(row.values.get(column), str):
            continue
        try:
            row.values[column] = places.find(row.values[column])
        except ValidationError as error:
            row.values[column] = None
            plan.error(row, column, " ".join(error.messages))
        else:
            if row.values[column] is None and plan.resource.columns[column].needs_value:
                plan.error(row, column, _("This must not be empty."))


class OrganizationLinks:
    """The organisations that a column names. A fixed number of queries, whatever the number of names.

    ``links`` maps a row's number to its organisation: one on record, or a new one that comes in with the row.
    Rows whose organisation nobody has decided yet are left out.
    """

    def __init__(
        self,
        plan: Plan,
        column: str,
        named: Iterable[tuple[Row, str, Region | None]],
        finder: NameFinder | None = None,
    ):
        self.plan, self.column = plan, column
        self.links: dict[int, Organization] = {}
        self.placed: dict[int, Region] = {}  # where rows say that organisations lie of which nobody knew it
        together = defaultdict(list)
        for row, name, region in named:
            together[name_key(name), area_code(region)].append((row, name, region))
        self.finder = finder or NameFinder([rows[0][1] for rows in together.values()])
        for rows in together.values():
            self._link(rows)

    def _link(self, rows: list[tuple[Row, str, Region | None]]) -> None:
        first, name, region = rows[0]
        exact = [found for found in self.finder.exact(name) if self._may_lie_in(found, region)]
        namesakes = [found for found in exact if in_other_county(found.region, region)]
        exact = [found for found in exact if found not in namesakes]
        if len(exact) == 1:
            chosen = exact[0]
        elif namesakes and not exact:
            chosen = self._ask_county([row for row, *_rest in rows], name, region, namesakes)
        elif exact or self._near(name, region):
            chosen = self._ask([row for row, *_rest in rows], name, region, exact)
        else:
            chosen = self.add(first, name, region)
        if chosen and region and chosen.region is None:
            self.placed.setdefault(id(chosen), region)
        for row, *_rest in rows:
            if chosen is None:
                row.skip(_("Nobody has decided which organisation “%(name)s” is.") % {"name": name})
            else:
                self.links[row.number] = chosen
                self.need(row, chosen)

    def _near(self, name: str, region: Region | None) -> list[Organization]:
        return [found for found in self.finder.near(name) if self._may_lie_in(found, region)]

    def _may_lie_in(self, found: Organization, region: Region | None) -> bool:
        return may_lie_in(found.region or self.placed.get(id(found)), region)

    def _ask(self, rows: list[Row], name: str, region, exact: list[Organization]) -> Organization | None:
        """One of several of that name, or one with a near name; whoever is chosen keeps this name as another one."""
        candidates = (exact or self._near(name, region))[:MOST_CANDIDATES]
        choices = [(identity(found), label(found)) for found in candidates]
        choices += [] if exact else [(NEW, str(_("Another organisation: add “%(name)s”") % {"name": name}))]
        choices.append((SKIP, str(_("Leave it out"))))
        text = (SEVERAL if exact else NEAR) % {"name": name, "others": "、".join(map(str, candidates))}
        self.plan.warn(rows[0], self.column, text)
        key = f"organization:{name_key(name)}:{area_code(region)}"
        numbers = tuple(row.number for row in rows)
        answer = self.plan.ask(Question(key, numbers, self.column, str(text), tuple(choices), SKIP if exact else NEW))
        if answer == NEW:
            return self.add(rows[0], name, region)
        chosen = next((found for found in candidates if identity(found) == answer), None)
        if chosen and not exact:
            alias = Alias(organization=chosen, name=name, kind=AliasKind.OTHER)
            self.plan.parts += [(row, alias) for row in rows]
        return chosen

    def _ask_county(self, rows: list[Row], name: str, region: Region, found: list[Organization]) -> Organization | None:
        """One of that name in another county of the same city: most often another organisation."""
        told = {"name": name, "others": "、".join(f"{other}（{other.region}）" for other in found), "place": region}
        text = str(OTHER_COUNTY % told)
        self.plan.warn(rows[0], self.column, text)
        choices = [(identity(other), label(other)) for other in found]
        choices += [(NEW, str(_("Another organisation: add “%(name)s”") % told)), (SKIP, str(_("Leave it out")))]
        key = f"organization:{name_key(name)}:{area_code(region)}"
        numbers = tuple(row.number for row in rows)
        answer = self.plan.ask(Question(key, numbers, self.column, text, tuple(choices), NEW))
        if answer == NEW:
            return self.add(rows[0], name, region)
        return next((other for other in found if identity(other) == answer), None)

    def add(self, row: Row, name: str, region: Region | None) -> Organization:
        """A new organisation, known from now on to the rows that follow."""
        made = new_organization(self.plan, row, self.column, name)
        made.region = region
        self.plan.warn(row, self.column, _("“%(name)s” is not on record; it will be added.") % {"name": name})
        self.finder.add(made)
        return made

    def need(self, row: Row, chosen: Organization) -> None:
        if chosen.pk is None:
            self.plan.parts.append((row, chosen))


def new_organization(plan: Plan, row: Row, column: str, name: str) -> Organization:
    """Unsaved. Sensitive where its name says so."""
    word = sensitive_word(name)
    if word:
        told = {"name": name, "word": word}
        plan.warn(row, column, _("“%(name)s” is marked as sensitive because of “%(word)s”.") % told)
    return Organization(name=name, is_sensitive=bool(word))


def identity(found: Organization) -> str:
    """How an answer names an organisation: its id; its name's key while it has none."""
    return str(found.pk or f"name:{name_key(found.name)}")


def label(found: Organization) -> str:
    place = f"（{found.region}）" if found.region else ""
    return str(_("It is “%(name)s”") % {"name": f"{found}{place}"})


def area_code(region: Region | None) -> str:
    """The digits that say how much of the country a region is: 36 the province, 3607 a city, 360781 a county."""
    return "" if region is None else region.code.removesuffix("00").removesuffix("00")


def may_lie_in(one: Region | None, other: Region | None) -> bool:
    """Whether two statements of place can be of the same organisation: one holds the other, or is unknown."""
    codes = sorted((area_code(one), area_code(other)), key=len)
    return codes[1].startswith(codes[0]) or codes[0][:4] == codes[1][:4]


def in_other_county(one: Region | None, other: Region | None) -> bool:
    """Whether two regions of today are different counties. One that is no more may have become the other."""
    codes = area_code(one), area_code(other)
    if min(map(len, codes)) < 6 or codes[0] == codes[1]:
        return False
    return one.valid_to is None and other.valid_to is None and short_name(one.name) != short_name(other.name)


OTHER_COUNTY = _("“%(others)s” is on record, but this one is in %(place)s. Is it the same organisation?")
NEAR = _("“%(name)s” is not on record, but “%(others)s” is. Is it the same organisation?")
SEVERAL = _("Several organisations are called “%(name)s”: %(others)s. Which one is it?")
