"""Many rows at once into tables as they stand, with their keys, indices and triggers: COPY on PostgreSQL, prepared inserts on
SQLite. Rows are read and written as text that a pattern can be laid over."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import psycopg
from django.db import connection, models

NULL = r"\N"
Row = list[Any]


def table_of(model: type[models.Model]) -> str:
    return model._meta.db_table


def columns_of(model: type[models.Model], with_key: bool = False) -> list[str]:
    """The columns that are written; a key that the database numbers only when asked for."""
    fields = model._meta.concrete_fields
    return [str(f.column) for f in fields if with_key or not (f.primary_key and isinstance(f, models.AutoField))]


def rows_of(model: type[models.Model], where: str, values: list[Any], with_key: bool = False) -> list[Row]:
    """Rows as the database writes them down: on PostgreSQL the text of COPY, on SQLite what is stored."""
    key = model._meta.pk
    assert key is not None
    columns = [f'"{c}"' for c in columns_of(model, with_key)]
    if connection.vendor == "sqlite":
        shown = ", ".join(f"+{c}" for c in columns)  # + hides the declared type, so that nothing is converted
        sql = f'SELECT {shown} FROM {table_of(model)} WHERE {where.replace("%s", "?")} ORDER BY "{key.column}"'
        return [list(row) for row in connection.connection.execute(sql, values)]
    sql = f'COPY (SELECT {", ".join(columns)} FROM {table_of(model)} WHERE {where} ORDER BY "{key.column}") TO STDOUT'
    with psycopg.ClientCursor(connection.connection) as cursor, cursor.copy(cursor.mogrify(sql, values)) as copy:
        text = b"".join(copy).decode()
    return [line.split("\t") for line in text.splitlines()]


class Bulk:
    """Rows gathered for one transaction, table by table."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Any]] = defaultdict(list)
        self.columns: dict[str, list[str]] = {}
        self.plain = connection.vendor == "sqlite"

    def to(self, model: type[models.Model], with_key: bool = False) -> list[Any]:
        """The list that takes this table's rows: tuples on SQLite, lines of COPY on PostgreSQL."""
        name = table_of(model)
        self.columns.setdefault(name, columns_of(model, with_key))
        return self.rows[name]

    def add(self, model: type[models.Model], *values: Any, with_key: bool = False) -> None:
        """One row of plain values that need no quoting but for backslashes."""
        self.to(model, with_key).append(values if self.plain else line_of(values))

    def write(self) -> None:
        """Insert everything gathered. The caller's transaction keeps or drops it."""
        for name, rows in self.rows.items():
            listed = ", ".join(f'"{c}"' for c in self.columns[name])
            if self.plain:
                marks = ", ".join("?" * len(self.columns[name]))
                connection.connection.executemany(f"INSERT INTO {name} ({listed}) VALUES ({marks})", rows)
            else:
                with (
                    connection.connection.cursor() as cursor,
                    cursor.copy(f"COPY {name} ({listed}) FROM STDIN") as copy,
                ):
                    copy.write("".join(rows))
        self.rows.clear()


def line_of(values: tuple[Any, ...]) -> str:
    """One line of COPY."""
    return "\t".join(NULL if v is None else str(v).replace("\\", r"\\") for v in values) + "\n"
