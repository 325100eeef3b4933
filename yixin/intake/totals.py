"""Lines that are no rows: those that add up others, and remarks below a table. Known by their words; no database."""

import re
from collections.abc import Iterable

from yixin.numerals import compact

from .sheets import Cell

LONGEST_LABEL = 60  # characters

_KIND = "小计|合计|总计|共计|总数|总和|累计|合共|汇总|total|sum|subtotal|grandtotal"
_OF_WHAT = "人数|人次|金额|家数|场次|次数"
_UNITS = "个?人次?数?|名|位|家|场次?|次|期|项|笔|行|条|万?元"
_NUMBER = rf"约?[¥]?[0-9][0-9,.]*+(?:{_UNITS})?+"
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_CAPITALS = f"(?:人民币)?[{_DIGITS}拾佰仟万亿]{{1,20}}[元圆](?:[{_DIGITS}]角)?(?:[{_DIGITS}]分)?[整正]?"
_BEFORE = "本页|本表|本月|本季度?|全年|年度|以上|各项"

_TOTAL = re.compile(
    rf"(?:{_BEFORE})?(?:{_KIND})(?:{_OF_WHAT})?(?:\([^()]{{0,6}}\))?[:：]?(?:共?{_NUMBER}[,，、]?|{_CAPITALS})*"
)
_COUNTED = re.compile(rf"(?:总?共|合计|总计|实到|应到|到场|到会|参会|出席|签到)(?:{_OF_WHAT})?[:：]?{_NUMBER}")
_COUNT = re.compile(rf"(?:(?:总?共|实到|应到|其中)?{_NUMBER}[,，、;；]?)+")
_PARTIAL = re.compile(
    "(?:[^0-9:：]{1,10}|[0-9]{1,4}(?:月份?|季度|年度?)|[0-9]{4}年[0-9]{1,2}月份?)(?:小计|合计|总计)(?:人数|人次)?(?:[(（][^()（）]{0,10}[)）])?[:：]?"
)

_LABELLED_NOTE = re.compile(
    r"(?:(?:备?注|说明|注释|附注?|单位|来源)[0-9一二三四五]?|(?:填表|制表|编制|填报|报送|审核|复核|统计|负责|经办|联系|核对|主管)"
    r"(?:人员?|者|部门|单位|日期|时间|电话|领导)?(?:签[字名章]|盖章)?|(?:签[字名章]|盖章|日期|公章))(?:[(（].{0,20}[)）])?[:：].*"
    r"|(?:填表|制表|编制|填报|报送|审核|复核)(?:人员?|日期|时间|单位|部门).*|[(（]?(?:盖章|公章|签字)[)）]?"
    r"|[※*＊▲★●].*|[(（]?注[:：0-9].*",
    re.DOTALL,
)
_REMARK = re.compile(r"[^0-9].*[:：].*", re.DOTALL)


def is_total_word(cell: Cell) -> bool:
    """Whether the cell says by itself that its line adds up others: 合计, 本页小计：, 共31人."""
    if not isinstance(cell, str):
        return False
    word = _word(cell)
    return bool(_TOTAL.fullmatch(word) or _COUNTED.fullmatch(word))


def is_partial_total_word(cell: Cell) -> bool:
    """Whether the cell may be the label of a subtotal, 南昌市小计; only a line with nothing else in it is one."""
    return isinstance(cell, str) and bool(_PARTIAL.fullmatch(_word(cell)))


def is_count(cell: Cell) -> bool:
    """Whether the cell only counts, as cells beside a total's label do: 3人, 共31人, 31."""
    if isinstance(cell, bool):
        return False
    if isinstance(cell, str):
        return bool(_COUNT.fullmatch(_word(cell)))
    return isinstance(cell, int | float)


def _word(text: str) -> str:
    """The text to be compared; "" for one that is too long to be a label."""
    return compact(text).replace(" ", "") if len(text) <= LONGEST_LABEL else ""


def is_note(filled: Iterable[Cell], *, names_a_row: bool) -> bool:
    """Whether the cells of a line are remarks below the table: 填表人：…, 注：…; or one that reads like 主题：….

    ``names_a_row``: one of them stands where a row has its name, so that it must say plainly that it is a remark.
    """
    cells = list(filled)
    if not all(isinstance(cell, str) for cell in cells):
        return False
    texts = ["".join(cell.split()) for cell in cells]
    if all(_LABELLED_NOTE.fullmatch(text) for text in texts):
        return True
    return len(texts) == 1 and not names_a_row and bool(_REMARK.fullmatch(texts[0]))
