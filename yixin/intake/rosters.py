"""A pasted list of people that is no table: a sign-up list from WeChat, names line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from yixin.text import clean_text

from .entries import Entry, half_width, read_entry
from .sheets import MAX_ROWS, Line, Sheet

HEAD = ("姓名", "单位", "电话", "备注")
MAX_CHARACTERS = 5 * 1024 * 1024
LONGEST_FIRST = 80  # a longer line is prose, unless a number stands before it

_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CELLS = re.compile(r"[\t|｜,，;；]|[ \u3000]+")
_RULED = re.compile(r"[\t|｜]")
_HEAD_NAMES = re.compile(
    "[^0-9]{0,4}姓名|名字|参加人员?|参与者|参与人|学员|志愿者|签到人|人员|昵称|name", re.IGNORECASE
)
_HEAD_WORDS = re.compile(
    "序号|编号|no[.]?|所?在?单位(?:名称)?|组织(?:名称)?|机构(?:名称)?|团队|学校|来自|电话(?:号码)?|手机号?码?|"
    "联系(?:电话|方式)|备注|说明|性别|年龄|职务|邮箱|签到|签名|角色",
    re.IGNORECASE,
)
_CIRCLED = "①-⑳⑴-⒛㉑-㉟㊱-㊿❶-❿⓫-⓴➀-➓"
_NUMBER = re.compile(
    r"(?:no[.:： ]*[0-9]{1,4}(?![0-9])|[(（\[【][0-9]{1,4}[)）\]】]"
    r"|[0-9]{1,4} ?[.、)）:：,，。](?![0-9]{1,3}(?![0-9]))"
    rf"|[{_CIRCLED}]|[0-9]\ufe0f?\u20e3|第[0-9]{{1,4}}[位个名号])[.、)） :：,，-]*",
    re.IGNORECASE,
)
# The 3 of 3月5日 and of 3位老师 numbers nothing.
_BARE_NUMBER = re.compile(
    r"[0-9]{1,4}(?: +(?=[^0-9 .:：年月日点/-])|(?=[\u4e00-\u9fff])|$)(?![年月日点时人位个名号楼班组队岁周])"
)
_EXAMPLE = re.compile(
    "(?:例如|例子|例|示例|范例|格式|样例|模板|报名格式|接龙格式|example)(?:[:： .、]|$)", re.IGNORECASE
)
_HEADING = re.compile(
    "#|接龙|group note|(?:共|合计|总计|一共|共计|人数)[:： ]{0,2}[0-9]+ ?[人位名]?"
    "|[-—– ]*(?:来自|由|通过|via).{0,12}(?:小程序|接龙管家|群接龙|群报数)",
    re.IGNORECASE,
)
_SENT = re.compile("#|接龙|group note", re.IGNORECASE)
_LABELLED = re.compile(
    "(?:活动|培训|报名|集合|开始|结束|截止)?(?:时间|地点|地址|费用|内容|主题|要求|注意(?:事项)?|说明|流程|主办(?:方|单位)?|承办|协办|"
    "主讲人?|讲师|联系人|负责人|截止|名额|人数|名称|须知|日期|方式|交通|路线|组织者|发起人|对象)[:：]"
)
_HOST = re.compile("(?:联系人|负责人|主讲人?|讲师|发起人|组织者|主持人?|分享人?|群主|嘉宾)[:： ]")
_SIGN_UP = re.compile("接龙|报名|名单|签到|group note|参加", re.IGNORECASE)


@dataclass(frozen=True)
class Written:
    """One line that is not blank, with its number in the paste and what stands after a list number."""

    number: int
    text: str
    body: str
    is_numbered: bool  # beyond doubt: 1. or ①, not a mere figure
    is_counted: bool  # 1 张三

    @cached_property
    def entry(self) -> Entry:
        return read_entry(self.body)

    @cached_property
    def is_title(self) -> bool:
        """An example, a heading, a sum, or nothing but 报名: no entry wherever it stands."""
        return (
            self.is_announced
            or self.is_given_up
            or self.is_group
            or (self.entry == Entry() and not self.is_number_only)
        )

    @property
    def is_group(self) -> bool:
        """Whether it heads a part of the list: 二组：."""
        return not self.is_numbered and self.text.endswith((":", "：")) and not self.entry.is_surely_named

    @property
    def is_given_up(self) -> bool:
        """Whether somebody crossed the own entry out: 10. 取消."""
        return self.is_numbered and self.entry.is_absence_alone

    @property
    def is_announced(self) -> bool:
        """Whether its first word says that it is an example, a heading or a sum."""
        return bool(_EXAMPLE.match(self.body) or _HEADING.match(self.body))

    @cached_property
    def is_labelled_title(self) -> bool:
        return bool(_LABELLED.match(self.body) or _HOST.match(self.body))

    @property
    def is_number_only(self) -> bool:
        return not self.body

    @property
    def is_sure(self) -> bool:
        """Whether the line can only be a person's, whatever stands around it."""
        is_person = self.entry.is_surely_named or bool(self.entry.name and self.entry.phone)
        return is_person and len(self.text) <= LONGEST_FIRST and not self.is_title and not self.is_labelled_title


