"""What stands in a roster beside a name, or instead of an organisation, and belongs into the remark."""

import re
from collections import Counter
from collections.abc import Iterable

from organizations.people import person_key, without_phones
from yixin.intake.plan import Row
from yixin.numerals import compact, is_unknown
from yixin.personnames import looks_like_a_person, people_in, split_title
from yixin.text import clean_text

LONGEST_REMARK = 200
NO_ORGANIZATION = {"无单位", "无组织", "没有", "暂无单位", "本人", "自己", "未填", "未填写"}
OF_NOBODY = {
    *(
        "个人",
        "个人参加",
        "自由职业",
        "自由职业者",
        "自由人",
        "退休",
        "已退休",
        "退休人员",
        "待业",
        "无业",
        "务农",
        "居民",
        "市民",
    ),
    *("热心市民", "社会人士", "爱心人士", "家庭主妇", "全职妈妈", "全职太太", "个体", "个体户", "散客"),
}
_PARTED = re.compile(r"(?P<before>[^:：/ ]+)[:：/ ]+(?P<within>.{1,20})")
_ASIDE = re.compile(r"(?P<before>[^()（）\[\]【】]+?) ?[(（\[【](?P<within>[^()（）\[\]【】]{1,20})[)）\]】]")


def add_remark(row: Row, words: str) -> None:
    row.values["备注"] = clean_text(f"{row.values.get('备注') or ''} {words}")[:LONGEST_REMARK]


def settle_names(rows: Iterable[Row]) -> None:
    """章平（组长） is 章平, 小鱼儿（余晓红） is 余晓红, unless that leaves two of one name: 王芳（大）, 王芳（小）."""
    rows = list(rows)
    for row in rows:
        row.values["姓名"], phones = without_phones(row.values["姓名"])
        row.values["姓名"] = row.values["姓名"] or None
        if phones:
            row.values["电话"] = list(dict.fromkeys([*(row.values.get("电话") or []), *phones]))
    rows = [row for row in rows if row.values["姓名"]]
    parted = {row.number: (row, *name_and_aside(row.values["姓名"])) for row in rows}
    named = Counter(person_key(name) for _row, name, _aside in parted.values())
    for row, name, aside in parted.values():
        if aside and named[person_key(name)] == 1:
            row.values["姓名"] = name
            add_remark(row, aside)


def name_and_aside(text: str) -> tuple[str, str]:
    """The name, and what stands beside it; "" for nothing."""
    match = _ASIDE.fullmatch(text)
    if match is None:
        return _parted(text)
    before, within = match["before"], match["within"]
    if looks_like_a_person(before):
        name, title = split_title(before)
        return name, clean_text(f"{title} {within}")
    return (within, before) if len(people_in(within)) == 1 else (text, "")


def _parted(text: str) -> tuple[str, str]:
    """王五：请假 is 王五. Of two people none is an aside."""
    match = _PARTED.fullmatch(text)
    if match and looks_like_a_person(match["before"]) and not people_in(match["within"]):
        return match["before"], match["within"]
    return split_title(text)


def settle_organization(row: Row) -> None:
    """无 and 个人 are no organisations. What they say of the person is kept in the remark."""
    words = row.values.get("单位")
    if not words:
        return
    key = compact(words)
    if is_unknown(key) or key in NO_ORGANIZATION:
        row.values["单位"] = None
    elif key in OF_NOBODY:
        row.values["单位"] = None
        add_remark(row, words)
