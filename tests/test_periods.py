"""Periods as the Civil Code counts them: the vectors of the State Council's schedules, month ends, leap years, holidays."""

import calendar
import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guicheng.law.periods import (
    YearWithoutData,
    add_days,
    add_months,
    add_workdays,
    deadline,
    first_day_after,
    is_workday,
    rolled,
)

D = date.fromisoformat
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
KNOWN = st.dates(date(2023, 1, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("start", "months", "last", "roll", "first"),
    [
        ("2026-03-01", 3, "2026-06-01", "2026-06-01", "2026-06-02"),
        ("2023-11-30", 3, "2024-02-29", "2024-02-29", "2024-03-01"),  # leap year
        ("2026-01-31", 1, "2026-02-28", "2026-02-28", "2026-03-01"),  # a Saturday that is worked
        ("2026-06-30", 3, "2026-09-30", "2026-09-30", "2026-10-01"),  # 30 corresponds to 30, not to the month's end
        ("2026-01-15", 1, "2026-02-15", "2026-02-24", "2026-02-16"),  # 春节
        ("2023-04-19", 24, "2025-04-19", "2025-04-21", "2025-04-20"),  # a Saturday
        # and more
        ("2022-11-30", 3, "2023-02-28", "2023-02-28", "2023-03-01"),  # no leap year
        ("2024-02-29", 12, "2025-02-28", "2025-02-28", "2025-03-01"),
        ("2024-02-29", 48, "2028-02-29", None, "2028-03-01"),
        ("2025-02-28", 12, "2026-02-28", "2026-02-28", "2026-03-01"),
        ("2025-08-31", 1, "2025-09-30", "2025-09-30", "2025-10-01"),
        ("2025-12-31", 2, "2026-02-28", "2026-02-28", "2026-03-01"),
        ("2025-10-31", 14, "2026-12-31", "2026-12-31", "2027-01-01"),
        ("2025-12-15", 1, "2026-01-15", "2026-01-15", "2026-01-16"),
        ("2025-05-01", 0, "2025-05-01", "2025-05-06", "2025-05-02"),  # 劳动节
    ],
)  # fmt: skip
def test_months(start: str, months: int, last: str, roll: str | None, first: str) -> None:
    assert add_months(D(start), months) == D(last)
    assert first_day_after(D(start), months) == D(first)
    if roll:
        assert deadline(D(start), months, "months") == D(roll)


@pytest.mark.parametrize(
    ("start", "days", "last", "roll"),
    [
        ("2026-09-04", 30, "2026-10-04", "2026-10-08"),  # 国庆
        ("2026-01-20", 30, "2026-02-19", "2026-02-24"),  # 春节
        ("2026-03-02", 1, "2026-03-03", "2026-03-03"),
        ("2026-03-06", 1, "2026-03-07", "2026-03-09"),  # into a weekend
        ("2026-03-02", 0, "2026-03-02", "2026-03-02"),
        ("2024-02-28", 2, "2024-03-01", "2024-03-01"),
        ("2026-05-01", 8, "2026-05-09", "2026-05-09"),  # a Saturday that is worked
    ],
)  # fmt: skip
def test_days(start: str, days: int, last: str, roll: str) -> None:
    assert add_days(D(start), days) == D(last)
    assert deadline(D(start), days, "days") == D(roll)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2026-09-29", 2, "2026-10-08"),
        ("2026-09-24", 7, "2026-10-12"),  # 10 October is worked
        ("2026-03-02", 15, "2026-03-23"),
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday that is worked before 春节
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),  # an event on a day off
        ("2026-03-02", 0, "2026-03-02"),
    ],
)
def test_working_days(start: str, days: int, last: str) -> None:
    assert add_workdays(D(start), days) == deadline(D(start), days, "workdays") == D(last)


def test_years_are_twelve_months() -> None:
    assert deadline(D("2023-04-19"), 2, "years") == deadline(D("2023-04-19"), 24, "months") == D("2025-04-21")
    with pytest.raises(KeyError):
        deadline(D("2023-04-19"), 2, "weeks")


@pytest.mark.parametrize("day", ["2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10", "2023-04-23"])
def test_a_weekend_day_that_was_made_a_working_day_is_worked(day: str) -> None:
    assert D(day).weekday() >= 5
    assert is_workday(D(day))
    assert rolled(D(day)) == D(day)


@pytest.mark.parametrize("day", ["2026-01-01", "2026-02-17", "2026-04-06", "2026-06-19", "2026-10-01", "2025-10-08"])
def test_a_holiday_in_the_week_is_off(day: str) -> None:
    assert D(day).weekday() < 5
    assert not is_workday(D(day))


@pytest.mark.parametrize("year", [1999, 2031, 2098])
def test_a_year_without_data_warns_and_counts_weekends(year: int) -> None:
    monday = next(date(year, 6, d) for d in range(1, 8) if date(year, 6, d).weekday() == 0)
    with pytest.warns(YearWithoutData, match=f"{year}年节假日安排尚未载入"):
        assert is_workday(monday)
    with pytest.warns(YearWithoutData):
        assert not is_workday(monday + timedelta(days=5))
    with pytest.warns(YearWithoutData):
        assert rolled(monday + timedelta(days=5)) == monday + timedelta(days=7)


def test_a_minimum_needs_no_holidays_and_never_warns() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert first_day_after(date(2040, 1, 31), 1) == date(2040, 3, 1)


@given(DAYS, st.integers(0, 120))
def test_the_last_day_is_in_the_right_month_and_corresponds(start: date, months: int) -> None:
    last = add_months(start, months)
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == months
    end = calendar.monthrange(last.year, last.month)[1]
    assert last.day == min(start.day, end)


@given(DAYS, DAYS, st.integers(0, 60))
def test_a_later_start_never_ends_earlier(a: date, b: date, months: int) -> None:
    one, other = sorted((a, b))
    assert add_months(one, months) <= add_months(other, months)


@given(KNOWN)
def test_rolling_stops_at_the_first_working_day(day: date) -> None:
    found = rolled(day)
    assert found >= day
    assert is_workday(found)
    assert not any(is_workday(day + timedelta(days=i)) for i in range((found - day).days))


@given(st.dates(date(2023, 1, 1), date(2026, 10, 1)), st.integers(1, 30))
def test_a_period_in_working_days_ends_on_the_nth(start: date, days: int) -> None:
    last = add_workdays(start, days)
    assert is_workday(last)
    assert sum(is_workday(start + timedelta(days=i)) for i in range(1, (last - start).days + 1)) == days
