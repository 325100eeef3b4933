"""The one tokeniser of the search: by which beginnings a name is found, and what a visitor's words look for.

A name is found from any of its characters on, as it is written, in pinyin, and by initials: 知行空间 by 知行, 空间,
zhix, kongj, zxkj and kj. Each such rest of a spelling is one gram; words are found where a gram begins with them.
Initials lead through the word for the kind of body that a name ends with, but never begin in it: zx is 知行空间 and no
服务中心, which is found as 中心 and zhongxin.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from yixin.text import READ_CHARACTERS, clean_text, name_key, syllables

LONGEST = 60  # bytes of one gram
MOST_TERMS = 5
# The end of every second name. Fewer words than ``nearness`` has as generic: 创新空间 is what somebody is known by.
_KIND_OF_BODY = re.compile(
    "(?:志愿者|志愿|义工|社会工作者|社会工作|社工|公益|慈善|爱心|环保|助学|支教|助残|敬老|救援|青年|服务|发展|促进|联合|互助|"
    "中心|协会|学会|商会|总会|分会|基金会|工作室|俱乐部|联盟|组织|机构|团队|[会社团队联])++$"
)


@dataclass(frozen=True)
class Term:
    """One word that a visitor looks for, and the range of the grams that begin with it."""

    key: str

    @property
    def start(self) -> bytes:
        return clipped(self.key)

    @property
    def end(self) -> bytes:
        """Beyond every gram that begins with the term: UTF-8 has no such byte."""
        return self.start + b"\xff"

    def begins(self, *texts: str) -> bool:
        """Whether any of the texts begins with it, as it is written, in pinyin or by initials."""
        return any(whole.startswith(self.key) for text in texts for whole in wholes(text))

    def tells_of(self, *texts: str) -> bool:
        """Whether any begins with it, or is shortened to it: 环保 is 环境保护."""
        if len(self.key) != 2 or self.key.isascii():
            return self.begins(*texts)
        first, second = self.key
        return self.begins(*texts) or any(text.startswith(first) and second in text for text in texts)

    @property
    def is_clipped(self) -> bool:
        """Longer than any gram: what begins alike need not hold all of it."""
        return len(self.key.encode()) > LONGEST


@dataclass(frozen=True)
class Wanted:
    """A term with the divisions and fields of work of that name: whoever lies there or works so is found, too."""

    term: Term
    regions: tuple[int, ...] = ()
    fields: tuple[int, ...] = ()


def terms(words: str) -> list[Term]:
    """What is looked for, by the words between blanks; the same once. Empty for nothing but blanks."""
    keys = [name_key(word[:READ_CHARACTERS]) for word in clean_text(words).split()[:MOST_TERMS]]
    return [Term(key) for key in dict.fromkeys(keys) if key]


def pairs(term: Term) -> list[Term]:
    """A Chinese term cut after every second character: 赣州教育 is 赣州 and 教育. Itself if it is too short."""
    key = term.key
    if len(key) < 4 or key.isascii():
        return [term]
    cut = [key[start : start + 2] for start in range(0, len(key) - 1, 2)]
    return [Term(piece) for piece in dict.fromkeys([*cut[: MOST_TERMS - 1], key[-2:]])]


def neighbours(term: Term) -> list[Term]:
    """What a name that is nearly the term may hold: each two characters of it; of letters, its first two thirds."""
    key = term.key
    if key.isascii():
        return [Term(key[: -(-len(key) * 2 // 3)])] if len(key) > 2 else []
    return [Term(piece) for piece in dict.fromkeys(key[place : place + 2] for place in range(min(len(key) - 1, 8)))]


def grams_of(names: Iterable[str]) -> set[bytes]:
    """Every rest of every spelling of the names."""
    return {gram for name in names for spelling in spellings(name) for gram in spelling}


def spellings(text: str) -> Iterator[list[bytes]]:
    """As it is written, in pinyin, by initials: each from every character, or syllable, on; see above for initials."""
    written, read, first_letters = pieces_of(text)
    kind = _KIND_OF_BODY.search("".join(written))
    telling = len(first_letters) - (len(kind[0]) if kind else 0)
    for pieces, end in ((written, len(written)), (read, len(read)), (first_letters, max(telling, 1))):
        yield [clipped("".join(pieces[place:])) for place in range(min(end, len(pieces)))]


def pieces_of(text: str) -> tuple[list[str], list[str], list[str]]:
    read = syllables(text)
    return list(name_key(text)), read, [piece if piece.isdigit() else piece[0] for piece in read]


@lru_cache(maxsize=1_000)
def wholes(text: str) -> tuple[str, ...]:
    """The whole text in each of its spellings."""
    return tuple("".join(pieces) for pieces in pieces_of(text))


def clipped(text: str) -> bytes:
    """In UTF-8, as much as a gram holds, no character cut through."""
    return text.encode()[:LONGEST].decode(errors="ignore").encode()
