"""Organisations that may be one, that are told under several names, or that lie outside the province."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from organizations.nearness import Reading as NameReading
from organizations.nearness import are_near, deletions, read_name
from organizations.places import OUTSIDE
from reports.checks.findings import Finding, Level, Names, finding, told
from reports.checks.language import flat
from reports.checks.reading import Known, Reading, event_ref
from reports.checks.registry import check
from yixin.text import name_key

CROWD = 60  # so many of one generic name are told apart by their places first


def named_in_year(reading: Reading) -> frozenset[int]:
    """Organisations that the year's events, grants, visits or text name."""
    at_events = frozenset().union(*reading.named_at.values())
    in_text = frozenset().union(*(sentence.named for sentence in reading.sentences))
    granted = {grant.organization for grant in reading.figures.grants.rows if grant.organization}
    visited = {organization for organization, _first, _last in reading.visits}
    return at_events | in_text | granted | visited


@check("O1", Level.WARNING, _("One organisation under several names"))
def names_of_one(reading: Reading) -> Iterator[Finding]:
    """Organisations on record with nearly the same name, and one that the report calls by several of its names."""
    named = [reading.organizations[pk] for pk in sorted(named_in_year(reading)) if pk in reading.organizations]
    for group in _groups(_near_pairs(reading, named)):
        several = [reading.organizations[pk] for pk in group]
        names = tuple(f"“{known.name}”" for known in several)
        sentence = told(
            _("%(names)s are %(count)s records. Are any of them one organisation?"),
            names=Names(names),
            count=len(names),
        )
        suggestion = told(_("If so, merge them and keep the other name; if not, answer that they are different ones."))
        yield finding(sentence, suggestion, (known.ref for known in several), *sorted(names))
    for pk, names in sorted(_names_used(reading).items()):
        if len(names) > 1:
            known = reading.organizations[pk]
            sentence = told(
                _("“%(name)s” is told under %(count)s names: %(names)s."),
                name=known.name, count=len(names), names=Names(tuple(names)),
            )  # fmt: skip
            suggestion = told(_("Choose one name for the whole report, at least where it is named first."))
            yield finding(sentence, suggestion, [known.ref], *sorted(names))


def _names_used(reading: Reading) -> dict[int, list[str]]:
    """By organisation: the names by which the titles, the captions and the text call it, in order."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    texts = [event.title for event in reading.events] + [photo.caption for photo in reading.photos]
    texts += [grant.recipient for grant in reading.figures.grants.rows]
    mentions = [m for text in texts for m in reading.names.mentions(text)]
    mentions += [m for sentence in reading.sentences for m in sentence.mentions]
    for mention in mentions:
        if len(mention.owners) == 1:
            (owner,) = mention.owners
            found[owner].setdefault(name_key(flat(mention.name)), mention.name)
    return {owner: list(names.values()) for owner, names in found.items() if owner not in reading.ours}


def _groups(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Those that hang together, so that five namesakes are asked about once and not ten times."""
    group_of: dict[int, list[int]] = {}
    for pair in pairs:
        first, second = (group_of.setdefault(pk, [pk]) for pk in pair)
        if first is not second:
            first += second
            group_of |= dict.fromkeys(second, first)
    return [sorted(group) for pk, group in sorted(group_of.items()) if pk == min(group)]


def _near_pairs(reading: Reading, named: list[Known]) -> list[tuple[int, int]]:
    """Two that are near in any of their names; only those are compared that share a word or all but one character."""
    index: dict[tuple, list[tuple[int, NameReading]]] = defaultdict(list)
    for known in named:
        for read in (r for name in known.names for r in read_name(name, reading.place_words)):
            for term in _terms(read):
                index[term].append((known.pk, read))
    pairs: set[tuple[int, int]] = set()
    for together in _blocks(index):
        for number, (pk, read) in enumerate(together):
            for other, other_read in together[number + 1 :]:
                pair = (min(pk, other), max(pk, other))
                if pk != other and pair not in pairs and are_near(read, other_read):
                    pairs.add(pair)
    return sorted(pairs)


def _terms(read: NameReading) -> set[tuple]:
    terms = {("whole", text) for text in deletions(read.whole)}
    if len(read.stem) > 1:
        terms.add(("stem", read.stem))
    return terms


def _blocks(index: dict[tuple, list]) -> Iterator[list[tuple[int, NameReading]]]:
    """Those that share a term; a crowd, such as all the 志愿者协会, only with those of the same place."""
    for together in index.values():
        if len(together) <= CROWD:
            yield together
            continue
        by_place: dict[str, list] = defaultdict(list)
        for pk, read in together:
            for place in read.places or ("",):
                by_place[place].append((pk, read))
        yield from (few[:CROWD] for few in by_place.values())


@check("O2", Level.WARNING, _("Outside the province"))
def outside_the_province(reading: Reading) -> Iterator[Finding]:
    """An event in another province, or of an organisation from there, in tables about the whole province."""
    for event in reading.events:
        others = [reading.organizations[pk] for pk in sorted(event.organizations) if pk in reading.organizations]
        others = [known for known in others if known.city == OUTSIDE]
        if event.city != OUTSIDE and not others:
            continue
        place = others[0].region if others and event.city != OUTSIDE else event.region
        sentence = told(
            _("“%(event)s” has to do with %(place)s; the tables are about the province."), event=event, place=place
        )
        suggestion = told(_("Say under the table that it is from outside; or correct the place."))
        yield finding(sentence, suggestion, [event_ref(event), *(known.ref for known in others)], place)
