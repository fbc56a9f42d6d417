"""Audit and simulation: the same verdicts for all as for one, the promised document, and what other figures would change."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from guicheng.judge.edition import forget_figures
from guicheng.judge.many import for_portfolio
from guicheng.judge.shared import parts
from guicheng.judge.statement import Shape, for_facts
from guicheng.judge.uses import figures_used
from guicheng.judge.verdict import findings
from guicheng.law.figures import Figure
from guicheng.ledger.models import Chain
from guicheng.portfolio.audit import NoSuchProject, audit
from guicheng.portfolio.findings import Found
from guicheng.portfolio.simulate import NoSuchFigure, simulate
from guicheng.portfolio.sweep import figures_now, one_moment, sweep
from guicheng.records.bureau import EditionOf
from guicheng.records.procurement import Contract
from guicheng.records.project import Exemption, Explanation, Project
from guicheng.regulations.base import regulation
from tests.engines.random_book import write
from tests.support.cases import all_cases, lay
from tests.support.door import everything

LAW = regulation()
DAY = date(2026, 6, 1)
WARRANTY = "huaian2023:14.warranty-too-short"
pytestmark = pytest.mark.django_db


def project(code: str, months: int | None, **about: Any) -> Project:
    """A project with one main contract of so many months' warranty, signed on the case day."""
    contract = {"kind": "main", "warranty_months": months, "signed_on": date(2025, 6, 1), "ref": f"HT-{code}"}
    return lay({"project": {"code": code, "budget": 100_000_000} | about, "records": {"contract": [contract]}})


def found(document: dict[str, Any], rule: str = WARRANTY) -> list[tuple[str, str]]:
    return [(f["project"], f["verdict"]) for f in document["findings"] if f["rule"] == rule]


# --- audit -------------------------------------------------------------------------------------------------------------


def test_the_document_is_as_promised() -> None:
    project("HA-B", 23)
    project("HA-A", 12)
    project("HA-C", 24)
    document = audit(DAY).as_json()
    assert list(document) == ["regulation", "edition", "as_of", "projects", "engine", "rules", "findings"]
    assert (document["regulation"], document["edition"], document["as_of"]) == (
        "huaian2023",
        "2023-04-19",
        "2026-06-01",
    )
    assert (document["projects"], document["engine"]) == (3, "database")
    assert [r["rule"] for r in document["rules"]] == list(LAW.rules)
    assert all(list(r) == ["rule", "clause", "breached", "unknown", "exempted"] for r in document["rules"])
    assert next(r for r in document["rules"] if r["rule"] == WARRANTY)["breached"] == 2
    assert all(list(f) == ["project", "rule", "verdict", "facts"] for f in document["findings"])
    assert found(document) == [("HA-A", "breached"), ("HA-B", "breached")]
    assert document["findings"] == sorted(document["findings"], key=lambda f: (f["project"], f["rule"]))
    facts = next(f["facts"] for f in document["findings"] if f["rule"] == WARRANTY)
    assert facts == {"contract": "HT-HA-A", "months": 12, "least": 24}


def test_gaps_make_a_verdict_unknown_never_kept() -> None:
    project("HA-A", None, gaps=",")
    project("HA-B", None)
    project("HA-C", 12, gaps=",contract,")
    assert found(audit(DAY).as_json()) == [("HA-A", "unknown"), ("HA-C", "breached")]


def released(table: Any, rule: str, of: Project, until: date | None) -> None:
    table.objects.create(
        project=of, rule=rule, until=until, seq=90, ref="90", day=DAY, by="x", role="cyber-office", reason="理由"
    )


@pytest.mark.parametrize(("until", "word"), [(None, "exempted"), (DAY, "exempted"), (date(2026, 5, 31), "breached")])
def test_an_exemption_sets_aside_until_its_last_day_and_only_what_may_be_exempted(
    until: date | None, word: str
) -> None:
    case = next(
        c for c in all_cases()
        if c.get("then") == "breached" and "rule" in c and LAW.rules[f"{c['regulation']}:{c['rule']}"].force == "exemptable"
        and not c.get("figures") and c.get("day", DAY) <= DAY
    )  # fmt: skip
    rule = f"{case['regulation']}:{case['rule']}"
    of = lay(case)
    project("HA-HARD", 12)
    before = found(audit(DAY).as_json(), rule)
    assert (of.code, "breached") in before
    released(Exemption, rule, of, until)
    released(Explanation, rule, Project.objects.get(code="HA-HARD"), None)
    released(Exemption, WARRANTY, Project.objects.get(code="HA-HARD"), None)
    document = audit(DAY).as_json()
    assert (of.code, word) in found(document, rule)
    assert found(document) == [("HA-HARD", "breached")]


