"""Text as people paste it, and the keys by which names are compared, sorted and addressed."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from types import ModuleType

# Place names, and the word 同行, that pypinyin alone reads wrongly.
READINGS = {
    "于都": "yu du",
    "都昌": "du chang",
    "宁都": "ning du",
    "都匀": "du yun",
    "朝阳": "chao yang",
    "同行": "tong xing",
}

# pypinyin takes about 20 µs a character; no name is longer than this.
READ_CHARACTERS = 200

_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are not white space
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffc"  # zero width, direction, Word object marks
    "\ud800-\udfff\ufdd0-\ufdef"  # lone surrogates, noncharacters
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
_RESIDUE = re.compile(r"\[bookmark:(?:[^\[\]]{0,80}+\])?", re.IGNORECASE)
_CLEAN = re.compile(
    "[!-Z\\\\\\]-~\u4e00-\u9fff]*+"
)  # no space, no bracket that residue begins with: most names and numbers
_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")

# unicodedata.normalize sorts a run of marks in quadratic time (80,000: 25 seconds). No script stacks eight.
_MARK = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
_MARK_PILE = re.compile(f"([{_MARK}]{{8}})[{_MARK}]+")

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"([{_HAN}]+)|((?:(?![{_HAN}])[^\W_])+)")
_LETTERS_OR_DIGITS = re.compile(r"\d+|\D+")
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


def clean_text(value: str) -> str:
    """The text as one line: no Word residue, no invisible characters, single spaces, NFC.

    Full-width punctuation and digits stay as typed.
    """
    if _CLEAN.fullmatch(value):
        return value
    text = _normalized("NFC", _INVISIBLE.sub("", value))
    text = _RESIDUE.sub("", text)
    # What the removal has joined to a new residue becomes a space, which can join nothing.
    text = _normalized("NFC", _RESIDUE.sub(" ", text))
    return " ".join(text.split())


def clean_lines(value: str) -> str:
    """The text line by line as `clean_text` has it, with at most one blank line in a row."""
    lines = [clean_text(line) for line in _LINE_END.split(value)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def excerpt(value: object, length: int = 40) -> str:
    """The value as an error message quotes it: one clean line of at most `length` characters."""
    # str() refuses integers of more than 4,300 digits, Decimal does not.
    text = clean_text(str(Decimal(value) if type(value) is int else value))
    return text if len(text) <= length else f"{text[: length - 1]}…"


def name_key(name: str) -> str:
    """What two spellings of one name share: NFKC, casefolded, letters and digits only.

    A name of nothing but punctuation keeps its punctuation; only an empty name has an empty key.
    """
    return _kept_key(name) if len(name) <= READ_CHARACTERS else _key(name)


def _key(name: str) -> str:
    text = clean_text(name)
    key = _letters(text)
    # Characters that have become neighbours may compose, so once is not always enough.
    while key != (again := _letters(key)):
        key = again
    return key or "".join(_folded(text).split())


_kept_key = lru_cache(maxsize=20_000)(_key)  # one import compares the same names over and over


def pinyin(name: str) -> str:
    """The name's syllables without tones, joined: 知行 空间A2 is zhixingkongjiana2."""
    return "".join(piece for _, piece in _pieces(name))


def initials(name: str) -> str:
    """The first letter of each syllable and each word, and all digits: 知行空间A2 is zxkja2."""
    return "".join(piece if piece.isdigit() else piece[0] for _, piece in _pieces(name))


def syllables(name: str) -> list[str]:
    """The name's syllables without tones, words of other scripts and numbers whole: 知行A2 is zhi xing a 2."""
    return [piece for _, piece in _pieces(name)]


def slug(name: str, max_length: int = 60) -> str:
    """The name for an address, in a-z, 0-9 and '-': 知行空间A2 is zhixingkongjian-a2. Never empty."""
    words: list[str] = []
    was_syllable = False
    for is_syllable, piece in _pieces(name, split_digits=False):
        letters = re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", piece))
        if is_syllable and was_syllable:
            words[-1] += letters
        elif letters:
            words.append(letters)
        was_syllable = is_syllable and bool(words)
    digest = hashlib.sha256(name_key(name).encode()).hexdigest()
    return "-".join(words)[:max_length].strip("-") or f"x{digest[:8]}"[:max_length]


def _normalized(form: str, text: str) -> str:
    if unicodedata.is_normalized(form, text):
        return text
    normal = unicodedata.normalize(form, _MARK_PILE.sub(r"\1", text))
    return _MARK_PILE.sub(r"\1", normal)


def _folded(text: str) -> str:
    return _normalized("NFKC", _INVISIBLE.sub("", _normalized("NFKC", text).casefold()))


def _letters(text: str) -> str:
    return "".join(character for character in _folded(text) if _is_letter(character))


def _is_letter(character: str) -> bool:
    category = unicodedata.category(character)
    return not (category[0] in "PSZ" or category in ("Cc", "Cf", "Cs") or character in _VARIATION_SELECTORS)


@lru_cache(maxsize=5_000)  # a name is read for its pinyin, its initials, its address and the search
def _read(han: str) -> tuple[str, ...]:
    return tuple(pinyin_reader().lazy_pinyin(han, errors="ignore"))


@cache
def pinyin_reader() -> ModuleType:
    """pypinyin, with our readings: 55 MB that a process without a name to read does without."""
    import pypinyin  # noqa: PLC0415

    pypinyin.load_phrases_dict({name: [[part] for part in reading.split()] for name, reading in READINGS.items()})
    return pypinyin


def _pieces(name: str, *, split_digits: bool = True) -> Iterator[tuple[bool, str]]:
    """Each syllable with True, each other word with False; words and their digits apart if `split_digits`."""
    for han, word in _WORD.findall(_folded(clean_text(name))[:READ_CHARACTERS]):
        if han:
            yield from ((True, syllable) for syllable in _read(han))
        elif split_digits:
            yield from ((False, piece) for piece in _LETTERS_OR_DIGITS.findall(word))
        else:
            yield False, word
