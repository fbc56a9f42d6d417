"""Which columns are kept, and as what: only what the rules read, typed exactly."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db.models import Field

from guicheng.judge.uses import columns_read
from guicheng.law.regulation import Regulation
from guicheng.records.project import Project

ALWAYS = ("code", "edition", "gaps")
"""Of the project: what every statement asks for."""

FORMAT = "1"
"""Another number here makes every kept column be written again."""

TYPES = {
    "BigIntegerField": pa.int64(), "IntegerField": pa.int64(), "PositiveIntegerField": pa.int64(),
    "PositiveSmallIntegerField": pa.int64(), "BooleanField": pa.bool_(), "DateField": pa.date32(),
    "CharField": pa.string(), "TextField": pa.string(),
}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A record table and those of its columns that are kept."""

    model: Any
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    @property
    def fields(self) -> list[pa.Field]:
        return [pa.field(c, _type(self.model, c)) for c in self.columns]


@dataclass(frozen=True)
class Kept:
    """The shape of a kept row: the project's own columns, then one list for each record table."""

    project: tuple[str, ...]
    tables: tuple[Listed, ...]

    @property
    def schema(self) -> pa.Schema:
        own = [pa.field(c, _type(Project, c)) for c in self.project]
        return pa.schema([*own, *(pa.field(t.name, pa.list_(pa.struct(t.fields))) for t in self.tables)])

    @property
    def mark(self) -> str:
        """Changes when what is kept, or how, changes."""
        return hashlib.sha256(f"{FORMAT}\n{self.schema}".encode()).hexdigest()[:16]


def kept(law: Regulation) -> Kept:
    """What a regulation's rules read of a project and its records."""
    reads = columns_read(law.rules.values(), law.figures)
    own = reads.pop(Project, ())
    tables = (Listed(m, tuple(c for c in columns if c != "project_id") or ("seq",)) for m, columns in reads.items())
    return Kept((*ALWAYS, *(c for c in own if c not in ALWAYS)), tuple(tables))


def _type(model: Any, column: str) -> pa.DataType:
    """Raises TypeError for a column of a kind that no rule has read so far."""
    field: Field[Any, Any] = model._meta.get_field(column)
    if field.get_internal_type() not in TYPES:
        raise TypeError(f"{model.__name__}.{column} 的类型 {field.get_internal_type()} 不能写成列")
    return TYPES[field.get_internal_type()]
