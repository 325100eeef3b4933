"""Heads of a table matched to the columns that are expected: by name, in one line or in two."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from yixin.text import clean_text, name_key

from .private import holds_private_number, is_private_head
from .sheets import Cell, Line

LONGEST_HEAD = 60  # characters; a longer cell is prose
LONGEST_LOOSE = 12  # characters of a head that only begins or ends with a name

_BRACKETED = re.compile(r"[(（\[［【〔][^)）\]］】〕]*+[)）\]］】〕]")
# What a form on the web puts around a head: 1、您的姓名：, Q3. 请填写您所在的单位.
_QUESTION = re.compile(
    r"(?:(?:q|第)?[0-9]{1,2}题?[.、．:：)）] ?(?![0-9]))?"
    r"(?:请问|请)?(?:填写|输入|留下|选择)?(?:您|你|贵)?(?:的|所(?:在|属)的?(?!地))?",
    re.IGNORECASE,
)
_ADVICE = re.compile("(?:与|同|按|以|勿|不要|不用|无需|不必|不含)[^()（）]*")
_NUMBERING = frozenset(("序号", "编号", "行号", "项次", "序", "号", "no", "#"))
_TOTALS = frozenset(("合计", "总计", "共计", "小计", "总人数", "总数"))
_MEN = frozenset(("男", "男性", "男生", "男士"))
_WOMEN = frozenset(("女", "女性", "女生", "女士"))


@dataclass(frozen=True)
class Head:
    """One head: what it shows, its key, and the key of the head that spans it and others."""

    text: str = ""
    key: str = ""
    group: str = ""

    @property
    def is_private(self) -> bool:
        """Also by what stands in brackets: 备注（健康状况）. 姓名（与身份证一致） only says how to write the name."""
        return is_private_head(self.group + self.key) or is_private_head(name_key(_ADVICE.sub("", self.text)))

    @property
    def is_numbering(self) -> bool:
        return self.key in _NUMBERING


@dataclass
class Fit:
    """How one or two lines serve as the head."""

    heads: tuple[Head, ...]
    columns: dict[str, int] = field(default_factory=dict)
    loose: set[str] = field(default_factory=set)  # columns whose head only begins or ends with the name
    doubled: set[str] = field(default_factory=set)  # columns that stand twice; the first counts
    unclear: dict[str, list[str]] = field(default_factory=dict)  # columns that several heads might be
    parted: dict[str, list[str]] = field(default_factory=dict)  # columns given in parts, without their total

    def score(self, required: Collection[str]) -> tuple[bool, int, int]:
        return (set(required) <= set(self.columns), len(self.columns) - len(self.loose), len(self.columns))


class Expected:
    """The columns that a table may have, by the keys of their names and synonyms."""

    def __init__(self, heads: Mapping[str, tuple[str, ...]]):
        self.names: dict[str, str] = {}
        for name, synonyms in heads.items():
            for word in (name, *map(str, synonyms)):
                self.names.setdefault(head_key(word), name)
        self._named = re.compile("|".join(map(re.escape, sorted(self.names))) or "(?!)")

    def may_fit(self, line: Line) -> bool:
        """Whether a name stands somewhere in a short cell of the line; quick."""
        text = "\n".join(_letters(cell) for cell in line.cells if isinstance(cell, str) and len(cell) <= LONGEST_HEAD)
        return bool(self._named.search(text))

    def exact_heads(self, line: Line) -> int:
        """How many different columns are named in the line as they are usually written; quick."""
        texts = {cell for cell in line.cells if isinstance(cell, str) and len(cell) <= LONGEST_HEAD}
        keys = {_letters(without_question(re.split("[(（]", text, maxsplit=1)[0])) for text in texts}
        return len({self.names[key] for key in keys if key in self.names})

    def fit(self, heads: tuple[Head, ...]) -> Fit:
        fit = Fit(heads)
        exact = self._exact(heads)
        self._add_totals(exact, fit)
        for name, places in exact.items():
            named = [place for place in places if heads[place].key == head_key(name)]  # 姓名 rather than 昵称
            fit.columns[name] = (named or places)[0]
            if len(places) > 1:
                (fit.doubled if fit.columns[name] == places[0] else fit.loose).add(name)
        for name, places in self._loose(heads, exact.keys() | fit.parted.keys()).items():
            if len(places) > 1:
                fit.unclear[name] = [heads[place].text for place in places]
            else:
                fit.columns[name] = places[0]
                fit.loose.add(name)
        return fit

    def _exact(self, heads: tuple[Head, ...]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, head in enumerate(heads):
            named = (head.key, *((head.group + head.key, head.key + head.group) if head.group else ()))
            name = next((self.names[key] for key in named if key in self.names), None)
            if head.key and name and not head.is_private:
                found.setdefault(name, []).append(place)
        return found

    def _add_totals(self, exact: dict[str, list[int]], fit: Fit) -> None:
        """Of 男, 女, 合计 under or without a head 人数, 合计 is the number of people."""
        groups: dict[str, list[int]] = {}
        for place, head in enumerate(fit.heads):
            name = self.names.get(head.group)
            if head.group and name and name not in exact and not head.is_private:
                groups.setdefault(name, []).append(place)
        keys = [head.key for head in fit.heads]
        if (people := self.names.get("人数")) and people not in exact and not _MEN.isdisjoint(keys):
            everybody = [place for place, key in enumerate(keys) if key in _MEN | _WOMEN | _TOTALS]
            groups.setdefault(people, everybody if not _WOMEN.isdisjoint(keys) else [])
        for name, places in groups.items():
            totals = [place for place in places if keys[place] in _TOTALS]
            if totals or len(places) == 1:
                exact[name] = (totals or places)[:1]
            elif places:
                fit.parted[name] = [fit.heads[place].text for place in places]

    def _names_within(self, key: str) -> set[str]:
        """活动时间 is a 时间, 人数统计 a 人数, 联系人电话 a 电话; but 项目负责人 is no 项目, 是否同意 no day."""
        words = {word: name for word, name in self.names.items() if len(word) > 1 and not key.startswith("是否")}
        names = {name for word, name in words.items() if key.endswith(word)}
        return names or {n for word, n in words.items() if key.startswith(word) and len(key) <= len(word) + 2}

    def _loose(self, heads: tuple[Head, ...], taken: Collection[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, head in enumerate(heads):
            if head.key in self.names or head.is_private or head.is_numbering or len(head.key) > LONGEST_LOOSE:
                continue
            names = self._names_within(head.key)
            if len(names) == 1 and not names & set(taken):
                found.setdefault(names.pop(), []).append(place)
        return found


def head_key(text: str) -> str:
    """What two spellings of a head share: without spaces, signs, what stands in brackets, and a question's words."""
    return name_key(without_question(_BRACKETED.sub("", text))) or name_key(text)


