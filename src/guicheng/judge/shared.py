"""Every rule over one project with as few scans as there are tables: rules over the same table share one reading of it.

A rule that asks for a record of a table is false while a project has none there (and no gap is known): the project's own
row tells which tables hold rows of it, and the statements over the others need not run. The verdicts are those of the
portfolio's statements, rule by rule, and tests hold them equal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from guicheng.judge.statement import Shape, Statement, of_one, one_project, run
from guicheng.law.terms import Render, Term
from guicheng.law.words import Has, stands_on
from guicheng.records.project import Project
from guicheng.records.tables import looked_up
from guicheng.regulations.base import regulation

Pairs = list[tuple[str, Term]]


@dataclass(frozen=True)
class Part:
    """The rules that stand on one table, as one statement; on none: a statement that always runs."""

    table: Any
    statement: Statement

    def can_find(self, holds: str, gaps: str) -> bool:
        """False only when every rule of this part is kept: no row, and no gap that would make it unknown."""
        return self.table is None or self.named in holds or self.named in gaps

    @cached_property
    def named(self) -> str:
        """This table as a project's `holds` and `gaps` name it."""
        return f",{self.table._meta.model_name},"


@lru_cache(maxsize=64)
def parts(regulation_id: str, shape: Shape, dialect: str, open: bool) -> tuple[Part, ...]:
    """All rules of the regulation, each in exactly one part."""
    conditions = [(id, rule.condition()) for id, rule in regulation(regulation_id).rules.items()]
    by_table: dict[Any, Pairs] = {}
    for id, condition in conditions:
        by_table.setdefault(stands_on(condition), []).append((id, condition))
    return tuple(
        Part(table, statement)
        for table, pairs in by_table.items()
        for statement in _statements(table, pairs, lambda: one_project(shape, dialect, open))
    )


def _statements(table: Any, pairs: Pairs, new: Callable[[], Render]) -> Iterator[Statement]:
    """What says no more than "some record is so" shares one reading of the table; the rest stays as it is."""
    r = new()
    shared = [(id, c) for id, c in pairs if isinstance(c, Has) and not r.open]
    alone = [(id, c) for id, c in pairs if not isinstance(c, Has) or r.open]
    if shared:
        alias = r.alias()
        columns = ", ".join(c.gathered(r, alias) for _, c in shared)
        rows = f"LEFT JOIN {table._meta.db_table} {alias} ON {alias}.project_id = {r.key}"
        sql = f"SELECT {columns} FROM {Project._meta.db_table} p {rows} WHERE p.id = {r.key}"
        yield Statement(sql, frozenset(r.slots), tuple(id for id, _ in shared))
    if alone:
        yield of_one(alone, new())


@lru_cache(maxsize=4096)
def asking(regulation_id: str, shape: Shape, dialect: str, holds: str, gaps: str) -> tuple[Statement, ...]:
    """The statements to run for a project with rows in these tables. Projects are alike: few combinations occur often."""
    return tuple(p.statement for p in parts(regulation_id, shape, dialect, bool(gaps)) if p.can_find(holds, gaps))


def verdicts(
    regulation_id: str, shape: Shape, dialect: str, project: Project, values: dict[str, Any]
) -> dict[str, bool | None]:
    """Of the rules that are not simply kept: true for one that is breached, None for one that is unknown."""
    holds = looked_up(project) if project.noted is None else project.noted
    found = run(asked := asking(regulation_id, shape, dialect, holds, project.gaps.lower()), values)
    return {
        id: v
        for s, (row,) in zip(asked, found, strict=True)
        if row.count(0) < len(row)
        for id, v in zip(s.columns, row, strict=True)
        if v != 0
    }
