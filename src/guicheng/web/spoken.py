"""The language of the page being made, for words that come from data: roles, stages, days, money."""

from __future__ import annotations

from contextvars import ContextVar

from guicheng.people.roles import ROLE_ZH, Role
from guicheng.records.stage import STAGE_ZH, Stage

ENGLISH: ContextVar[bool] = ContextVar("english", default=False)
"""Set by the middleware for each request."""


def role_word(value: str) -> str:
    """A role as the reader calls it; what is no role as it stands."""
    if value not in set(Role):
        return value
    return value.replace("-", " ").capitalize() if ENGLISH.get() else ROLE_ZH[Role(value)]


def stage_word(value: int) -> str:
    return Stage(value).name.replace("_", " ").capitalize() if ENGLISH.get() else STAGE_ZH[Stage(value)]


def listed(words: list[str]) -> str:
    """Words one after the other, as the reader's language joins them."""
    return (", " if ENGLISH.get() else "、").join(words)
