"""Audit: the same verdicts for all as for one, and the promised document."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from guicheng.judge.edition import forget_figures
from guicheng.judge.many import for_portfolio
from guicheng.judge.shared import parts
from guicheng.judge.statement import Shape, for_facts
from guicheng.judge.verdict import findings
from guicheng.ledger.models import Chain
from guicheng.portfolio.audit import NoSuchProject, audit
from guicheng.portfolio.simulate import simulate
from guicheng.portfolio.sweep import figures_now, one_moment
from guicheng.records.bureau import EditionOf
from guicheng.records.project import Exemption, Explanation, Project
from guicheng.regulations.base import regulation
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
