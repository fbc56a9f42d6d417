"""The cost of each rule: every rule is there, the dearest first, with its tables and plan; an empty database is one sentence."""

from datetime import date

import pytest
from django.db import connection

from guicheng.bench.plans import ways
from guicheng.bench.rules import NothingHere, costs
from guicheng.judge.statement import Statement
from guicheng.judge.uses import columns_read
from guicheng.portfolio.audit import audit
from guicheng.regulations.base import regulation
from tests.engines.random_book import write
from tests.support.door import everything

LAW, DAY = regulation(), date(2026, 6, 1)
pytestmark = pytest.mark.django_db


def test_every_rule_has_its_cost_and_its_plan() -> None:
    write(3, 12)
    before = everything()
    told: list[tuple[int, int]] = []
    document = costs(LAW, DAY, tick=lambda done, of: told.append((done, of))).as_json()
    assert everything() == before
    assert told[-1] == (len(LAW.rules), len(LAW.rules))
    assert {r["rule"] for r in document["rules"]} == set(LAW.rules)
    book = [r["portfolio_ms"] for r in document["rules"]]
    assert book == sorted(book, reverse=True)
    found = audit(DAY).found.numbers
    for one in document["rules"]:
        rule = LAW.rules[one["rule"]]
        assert one["door_ms"] > 0 < one["scan_ms"]
        assert one["found"] == sum(n for (r, _), n in found.items() if r == rule.id)
        reads = {str(m._meta.model_name) for m in columns_read([rule], LAW.figures)} | {"project"}
        assert set(one["portfolio_plan"]) <= reads
        assert set(one["portfolio_plan"]) >= {str(rule.over._meta.model_name) if rule.over else "project"}
    assert document["rows"]["project"] == document["projects"] == 12


def test_a_scan_is_told_from_an_index() -> None:
    write(3, 4)
    whole = Statement("SELECT COUNT(*) FROM records_contract r1 WHERE r1.amount > 1", frozenset(), ("whole",))
    assert ways(whole, {}) == {"contract": ("scan",)}
    if connection.vendor == "postgresql":  # which scans what fits into a page
        connection.cursor().execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    one = Statement("SELECT 1 FROM records_project p WHERE p.id = 1", frozenset(), ("one",))
    assert ways(one, {}) == {"project": ("key",)}
    few = Statement(
        "SELECT r1.amount FROM records_contract r1 WHERE r1.project_id = 1 AND r1.seq > 1", frozenset(), ("few",)
    )
    assert ways(few, {}) == {"contract": ("contract_seq",)}


@pytest.mark.parametrize(("code", "word"), [(None, "还没有项目"), ("HA-NONE", "没有编号为 HA-NONE 的项目")])
def test_nothing_to_measure_on_is_one_sentence(code: str | None, word: str) -> None:
    with pytest.raises(NothingHere, match=word):
        costs(LAW, DAY, code)
