"""Insert and update of whole rows by statements compiled once per table: what Model.save does, without its planning."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

from guicheng.people.wire import dialect, later, send
from guicheng.records.base import Record

M = TypeVar("M", bound=models.Model)
Ready = Callable[[Any], Any]
PLAIN: dict[str, type] = {
    "CharField": str, "TextField": str, "BooleanField": bool, "IntegerField": int, "BigIntegerField": int,
    "PositiveIntegerField": int, "PositiveSmallIntegerField": int, "SmallIntegerField": int, "ForeignKey": int, "BigAutoField": int,
}  # fmt: skip
"""Kinds of columns whose plain Python value both drivers take as it is."""


@cache
def _columns(model: type[models.Model]) -> tuple[Any, ...]:
    """The concrete fields that are written: all but a key that the database numbers."""
    return tuple(f for f in model._meta.concrete_fields if not (f.primary_key and isinstance(f, models.AutoField)))


@cache
def _ready(field: Any, vendor: str) -> Ready:
    """How a value of this field is made ready for the driver: at once when plain, else as Django does."""
    kind = field.get_internal_type()
    plain = PLAIN.get(kind)

    def ready(value: Any) -> Any:
        if value is None or type(value) is plain:
            return value
        if kind == "DateField" and type(value) is date:
            return value.isoformat() if vendor == "sqlite" else value
        return field.get_db_prep_save(value, connection)

    slow = kind == "JSONField" or (kind == "ForeignKey" and field.target_field.get_internal_type() not in PLAIN)
    return (lambda value: field.get_db_prep_save(value, connection)) if slow else ready


@cache
def _writers(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[tuple[str, Ready], ...]:
    """Attribute and preparation of these columns, or of all that are written."""
    fields = [model._meta.get_field(n) for n in names] if names else _columns(model)
    return tuple((f.attname, _ready(f, vendor)) for f in fields)  # type: ignore[union-attr]  # all are concrete


@cache
def _insert_sql(model: type[models.Model], vendor: str) -> str:
    names = ", ".join(f'"{f.column}"' for f in _columns(model))
    marks = ", ".join(["%s"] * len(_columns(model)))
    key = model._meta.pk
    numbered = isinstance(key, models.AutoField) and vendor != "sqlite" and not issubclass(model, Record)
    back = f' RETURNING "{key.column}"' if numbered and key else ""
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks}){back}'


@cache
def _update_sql(model: type[models.Model], names: tuple[str, ...]) -> str:
    fields = [model._meta.get_field(n) for n in names]
    pairs = ", ".join(f'"{f.column}" = %s' for f in fields)  # type: ignore[union-attr]  # all are concrete
    key = model._meta.pk
    assert key is not None
    return f'UPDATE "{model._meta.db_table}" SET {pairs} WHERE "{key.column}" = %s'


@cache
def _blank(
    model: type[models.Model],
) -> tuple[dict[str, Any], dict[str, Callable[[], Any]], tuple[tuple[str, str, str], ...]]:
    """What a column holds that is given no value, and what makes such a value anew, by attribute; of each relation its
    name, its own attribute, and the other's that it holds."""
    fields = model._meta.concrete_fields
    anew = {f.attname: f.default for f in fields if f.has_default() and callable(f.default)}
    still = {f.attname: f.get_default() for f in fields if f.attname not in anew}
    return (
        still,
        anew,
        tuple((f.name, f.attname, f.target_field.attname) for f in fields if isinstance(f, models.ForeignKey)),
    )


def new(model: type[M], values: dict[str, Any]) -> M:
    """A row not yet written, of values by the names of its fields: what calling the model does, without looking at each
    column by itself."""
    still, anew, relations = _blank(model)
    row = model.__new__(model)
    row._state = ModelState()
    own = row.__dict__
    own.update(still)
    own.update((name, make()) for name, make in anew.items())
    own.update(values)
    for name, key, of in relations:
        if name in values:
            other = own.pop(name)
            own[key] = None if other is None else getattr(other, of)
            row._state.fields_cache[name] = other
    return row


def insert(row: models.Model) -> None:
    """Insert one row. A key that the database numbers is set on it, but for records, which are known by their ref: on
    PostgreSQL nobody waits for theirs."""
    model, vendor = type(row), dialect()
    have = row.__dict__
    values = [ready(have[name]) for name, ready in _writers(model, (), vendor)]
    row._state.adding = False
    row._state.db = "default"
    if vendor != "sqlite" and isinstance(row, Record):
        later(_insert_sql(model, vendor), values)
        return
    cursor = send(_insert_sql(model, vendor), values)
    if isinstance(model._meta.pk, models.AutoField):
        row.pk = cursor.lastrowid if vendor == "sqlite" else cursor.fetchone()[0]


def update(row: models.Model, *names: str) -> None:
    """Update these columns of one row, or all that differ from what was read. Raises ValueError for one without a key."""
    if row.pk is None:
        raise ValueError(f"{row} has no key yet")
    own = names or _changed(row)
    if own:
        have = row.__dict__
        values = [ready(have[name]) for name, ready in _writers(type(row), own, dialect())]
        later(_update_sql(type(row), own), [*values, row.pk])


def _changed(row: models.Model) -> tuple[str, ...]:
    """The columns whose values are not those that `ask` read, or that were written last; of a row not so read, all."""
    have, known = row.__dict__, row.__dict__.get("_as_read")
    columns = _written(type(row))
    if known is None:
        return tuple(name for name, _ in columns)
    changed = [(name, at) for name, at in columns if known[at] != have[at]]
    known.update((at, have[at]) for _, at in changed)
    return tuple(name for name, _ in changed)


@cache
def _written(model: type[models.Model]) -> tuple[tuple[str, str], ...]:
    """Name and attribute of each column but the key."""
    return tuple((f.name, f.attname) for f in _columns(model) if not f.primary_key)
