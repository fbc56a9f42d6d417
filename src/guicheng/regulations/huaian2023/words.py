"""Words that several articles of this regulation share: what stood on a day, and an approval that stands."""

from datetime import date
from typing import Any

from guicheng.law.act import Unfit
from guicheng.law.terms import Row, Term, Where
from guicheng.law.words import has, lacks


def standing(model: Any, day: Any, on: str, fits: Where) -> Term:
    """The last row of a table up to a day fits: a later decision takes the place of an earlier one."""

    def last_and_fit(row: Row) -> Term:
        later = has(model, lambda other: (other.seq > row.seq) & (getattr(other, on) <= day))
        in_time: Term = getattr(row, on) <= day
        return in_time & fits(row) & ~later

    return has(model, last_and_fit)


def granted(approval: Row) -> Term:
    """An approval of the project itself that was not revoked: not one of early costs."""
    return (approval.kind == "project") & approval.revoked_on.missing


def open_on(row: Row, day: Term) -> Term:
    """Not closed by that day."""
    return row.closed_on.missing | (row.closed_on > day)


def none_by(model: Any, day: Any, **equal: Any) -> Term:
    """No row was written on or before that day."""
    return lacks(model, lambda row: row.day <= day, **equal)


def not_later(deed: Any, **days: date | None) -> None:
    """Raise Unfit for a fact dated after the act that reports it."""
    for name, day in days.items():
        if day is not None and day > deed.day:
            raise Unfit(**{name: f"{day} 晚于办理日期 {deed.day}，尚未发生的事不能记载"})
