"""Figures as officials write them: 万元 with fen kept, days in full, shares in per cent."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any

UNKNOWN, UNKNOWN_EN = "（未知）", "(unknown)"


def wan(fen: int) -> str:
    """Whole fen as 万元 with two decimals, or more where fen would be lost: 46000000 is 46.00万元, 1203600000000 1,203,600.00万元."""
    amount = Decimal(fen) / 1_000_000
    text = f"{amount:,.2f}" if amount == round(amount, 2) else f"{amount.normalize():,f}"
    return f"{text}万元"


def day(value: date | str) -> str:
    """2026-06-02 as 2026年6月2日."""
    d = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{d.year}年{d.month}月{d.day}日"


def percent(ten_thousandths: int) -> str:
    return f"{(Decimal(ten_thousandths) / 100).normalize():f}%"


def yuan(fen: int) -> str:
    """Whole fen as readers of English expect it: 46000000 is ¥460,000.00."""
    return f"{'-' if fen < 0 else ''}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


SPOKEN: dict[str, Callable[[Any], str]] = {"wan": wan, "day": day, "percent": percent}
SPOKEN_EN: dict[str, Callable[[Any], str]] = {"wan": yuan, "day": str, "percent": percent}


class _Sentence(Formatter):
    def __init__(self, spoken: dict[str, Callable[[Any], str]], unknown: str):
        self.spoken, self.unknown = spoken, unknown

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None:
            return self.unknown
        return self.spoken[format_spec](value) if format_spec in self.spoken else str(value)


def say(template: str, facts: dict[str, Any]) -> str:
    """A rule's `says` with its facts: '安全投入{security:wan}，应不低于{least:wan}'."""
    return _Sentence(SPOKEN, UNKNOWN).vformat(template, (), facts)


def say_in_english(template: str, facts: dict[str, Any]) -> str:
    """The same with days as 2026-06-02 and money in yuan."""
    return _Sentence(SPOKEN_EN, UNKNOWN_EN).vformat(template, (), facts)
