"""Text of a report as the checks read it: in half width, sentence by sentence, clause by clause. Knows no database."""

import re
from collections.abc import Iterator
from functools import lru_cache

from activities.formats import FORMATS

HIDDEN = "\ufffc"  # stands in place of what must not be read, one for each character
_HALF = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("‐‑‒−–―─━", "-")
    | dict.fromkeys("〜∼", "~")
    | {"\u3000": " ", "\t": " ", "○": "〇", "￥": "¥"}
)
LONGEST = 400  # characters; what goes on without a stop is read in pieces, or a page of dates would take minutes
SENTENCE = re.compile(rf"[^。!?;\n]{{1,{LONGEST}}}[。!?;]?")
CLAUSE = re.compile(r"[^,:]+[,:]?")
_ORDINAL = re.compile("第?[0-9一二三四五六七八九十]+[期届次讲场轮季]|[((][上下一二三四五0-9]+[))]")
_YEAR = re.compile("(?:19|20)[0-9]{2}年?")
_LETTERS = re.compile(r"[^\W_]+")
# What a title says of almost any gathering; it tells none apart.
COMMON = re.compile("江西省?|全省|公益|民间|组织|机构|活动|开展|支持|召开|举办|举行|参加|的|和|与|在|为|了")
OCCASIONS = [word for _label, words in FORMATS.values() for word in words] + ["会议", "沙龙", "讲座", "研讨", "交流会"]
_OCCASIONS = sorted(dict.fromkeys(OCCASIONS), key=len, reverse=True)
_EVERYWHERE = re.compile("|".join(["志愿服务", "志愿者", "志愿", "义工", "爱心", *_OCCASIONS]))
TOO_COMMON = {"活动", "行动", "会议"}  # of these two gatherings of another kind may speak


def flat(text: str) -> str:
    """In half width and lower case, every character still in its place."""
    text = text.translate(_HALF)
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def hide(text: str, *patterns: re.Pattern) -> str:
    """The text with every match of the patterns hidden, as long as before."""
    for pattern in patterns:
        text = pattern.sub(lambda match: HIDDEN * len(match[0]), text)
    return text


def pieces(pattern: re.Pattern, text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Each match and where it stands."""
    return ((start + match.start(), match[0]) for match in pattern.finditer(text))


def bare_title(title: str) -> str:
    """Without the year and the number of a series: what the second and the third have in common."""
    return _ORDINAL.sub("", _YEAR.sub("", flat(title))) or flat(title)


def ordinals(title: str) -> tuple[str, ...]:
    """第一期 of a title: what tells the sessions of a series apart."""
    return tuple(_ORDINAL.findall(flat(title)))


def bigrams(text: str) -> frozenset[str]:
    words = "".join(_LETTERS.findall(text))
    return frozenset(words[place : place + 2] for place in range(len(words) - 1))


def likeness(title: str, text: str) -> float:
    """How much of the title stands in the text, from 0 to 1; words that stand in every title weigh nothing.

    Where a title has a word of its own, such as 上犹 or 管理层, a text without it is not like it.
    """
    words, there = bare_title(title), bigrams(flat(text))
    telling = bigrams(COMMON.sub(" ", words)) or bigrams(words)
    own = bigrams(_EVERYWHERE.sub(" ", COMMON.sub(" ", words)))
    share = len(telling & there) / len(telling) if telling else 0.0
    return share * 0.4 if own and not own & there else share


def closeness(one: str, other: str) -> float:
    """How much two titles have in common, from 0 to 1, whichever is the longer one."""
    mine, others = bigrams(bare_title(one)), bigrams(bare_title(other))
    return 2 * len(mine & others) / (len(mine) + len(others)) if mine and others else 0.0


def occasions(text: str) -> frozenset[str]:
    """The kinds of gathering that the text names: 沙龙, 培训 …"""
    found, rest = set(), flat(text)
    for word in _OCCASIONS:
        if word in rest:
            found.add(word)
            rest = rest.replace(word, HIDDEN)
    return frozenset(found)


@lru_cache(maxsize=20_000)
def kinds(text: str) -> frozenset[str]:
    """Those that tell one kind from another."""
    return occasions(text) - TOO_COMMON


def of_one_kind(one: str, other: str) -> bool:
    """False if both name a kind of gathering and share none: a salon is no training."""
    mine, others = kinds(one), kinds(other)
    return not (mine and others) or any(a in b or b in a for a in mine for b in others)
