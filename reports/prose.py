"""The text of a section: plain lines become paragraphs and lists, and {培训.场次} becomes its number.

A line that begins with -, * or • is an item of a list, one with 1. or 1、 or （1） a numbered item; every other line
is a paragraph. Nothing else is markup, so that whatever is pasted stays what it says.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from reports.document import Block, BlockKind, Run
from reports.measures import Book, Measure
from reports.table import Value
from reports.withholding import Bound

LONGEST = 50_000  # characters of one section
PLACEHOLDER = re.compile(r"[{｛]([^{}｛｝\n]{1,60})[}｝]")
_CHINESE = re.compile("[一-鿿]")
_BULLET = re.compile(r"[-*•●▪◦]\s*(?=[^\s\d.-])|[-*•●▪◦]\s+")
_NUMBERED = re.compile(r"\d{1,3}\s*[.．、)）](?!\d)\s*|[（(]\d{1,3}[)）]\s*")


def blocks(prose: str, book: Book) -> tuple[Block, ...]:
    """The section's paragraphs and items, with every figure filled in."""
    lines = [line.strip() for line in prose.splitlines()]
    return tuple(_block(line, book) for line in lines if line)


def _block(line: str, book: Book) -> Block:
    for kind, marker in ((BlockKind.BULLET, _BULLET), (BlockKind.NUMBERED, _NUMBERED)):
        match = marker.match(line)
        if match and match.end() < len(line):
            return Block(kind, tuple(_runs(line[match.end() :], book)))
    return Block(BlockKind.PARAGRAPH, tuple(_runs(line, book)))


def _runs(text: str, book: Book) -> Iterator[Run]:
    end = 0
    for match in PLACEHOLDER.finditer(text):
        if match.start() > end:
            yield Run(text[end : match.start()])
        measure = book.find(match[1])
        yield _figure(measure, text) if measure else Run(match[0], is_unknown=True)
        end = match.end()
    if end < len(text):
        yield Run(text[end:])


def _figure(measure: Measure, text: str) -> Run:
    """The number; words beside it, or in its place, in the language of the text, not of its reader."""
    with override("zh-hans" if _CHINESE.search(PLACEHOLDER.sub("", text)) else get_language()):
        if measure.bound is Bound.UNTOLD:
            return Run(_("(not public)"), measure.name)
        if measure.value is None:
            return Run(_("unknown"), measure.name, is_unknown=True)
        if measure.bound is Bound.EXACT:
            return Run(in_words(measure.value), measure.name)
        sentence = _("at least %(number)s") if measure.bound is Bound.AT_LEAST else _("at most %(number)s")
        return Run(sentence % {"number": in_words(measure.value)}, measure.name)


def in_words(value: Value) -> str:
    """A number as a sentence has it: 1,462 · 53,100 · 26.5."""
    places = 0
    if isinstance(value, Decimal | float) and value != int(value):
        places = 2 if isinstance(value, Decimal) else 1
    return number_format(value, decimal_pos=places, force_grouping=True)


def unknown_names(prose: str, book: Book) -> list[str]:
    """What stands in braces and is no figure, in order and once."""
    names = (match[1] for match in PLACEHOLDER.finditer(prose))
    return list(dict.fromkeys(name for name in names if book.find(name) is None))


def complaints(prose: str, book: Book) -> list[str]:
    """A sentence for every figure that nobody knows, and for every one without a value."""
    found = []
    for name in unknown_names(prose, book):
        near = book.nearest(name)
        if near:
            sentence = _("“{%(name)s}” is no figure; did you mean “{%(near)s}”?")
        else:
            sentence = _("“{%(name)s}” is no figure. Choose one from the list.")
        found.append(sentence % {"name": name, "near": near})
    used = dict.fromkeys(measure for match in PLACEHOLDER.finditer(prose) if (measure := book.find(match[1])))
    found += [
        _("“{%(name)s}” is not known: nothing on record says it.") % {"name": measure.name}
        for measure in used
        if measure.value is None
    ]
    return found
