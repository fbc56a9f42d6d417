"""A portfolio at random, straight into the tables: nulls, extremes, gaps, ends of months, and the very words that rules ask for."""

import re
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from django.db.models import Field

from guicheng.judge.many import for_portfolio
from guicheng.judge.statement import Shape
from guicheng.law.fields import MOST_MONEY
from guicheng.ledger.models import Chain
from guicheng.portfolio.engines.shape import kept
from guicheng.records.project import Exemption, Explanation, Project
from guicheng.records.stage import Stage
from guicheng.regulations.base import regulation

LAW = regulation()
DAY = date(2026, 6, 1)
MONEY = (0, 1, 4999, 5000, 5001, 100_000, 10**8, 10**12, MOST_MONEY - 1, MOST_MONEY)
NUMBERS = (0, 1, 2, 3, 5, 7, 8, 12, 23, 24, 36, 600, 2025, 2026)
REFS = ("a", "b", "c", "HT-1")
EDGES = (date(2024, 2, 29), date(2025, 1, 31), date(2025, 8, 31), date(2000, 1, 1), date(2099, 12, 31), DAY)


@cache
def words() -> tuple[str, ...]:
    """Every word that some rule compares with, and some that none does: quotes, other alphabets, nothing."""
    texts = (for_portfolio(LAW.id, r, Shape(LAW.figures), "sqlite", True).sql for r in LAW.rules)
    found = {w.strip("%") for text in texts for w in re.findall(r"'([^']+)'", text)}
    return (*sorted(found), *REFS, "", "it's", "Ä\\n", "系统集成企业资质证书", "办公室")


def value(r: Random, field: "Field[Any, Any]") -> Any:
    """A value of a column's kind; often none where none is allowed."""
    if field.null and r.random() < 0.2:
        return None
    kind = field.get_internal_type()
    if kind == "DateField":
        return r.choice(EDGES) if r.random() < 0.4 else DAY + timedelta(days=r.randint(-900, 60))
    if kind == "BooleanField":
        return r.random() < 0.5
    if kind == "BigIntegerField":
        return r.choice(MONEY)
    if kind == "JSONField":
        return []
    return (
        r.choice(NUMBERS) if "Integer" in kind else r.choice(REFS if r.random() < 0.5 else words())[: field.max_length]
    )


def write(seed: int, projects: int) -> None:
    """Write so many projects, each with up to three rows in about half of the tables that rules read."""
    r = Random(seed)
    Chain.objects.get_or_create(code="bureau", defaults={"seq": 1, "head": "0" * 64})
    tables = [t.model for t in kept(LAW).tables]
    names = [t._meta.model_name for t in tables]
    gaps = lambda: r.choice(["", "", ",", f",{r.choice(names)},{r.choice(names)},"])  # noqa: E731
    book = [_project(r, f"HA-{seed % 1000}-{'零a_Z%'[i % 5]}{i}", gaps()) for i in range(projects)]
    Project.objects.bulk_create(book)
    for table in tables:
        rows = [_row(r, table, p, i) for p in book if r.random() < 0.5 for i in range(r.randint(1, 3))]
        table._default_manager.bulk_create(rows, batch_size=100)
    rules = list(LAW.rules)
    for table in (Exemption, Explanation):
        aside = [_row(r, table, p, 9) for p in book]
        for row in aside:
            row.rule = r.choice(rules)
        table._default_manager.bulk_create(aside, batch_size=100)


def _project(r: Random, code: str, gaps: str) -> Project:
    """Without a note of which tables hold rows of it: no act wrote them."""
    left_out = ("id", "holds", "noted_at")
    fields = {f.attname: value(r, f) for f in Project._meta.concrete_fields if f.name not in left_out}
    stage = r.choice(list(Stage))
    return Project(**fields | {"code": code, "gaps": gaps, "edition": "2023-04-19", "stage": stage, "furthest": stage})


def _row(r: Random, table: Any, project: Project, number: int) -> Any:
    fields = {f.attname: value(r, f) for f in table._meta.concrete_fields if f.name not in ("id", "project")}
    ref = REFS[number] if number < len(REFS) else f"r{number}"
    return table(**fields | {"project": project, "ref": ref, "seq": r.randint(1, 4)})