def read_roster(text: str) -> Sheet | None:
    """The list as a sheet with a head of 姓名, 单位, 电话, 备注; None if it is a table, or names nobody.

    Lines above the head are the titles, examples (例：…) and sums among the entries with them. Every line below is an
    entry with its own number in the text; its name is None where none was found. Longer texts than a sheet may have
    rows are left to the reader of tables, which refuses them. Linear in the length of the text.
    """
    if len(text) > MAX_CHARACTERS:
        return None
    raw = _LINE_END.split(text)
    lines = [line for number, words in enumerate(raw, 1) if (line := _written(number, words))]
    if len(lines) > MAX_ROWS or _is_table(raw, lines):
        return None
    start = _start(lines)
    if start is None:
        return None
    titles = [line for place, line in enumerate(lines) if place < start or line.is_title]
    groups = list(_groups([line for line in lines[start:] if not line.is_title]))
    if not _names_people(groups, titles):
        return None
    head = Line(max(0, lines[start].number - 1), HEAD)
    people = [Line(group[0].number, _read_together(group).cells) for group in groups]
    return Sheet("", (*(Line(line.number, (line.text,)) for line in titles), head, *people))


def _written(number: int, words: str) -> Written | None:
    text = clean_text(words)
    if not text:
        return None
    plain = half_width(text)
    match = _NUMBER.match(plain)
    bare = None if match else _BARE_NUMBER.match(plain)
    body = plain[(match or bare).end() :] if match or bare else plain
    return Written(number, text, body, match is not None, bare is not None)


def _is_table(raw: list[str], lines: list[Written]) -> bool:
    """Whether a head stands over columns. One parted by spaces over a list with numbers says what to write there."""
    for place, line in enumerate(lines[:50]):
        words = raw[line.number - 1]
        if len(words) > 1_000 or line.is_announced:
            continue
        cells = [clean_text(cell) for cell in _CELLS.split(words)]
        cells = [cell for cell in cells if cell]
        names = sum(_HEAD_NAMES.fullmatch(cell) is not None for cell in cells)
        others = sum(_HEAD_WORDS.fullmatch(cell) is not None for cell in cells)
        if names and words.startswith("\t"):  # Word's paste has one cell a line
            return True
        if names + others < 2 or not names:
            continue
        following = next(iter(lines[place + 1 :]), None)
        if _RULED.search(words) or following is None or not following.is_numbered:
            return True
    return False


def _start(lines: list[Written]) -> int | None:
    """Where the first entry stands: the first with a number, or one above it that is surely a person's.

    Above #接龙 there is only who sent it.
    """
    first_number = next((place for place, line in enumerate(lines) if line.is_numbered), len(lines))
    headings = [place for place, line in enumerate(lines[:first_number]) if _SENT.match(line.body)]
    for place, line in enumerate(lines):
        if place < max(headings, default=0) or line.is_title or line.is_labelled_title:
            continue
        if line.is_sure or (line.is_numbered and (line.is_number_only or line.entry.name)):
            return place
    return None


def _groups(lines: list[Written]) -> Iterator[list[Written]]:
    """The lines of each entry: its first, and those below that can only go on with it."""
    group: list[Written] = []
    entry = Entry()
    for line in lines:
        if group and _goes_on(group, entry, line):
            group.append(line)
            entry = _read_together(group)
            continue
        if group:
            yield group
        group, entry = [line], line.entry
    if group:
        yield group


def _goes_on(group: list[Written], entry: Entry, line: Written) -> bool:
    """Whether a line is more of the entry above it, rather than one of its own."""
    if line.is_numbered or (line.is_counted and line.entry.name) or len(group) > 5:
        return False
    if group[0].is_number_only and len(group) == 1:
        return True
    if line.entry.name or not entry.name:
        return False
    brings = [here is not None for here in line.entry.cells]
    is_free = not any(has is not None and new for has, new in zip(entry.cells[:3], brings, strict=False))
    is_phone_alone = line.entry.phone is not None and line.entry.organization is None
    return is_free and (is_phone_alone or line.entry.is_labelled or group[0].is_numbered)


def _read_together(group: list[Written]) -> Entry:
    return group[0].entry if len(group) == 1 else read_entry(" ； ".join(line.body for line in group if line.body))


def _names_people(groups: list[list[Written]], titles: list[Written]) -> bool:
    """Whether somebody surely is named, or a list with numbers, or one that says so, holds what may be names."""
    if any(line.is_sure for group in groups for line in group):
        return True
    named = sum(_read_together(group).name is not None for group in groups)
    return named > 1 or (named == 1 and any(_SIGN_UP.search(line.text) for line in titles))
