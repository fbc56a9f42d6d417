"""The words of the law on the database at hand: records with gaps, shares at their limits, months, figures over time."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guicheng.judge.statement import Shape
from guicheng.law.periods import add_days, add_months
from guicheng.law.terms import Slot, term
from guicheng.law.words import (
    above_share,
    below_share,
    count,
    days_after,
    earliest,
    either,
    has,
    here,
    lacks,
    last,
    later_of,
    latest,
    months_after,
    reached,
    share_of,
    the_day,
    total,
    unstated,
)
from guicheng.records.procurement import Contract
from guicheng.records.project import Project
from guicheng.records.stage import Stage
from tests.support.cases import lay
from tests.support.terms import LAW, NO_DAY, NO_NUMBER, TRUTH, day_of, truth, value

pytestmark = pytest.mark.django_db


# --- a project's records ----------------------------------------------------------------------------------------------


def contracts(gaps: str, *rows: dict[str, Any]) -> Project:
    return lay({"project": {"gaps": gaps, "stage": "TRIAL"}, "records": {"contract": list(rows)}})


@pytest.mark.parametrize(
    ("gaps", "rows", "found", "none", "number", "sum"),
    [
        ("", [], False, True, 0, 0),
        ("", [{"kind": "main", "amount": 5}], True, False, 1, 5),
        ("", [{"kind": "om", "amount": 5}], False, True, 0, 0),
        (",", [], False, True, 0, 0),
        (",", [{"amount": 5}], None, None, 0, 0),  # a contract of unknown kind
        (",", [{"kind": "main"}], True, False, 1, None),  # of unknown amount
        (",contract,", [], None, None, None, None),
        (",contract,", [{"kind": "main", "amount": 5}], True, False, None, None),
        (",approval,", [{"kind": "main", "amount": 5}], True, False, 1, 5),
        (",approval,contract,", [], None, None, None, None),
    ],
)
def test_what_is_said_of_records_with_gaps(
    gaps: str, rows: list[dict[str, Any]], found: bool | None, none: bool | None, number: int | None, sum: int | None
) -> None:
    project = contracts(gaps, *rows)
    assert truth(has(Contract, kind="main"), project) is found
    assert truth(lacks(Contract, kind="main"), project) is none
    assert value(count(Contract, kind="main"), project) == number
    assert value(total(Contract, lambda c: c.amount, kind="main"), project) == sum


def test_first_last_and_latest() -> None:
    project = contracts(
        "", {"signed_on": date(2025, 3, 1), "amount": 7}, {"signed_on": date(2025, 1, 1), "amount": 9}, {"amount": 1}
    )
    assert day_of(value(earliest(Contract, lambda c: c.signed_on), project)) == date(2025, 1, 1)
    assert day_of(value(last(Contract, lambda c: c.signed_on), project)) == date(2025, 3, 1)
    assert value(latest(Contract, lambda c: c.amount), project) == 1
    assert value(latest(Contract, lambda c: c.amount, lambda c: c.signed_on.present), project) == 9
    assert value(earliest(Contract, lambda c: c.signed_on, kind="main"), project) is None


def test_another_project_never_counts() -> None:
    other = contracts("", {"kind": "main", "amount": 5})
    mine = lay({"project": {"code": "HA-OTHER"}})
    assert truth(has(Contract, kind="main"), mine) is False
    assert value(total(Contract, lambda c: c.amount), other) == 5


def test_stages_and_facts_that_had_to_be_stated() -> None:
    project = contracts("")
    assert truth(reached(Stage.TRIAL), project) is True
    assert truth(reached(Stage.ACCEPTANCE), project) is False
    assert truth(unstated(here.budget), project) is True
    assert value(unstated(here.budget), project, open=True) is None
    assert truth(unstated(here.title), project, open=True) is False


def test_a_misspelt_column_is_found_when_the_rule_is_declared() -> None:
    with pytest.raises(Exception, match="warrenty"):
        has(Contract, lambda c: c.warrenty_months < 24)


# --- shares -----------------------------------------------------------------------------------------------------------

FIVE = 500  # per cent, in ten-thousandths
BIG = [Slot("part", "int"), Slot("whole", "int"), Slot("share", "int")]


@pytest.mark.parametrize(
    ("part", "whole", "below", "above"),
    [
        (5_000_000, 100_000_000, False, False),  # exactly 5 %
        (4_999_999, 100_000_000, True, False),  # one fen less
        (5_000_001, 100_000_000, False, True),
        (0, 0, False, False),
        (1, 0, False, True),
        (0, 1, True, False),
        (500_000_000_000, 10**13, False, False),  # the most that may be entered
        (499_999_999_999, 10**13, True, False),
        (10**13, 10**13, False, True),
    ],
)
def test_a_share_is_exact_to_the_fen(part: int, whole: int, below: bool, above: bool) -> None:
    slots = {"part": part, "whole": whole, "share": FIVE}
    assert truth(below_share(*BIG), **slots) is below
    assert truth(above_share(*BIG), **slots) is above


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**13), st.integers(0, 10**13), st.integers(0, 10_000))
def test_shares_compare_as_whole_numbers_do(part: int, whole: int, share: int) -> None:
    slots = {"part": part, "whole": whole, "share": share}
    assert truth(below_share(*BIG), **slots) is (part * 10_000 < whole * share)
    assert truth(above_share(*BIG), **slots) is (part * 10_000 > whole * share)


def test_a_share_is_shown_rounded_down() -> None:
    assert value(share_of(1, 3)) == 3333
    assert value(share_of(5, 0)) is None


# --- days -------------------------------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 600))
def test_months_end_where_the_law_says(start: date, months: int) -> None:
    found = value(months_after(Slot("start", "date"), Slot("months", "int")), start=start, months=months)
    assert day_of(found) == add_months(start, months)


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(-1000, 1000))
def test_days_are_counted_from_the_day_after(start: date, days: int) -> None:
    assert day_of(value(days_after(Slot("start", "date"), Slot("days", "int")), start=start, days=days)) == add_days(
        start, days
    )


def test_periods_from_columns_and_figures() -> None:
    project = contracts("", {"signed_on": date(2024, 2, 29), "warranty_months": 12})
    end = latest(Contract, lambda c: months_after(c.signed_on, c.warranty_months))
    assert day_of(value(end, project)) == date(2025, 2, 28)
    more = latest(Contract, lambda c: months_after(c.signed_on, c.warranty_months + 12))
    assert day_of(value(more, project)) == date(2026, 2, 28)
    least = latest(Contract, lambda c: months_after(c.signed_on, LAW.names.warranty_min_months.on(c.signed_on)))
    assert day_of(value(least, project)) == date(2026, 2, 28)
    assert value(months_after(NO_DAY, 1)) is None
    assert value(days_after(term(date(2025, 1, 1)), NO_NUMBER)) is None


def test_the_later_of_two_and_either() -> None:
    one, other = date(2025, 1, 2), date(2025, 1, 10)
    assert day_of(value(later_of(one, other))) == day_of(value(later_of(other, one))) == other
    assert value(later_of(one, NO_DAY)) is None
    assert truth(either(TRUTH[True], 1, 2) == 1) is True
    assert truth(either(TRUTH[None], 1, 2) == 2) is True  # what is unknown is not the case


# --- figures ----------------------------------------------------------------------------------------------------------

CHANGED = LAW.figures.with_(
    LAW.figures["warranty.min_months"].changed(date(2026, 1, 1), "36", "x").changed(date(2027, 1, 1), "48", "y"),
    LAW.figures["reaccept.mode"].changed(date(2026, 1, 1), "WITHIN", "x"),
)


@pytest.mark.parametrize(
    ("day", "months", "mode"),
    [
        (date(2001, 1, 1), 24, "NOT_BEFORE"),
        (date(2025, 12, 31), 24, "NOT_BEFORE"),
        (date(2026, 1, 1), 36, "WITHIN"),
        (date(2026, 12, 31), 36, "WITHIN"),
        (date(2027, 1, 1), 48, "WITHIN"),
    ],
)
def test_a_figure_as_it_stood_on_a_day(day: date, months: int, mode: str) -> None:
    at = LAW.names.warranty_min_months
    assert value(at.on(day), figures=CHANGED) == months
    assert value(at, figures=CHANGED, day=day) == months
    assert truth(LAW.names.reaccept_mode.on(day) == mode, figures=CHANGED) is True
    assert truth(the_day == day, day=day) is True


def test_a_figure_on_an_unknown_day_is_unknown_once_it_has_changed() -> None:
    assert value(LAW.names.warranty_min_months.on(NO_DAY)) == 24
    assert value(LAW.names.warranty_min_months.on(NO_DAY), figures=CHANGED) is None


def test_statements_depend_on_the_shape_of_figures_alone() -> None:
    again = LAW.figures.with_(LAW.figures["warranty.min_months"].fixed("36"))
    assert Shape(again) == Shape(LAW.figures)
    assert Shape(CHANGED) != Shape(LAW.figures)
    assert len({Shape(again), Shape(LAW.figures), Shape(CHANGED)}) == 2