def laid_cases() -> list[dict[str, Any]]:
    """Every case of every rule that stands on the figures as they are, as a project of its own."""
    fit = [c for c in all_cases() if "rule" in c and not c.get("figures") and not bureau_rows(c)]
    return [c | {"project": dict(c.get("project") or {}) | {"code": f"HA-{i}"}} for i, c in enumerate(fit)]


def bureau_rows(case: dict[str, Any]) -> bool:
    from django.apps import apps

    from guicheng.records.base import Record

    tables = case.get("records") or {}
    return case.get("posts") is not None or not all(issubclass(apps.get_model("records", t), Record) for t in tables)


def test_all_at_once_and_one_by_one_find_the_same() -> None:
    """Every case of every article in one portfolio: the statement of the audit against the statement of the door."""
    for case in laid_cases():
        lay(case)
    whole = audit(DAY)
    assert whole.projects > 300
    one_by_one = [
        (p.code, f.rule.id, f.verdict, f.facts)
        for p in Project.objects.all()
        for f in findings(LAW, p, DAY, figures_now(LAW, p.edition))
    ]
    together = [(f.project, f.rule, f.verdict, f.facts) for f in whole.found]
    assert together == sorted(one_by_one, key=lambda f: f[:2])
    assert {f.verdict for f in whole.found} == {"breached", "unknown", "exempted"}


def test_one_project_alone_is_found_as_among_all() -> None:
    project("HA-A", 12)
    project("HA-B", 12)
    alone, among = audit(DAY, "HA-B"), audit(DAY)
    assert alone.projects == 1
    assert list(alone.found) == [f for f in among.found if f.project == "HA-B"]
    with pytest.raises(NoSuchProject, match="HA-NONE"):
        audit(DAY, "HA-NONE")


def test_every_rule_can_be_asked_of_all_and_of_one_with_gaps_and_without() -> None:
    """SQLite reads only so many nested brackets: a rule that grows too deep shows here, not on some bureau's history."""
    figures = figures_now(LAW, "2023-04-19")
    values = {"edition": "2023-04-19", "day": DAY, "project": 0, **figures.bound}
    for gaps in (False, True):
        asked = parts(LAW.id, Shape(figures), connection.vendor, gaps)
        assert sorted(id for part in asked for id in part.statement.columns) == sorted(LAW.rules)
        for part in asked:
            assert len(part.statement.rows(**values)) <= 1
        for rule in LAW.rules:
            assert for_portfolio(LAW.id, rule, Shape(figures), connection.vendor, gaps).rows(**values) == []
            facts = for_facts(LAW.id, rule, Shape(figures), connection.vendor, gaps)
            assert facts is None or facts.rows(**values) == []


def later_edition() -> None:
    """From 2026 on, 36 months of warranty."""
    EditionOf.objects.create(
        ref="2026-01-01",
        starts=date(2026, 1, 1),
        figures={"warranty.min_months": "36"},
        seq=1,
        day=DAY,
        by="x",
        role="x",
    )
    Chain.objects.create(code="bureau", seq=1, head="0" * 64)
    forget_figures()


def test_each_edition_is_judged_under_its_own_figures() -> None:
    later_edition()
    project("HA-OLD", 30)
    project("HA-NEW", 30, edition="2026-01-01")
    document = audit(DAY).as_json()
    assert found(document) == [("HA-NEW", "breached")]
    assert document["edition"] == "2026-01-01"
    forget_figures()


def test_an_audit_changes_nothing() -> None:
    project("HA-A", 12)
    picture = everything()
    audit(DAY)
    simulate([("warranty.min_months", "30")], DAY)
    assert everything() == picture


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    audit(DAY, tick=lambda done, of: told.append((done, of)))
    assert told[-1] == (len(LAW.rules), len(LAW.rules))


def test_one_moment_inside_a_transaction_is_that_transaction() -> None:
    with one_moment():
        assert Project.objects.count() == 0


# --- simulation --------------------------------------------------------------------------------------------------------


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
