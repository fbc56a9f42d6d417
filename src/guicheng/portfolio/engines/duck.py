"""The rules on DuckDB, in this process, over the kept columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from guicheng.judge.many import HEAD
from guicheng.judge.statement import GAPPED, KEPT, Statement
from guicheng.portfolio.engines.shape import Kept

AT_ONCE = 10_000
"""Rows of an answer that are taken over at a time."""


class Duck:
    """Answers portfolio statements. The columns are read once; every rule then finds them in memory."""

    dialect = "duckdb"

    def __init__(self, base: duckdb.DuckDBPyConnection):
        self.base = base

    def rows(self, statement: Statement, **values: Any) -> Iterator[tuple[Any, ...]]:
        """Run it. The facts come as one structure, or as nothing where no row is in breach."""
        names = statement.columns[len(HEAD) :]
        found = self.base.execute(statement.sql, statement.bound(values))
        while some := found.fetchmany(AT_ONCE):
            for code, verdict, facts in some:
                yield code, verdict, 0, 0, *((facts or {}).get(n) for n in names)


@contextmanager
def duck(files: list[Path], shape: Kept, only: str | None = None) -> Iterator[Duck]:
    """DuckDB over these files, or over one project in them."""
    with duckdb.connect() as base:
        base.register("none", shape.schema.empty_table())
        read = f"SELECT * FROM read_parquet([{', '.join(map(_quoted, files))}])" if files else "SELECT * FROM none"
        where = "" if only is None else f" WHERE code = {_quoted(only)}"
        base.execute(f"CREATE TABLE {KEPT} AS {read}{where}")
        base.execute(f"CREATE TABLE {GAPPED} AS SELECT * FROM {KEPT} WHERE gaps <> ''")
        yield Duck(base)


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
