"""One entry of a list of people, taken apart: who, of which organisation, with which phone, and what else it says."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from yixin.personnames import (
    DOUBLE_SURNAMES,
    NO_NAMES,
    SURNAMES,
    has_organization_word,
    is_title,
    looks_like_a_person,
    people_in,
    split_title,
)
from yixin.phones import find_phones

from .private import holds_private_number

LONGEST = 300
MOST_PARTS = 20

_HALF_WIDTH = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
    | {"＋": "+", "－": "-", "＠": "@", "＃": "#", "．": "."}
)
_HAN = "\u4e00-\u9fff\u3400-\u4dbf"
_PARTED_NAME = re.compile(rf"(?<![{_HAN}])([{_HAN}]{{1,2}}) ([{_HAN}]{{1,2}})(?![{_HAN}])")
_LATIN_GAP = re.compile(r"(?<=[A-Za-z.]) (?=[A-Za-z])")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z.' -]*")
_ASIDE = re.compile(  # numbers that are no phone: a day, a QQ or WeChat number
    r"(?<![0-9])(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}(?![0-9])日?(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
    r"|(?:qq号?|微信号?|wechat|vx|wx|wei?xin)[:： ]{0,3}[a-z0-9_-]{5,20}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\+?[0-9](?:[ -]?[0-9]){6,40}[xX]?")
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_BETWEEN = re.compile(
    r"[\s,，、;；/／|｜:：。!！?？()（）\[\]【】\"“”「」《》<>→=*#]+|(?<![A-Za-z0-9])\.+|\.+(?![A-Za-z0-9 ])"
    r"|(?<![A-Za-z])[-—–_~～]+|[-—–_~～]+(?![A-Za-z])"
)
_LABELS = {
    label: slot
    for slot, labels in {
        "name": "姓名 名字 昵称 参加人 报名人 学员 name 真名 本名 真实姓名 实名",
        "organization": "单位 组织 机构 团队 来自 学校 所在单位 工作单位 组织名称 机构名称 所属组织",
        "phone": "电话 手机 手机号 手机号码 联系电话 联系方式 电话号码 tel phone",
        "remark": "备注 说明 职务 角色 身份 性别 年龄 网名 微信名 身份证 身份证号",
    }.items()
    for label in labels.split()
}
_NOISE = re.compile(
    "(?:我|已|我要|我也|确认|本人)?(?:报名|参加|接龙|参与|签到|报到|出席|收到|ok)(?:成功|了)?|已到|确认|我",
    re.IGNORECASE,
)
_NOISE_AFTER = re.compile("(?:已经?|我|要|确认)?(?:报名|参加|接龙|签到|出席)(?:成功|了)?$")
_ABSENCE = re.compile(
    "(?:临时|因事|有事)?(?:请假|不能来|不能到|来不了|去不了|不参加|不来|不去|退出|取消|缺席|未到|没来|有事|待定)"
)
_RELATIVES = (
    "老公|老婆|爱人|先生|太太|男友|女友|孩子?|小孩|娃|宝宝|儿子|女儿|家属|家人|朋友|同事|同学|爸爸?|妈妈?|[大小]"
)
_COMPANY = re.compile(rf"(?<=.)(?:[+＋](?:[0-9一二两三]{{1,2}}(?:人|位|个)?(?:{_RELATIVES})?|(?:{_RELATIVES})))+$")
_REMARK = re.compile(
    r"[+＋]?[0-9]{1,6}(?:人|位|名|岁|份|个|号|元)?|男|女|[0-9:.%+]+|素食|[一二两三四]人|重复了?|忽略"
    r"|(?:可|能)?带.{0,6}[0-9一二两三].{0,2}|带(?:小?孩子?|娃|家属|老公|老婆|宝宝|朋友).{0,6}"
    r"|(?:已|未|没|待)?(?:交|缴|付|转|收)(?:了|过)?(?:费|钱|款|账|帐)?(?:了|过)?(?:[0-9.]{1,7}(?:元|块)?)?"
    r"|aa[0-9.]{1,7}(?:元|块)?"
    r"|(?:需要?|可以?|求|有)?(?:拼车|顺风车|搭车|蹭车)|(?:自己?)?(?:开车|自驾|打车|坐公交)(?:去|来|前往)?|[坐搭乘].{1,4}车"
    r"|[\u4e00-\u9fff][a-z][a-z0-9]{5,6}|市民|居民|个人|自由职业者?|有[0-9一二两三四]个?(?:空位|座位?)|[晚迟]到.{0,5}|早退|[只仅].{0,2}(?:参加|上午|下午|第).{0,6}"
    r"|摄影|摄像|后勤|接待|安全员|替补|候补|待定|看情况.{0,4}|不确定|(?:南昌|九江|景德镇|萍乡|新余|鹰潭|赣州|吉安|宜春|抚州|上饶)市?",
    re.IGNORECASE,
)
# 张三+13800138000+益路: the plus parts them, and counts nobody.
_JOINED = re.compile(
    rf"[+＋]+(?=1[3-9][0-9](?:[ -]?[0-9]{{4}}){{2}}(?![0-9]))|(?<=[0-9]{{7}})[+＋]+(?![0-9])"
    rf"|(?<=[{_HAN}])[+＋]+(?=[{_HAN}])(?!{_RELATIVES})"
)
_IN_PLACE_OF = re.compile(r"[(（\[【](?:代报名?|代接龙|帮报名?)[:： ]?([^()（）\[\]【】]*)[)）\]】]")
# 张三代李四报名: the one who signs up is another than the one who comes.
_DEPUTY = re.compile(
    rf"(?<![{_HAN}])(?P<by>[{_HAN}]{{2,4}}?)?(?P<gap> ?)(?:代替?|替|帮忙?)(?P=gap)(?P<name>[{_HAN}]{{2,4}}?)"
    rf" ?(?:报名?|接龙|签到)(?![{_HAN}])"
)
_FROM = re.compile("^(?:来自|代表)(?=..)")
# Private characters, which no text has any more when they are put in.
_PHONE_MARK = "\ue000"
_SPACE_MARK = "\ue001"


@dataclass(frozen=True, eq=False)  # two parts may say the same
class Part:
    text: str
    slot: str = ""  # what a label before it says it is
    is_bracketed: bool = False


@dataclass(frozen=True)
class Entry:
    """One entry; None for what it does not say. Several people stand in one name, parted by 、."""

    name: str | None = None
    organization: str | None = None
    phone: str | None = None  # as written; several parted by a slash
    remark: str | None = None
    is_surely_named: bool = False  # a surname or a label says that the name is one
    is_labelled: bool = False

    @property
    def is_absence_alone(self) -> bool:
        """Whether it says that somebody will not come, and not who."""
        return self.cells[:3] == (None, None, None) and bool(self.remark and _ABSENCE.fullmatch(self.remark))

    @property
    def cells(self) -> tuple[str | None, ...]:
        return self.name, self.organization, self.phone, self.remark


def half_width(text: str) -> str:
    """The text with its full-width letters and digits in half width; punctuation stays as typed."""
    return text.translate(_HALF_WIDTH)


def read_entry(written: str) -> Entry:
    """The entry that a clean line is, without its number. A line too long for one person is all remark."""
    if len(written) > LONGEST:
        return Entry(remark=written)
    text = _LATIN_GAP.sub(_SPACE_MARK, _PARTED_NAME.sub(_joined, _without_pictures(half_width(written))))
    text, deputies = _without_deputies(_JOINED.sub(" ", text))
    text, asides = _taken_out(_ASIDE, text)
    text, phones = _without_phones(text)
    parts = list(_parts(text))
    if len(parts) > MOST_PARTS:
        return Entry(remark=written)
    remarks = [part.text for part in parts if part.slot == "remark"]
    parts, more = _without_remarks([part for part in parts if part.slot != "remark"])
    phones += [part.text for part in parts if part.slot == "phone"]
    remarks += [phone for phone in phones if holds_private_number(phone)]  # which is left out with the remark
    phones = [phone for phone in phones if not holds_private_number(phone)]
    parts = [part for part in parts if part.slot != "phone"]
    name, chosen, title, is_sure = _name(parts)
    rest = [part for part in parts if part not in chosen]
    organization = _organization(rest, of_nickname=any(part.is_bracketed for part in chosen))
    others = [part.text for part in rest if part is not organization]
    remarks = [word for word in [*title, *remarks, *more, *others, *deputies, *asides] if word]
    return Entry(
        name=name,
        organization=_FROM.sub("", organization.text) if organization else None,
        phone="/".join(phones) or None,
        remark=" ".join(remarks).replace(_SPACE_MARK, " ") or None,
        is_surely_named=is_sure,
        is_labelled=any(part.slot for part in parts),
    )


def _without_deputies(text: str) -> tuple[str, list[str]]:
    """张三代李四报名 is 李四, with the remark 张三代报名."""
    text = _IN_PLACE_OF.sub(r"、\1", text)  # 张三（代报：李四、王五） names three
    match = _DEPUTY.search(text)
    if not match or not looks_like_a_person(match["name"]) or (match["by"] and not looks_like_a_person(match["by"])):
        return text, []
    return f"{text[: match.start()]} {match['name']} {text[match.end() :]}", [f"{match['by'] or ''}代报名"]


def _joined(match: re.Match) -> str:
    """张 三 is 张三."""
    surname, given = match.groups()
    is_name = surname in SURNAMES | DOUBLE_SURNAMES and looks_like_a_person(surname + given)
    return surname + given if is_name else match[0]


def _without_pictures(text: str) -> str:
    """Emoji and the like become spaces."""
    signs = (" " if unicodedata.category(sign) in ("So", "Sk", "Mn", "Me", "Co", "Cn") else sign for sign in text)
    return " ".join("".join(signs).replace("@", " ").split())


def _taken_out(pattern: re.Pattern, text: str) -> tuple[str, list[str]]:
    return pattern.sub(f" {_PHONE_MARK} ", text), pattern.findall(text)


def _without_phones(text: str) -> tuple[str, list[str]]:
    """The text with a mark in place of every phone number, or of what can only have been meant as one."""
    phones, pieces, end = [], [], 0
    for start, stop in find_phones(text):
        if not text[stop : stop + 1].isdigit():
            pieces += [text[end:start], f" {_PHONE_MARK} "]
            phones.append(text[start:stop])
            end = stop
    text, wrong = _taken_out(_DIGITS, "".join([*pieces, text[end:]]))
    return text, phones + wrong


def _parts(text: str) -> Iterator[Part]:
    """The parts between separators, what stands in brackets marked, with the slot that a label before them names."""
    end = 0
    for match in _BRACKETED.finditer(text):
        yield from _labelled(text[end : match.start()])
        yield from (Part(part.text, part.slot, True) for part in _labelled(match[1]))
        end = match.end()
    yield from _labelled(text[end:])


def _labelled(text: str) -> Iterator[Part]:
    slot = ""
    for word in _BETWEEN.split(text):
        if word.casefold() in _LABELS:
            slot = _LABELS[word.casefold()]
        elif word == _PHONE_MARK:
            slot = ""
        elif word:
            yield Part(word.replace(_SPACE_MARK, " "), slot)
            slot = slot if slot == "remark" else ""


def _without_remarks(parts: list[Part]) -> tuple[list[Part], list[str]]:
    """Parts that can be a name or an organisation, and the words that only remark something."""
    kept, remarks = [], []
    for part in parts:
        text, remark = part.text, ""
        if not part.slot:
            if match := _ABSENCE.search(text) or _COMPANY.search(text):
                text, remark = text[: match.start()], text[match.start() :]
            elif not _NOISE.fullmatch(text):
                text = _NOISE_AFTER.sub("", text) or text
            if _NOISE.fullmatch(text):
                text = ""
            elif _REMARK.fullmatch(text) or is_title(text):
                text, remark = "", f"{text} {remark}".strip()
        if text:
            kept.append(Part(text, part.slot, part.is_bracketed))
        if remark:
            remarks.append(remark)
    return kept, remarks


def _name(parts: list[Part]) -> tuple[str | None, list[Part], list[str], bool]:
    """The name, the parts that make it, the titles that stood beside it, and whether it surely is one."""
    labelled = [part for part in parts if part.slot == "name"]
    if labelled:
        return "、".join(part.text for part in labelled), labelled, [], True
    free = [part for part in parts if not part.slot]
    open_parts = [part for part in free if not part.is_bracketed] or free
    people = [part for part in open_parts if people_in(part.text)]
    people = people or [part for part in free if len(people_in(part.text)) == 1][:1]  # 小鱼儿（余晓红）
    if people:
        named = [split_title(name) for part in people for name in people_in(part.text)]
        return "、".join(name for name, _ in named), people, [title for _, title in named], True
    strangers = [part for part in open_parts if not has_organization_word(part.text) and part.text not in NO_NAMES]
    strangers.sort(key=lambda part: not _is_latin_name(part.text))
    return (strangers[0].text, strangers[:1], [], False) if strangers else (None, [], [], False)


def _is_latin_name(text: str) -> bool:
    """Mary Smith is one, IDOR is not."""
    return _LATIN_NAME.fullmatch(text) is not None and not (len(text) > 1 and text.isupper())


def _organization(parts: list[Part], *, of_nickname: bool) -> Part | None:
    """The likeliest of the parts left: one that a label or a word of organisations marks, else the first.

    ``of_nickname``: the name stood in brackets, so that what is before them is rather the nickname.
    """
    possible = [part for part in parts if part.slot == "organization" or not looks_like_a_person(part.text)]
    marked = [part for part in possible if part.slot == "organization"]
    worded = [part for part in possible if has_organization_word(part.text)]
    others = [] if of_nickname else [part for part in possible if not _is_latin_name(part.text)]
    return next(iter([*marked, *worded, *others]), None)
