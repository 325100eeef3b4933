"""Where the name, the phone number or the e-mail address of somebody stands in a text, however it is written there."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from django.core.exceptions import ValidationError

from .phones import read_phones
from .text import name_key

SHORTEST_NAME = 2  # characters
SHORTEST_NUMBER = 7  # digits; a shorter one stands in every second number
_MAY_PART = frozenset("·•・‧∙'’.-_")  # what may stand between the characters of one name, beside blanks
_NUMBER = re.compile(r"\+?[0-9][0-9\s()./-]*[0-9]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_COUNTRY = re.compile("(?:00)?86(?=[1-9][0-9]{9,10}$)")
_MOBILE = re.compile("1[3-9][0-9]{9}")
_SWITCHBOARD = re.compile("((?:0[0-9]{2,3}-)?[2-9][0-9]{6,7})-([0-9]{2,6})")  # as it is stored with an extension
_BETWEEN = r"[\s()（）.·/\-–—－]{0,3}"
_TO = r"(?:转|轉|分机|内线|ext(?:ension)?|[x#＃\-–—－]){1,2}号?[\s.:：．]{0,3}"  # before an extension
_ENDS = "(?![0-9０-９])"


def folded(text: str) -> tuple[str, list[int]]:
    """The text's letters and digits as keys of names have them, and where each of them stands in the text."""
    pairs = [(letter, place) for place, sign in enumerate(text) for letter in letters(sign)]
    return "".join(letter for letter, _place in pairs), [place for _letter, place in pairs]


@cache
def letters(sign: str) -> str:
    return name_key(f"一{sign}")[1:]  # alone, a sign that is no letter would be its own key


def stands(key: str, text: str, folding: tuple[str, list[int]], at: int) -> bool:
    """Whether it is one name there: nothing parts it but blanks and dots, and it is no piece of a Latin word."""
    signs, places = folding
    if not signs.startswith(key, at):
        return False
    own = places[at : at + len(key)]
    between = set(range(own[0], own[-1])) - set(own)
    if not all(_parts_no_name(text[place]) for place in between):
        return False
    before, after = text[max(own[0] - 1, 0) : own[0]], text[own[-1] + 1 : own[-1] + 2]
    return not (_is_latin(before) and _is_latin(key[0])) and not (_is_latin(after) and _is_latin(key[-1]))


def _parts_no_name(sign: str) -> bool:
    return sign.isspace() or sign in _MAY_PART or unicodedata.category(sign) == "Cf"


def _is_latin(sign: str) -> bool:
    letter = letters(sign)[-1:] if sign else ""
    return letter.isascii() and letter.isalnum()


@dataclass(frozen=True)
class Wanted:
    """What tells who somebody is, to be found in texts.

    ``names`` and ``longer`` are keys; ``longer`` are names of others inside which one of these stands: there it is
    not theirs.
    """

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()  # digits only; with a dash before an extension
    emails: frozenset[str] = frozenset()
    longer: frozenset[str] = frozenset()

    @cached_property
    def _patterns(self) -> list[re.Pattern]:
        numbers = [rf"(?<![0-9０-９]){_number(number, self.numbers)}" for number in sorted(self.numbers)]
        emails = [rf"(?<![a-z0-9_.+-]){''.join(map(_either, email))}(?![a-z0-9_-])" for email in sorted(self.emails)]
        return [re.compile(pattern, re.IGNORECASE) for pattern in numbers + emails]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """From … to of each, in order, none overlapping."""
        found = sorted(
            [*self._of_names(text), *(match.span() for one in self._patterns for match in one.finditer(text))]
        )
        apart: list[tuple[int, int]] = []
        for start, stop in found:
            if apart and start < apart[-1][1]:
                apart[-1] = (apart[-1][0], max(stop, apart[-1][1]))
            else:
                apart.append((start, stop))
        return apart

    def covered(self, text: str, word: str) -> str:
        """The text with the word in the place of each."""
        pieces, end = [], 0
        for start, stop in self.spans(text):
            pieces += [text[end:start], word]
            end = stop
        return "".join([*pieces, text[end:]])

    def _of_names(self, text: str) -> Iterator[tuple[int, int]]:
        if not any(_may_hold(text, key) for key in self.names):
            return
        folding, at = folded(text), 0
        signs, places = folding
        while at < len(signs):
            others = next((key for key in self.longer if signs.startswith(key, at)), "")
            own = next((key for key in self.names if stands(key, text, folding, at)), "")
            if own and not others:
                yield places[at], places[at + len(own) - 1] + 1
            at += len(others or own) or 1


