"""A query in Django's words, compiled once and asked again with other values: what every visit asks need not be planned anew.

    @prepared
    def of_code(code: str, day: date) -> QuerySet[Project]:
        return Project.objects.filter(code=code, filed_on__lte=day)

    of_code.one("HA-2026-001", date(2026, 3, 1))

The function is called once for each database, with stand-ins that appear nowhere else; where they come out among the
parameters of the statement, the values of later calls go. So it must not look at its values, only hand them on to conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.db.models.query import ModelIterable

from guicheng.people.wire import dialect, django_own, logged, send, together
from guicheng.records.among import as_one
from guicheng.records.read import Converters, converted, with_values

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
Row = TypeVar("Row")
STAND_INS: dict[type, Callable[[int], Any]] = {
    str: lambda n: f"\2stand-in {n}\3",
    int: lambda n: 32_000 + n,  # fits the smallest column of whole numbers
    date: lambda n: date(9990 + n, 1, 1),
    datetime: lambda n: datetime(9990 + n, 1, 1, tzinfo=UTC),
    frozenset: lambda n: frozenset({2_000_000_000 + n}),
}


@dataclass(frozen=True)
class Compiled:
    """The statement, its parameters with the number of the value that each takes (None: it stays), and what its rows are made of."""

    sql: str
    parameters: tuple[tuple[int | None, Any], ...]
    converters: Converters
    model: type[models.Model] | None
    names: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """Its rows are what the driver gives."""
        return self.model is None and not self.converters

    def made(self, found: Sequence[Any]) -> Any:
        row = converted(found, self.converters)
        return tuple(row) if self.model is None else with_values(self.model, dict(zip(self.names, row, strict=True)))


class Prepared(Generic[P, Row]):
    """A query to ask again and again. Values are texts, whole numbers, days, moments and sets of keys for `__among`; a lacking
    one (None) is another query."""

    def __init__(self, make: Callable[P, Any]):
        self._make: Callable[..., Any] = make
        self._compiled: dict[str, Compiled] = {}

    def ask(self, *values: P.args, **no: P.kwargs) -> Callable[[], list[Row]]:
        """Ask; call the result for every row: a model's with its annotations beside its columns, or a tuple where the query
        names its values. Inside `at_once()` several travel together."""
        if no:
            raise TypeError(f"a prepared query takes its values by place, not {', '.join(no)}")
        compiled = self._compiled.get(dialect()) or self._compile(values)
        given = [_adapted(v) for v in values]
        taken = [kept if n is None else given[n] for n, kept in compiled.parameters]
        with django_own().wrap_database_errors:
            cursor = send(compiled.sql, taken)
        logged(compiled.sql, taken)

        def answer() -> list[Row]:
            with django_own().wrap_database_errors:
                rows = cursor.fetchall()
            return rows if compiled.plain else [compiled.made(row) for row in rows]

        return answer

    def all(self, *values: P.args, **no: P.kwargs) -> list[Row]:
        """Every row, asked for now."""
        return self.ask(*values, **no)()

    def one(self, *values: P.args, **no: P.kwargs) -> Row | None:
        """The first row, or None."""
        return next(iter(self.ask(*values, **no)()), None)

    def _compile(self, values: Sequence[Any]) -> Compiled:
        unfit = sorted({repr(v) for v in values if type(v) not in STAND_INS})
        if unfit:
            raise TypeError(
                f"a prepared query takes texts, whole numbers, days, moments and sets of keys, not {', '.join(unfit)}"
            )
        stands = [STAND_INS[type(v)](n) for n, v in enumerate(values)]
        compiled = _compiled(self._make(*stands), [_adapted(s) for s in stands])
        self._compiled[dialect()] = compiled
        return compiled


def prepared(make: Callable[P, QuerySet[Any, Row]]) -> Prepared[P, Row]:
    """Make a query of this function's words. Its values are given by place."""
    return Prepared(make)


@contextmanager
def at_once() -> Iterator[None]:
    """The questions asked inside travel together; errors of the driver come out as Django's, which then lets a broken
    connection go before the next visit."""
    with django_own().wrap_database_errors, together():
        yield


def _adapted(value: Any) -> Any:
    """As the driver takes it."""
    if isinstance(value, frozenset):
        return as_one(value, dialect())
    if isinstance(value, datetime):
        return django_own().ops.adapt_datetimefield_value(value)
    return django_own().ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _compiled(query: QuerySet[Any, Any], stands: list[Any]) -> Compiled:
    compiler = query.query.get_compiler("default")
    sql, parameters = compiler.as_sql()
    taken = tuple((stands.index(p), None) if p in stands else (None, p) for p in parameters)
    lost = set(range(len(stands))) - {n for n, _ in taken}
    if lost:
        raise TypeError(f"values {sorted(lost)} are not handed on as they are to a condition")
    model = query.model if issubclass(query._iterable_class, ModelIterable) else None
    converters = compiler.get_converters([column for column, _, _ in compiler.select])
    placed = [(i, some, column) for i, (some, column) in converters.items()]
    return Compiled(sql, taken, placed, model, _names(query, compiler) if model else ())


def _names(query: QuerySet[Any, Any], compiler: Any) -> tuple[str, ...]:
    """The model's columns, all of them, then its annotations."""
    names = tuple(f.attname for f in query.model._meta.concrete_fields)
    more = tuple(alias for _, _, alias in compiler.select[len(names) :])
    if len(compiler.select) < len(names) or set(more) != set(query.query.annotation_select):
        raise TypeError("a prepared query reads all columns of its own table, and of no other")
    return names + more