def without_question(text: str) -> str:
    """1、您的姓名： is 姓名. What is no question, or nothing but its words, stays as it is."""
    return text[_QUESTION.match(text).end() :] or text


def heads_of(line: Line) -> tuple[Head, ...]:
    """The heads in one line. A head over several columns stands in the first."""
    return tuple(
        Head() if place in line.merged and place and cell == line.cells[place - 1] else _head(cell)
        for place, cell in enumerate(line.cells)
    )


def heads_of_two(upper: Line, lower: Line) -> tuple[Head, ...] | None:
    """The heads in two lines of which the upper names groups; None if the lower is no line of heads beside it."""
    if len({_group(cell) for cell in upper.cells} - {""}) < 2 or not all(map(_may_be_head, lower.cells)):
        return None
    found, group, is_head = [], "", False
    alone, shared = set(), set()  # what stands below a group of one column, of several
    for place, (over, under) in enumerate(zip_longest(upper.cells, lower.cells)):
        is_spanned = _is_spanned(upper, lower, place)
        if under is None or (place in lower.merged and under == over) or _is_unit(under):
            found.append(Head() if is_spanned else _head(over, _shown(under) if _is_unit(under) else ""))
            is_head = is_head or _is_unit(under)
            continue
        if not is_spanned:
            group = _group(over)
            if group and not _is_spanned(upper, lower, place + 1):
                alone.add(_shown(under))
        if group and _shown(under) not in alone:
            shared.add(_shown(under))
        is_head = is_head or bool(group)
        found.append(Head(_shown(under), head_key(_shown(under)), head_key(group)))
    return tuple(found) if is_head and alone <= shared else None


def _is_spanned(upper: Line, lower: Line, place: int) -> bool:
    """Whether the head above this place begins further left."""
    over, under = (line.cells[place] if place < len(line.cells) else None for line in (upper, lower))
    if over is None:
        return place > 0 and under is not None
    return place in upper.merged and place > 0 and over == upper.cells[place - 1]


def _may_be_head(cell: Cell) -> bool:
    return cell is None or bool(_shown(cell) and not re.search("[0-9]", _shown(cell)))


def _is_unit(cell: Cell) -> bool:
    """Whether nothing stands in the cell but something in brackets."""
    return bool(_shown(cell)) and not name_key(_BRACKETED.sub("", _shown(cell)))


def _group(cell: Cell) -> str:
    """What a head over several may say: a day too."""
    return cell.isoformat()[:10] if isinstance(cell, date) else _shown(cell)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _head(cell: Cell, unit: str = "") -> Head:
    text = _shown(cell)
    return Head(text + unit, head_key(text)) if text else Head()


def _shown(cell: Cell) -> str:
    """The text of a head; empty for numbers, days and prose, which are none, and for what no message may quote."""
    if not isinstance(cell, str) or len(cell) > LONGEST_HEAD or holds_private_number(cell):
        return ""
    return clean_text(cell)
