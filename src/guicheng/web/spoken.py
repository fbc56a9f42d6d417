"""The language of the page being made, for words that come from data: roles, stages, days, money."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date

from guicheng.judge.say import day, wan, yuan
from guicheng.people.roles import ROLE_ZH
from guicheng.records.stage import STAGE_ZH, Stage

ENGLISH: ContextVar[bool] = ContextVar("english", default=False)
"""Set by the middleware for each request."""
ROLES = {str(role): zh for role, zh in ROLE_ZH.items()}


def language() -> str:
    """The reader's language as templates name it: zh or en."""
    return "en" if ENGLISH.get() else "zh"


def role_word(value: str) -> str:
    """A role as the reader calls it; what is no role as it stands."""
    if value not in ROLES:
        return value
    return value.replace("-", " ").capitalize() if ENGLISH.get() else ROLES[value]


def stage_word(value: int) -> str:
    return Stage(value).name.replace("_", " ").capitalize() if ENGLISH.get() else STAGE_ZH[Stage(value)]


def listed(words: list[str]) -> str:
    """Words one after the other, as the reader's language joins them."""
    return (", " if ENGLISH.get() else "、").join(words)


def day_word(value: date | str) -> str:
    """A day as the reader writes it; ISO text and dates alike."""
    return str(value)[:10] if ENGLISH.get() else day(value)


def money_word(fen: int) -> str:
    """Whole fen in 万元, or in yuan in English."""
    return yuan(fen) if ENGLISH.get() else wan(fen)
