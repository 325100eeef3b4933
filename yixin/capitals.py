"""Amounts in the capital numerals of receipts and cheques, which are hard to forge: 人民币伍万叁仟壹佰元整."""

from decimal import Decimal

LARGEST = Decimal(1_000_000_000)
DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_SECTIONS = ((100_000_000, "亿"), (10_000, "万"), (1, ""))  # of four digits each


def capitals(amount: Decimal) -> str:
    """Yuan as they are written out in China, 0 to 1,000,000,000 with at most two decimals; ValueError for all else.

    By the rules of the People's Bank for filling in cheques: zeros in the middle make one 零; 整 closes what ends with
    yuan or jiao. Where these leave it open whether a 零 is written, none is.
    """
    if not (amount.is_finite() and 0 <= amount <= LARGEST):
        raise ValueError(f"{amount} is no amount between 0 and {LARGEST} yuan")
    cents = amount * 100
    if cents != int(cents):
        raise ValueError(f"{amount} has more than two decimals")
    yuan, rest = divmod(int(cents), 100)
    written = f"{_whole(yuan)}元" if yuan or not rest else ""
    return f"人民币{written}{_parts(*divmod(rest, 10), follows=bool(yuan))}"


def _whole(number: int) -> str:
    """The digits with their places, without the unit: 壹亿零伍仟."""
    written, gap = "", False
    for size, name in _SECTIONS:
        section, number = divmod(number, size)
        if section:
            written += ("零" if written and (gap or section < 1_000) else "") + _section(section) + name
        gap = bool(written) and not section
    return written or DIGITS[0]


def _section(number: int) -> str:
    """Four digits at most, without the zeros before the first and behind the last."""
    written, gap = "", False
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        if digit != "0":
            written += ("零" if gap else "") + DIGITS[int(digit)] + place
        gap = bool(written) and digit == "0"
    return written


def _parts(jiao: int, fen: int, *, follows: bool) -> str:
    """``follows``: whether yuan stand before."""
    tenths = f"{DIGITS[jiao]}角" if jiao else "零" if fen and follows else ""
    return f"{tenths}{DIGITS[fen]}分" if fen else f"{tenths}整"
