"""Amounts as people type and read them: 万元 to whole fen and back, exactly, and 大写."""

import re
from decimal import Decimal

FEN_OF = {"": 1_000_000, "万": 1_000_000, "万元": 1_000_000, "元": 100, "亿": 10_000_000_000, "亿元": 10_000_000_000}
AMOUNT = re.compile(r"(\d{1,12}(?:\.\d{1,12})?)(万元|万|亿元|亿|元)?")
WIDE = {ord("\uff10") + n: str(n) for n in range(10)} | {ord("\uff0e"): "."}
"""Full-width digits and point, as Chinese keyboards give them."""
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
WRONG = "金额应写作万元数，如 46.5，小数至多六位（到分）"


def fen(text: str) -> int:
    """What was typed, in 万元 unless it says 元 or 亿, as whole fen. Raises ValueError with one sentence."""
    plain = re.sub("[\\s,，¥\uffe5]", "", text.translate(WIDE))
    found = AMOUNT.fullmatch(plain)
    if found is None:
        raise ValueError(WRONG)
    exact = Decimal(found[1]) * FEN_OF[found[2] or ""]
    if exact != exact.to_integral_value():
        raise ValueError("金额不能小于一分：万元至多六位小数，元至多两位")
    return int(exact)


def wan(amount: int) -> str:
    """Whole fen as the number of 万元 that `fen` reads back, without trailing zeros."""
    text = f"{Decimal(amount) / 1_000_000:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def capital(amount: int) -> str:
    """Whole fen in 大写, as contracts write them: 4650 is 肆拾陆元伍角整."""
    yuan, jiao, rest = amount // 100, amount // 10 % 10, amount % 10
    whole = f"{_whole(yuan)}元" if yuan else ""
    if not jiao and not rest:
        return f"{whole or '零元'}整"
    tenths = f"{DIGITS[jiao]}角" if jiao else "零" if yuan and rest else ""
    return f"{whole}{tenths}" + (f"{DIGITS[rest]}分" if rest else "整")


def _whole(number: int) -> str:
    """A whole number in 大写, group by group of four digits, one 零 for any run of zeros."""
    words, empty = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if empty and words else "") + DIGITS[digit] + PLACES[place % 4]
            empty = False
        else:
            empty = True
        if place % 4 == 0 and number // 10**place % 10_000:
            words += GROUPS[place // 4]
    return words
