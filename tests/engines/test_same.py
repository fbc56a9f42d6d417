"""The same findings in the same order on every engine, byte for byte: on every case of every article, and at random."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guicheng.portfolio.audit import audit
from guicheng.portfolio.engines.choose import NoEngine, ready
from tests.engines import random_book
from tests.support.cases import lay
from tests.test_portfolio import laid_cases

DAY = date(2026, 6, 1)
pytestmark = pytest.mark.django_db
ENGINES = ["duckdb"]


def same(engine: str, folder: Path, day: date = DAY) -> set[str]:
    """Hold an engine's document against the database's; answers which verdicts there were."""
    ours, theirs = audit(day).as_json(), audit(day, engine=engine, columns=folder).as_json()
    assert theirs.pop("engine") == engine
    assert ours.pop("engine") == "database"
    assert json.dumps(theirs, ensure_ascii=False) == json.dumps(ours, ensure_ascii=False)
    return {f["verdict"] for f in ours["findings"]}


@pytest.mark.parametrize("engine", ENGINES)
def test_every_case_of_every_article(tmp_path: Path, engine: str) -> None:
    for case in laid_cases():
        lay(case)
    assert same(engine, tmp_path) == {"breached", "unknown", "exempted"}


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9), day=st.sampled_from([DAY, date(2024, 2, 29), date(2099, 12, 31)]))
def test_portfolios_at_random(tmp_path: Path, seed: int, day: date) -> None:
    with transaction.atomic():
        random_book.write(seed, 60)
        assert same("duckdb", tmp_path / str(seed), day) >= {"breached", "unknown"}
        transaction.set_rollback(True)


def test_an_unknown_engine_is_one_sentence() -> None:
    with pytest.raises(NoEngine, match="没有引擎 abacus"):
        ready("abacus")


def test_what_an_engine_lacks_is_named_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guicheng.portfolio.engines.choose.find_spec", lambda name: None)
    with pytest.raises(NoEngine, match=r"缺 duckdb、pyarrow：.*pip install 'guicheng\[duckdb\]'"):
        ready("duckdb")
