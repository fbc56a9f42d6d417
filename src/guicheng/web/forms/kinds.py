"""From the declaration of an act to the fields of its form: one kind of control for each kind of data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from guicheng.law.fields import MOST_MONEY, Personal, RowData

LONG = 1000  # characters: a longer text gets an area of its own


@dataclass(frozen=True)
class Field:
    """One field of a form. `kind` is one of money, day, count, line, words, paper, papers, choice, picks, yesno, lines,
    mapping, rows or data; `values` are the values of a choice, `columns` the fields of one row."""

    name: str
    title: str
    help: str
    kind: str
    required: bool
    optional: bool = False
    default: Any = None
    values: tuple[Any, ...] = ()
    personal: bool = False
    most: int | None = None
    least: int | None = None
    row: type[RowData] | None = None
    columns: tuple[Field, ...] = ()

    @property
    def title_en(self) -> str:
        return self.name.replace("_", " ").capitalize()


def fields_of(cls: Any) -> tuple[Field, ...]:
    """The fields of an act, or of one of its rows, in the order of the declaration."""
    return _read_once(cls)


@cache
def _read_once(cls: Any) -> tuple[Field, ...]:
    return tuple(_field(name, info) for name, info in cls.model_fields.items())


def _field(name: str, info: FieldInfo) -> Field:
    kind, marks, optional = _bare(info.annotation, list(info.metadata))
    shape = _shape(kind, marks)
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    return Field(
        name, info.title or name, info.description or "", required=info.is_required(), optional=optional,
        default=default, **{"personal": any(isinstance(m, Personal) for m in marks)} | shape,
    )  # fmt: skip


def _bare(kind: Any, marks: list[Any]) -> tuple[Any, list[Any], bool]:
    """The type without Optional and Annotated, all bounds found on the way, and whether it may be left open."""
    optional = False
    while True:
        if get_origin(kind) in (Union, UnionType):
            optional = True
            kind = next(k for k in get_args(kind) if k is not type(None))
        elif get_origin(kind) is Annotated:
            kind, *extra = get_args(kind)
            marks = marks + [m for e in extra for m in (e.metadata if isinstance(e, FieldInfo) else [e])]
        else:
            return kind, marks, optional


def _shape(kind: Any, marks: list[Any]) -> dict[str, Any]:
    family = get_origin(kind)
    if family is not None:
        return _made_of(family, get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"kind": "choice", "values": tuple(kind)}
    if kind is bool:
        return {"kind": "yesno"}
    if kind is date:
        return {"kind": "day"}
    if kind is int:
        most, least = _bound(marks, "le", min), _bound(marks, "ge", max)
        return {"kind": "money" if most == MOST_MONEY else "count", "most": most, "least": least}
    return _text(marks)


def _made_of(family: Any, parts: tuple[Any, ...]) -> dict[str, Any]:
    if family is list:
        return _listing(*_bare(parts[0], [])[:2])
    if family is Literal:
        return {"kind": "choice", "values": parts}
    return {"kind": "data" if parts[1] is Any else "mapping"}


def _listing(inner: Any, marks: list[Any]) -> dict[str, Any]:
    """A list: of rows, of a few given words, of papers, or of lines."""
    if isinstance(inner, type) and issubclass(inner, RowData):
        return {"kind": "rows", "row": inner, "columns": fields_of(inner)}
    if get_origin(inner) is Literal:
        return {"kind": "picks", "values": get_args(inner)}
    text = _text(marks)
    personal = any(isinstance(m, Personal) for m in marks)
    return {"kind": "papers" if text["kind"] == "paper" else "lines", "most": text["most"], "personal": personal}


def _text(marks: list[Any]) -> dict[str, Any]:
    pattern = next((p for m in marks if (p := getattr(m, "pattern", None))), None)
    if pattern is not None and "sha256" in pattern:
        return {"kind": "paper", "most": None}
    most = _bound(marks, "max_length", min)
    return {"kind": "words" if most is None or most > LONG else "line", "most": most}


def _bound(marks: list[Any], name: str, tightest: Any) -> int | None:
    found = [v for m in marks if (v := getattr(m, name, None)) is not None]
    return tightest(found) if found else None
