"""How Chinese law counts periods (民法典 第二百条至第二百零四条): dates only, calendar months, holidays from a kept library.

Two kinds must not be mixed. A *deadline* (最迟) rolls to the first working day when its last day is a day off (art. 203).
A *minimum* (至少、满……后) never rolls: the act is possible from the day after its last day.
"""

import calendar
import warnings
from datetime import date, timedelta

import chinese_calendar


class YearWithoutData(UserWarning):
    """A date fell in a year whose holidays are not published yet: weekends alone were counted as days off."""


def add_months(start: date, months: int) -> date:
    """The corresponding day of a later month, or that month's last day where there is none (art. 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def add_days(start: date, days: int) -> date:
    """The last day of a period in days: the starting day is not counted (art. 201)."""
    return start + timedelta(days=days)


def is_workday(day: date) -> bool:
    """Whether offices work on this day, by the yearly State Council notice; a year without data warns."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        warnings.warn(f"{day.year}年节假日安排尚未载入，{day} 仅按周末推算", YearWithoutData, stacklevel=3)
        return day.weekday() < 5


def rolled(day: date) -> date:
    """A deadline's last day, moved past a statutory day off (art. 203)."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def add_workdays(start: date, days: int) -> date:
    """The day on which the n-th working day after start falls; start itself is not counted."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_workday(day)
    return day


def deadline(start: date, amount: int, unit: str) -> date:
    """The last day of a deadline of so many 'days', 'workdays', 'months' or 'years', rolled.

    Raises KeyError on another unit."""
    if unit == "workdays":
        return add_workdays(start, amount)
    if unit == "days":
        return rolled(add_days(start, amount))
    return rolled(add_months(start, amount * {"months": 1, "years": 12}[unit]))


def first_day_after(start: date, months: int) -> date:
    """The first day on which an act is possible after a minimum period of months."""
    return add_months(start, months) + timedelta(days=1)
