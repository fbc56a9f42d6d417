"""Every case of every article, judged by the statement that the door runs."""

from typing import Any

import pytest

from tests.support.cases import all_cases, outcome_of, verdict_of

RULES = [c for c in all_cases() if "rule" in c]
ACTS = [c for c in all_cases() if "act" in c]


@pytest.mark.django_db
@pytest.mark.parametrize("case", RULES, ids=lambda c: f"{c['rule']}: {c['name']}")
def test_rule(case: dict[str, Any]) -> None:
    finding = verdict_of(case)
    assert finding.verdict == case["then"], finding.says or finding.facts
    for name, value in (case.get("facts") or {}).items():
        assert finding.facts[name] == (value.isoformat() if hasattr(value, "isoformat") else value)
    if finding.verdict == "breached" and finding.rule.says:
        assert "{" not in finding.says
        assert "未知" not in finding.says


@pytest.mark.django_db
@pytest.mark.parametrize("case", ACTS, ids=lambda c: f"{c['act']}: {c['name']}")
def test_act(case: dict[str, Any]) -> None:
    """`then` is a word (accepted), or a word with its reason: {refused: rule}, {invalid: field}, {denied: by}."""
    outcome = outcome_of(case)
    word, reason = next(iter(case["then"].items())) if isinstance(case["then"], dict) else (case["then"], None)
    assert outcome.outcome == word, outcome.as_json()
    if word == "refused" and reason:
        assert f"{case['regulation']}:{reason}" in [b["rule"] for b in outcome.breaches], outcome.as_json()
    if word in ("invalid", "denied") and reason:
        assert reason in outcome.errors, outcome.errors
