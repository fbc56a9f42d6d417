"""Read one row by a unique column with a statement compiled once per table: what Model.objects.get does, without its planning."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import Col

from guicheng.people.wire import dialect, send

M = TypeVar("M", bound=models.Model)
Converter = Callable[[Any, Any, Any], Any]


@cache
def _plan(
    model: type[models.Model], column: str, vendor: str
) -> tuple[str, list[str], list[tuple[int, list[Converter], Col]]]:
    """The SELECT, the fields' names in order, and the columns whose driver's value must be converted."""
    fields = model._meta.concrete_fields
    table = model._meta.db_table
    converted = []
    for i, f in enumerate(fields):
        col = Col(table, f)
        found = [*connection.ops.get_db_converters(col), *col.get_db_converters(connection)]
        if found:
            converted.append((i, found, col))
    names = ", ".join(f'"{f.column}"' for f in fields)
    return f'SELECT {names} FROM "{table}" WHERE "{column}" = %s', [f.attname for f in fields], converted


def ask(model: type[M], column: str, value: Any) -> Callable[[], M | None]:
    """Ask for the row whose unique column has this value; call the result for the row, or None."""
    sql, names, converted = _plan(model, column, dialect())
    cursor = send(sql, (value,))

    def answer() -> M | None:
        row = cursor.fetchone()
        if row is None:
            return None
        values = list(row)
        for i, converters, col in converted:
            for convert in converters:
                values[i] = convert(values[i], col, connection)
        return _made(model, dict(zip(names, values, strict=True)))

    return answer


def _made(model: type[M], values: dict[str, Any]) -> M:
    """A row as Django makes one of all its columns, without looking at each by itself; it remembers what was read, so
    that only what an act changes is written."""
    row = model.__new__(model)
    row._state = ModelState()
    row._state.adding, row._state.db = False, "default"
    row.__dict__.update(values, _as_read=values)
    return row


def fetch(model: type[M], column: str, value: Any) -> M | None:
    """The row whose unique column has this value, or None."""
    return ask(model, column, value)()
