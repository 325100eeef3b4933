"""What the public does not read: names of people, and whatever ties somebody to an illness or a minority."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property, partial
from unicodedata import normalize

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Event, Photo
from activities.querysets import EventQuerySet
from organizations.choices import Listing
from organizations.models import Alias, Organization
from reports.contact_numbers import contact_numbers
from reports.document import Block, BlockKind, Document, Part, Picture, Run
from reports.people_names import PeopleNames
from reports.records import SHORTEST_NAME, secret_names
from reports.table import Table
from yixin.access.sensitive import sensitive_word
from yixin.fuzzydate import FuzzyDate
from yixin.intake.private import holds_private_number
from yixin.text import name_key

SHORTEST_TITLE = 4  # characters; a shorter one, such as 培训, stands in every second sentence
QUIET = ~Q(listing=Listing.PUBLIC)
CODES = {"key", "code", "table", "file", "figure"}  # fields that name something to the program, not to a reader


@dataclass(frozen=True)
class Removed:
    """One piece of the text that the public does not get, and why."""

    where: str
    text: str
    reason: str
    left: str = ""  # what still stands there


class Redactor:
    """Makes the public form of one document, and remembers what it took out."""

    def __init__(self, document: Document):
        self.document = document
        self.removed: list[Removed] = []

    @cached_property
    def public_events(self) -> EventQuerySet:
        """The events of every year that may be named. One query when made, none in a query of others."""
        return public_events()

    @cached_property
    def secret_keys(self) -> set[str]:
        """Names of sensitive organisations, and titles of events that are not told one by one. Three queries."""
        return secret_names() | withheld_titles(self.public_events)

    @cached_property
    def people(self) -> PeopleNames:
        return PeopleNames(_texts(self.document))

    @cached_property
    def quiet_keys(self) -> dict[str, str]:
        """Names of all organisations that the directory does not show to everybody, by their keys. One query."""
        quiet = Organization.objects.filter(QUIET).order_by().values_list("name_key", "name")
        others = Alias.objects.filter(organization__in=Organization.objects.filter(QUIET)).order_by()
        names = dict(quiet.union(others.values_list("name_key", "name")))
        return {key: name for key, name in sorted(names.items()) if len(key) >= SHORTEST_NAME}

    @cached_property
    def listed_for_staff(self) -> list[str]:
        """Organisations that stand in the document by name although the directory shows them to staff or partners only:
        nothing is taken out but printed notes, somebody should look. One query."""
        text = "\n".join(_texts(replace(self.document, notes=())))
        quiet = Organization.objects.filter(QUIET, is_sensitive=False)
        return [name for name in quiet.order_by("name_pinyin", "pk").values_list("name", flat=True) if name in text]

    def redacted(self) -> Document:
        """The public form. Keys of records go, too: they lead to pages that only staff may open."""
        document = self.document
        notes = tuple(note for note in document.notes if self._is_printed(note))
        return replace(
            document,
            title=self._shown(_("Title"), document.title),
            funder=self._shown(_("Funder"), document.funder),
            corrections=tuple(
                replace(one, text=self._shown(_("What was corrected"), one.text)) for one in document.corrections
            ),
            parts=tuple(self._part(part) for part in document.parts),
            tables=tuple(self._table(table) for table in document.tables),
            notes=self._mapped(_("Notes"), notes),
            review=None,
        )

    def _shown(self, where: str, text: str) -> str:
        """One text that must not be missing: masked, or said not to be public."""
        return _("(not public)") if self._is_secret(where, text) else self._masked(where, text)

    def _mapped(self, where: str, value):
        return _mapped(value, partial(self._masked, where))

    def _part(self, part: Part) -> Part:
        kept = tuple(block for block in part.blocks if not self._is_secret(part.heading, block.text))
        hidden = len(part.blocks) - len(kept)
        if hidden:
            sentence = ngettext(
                "%(count)s paragraph of this section is not public.",
                "%(count)s paragraphs of this section are not public.",
                hidden,
            )
            kept += (Block(BlockKind.PARAGRAPH, (Run(sentence % {"count": hidden}),)),)
        pictures = tuple(picture for picture in part.pictures if self._is_shown(part.heading, picture))
        heading = part.heading
        if self._is_secret(part.heading, part.heading):
            heading = _("Section without a public heading")
        table = part.table if self.document.table(part.table) else ""  # a table for staff is none here
        found = replace(part, heading=heading, blocks=kept, table=table, pictures=pictures)
        return self._mapped(part.heading, found)

    @cached_property
    def public_photos(self) -> set[str]:
        """Files of the document's photos that anybody may see. One query, none without photos."""
        files = {picture.file for part in self.document.parts for picture in part.pictures}
        if not files:
            return set()
        of_named = Q(event=None) | Q(event__in=self.public_events.values("pk"))
        rows = Photo.objects.public().filter(of_named, image__in=files).values_list("image", "event__title")
        return {image for image, title in rows if not self._secret_in(title or "")}

    def _is_shown(self, where: str, picture: Picture) -> bool:
        if picture.file not in self.public_photos:
            reason = _("Nobody noted that those shown agreed, or its event is not told one by one.")
            self.removed.append(Removed(where, picture.caption or picture.file, reason))
            return False
        return not self._is_secret(where, picture.caption)

    def _table(self, table: Table) -> Table:
        keyless = replace(table, rows=tuple(replace(row, key="") for row in table.rows))
        shown = partial(self._shown, table.title)
        rows = tuple(replace(row, cells=_mapped(row.cells, shown)) for row in keyless.rows)
        chart = table.chart and replace(table.chart, bars=_mapped(table.chart.bars, shown))
        return self._mapped(table.title, replace(keyless, rows=rows, notes=_mapped(table.notes, shown), chart=chart))

    def _is_printed(self, note: str) -> bool:
        """A note of the checks names whom it is about: no organisation that did not agree to be found by everybody."""
        if self._is_secret(_("Notes"), note):
            return False
        text = name_key(note)
        name = next((name for key, name in self.quiet_keys.items() if key in text), "")
        if name:
            reason = _("It names “%(name)s”, which the directory does not show to everybody.") % {"name": name}
            self.removed.append(Removed(_("Notes"), note, reason))
        return not name

    def _secret_in(self, text: str) -> str:
        """What must not be named and stands in the text; "" for nothing."""
        key = name_key(text)
        return sensitive_word(text) or next((secret for secret in self.secret_keys if secret in key), "")

    def _is_secret(self, where: str, text: str) -> bool:
        word = self._secret_in(text)
        if word:
            reason = _("It names “%(word)s”, which stands only inside totals in public.") % {"word": word}
            self.removed.append(Removed(where, text, reason))
        return bool(word)

    def _masked(self, where: str, text: str) -> str:
        """Without phone numbers, numbers of cards, and names of people on record."""
        text = normalize("NFC", text)
        numbers = [(*span, _("(number not public)")) for span in contact_numbers(text)]
        cleaned = _covered(text, numbers)
        if holds_private_number(cleaned):
            cleaned = _("(not public)")
        else:
            names = [(*span, _("(name not public)")) for span in self.people.spans(text)]
            cleaned = _covered(text, [*numbers, *names])
        if cleaned != text:
            reason = _("A name or number of a person is left out.")
            self.removed.append(Removed(where, text, reason, cleaned))
        return cleaned


