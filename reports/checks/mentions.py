"""Where a text names organisations on record, under whichever of their names; the longest name counts."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reports.checks.language import flat

SHORTEST = 2
# Names that are everyday words, too: 大家聚在一起 names nobody.
EVERYDAY = frozenset(
    {"在一起", "同行", "希望", "阳光", "爱心", "行动", "梦想", "向日葵", "蒲公英", "同心", "感恩", "温暖"}
)
_BODY_AFTER = re.compile('(?:组织|机构|团队|中心|协会|小组|社团|负责人|[”"’》])')
_BODY_BEFORE = re.compile('(?:支持|联合|资助|陪伴|协助|帮助|邀请|拜访|走访|与|和|[“"‘《、])$')
_WORD_BEFORE = re.compile("[聚走坐住凝结系站连团绑玩们家活友起心汇]$")
_BRACKETS = re.compile(r"\([^()]*\)")
_LATIN = re.compile("[a-z0-9]")


@dataclass(frozen=True)
class Mention:
    """One name in a text; ``owners`` are several where organisations share it."""

    start: int
    end: int
    name: str
    owners: frozenset[int]


class NameIndex:
    """Finds all names of all organisations in one pass over a text, however many there are."""

    def __init__(self, names: Iterable[tuple[int, str]]):
        owners: dict[str, set[int]] = defaultdict(set)
        for owner, name in names:
            for form in {flat(name).strip(), _BRACKETS.sub("", flat(name)).strip()}:
                if len(form) >= SHORTEST:
                    owners[form].add(owner)
        self._owners = {form: frozenset(found) for form, found in owners.items()}
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for form in sorted(self._owners, key=len, reverse=True):
            self._by_start[form[:SHORTEST]].append(form)

    def mentions(self, text: str) -> list[Mention]:
        """In order; a name inside a longer one is not named apart."""
        readable, found, place = flat(text), [], 0
        while place < len(readable) - 1:
            names = self._by_start.get(readable[place : place + SHORTEST], ())
            name = next((name for name in names if _is_named(name, readable, place)), "")
            if name:
                end = place + len(name)
                found.append(Mention(place, end, text[place:end], self._owners[name]))
            place += len(name) or 1
        return found

    def owners(self, text: str) -> frozenset[int]:
        """All organisations that the text names."""
        return frozenset().union(*(mention.owners for mention in self.mentions(text)))


def _is_named(name: str, text: str, place: int) -> bool:
    if not text.startswith(name, place):
        return False
    before, after = text[max(place - 4, 0) : place], text[place + len(name) : place + len(name) + 4]
    if _LATIN.match(name[0]) and _LATIN.match(before[-1:]):
        return False
    if _LATIN.match(name[-1]) and _LATIN.match(after[:1]):
        return False
    if name not in EVERYDAY:
        return True
    return not _WORD_BEFORE.search(before) and bool(_BODY_AFTER.match(after) or _BODY_BEFORE.search(before))
