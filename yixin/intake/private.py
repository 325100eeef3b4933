"""Personal data that no table may bring in: known by their heads, and by how their numbers are built."""

import re

from yixin.numerals import compact

from .sheets import Cell

# The law (PIPL art. 28) calls these sensitive; the organization's year needs none of them.
_PRIVATE_HEAD = re.compile(
    "身份证|证件号|证件编号|证号码|身份号|公民身份|护照"
    "|社保卡|社保号|医保卡|医保号|银行卡|银行账|银行帐|开户|存折|^(?:账号|帐号|账户|帐户|卡号)"
    "|(?:收款|汇款|打款|对公|工资|储蓄).{0,4}(?:账|帐|卡)"
    "|民族|族别|宗教|信仰|政治面貌|党派|党员"
    "|健康状|健康情|身体状|精神状|心理状|病史|病情|传染病|艾滋|用药|服药|过敏|患病|疾病|诊断|残疾证|^残疾$|残疾类|残疾等|残疾程|残疾编|血型|hiv|感染|cd4"
    "|出生|生日|生辰|性取向|性倾向|犯罪|指纹|人脸"
    "|idcard|idnumber|idno$|identitycard|identitynumber|passport|citizenid"
    "|bankcard|bankaccount|accountno|accountnumber|cardno|cardnumber|iban"
    "|ethnic|religio|politicalstatus|partymember|healthstatus|healthcondition|medical|disability|bloodtype"
    "|birth|^dob$|sexualorientation"
    "|^(?:来自|提交|登录|登陆|填写|答题|用户)?(?:ip|ip地址)$"
)

_PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY_CARD = re.compile(
    rf"(?<![0-9])({_PROVINCE}[0-9]{{4}})[ -]?((?:18|19|20)[0-9]{{2}}{_DAY})[ -]?([0-9]{{3}}[0-9x])(?![0-9])"
)
_OLD_IDENTITY_CARD = re.compile(rf"(?<![0-9a-z]){_PROVINCE}[0-9]{{4}}[0-9]{{2}}{_DAY}[0-9]{{3}}(?![0-9a-z])")
_FOUR = r"(?:[ -][0-9]{4})"
_BANK_CARD = re.compile(
    rf"(?<![0-9.-])[3-69](?:[0-9]{{15,18}}|[0-9]{{3}}{_FOUR}{{3}}(?:[ -][0-9]{{1,3}})?)(?![0-9]|[.-][0-9])"
)
_BETWEEN = re.compile(r"[\s·•._—–:：]+")
_INSIDE = re.compile("(?<=[0-9])[ -](?=[0-9]{1,4}(?:[ -]|$)|[0-9]{3}[0-9x])")
_MANY_DIGITS = re.compile(r"(?:\d[\W_]{0,2}){14}\d")

_CREDIT_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_private_head(key: str) -> bool:
    """Whether a column with this head (its `head_key`) holds what must not be kept."""
    return bool(_PRIVATE_HEAD.search(key))


def holds_private_number(cell: Cell) -> bool:
    """Whether the number of an identity card or a bank card stands in the cell."""
    if cell is None or isinstance(cell, bool):
        return False
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if not _MANY_DIGITS.search(text):
        return False
    return any(_holds_card(spelling) for spelling in _spellings(text))


def _spellings(text: str) -> set[str]:
    """The text with its blanks and signs as they stand, as one blank each, and gone between digits."""
    parted = _BETWEEN.sub(" ", text.casefold())
    return {compact(text), compact(parted), parted, _INSIDE.sub("", parted)}


def _holds_card(text: str) -> bool:
    return (
        any(_is_identity_card("".join(match.groups())) for match in _IDENTITY_CARD.finditer(text))
        or bool(_OLD_IDENTITY_CARD.search(text))
        or any(_passes_luhn(re.sub("[ -]", "", match[0])) for match in _BANK_CARD.finditer(text))
    )


def _is_identity_card(number: str) -> bool:
    """GB 11643. A number with a wrong check digit is a mistyped one, unless it is an organization's credit code."""
    weights = (pow(2, 17 - place, 11) for place in range(17))
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return number[17] == "10x98765432"[total % 11] or not _is_credit_code(number.upper())


def _is_credit_code(code: str) -> bool:
    """GB 32100: the 18 signs that every organization carries."""
    total = sum(_CREDIT_CODE_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return code[17] == _CREDIT_CODE_SIGNS[-total % 31]


def _passes_luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0
