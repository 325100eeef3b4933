"""Where numbers stand in a text by which somebody can be reached, however they are spelled; and addresses of e-mail.

A day, a sum of money or a head-count of as many digits is none.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from yixin.phones import find_phones

Span = tuple[int, int]

SHORTEST_PHONE = 7  # digits
SPOKEN = dict(zip("零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸", "0001234567891123456789236", strict=True))

_GAP = r"[ .()-]{0,3}"
_COUNTRY = rf"(?:(?:\+|00)? ?\(?86\)?{_GAP})?"
_LINE = r"(?:[2-9][0-9]{6,7}(?![0-9])|[2-9](?:[ .-]?[0-9]){6,7})"
_EXTENSION = r"(?:(?: ?转 ?| ?ext\.? ?|-)[0-9]{2,6})?"
# What is a phone whatever it may mean besides: a mobile one, and what begins with 0 or +, or with 400 and a sign.
_FIRM = re.compile(
    rf"(?<![0-9])(?:{_COUNTRY}1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}"
    rf"|0(?:10|2[0-9]|[3-9][0-9]{{2}}){_GAP}{_LINE}{_EXTENSION}"
    r"|0(?:[ .-][0-9]){9,11}"
    r"|[48]00[ .-](?:[ .-]?[0-9]){7}"
    r"|(?<![0-9][.,])(?:\+|00) ?[1-9](?:[ .-]?[0-9]){6,13}"
    r")(?![0-9])",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:([-/. ])(0?[1-9]|1[0-2])\2([12][0-9]|3[01]|0?[1-9])"
    r"|(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01]))(?![0-9])"
)
_YEARS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2} ?[-~至到/]{1,2} ?(?:19|20)[0-9]{2}(?![0-9])")
_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}(?![0-9A-Z])")
_IDENTITY_CARD = re.compile(
    r"(?<![0-9])[1-8][0-9]{5}[ -]?(?:18|19|20)[0-9]{6}[ -]?[0-9]{3}[0-9X](?![0-9])", re.IGNORECASE
)
_UNIT = (
    "(?: ?(?:元|人(?!民)|次|家|场|份|公里|公斤|平方|小时|美元|港元|%)"
    "|万(?![一-鿿])|万(?=[元人次家亩册份])|亿|个(?!人)|[块件名天项户岁组册条篇只台套吨亩米页字])"
)
_AMOUNT = re.compile(
    rf"(?<![0-9])[0-9]+(?:[,. ][0-9]{{3}}){{0,4}}(?:\.[0-9]+)?{_UNIT}"
    r"|(?:[¥￥$]|人民币|RMB) ?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
    r"|(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|(?<![0-9])[0-9]{1,5}\.[0-9]+(?![0-9])",
    re.IGNORECASE,
)
_SPOKEN_RUN = re.compile(rf"[{''.join(SPOKEN)}](?:[ .-]{{0,3}}[{''.join(SPOKEN)}]){{6,}}")
_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
_WECHAT = r"(?:微信|薇信|威信|v信|(?<![a-z])(?:we-?chat|weixin|wx|vx)(?:id)?|(?<=加)v)"
_CHATS = [
    re.compile(rf"{_WECHAT}\s*(?:(?:号码?|[账帐]号|id|[:=是为])\s*)+([a-z0-9][a-z0-9-]{{4,}})", re.IGNORECASE),
    re.compile(rf"{_WECHAT}\s*((?=[a-z-]*[0-9-])[a-z][a-z0-9-]{{4,}})", re.IGNORECASE),
    re.compile(rf"{_WECHAT}\s*((?!(?:19|20)[0-9]{{6}}(?![0-9]))[0-9]{{5,}}(?!{_UNIT}|[0-9]))", re.IGNORECASE),
    re.compile(
        rf"(?:(?<![a-z])qq|扣扣|企鹅)(?:(?:交流|讨论|工作)?群|号码?|[账帐]号|[:=是为\s])*"
        rf"([1-9](?:[ -]?[0-9]){{4,11}})(?![0-9]|{_UNIT})",
        re.IGNORECASE,
    ),
]


class _Typed(dict):
    """For ``str.translate``: one plain character for each, so that places stay."""

    def __missing__(self, code: int) -> str:
        self[code] = _typed(chr(code - 0xFEE0 if 0xFF01 <= code <= 0xFF5E else code))
        return self[code]


def _typed(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category in ("Zs", "Cf"):
        return " "
    return "-" if category == "Pd" or sign in "−_·•・‧∙" else sign


_TYPED = _Typed()
_IN_DIGITS = str.maketrans(SPOKEN)


def contact_numbers(text: str) -> list[Span]:
    """From … to of each, in order; none touches another's characters. Linear in the length of the text."""
    plain = text.translate(_TYPED)
    found = [*_firm(plain), *_spoken(plain), *(match.span() for match in _EMAIL.finditer(plain))]
    found += (match.span(1) for pattern in _CHATS for match in pattern.finditer(plain))
    found += _lines(plain, found)
    return _merged(found)


def _firm(plain: str) -> list[Span]:
    """In Arabic digits, and in a mixture of these with Chinese ones."""
    in_digits = plain.translate(_IN_DIGITS)
    return [span for spelled in {plain, in_digits} for span in _firm_of(spelled)]


def _firm_of(plain: str) -> Iterator[Span]:
    whole = [*_days(plain), *(match.span() for match in _IDENTITY_CARD.finditer(plain))]
    inside = {place for start, stop in whole for place in range(start + 1, stop)}
    place = 0
    while match := _FIRM.search(plain, place):
        start, stop = match.span()
        if start in inside or stop in inside:  # 2014.1.31-2014.12.31 holds no 1.31-2014.12.31
            place = start + 1
            continue
        is_bracketed = match[0].count(")") > match[0].count("(") and plain[start - 1 : start] == "("
        yield start - is_bracketed, stop
        place = stop


def _days(plain: str) -> Iterator[Span]:
    for match in _DAY.finditer(plain):
        year, _sign, *numbers = match.groups()
        month, day = (int(number) for number in numbers if number)
        try:
            date(int(year), month, day)
        except ValueError:
            continue
        yield match.span()


def _lines(plain: str, found: list[Span]) -> list[Span]:
    """Numbers without an area code: where nothing says that they are something else."""
    ordinary = [*found, *_days(plain)]
    ordinary += (match.span() for pattern in (_YEARS, _AMOUNT, _CREDIT_CODE) for match in pattern.finditer(plain))
    rest = list(plain)
    for start, stop in ordinary:
        rest[start:stop] = "x" * (stop - start)
    return [span for span in find_phones("".join(rest)) if sum(map(str.isdigit, plain[slice(*span)])) >= SHORTEST_PHONE]


def _spoken(plain: str) -> Iterator[Span]:
    """Chinese digits one by one; 周一 and 一个 may touch them, so the whole run goes."""
    for match in _SPOKEN_RUN.finditer(plain):
        spelled = match[0].translate(_IN_DIGITS)
        digits = re.sub("[^0-9]", "", spelled)
        is_line = _is_line(spelled) and not re.match(_UNIT, plain[match.end() :][:3])
        if is_line or re.search("1[3-9][0-9]{9}|^0[0-9]{9,11}$", digits):
            yield match.span()


def _is_line(spelled: str) -> bool:
    """Whether it is a number without an area code, and no day and no two years."""
    if not re.fullmatch("[2-9][0-9]{6,7}", spelled):
        return False
    return not any(_days(spelled)) and not _YEARS.fullmatch(f"{spelled[:4]}-{spelled[4:]}")


def _merged(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, stop in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found
