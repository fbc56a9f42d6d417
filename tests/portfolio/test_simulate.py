"""Simulation: who would newly breach and who be cured under other figures, equal to the difference of two audits."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from guicheng.judge.edition import forget_figures
from guicheng.judge.uses import figures_used
from guicheng.law.figures import Figure
from guicheng.portfolio.findings import Found
from guicheng.portfolio.simulate import NoSuchFigure, simulate
from guicheng.portfolio.sweep import sweep
from guicheng.records.procurement import Contract
from guicheng.records.project import Exemption
from tests.engines.random_book import write
from tests.test_portfolio import DAY, LAW, WARRANTY, later_edition, project, released

pytestmark = pytest.mark.django_db


def test_who_would_newly_breach_and_who_be_cured() -> None:
    project("HA-A", 12, unit="wcs")
    project("HA-B", 24, unit="wcs", budget=5_000_000)
    project("HA-C", 36, unit="xxzx")
    stricter = simulate([("warranty.min_months", "30")], DAY).as_json()
    assert [r["project"] for r in stricter["newly"]] == ["HA-B"]
    assert stricter["cured"] == []
    assert WARRANTY in stricter["rules_affected"]
    assert {"unit": "wcs", "newly": 1, "cured": 0, "newly_budget": 5_000_000, "cured_budget": 0} in stricter["by_unit"]
    assert stricter["by_clause"][0]["clause"] == "第十四条"
    milder = simulate([("warranty.min_months", "12")], DAY).as_json()
    assert [(r["project"], r["facts"]["months"]) for r in milder["cured"]] == [("HA-A", 12)]
    assert milder["newly"] == []


def test_a_figure_as_it_is_changes_nothing() -> None:
    project("HA-A", 12)
    same = simulate([("warranty.min_months", "24")], DAY)
    assert (same.newly, same.cured) == ([], [])


def lower_and_higher(figure: Figure) -> list[str]:
    """Two values of a figure, as they are written."""
    now = figure.timeline[0].value
    if isinstance(now, str):
        return [c for c in figure.choices if c != now]
    return [str(Decimal(n) / (10_000 if figure.unit == "ratio" else 1)) for n in (now // 2, now * 2 + 1)]


def test_it_is_the_difference_of_two_full_audits() -> None:
    """Projects at random, with gaps and without, under a lower and a higher value of every figure that changes verdicts."""
    write(12, 60)
    seen = set()
    for figure in LAW.figures:
        rules = [r for r in LAW.rules.values() if figure.name in figures_used(r, LAW.figures)]
        before = breached(sweep(LAW, DAY, rules))
        for value in lower_and_higher(figure) if rules else ():
            simulated = simulate([(figure.name, value)], DAY)
            after = breached(sweep(LAW, DAY, rules, (figure.fixed(value, bounds=False),)))
            newly, cured = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
            assert [(r["project"], r["rule"], r["facts"]) for r in simulated.newly] == [(*k, after[k]) for k in newly]
            assert [(r["project"], r["rule"], r["facts"]) for r in simulated.cured] == [(*k, before[k]) for k in cured]
            seen |= {"newly"} if newly else set()
            seen |= {"cured"} if cured else set()
    assert seen == {"newly", "cured"}


def breached(found: Iterable[Found]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(f.project, f.rule): f.facts for f in found if f.verdict == "breached"}


def test_an_exempted_breach_is_not_newly_one() -> None:
    rule = next(r for r in LAW.rules.values() if r.force == "exemptable")
    of = project("HA-A", 24)
    released(Exemption, rule.id, of, None)
    assert not [r for r in simulate([("warranty.min_months", "36")], DAY).newly if r["rule"] == rule.id]


@pytest.mark.parametrize(("value", "beyond"), [("23", "下限 24个月"), ("24", None), ("600", None)])
def test_a_simulation_beyond_the_floor_says_so(value: str, beyond: str | None) -> None:
    said = simulate([("warranty.min_months", value)], DAY).sets["warranty.min_months"]
    assert (said["from"], said["to"]) == ("24个月", f"{value}个月")
    assert (beyond or "") in said.get("beyond", "")
    assert ("beyond" in said) == (beyond is not None)


def test_a_simulation_beyond_the_ceiling_says_so() -> None:
    said = simulate([("change.max_ratio", "0.2")], DAY).sets["change.max_ratio"]
    assert (said["from"], said["to"]) == ("10%", "20%")
    assert "高于法定上限 10%" in said["beyond"]


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("no.such", "1", "没有叫"),
        ("warranty.min_months", "two", "不是数字"),
        ("warranty.min_months", "1.5", "整数"),
        ("warranty.min_months", "NaN", "不是"),
        ("warranty.min_months", "1e400", "不是数字"),
        ("warranty.min_months", "9" * 30, "不是数字"),
        ("reaccept.mode", "SOMETIMES", "只能是"),
    ],
)
def test_an_unknown_figure_or_value_is_one_sentence(name: str, value: str, word: str) -> None:
    with pytest.raises(NoSuchFigure, match=word):
        simulate([(name, value)], DAY)


def test_figures_used_are_those_that_change_verdicts() -> None:
    assert figures_used(LAW.rules[WARRANTY], LAW.figures) == ("warranty.min_months",)
    assert sum(bool(figures_used(r, LAW.figures)) for r in LAW.rules.values()) > 10


def test_a_simulated_figure_holds_on_every_day_and_in_every_edition() -> None:
    later_edition()
    project("HA-OLD", 20)
    project("HA-NEW", 20, edition="2026-01-01")
    changed = replace(LAW.figures["warranty.min_months"].fixed("12", bounds=False))
    assert [f.project for f in sweep(LAW, DAY, [LAW.rules[WARRANTY]])] == ["HA-NEW", "HA-OLD"]
    assert list(sweep(LAW, DAY, [LAW.rules[WARRANTY]], (changed,))) == []
    assert Contract.objects.count() == 2
    forget_figures()
