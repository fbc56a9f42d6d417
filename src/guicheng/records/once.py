"""A query written for Django and compiled once: what a page asks every time costs no planning in Python after the first time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models

from guicheng.people.wire import dialect

M = TypeVar("M", bound=models.Model)
Value = str | date


@dataclass(frozen=True)
class _Compiled:
    """The statement; where each of its values comes from: the number of a mark, or the value itself; what its columns are."""

    sql: str
    values: list[tuple[int | None, Any]]
    fields: list[str]
    annotated: list[str]
    converted: dict[int, Any]

    def rows(self, model: type[M], values: tuple[Any, ...]) -> list[M]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [own if n is None else values[n] for n, own in self.values])
            return [self._row(model, list(row)) for row in cursor.fetchall()]

    def _row(self, model: type[M], row: list[Any]) -> M:
        for i, (converters, expression) in self.converted.items():
            for convert in converters:
                row[i] = convert(row[i], expression, connection)
        made = model.from_db("default", self.fields, row[: len(self.fields)])
        vars(made).update(zip(self.annotated, row[len(self.fields) :], strict=True))
        return made


class Once(Generic[M]):
    """Rows of one table by a query in which only texts and days differ from time to time.

    `build` makes the query from as many values as `kinds` names; it is called once for each database, with values that stand
    nowhere else, so it must not look at them. Whoever may see what therefore stays written where it was, as a query."""

    def __init__(self, build: Callable[..., models.QuerySet[M]], *kinds: type[Value]):
        self.build, self.kinds = build, kinds
        self.known: dict[str, _Compiled] = {}

    def rows(self, *values: Value) -> list[M]:
        if dialect() not in self.known:
            self.known[dialect()] = self._compiled()
        return self.known[dialect()].rows(self.model, tuple(_ready(v) for v in values))

    @cached_property
    def marks(self) -> list[Value]:
        return [f"\1{n}" if kind is str else date.min + timedelta(days=n) for n, kind in enumerate(self.kinds)]

    @cached_property
    def model(self) -> type[M]:
        return self.build(*self.marks).model

    def _compiled(self) -> _Compiled:
        compiler = self.build(*self.marks).query.get_compiler("default")
        sql, values = compiler.as_sql()
        places = {_ready(mark): n for n, mark in enumerate(self.marks)}
        expressions = [column for column, *_ in compiler.select]
        names = [c.target.attname for c in expressions if isinstance(c, models.expressions.Col)]
        return _Compiled(
            sql, [(places.get(v), v) for v in values], names, list(compiler.annotation_col_map),
            compiler.get_converters(expressions),
        )  # fmt: skip


def _ready(value: Value) -> Any:
    """A value as the driver takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
