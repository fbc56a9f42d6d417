"""From the database to columns: all projects of one bucket with their rows, as one Arrow table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import pyarrow as pa
from django.db import connection

from guicheng.portfolio.engines.shape import Kept, Listed
from guicheng.records.project import Project

BUCKET = 4096
"""Projects in one file: those whose keys, divided by this, give the same whole number."""


def bucket_of(key: int) -> int:
    return key // BUCKET


def gather(shape: Kept, bucket: int) -> pa.Table:
    """The kept rows of a bucket, by key. Call it inside one moment."""
    first, end = bucket * BUCKET, (bucket + 1) * BUCKET
    names = ("id", *shape.project)
    keys, *own = _columns(Project, names, "id", "id", (first, end))
    place = {key: i for i, key in enumerate(keys)}
    arrays = [_array(values, field.type) for values, field in zip(own, shape.schema, strict=False)]
    return pa.Table.from_arrays([*arrays, *(_lists(t, place, first, end) for t in shape.tables)], schema=shape.schema)


def _lists(table: Listed, place: dict[int, int], first: int, end: int) -> pa.ListArray:
    """One list for each project, in the projects' order; each keeps its rows as they were written."""
    names = ("project_id", *table.columns)
    of, *found = _columns(table.model, names, "project_id", "project_id, seq, id", (first, end))
    sizes = [0] * len(place)
    for key in of:
        sizes[place[key]] += 1
    rows = pa.StructArray.from_arrays(
        [_array(values, field.type) for values, field in zip(found, table.fields, strict=True)], fields=table.fields
    )
    return pa.ListArray.from_arrays(pa.array(accumulate(sizes, initial=0), pa.int32()), rows)


def _columns(model: Any, names: Sequence[str], key: str, order: str, between: tuple[int, int]) -> list[tuple[Any, ...]]:
    """Columns of the rows whose key lies from the one up to the other, as the driver gives them."""
    said, table = ", ".join(_said(model, n) for n in names), model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {said} FROM {table} WHERE {key} >= %s AND {key} < %s ORDER BY {order}", between)
        rows = cursor.fetchall()
    return list(zip(*rows, strict=True)) if rows else [()] * len(names)


def _said(model: Any, name: str) -> str:
    """On SQLite a date or a boolean is taken as it is stored: the driver need not make an object of each."""
    kind = model._meta.get_field(name).get_internal_type()
    if connection.vendor == "sqlite" and kind in ("DateField", "BooleanField"):
        return f"\"{name}\" || ''" if kind == "DateField" else f'+"{name}"'
    return f'"{name}"'


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if connection.vendor == "sqlite" and kind == pa.date32():
        return pa.array(values, pa.string()).cast(kind)
    if connection.vendor == "sqlite" and kind == pa.bool_():
        return pa.array(values, pa.int64()).cast(kind)
    return pa.array(values, kind)