def _covered(text: str, spans: list[tuple[int, int, str]]) -> str:
    """The text with a word in the place of each span; of two that overlap, of both together the first one's."""
    pieces, end = [], 0
    for start, stop, word in sorted(spans):
        if start >= end:
            pieces += [text[end:start], word]
        end = max(end, stop)
    return "".join([*pieces, text[end:]])


def public_events() -> EventQuerySet:
    """Those that may be named; not those of an organisation whose name gives it away unmarked. One query."""
    names = Organization.objects.filter(is_sensitive=False).order_by().values_list("pk", "name")
    telling = [pk for pk, name in names.iterator(chunk_size=10_000) if sensitive_word(name)]
    touchy = Event.organizations.through.objects.filter(organization__in=telling)
    safe = Event.objects.public().order_by().exclude(pk__in=touchy.values("event"))
    return safe.exclude(engagement__organization__in=telling)


def withheld_titles(named: EventQuerySet) -> set[str]:
    """Keys of the titles of events that the public sees inside totals only, of every year: a text may tell of another
    year's. A title that a public event has too gives nothing away. Two queries."""
    public = {name_key(title) for title in named.values_list("title", flat=True)}
    known = "\n".join(public)
    withheld = Event.objects.order_by().exclude(pk__in=named.values("pk")).values_list("title", flat=True).distinct()
    return {key for key in map(name_key, withheld) if len(key) >= SHORTEST_TITLE and key not in known}


def _mapped(value, change: Callable[[str], str], name: str = ""):
    """The value with every text changed that a reader would see."""
    if type(value) is str:
        return value if name in CODES else change(value)
    if isinstance(value, FuzzyDate):  # a day is no telephone number
        return value
    if isinstance(value, tuple):
        return tuple(_mapped(item, change, name) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        new = {field.name: _mapped(getattr(value, field.name), change, field.name) for field in fields(value)}
        return replace(value, **new)
    return value


def _texts(value) -> Iterable[str]:
    found: list[str] = []
    _mapped(value, lambda text: found.append(text) or text)
    return found
