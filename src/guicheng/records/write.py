"""Insert and update of whole rows by statements compiled once per table: what Model.save does, without its planning."""

from functools import cache
from typing import Any

from django.db import connection, models


@cache
def _columns(model: type[models.Model]) -> tuple[Any, ...]:
    """The concrete fields that are written: all but a key that the database numbers."""
    return tuple(f for f in model._meta.concrete_fields if not (f.primary_key and isinstance(f, models.AutoField)))


@cache
def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


@cache
def _insert_sql(model: type[models.Model], vendor: str) -> str:
    names = ", ".join(f'"{f.column}"' for f in _columns(model))
    marks = ", ".join(["%s"] * len(_columns(model)))
    key = model._meta.pk
    back = f' RETURNING "{key.column}"' if isinstance(key, models.AutoField) else ""
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks}){back}'


@cache
def _update_sql(model: type[models.Model], names: tuple[str, ...]) -> str:
    pairs = ", ".join(f'"{_field(model, n).column}" = %s' for n in names)
    key = model._meta.pk
    assert key is not None
    return f'UPDATE "{model._meta.db_table}" SET {pairs} WHERE "{key.column}" = %s'


def insert(row: models.Model) -> None:
    """Insert one row; a key that the database numbers is set on it."""
    model = type(row)
    values = [f.get_db_prep_save(f.pre_save(row, True), connection) for f in _columns(model)]
    with connection.cursor() as cursor:
        cursor.execute(_insert_sql(model, connection.vendor), values)
        if isinstance(model._meta.pk, models.AutoField):
            row.pk = cursor.fetchone()[0]
    row._state.adding = False
    row._state.db = "default"


def update(row: models.Model, *names: str) -> None:
    """Update these columns of one row, or all of them."""
    model = type(row)
    fields = [_field(model, n) for n in names] if names else [f for f in _columns(model) if not f.primary_key]
    values = [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(_update_sql(model, tuple(f.name for f in fields)), [*values, row.pk])