def _may_hold(text: str, key: str) -> bool:
    """A quick look that never overlooks one."""
    plain = text if text.isascii() or unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    plain = plain.casefold()
    return all(sign in plain for sign in set(key)) or len(plain) != len(text)


def _either(sign: str) -> str:
    """The sign as it is, or as wide as a Chinese character."""
    wide = chr(ord(sign) + ord("０") - ord("0")) if "!" <= sign <= "~" else ""
    return f"[{re.escape(sign)}{wide}]"


def _number(number: str, numbers: Collection[str]) -> str:
    """The pattern of one, with and without 86 and the 0 that goes with it. One that has an extension on record is not
    theirs with another one."""
    own, _dash, extension = number.partition("-")
    country, plus = "".join(map(_either, "86")), f"(?:[+＋]|{_either('0') * 2})?"
    if own.startswith("0"):
        area = f"(?:{country}{_BETWEEN}{_either('0')}?|{_either('0')})"
        pattern = _BETWEEN.join([plus + area, *map(_either, own[1:])])
    else:
        pattern = f"{plus}(?:{country}{_BETWEEN})?{_BETWEEN.join(map(_either, own))}"
    if extension:
        digits = "".join(map(_either, extension)) + _ENDS
        return rf"{pattern}(?:\s{{0,3}}[(（]\s?(?:{_TO})?{digits}\s?[)）]|(?:\s{{0,3}}{_TO}|{_BETWEEN}){digits})"
    if any(one.startswith(f"{own}-") for one in numbers):
        return rf"{pattern}{_ENDS}(?!\s{{0,3}}[(（]?\s?{_TO}[0-9０-９]{{1,6}}{_ENDS})"
    return pattern + _ENDS


def _numbers_in(word: str) -> set[str]:
    """What is looked for of a phone number; nothing where the word is none. Of one with an extension both."""
    try:
        phones = read_phones(word)
    except ValidationError:  # half a number, one of 9 digits: as it is
        phones = []
    if not phones and not _NUMBER.fullmatch(word):
        return set()
    found = set()
    for phone in phones or [word]:
        board = _SWITCHBOARD.fullmatch(phone)
        number = _digits(board[1] if board else phone)
        found |= {number, f"{number}-{board[2]}"} if board else {number}
    return found


def _digits(text: str) -> str:
    digits = re.sub("[^0-9]", "", text)
    plain = _COUNTRY.sub("", digits)
    return plain if plain == digits or _MOBILE.fullmatch(plain) else f"0{plain}"


def wanted(words: Collection[str], *, longer: Collection[str] = ()) -> Wanted:
    """By what they look like: with an @ an address, digits a number, all else a name. Too short ones are left out."""
    names, numbers, emails = set(), set(), set()
    for word in filter(None, (unicodedata.normalize("NFKC", word).strip() for word in words)):
        if "@" in word:
            emails.add(word.casefold())
        elif found := _numbers_in(word):
            numbers |= found
        else:
            names.add(name_key(word))
    return Wanted(
        frozenset(name for name in names if len(name) >= SHORTEST_NAME),
        frozenset(number for number in numbers if len(number.partition("-")[0]) >= SHORTEST_NUMBER),
        frozenset(email for email in emails if _EMAIL.fullmatch(email)),
        frozenset(longer),
    )
