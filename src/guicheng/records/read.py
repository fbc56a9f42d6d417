"""Read rows by a column with a statement compiled once per table: what a manager's get and filter do, without their planning."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import Col

from guicheng.people.wire import dialect, django_own, logged, send
from guicheng.records.base import Record

M = TypeVar("M", bound=models.Model)
R = TypeVar("R", bound=Record)
Converter = Callable[[Any, Any, Any], Any]
Converters = Sequence[tuple[int, list[Converter], Any]]
"""The place of a column, what makes its value of the driver's, and the column."""
Plan = tuple[str, list[str], Converters]


@cache
def _plan(model: type[models.Model], column: str, vendor: str) -> Plan:
    """The SELECT, the fields' names in order, and the columns whose driver's value must be converted."""
    fields = model._meta.concrete_fields
    table = model._meta.db_table
    converted = []
    for i, f in enumerate(fields):
        col = Col(table, f)
        found = [*connection.ops.get_db_converters(col), *col.get_db_converters(connection)]
        if found:
            converted.append((i, found, col))
    select = f'SELECT {columns(model)} FROM "{table}" WHERE "{column}" = %s'
    return select, [f.attname for f in fields], converted


def columns(model: type[models.Model], alias: str = "") -> str:
    """All columns of a table, in the order in which `made` takes them, for a statement where the table has this alias."""
    return ", ".join((alias and f"{alias}.") + f'"{f.column}"' for f in model._meta.concrete_fields)


def made(model: type[M], found: Sequence[Any]) -> M:
    """The row of these columns, as the driver gave them."""
    return _made(model, _plan(model, "id", dialect()), found)


def ask(model: type[M], column: str, value: Any) -> Callable[[], M | None]:
    """Ask for the row whose unique column has this value; call the result for the row, or None."""
    plan = _plan(model, column, dialect())
    cursor = send(plan[0], (value,))

    def answer() -> M | None:
        row = cursor.fetchone()
        return None if row is None else _made(model, plan, row)

    return answer


def of_project(model: type[R], project: int) -> Callable[[], list[R]]:
    """Ask for a project's rows of one table; call the result for them, oldest first."""
    plan = _plan(model, "project_id", dialect())
    sql = f"{plan[0]} ORDER BY seq, id"
    with django_own().wrap_database_errors:
        cursor = send(sql, (project,))
    logged(sql, (project,))

    def answer() -> list[R]:
        with django_own().wrap_database_errors:
            found = cursor.fetchall()
        return [_made(model, plan, row) for row in found]

    return answer


def _made(model: type[M], plan: Plan, found: Sequence[Any]) -> M:
    """A row as Django makes one of all its columns, without looking at each by itself; it remembers what was read, so
    that only what an act changes is written."""
    _, names, converters = plan
    return with_values(model, dict(zip(names, converted(found, converters), strict=True)))


def converted(found: Sequence[Any], converters: Converters) -> list[Any]:
    """The columns of a row, as the driver gave them, as their fields know them."""
    row, django = list(found), django_own()
    for i, some, column in converters:
        for convert in some:
            row[i] = convert(row[i], column, django)
    return row


def with_values(model: type[M], values: dict[str, Any]) -> M:
    """A row of these values of all its columns, as read."""
    row = model.__new__(model)
    row._state = ModelState()
    row._state.adding, row._state.db = False, "default"
    row.__dict__.update(values, _as_read=values)
    return row


def fetch(model: type[M], column: str, value: Any) -> M | None:
    """The row whose unique column has this value, or None."""
    return ask(model, column, value)()
