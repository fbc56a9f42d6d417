"""Spark finds what the database finds. Skipped where pyspark or Java is absent, unless GUICHENG_NEED_SPARK=1 asks for it.

Spark takes seconds to read a statement, however small the portfolio: without being asked, one rule in twelve is compared."""

import os
from datetime import date
from pathlib import Path

import pytest

from guicheng.portfolio.audit import audit
from guicheng.portfolio.engines.choose import NoEngine, opened, ready
from guicheng.portfolio.sweep import sweep
from guicheng.regulations.base import regulation
from tests.engines import random_book
from tests.engines.test_same import same

LAW, DAY = regulation(), date(2026, 6, 1)
NEEDED = os.environ.get("GUICHENG_NEED_SPARK") == "1"
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(autouse=True)
def _spark() -> None:
    try:
        ready("spark")
    except NoEngine as lacking:
        if NEEDED:
            raise
        pytest.skip(str(lacking))


def test_one_rule_in_twelve_on_a_portfolio_at_random(tmp_path: Path) -> None:
    random_book.write(7, 60)
    rules = list(LAW.rules.values())[::12]
    with opened("spark", LAW, folder=tmp_path) as source:
        theirs = list(sweep(LAW, DAY, rules, source=source))
    ours = list(sweep(LAW, DAY, rules))
    assert theirs == ours
    assert {f.verdict for f in ours} >= {"breached", "unknown"}


@pytest.mark.skipif(not NEEDED, reason="全部规则在 Spark 上的比较要几分钟：GUICHENG_NEED_SPARK=1 时才做")
def test_every_rule_on_a_portfolio_at_random(tmp_path: Path) -> None:
    random_book.write(8, 60)
    assert same("spark", tmp_path) >= {"breached", "unknown"}
    alone = audit(DAY, "HA-8-零0", engine="spark", columns=tmp_path)
    assert list(alone.found) == list(audit(DAY, "HA-8-零0").found)
