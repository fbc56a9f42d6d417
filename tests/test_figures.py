"""Figures: exact, dated, bounded; floats refused; editions and interpretations from a day on."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guicheng.judge.edition import figures_of
from guicheng.law.figures import BadFigure, Dated, Figures, exact, read_figures, spoken
from guicheng.law.terms import Constant
from guicheng.ledger.append import lock
from guicheng.regulations.base import regulation
from tests.support.door import bureau_act, found_bureau, hire

LAW = regulation()
START = date(2023, 4, 19)
CHANGE = date(2026, 1, 1)
EVE = CHANGE - timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("0.05", "ratio", 500), ("0.0001", "ratio", 1), ("1", "ratio", 10_000), ("0.10", "ratio", 1000), ("24", "months", 24),
        ("0", "days", 0), ("-1", "count", -1), ("3.0", "months", 3), ("WITHIN", "mode", "WITHIN"), ("300000000", "fen", 300_000_000),
    ],
)  # fmt: skip
def test_text_becomes_an_exact_number(text: str, unit: str, value: int | str) -> None:
    assert exact(text, unit) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e99999999",
        "0x10",
        "１２",
        "1_000",
        " 3",
        "3 ",
        "1,5",
        "9" * 400,
        "3.5",
        "0.00001",
    ],
)
def test_what_is_not_an_exact_number_is_refused(text: str) -> None:
    with pytest.raises(BadFigure):
        exact(text, "months")


def test_a_ratio_is_exact_to_a_ten_thousandth() -> None:
    with pytest.raises(BadFigure, match="万分之一"):
        exact("0.00005", "ratio")


@given(st.integers(-(10**6), 10**6))
def test_ratios_come_back_as_they_were_written(n: int) -> None:
    assert exact(f"{'-' if n < 0 else ''}{abs(n) // 10_000}.{abs(n) % 10_000:04}", "ratio") == n


def test_figures_are_said_as_people_say_them() -> None:
    assert (spoken(500, "ratio"), spoken(1, "ratio"), spoken(24, "months")) == ("5%", "0.01%", "24个月")
    assert (spoken(10_000, "ratio"), spoken("WITHIN", "mode")) == ("100%", "WITHIN")


@pytest.mark.parametrize(
    ("name", "at", "beyond"),
    [
        ("warranty.min_months", "24", "23"),
        ("trial.software_months", "3", "2"),
        ("trial.hardware_months", "1", "0"),
        ("security.min_ratio", "0.05", "0.0499"),
        ("change.max_ratio", "0.1", "0.1001"),
        ("reaccept.mode", "WITHIN", "SOMETIME"),
    ],
)
def test_the_law_is_a_floor_or_a_ceiling(name: str, at: str, beyond: str) -> None:
    figure = LAW.figures[name]
    assert figure.checked(at) is not None
    with pytest.raises(BadFigure, match=figure.title):
        figure.checked(beyond)
    with pytest.raises(BadFigure):
        figure.changed(CHANGE, beyond, "x")
    with pytest.raises(BadFigure):
        figure.fixed(beyond)
    assert figure.fixed(beyond, bounds=False) if name != "reaccept.mode" else True


def test_a_change_counts_from_its_day_on() -> None:
    figure = LAW.figures["warranty.min_months"].changed(CHANGE, "36", "解释1号")
    assert (figure.on(EVE), figure.on(CHANGE), figure.on(date(2099, 1, 1))) == (24, 36, 36)
    assert figure.on(date(2001, 1, 1)) == 24  # the first value also holds before its own start
    assert figure.changed(CHANGE, "30", "解释2号").timeline[1:] == (Dated(CHANGE, 30, "解释2号"),)
    between = figure.changed(date(2025, 1, 1), "30", "解释3号")
    assert [d.value for d in between.timeline] == [24, 30, 36]


def test_an_unknown_figure_is_named_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"warranty\.max"):
        LAW.figures["warranty.max"]
    with pytest.raises(AttributeError, match="warranty_max"):
        LAW.names.warranty_max  # noqa: B018  # looking is the test


@pytest.mark.parametrize("value", ["0.05", "5", "[1]"])
def test_a_value_without_quotation_marks_is_refused(tmp_path: Path, value: str) -> None:
    words = f"x.y: {{title: 例, article: 1, unit: ratio, source: s, values: [{{from: 2023-04-19, value: {value}}}]}}"
    (tmp_path / "p.yaml").write_text(words, encoding="utf8")
    with pytest.raises(BadFigure, match="加引号"):
        read_figures(tmp_path / "p.yaml")


def test_floats_are_refused_in_rules() -> None:
    with pytest.raises(TypeError, match="浮点"):
        Constant(0.05)  # type: ignore[arg-type]  # that is the test


def test_every_period_of_a_figure_has_its_slots() -> None:
    figure = LAW.figures["warranty.min_months"].changed(CHANGE, "36", "x")
    figures = LAW.figures.with_(figure)
    bound: dict[str, Any] = figures.bound
    assert (bound["warranty_min_months_0"], bound["warranty_min_months_1"]) == (24, 36)
    assert bound["warranty_min_months_1_from"] == CHANGE
    assert figures.shape != LAW.figures.shape
    assert LAW.figures.periods("warranty.min_months") == 1  # the old ones are as they were
    assert Figures([replace(figure)]).kind("warranty.min_months") == "int"
    assert LAW.figures.kind("reaccept.mode") == "text"


def now(edition: str = "2023-04-19") -> Figures:
    return figures_of(LAW, edition, lock("bureau", wait=False).seq)


@pytest.fixture
def office(db: None) -> None:
    found_bureau()
    hire("wang.xin", "cyber-office")


def interpret(ref: str, starts: str, **sets: str) -> None:
    bureau_act(
        "interpret", "wang.xin", date(2025, 1, 2), ref=ref, title="解释", article=14, text="正文", starts=starts,
        sets={k.replace("__", "."): v for k, v in sets.items()},
    )  # fmt: skip


def test_an_interpretation_switches_a_reading_from_its_day_on(office: None) -> None:
    before = now()
    interpret("解1", "2026-01-01", reaccept__mode="WITHIN", warranty__min_months="36")
    after = now()
    assert (before["reaccept.mode"].on(CHANGE), before["warranty.min_months"].on(CHANGE)) == ("NOT_BEFORE", 24)
    assert (after["reaccept.mode"].on(EVE), after["reaccept.mode"].on(CHANGE)) == ("NOT_BEFORE", "WITHIN")
    assert (after["warranty.min_months"].on(EVE), after["warranty.min_months"].on(CHANGE)) == (24, 36)
    assert after["warranty.min_months"].timeline[-1].source == "解1"


def test_the_later_of_two_interpretations_of_one_day_holds(office: None) -> None:
    interpret("解1", "2026-01-01", warranty__min_months="36")
    interpret("解2", "2026-01-01", warranty__min_months="30")
    assert now()["warranty.min_months"].on(CHANGE) == 30


def test_what_was_known_at_an_earlier_moment_can_still_be_asked(office: None) -> None:
    seq = lock("bureau", wait=False).seq
    interpret("解1", "2024-01-01", warranty__min_months="36")
    assert figures_of(LAW, "2023-04-19", seq)["warranty.min_months"].on(CHANGE) == 24
    assert now()["warranty.min_months"].on(CHANGE) == 36


def test_an_edition_has_its_own_figures_and_the_first_keeps_its_own(office: None) -> None:
    bureau_act(
        "publish-edition", "wang.xin", date(2025, 1, 2), ref="2026-01-01", number="淮审批发〔2026〕1号", title="管理办法",
        starts="2026-01-01", figures={"warranty.min_months": "36"},
    )  # fmt: skip
    assert now("2026-01-01")["warranty.min_months"].on(START) == 36
    assert now()["warranty.min_months"].on(CHANGE) == 24
