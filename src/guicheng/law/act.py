"""What an act is: validated data and what it writes."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin

from annotated_types import MinLen
from pydantic import BaseModel, create_model
from pydantic.fields import FieldInfo

from guicheng.law.declare import ActSpec, Rule
from guicheng.law.fields import Bounded, Personal, RowData


class Unfit(Exception):
    """The data of an act do not fit what is on record: each field with its sentence. Nothing is written."""

    def __init__(self, **errors: str):
        super().__init__("；".join(errors.values()))
        self.errors = {name: [words] for name, words in errors.items()}


class Act(Bounded):
    """Base of all acts. Its fields are the data; `write` turns them into records, by default one row of `keeps`.

    `write` must be a function of the project's records and the act alone: no clock, no chance, no other project,
    because the ledger is replayed through it."""

    spec: ClassVar[ActSpec]

    @classmethod
    def barred(cls, data: Any) -> Rule | None:
        """The rule by which these raw data may not enter the house at all, or None.

        Asked before they are checked; what is barred leaves no trace but who was turned away, and by which rule."""
        return None

    def write(self, deed: Any) -> None:
        if self.spec.keeps is not None:
            deed.keep(self.spec.keeps)


@cache
def lenient(cls: type[BaseModel]) -> type[BaseModel]:
    """The same data where every fact may be unknown: for acts of the past, recorded as history."""
    fields = {name: (_optional(info), _default(info)) for name, info in cls.model_fields.items()}
    return create_model(f"{cls.__name__}History", __base__=cls, **fields)  # type: ignore[no-any-return, call-overload]


def _default(info: FieldInfo) -> Any:
    """Unknown is nothing; a list that nobody knows is empty."""
    unknown: Any = [] if _rows_of(info.annotation) or get_origin(info.annotation) is list else None
    return FieldInfo(
        default=unknown if info.is_required() else info.default, title=info.title, description=info.description
    )


def _optional(info: FieldInfo) -> Any:
    kind: Any = info.annotation
    if rows := _rows_of(kind):
        return list[lenient(rows)] | None  # type: ignore[misc]  # a type made at run time
    unbounded = get_origin(kind) is list  # one that nobody knows is empty, however many there had to be
    for extra in info.metadata:
        if not (unbounded and isinstance(extra, MinLen)):
            kind = Annotated[kind, extra]
    return kind | None


def _rows_of(kind: Any) -> type[RowData] | None:
    """The row class of list[Row], also when optional."""
    if get_origin(kind) in (Union, UnionType):
        return next((r for r in map(_rows_of, get_args(kind)) if r), None)
    if get_origin(kind) is list:
        inner = get_args(kind)[0]
        if isinstance(inner, type) and issubclass(inner, RowData):
            return inner
    return None


@cache
def personal_paths(cls: type[BaseModel]) -> tuple[tuple[str, ...], ...]:
    """Where an act's data name outsiders: ('phone',), ('members', 'name'), or ('experts',) for a list of names."""
    paths: list[tuple[str, ...]] = []
    for name, info in cls.model_fields.items():
        if any(isinstance(m, Personal) for m in info.metadata) or _personal_inside(info.annotation):
            paths.append((name,))
        elif rows := _rows_of(info.annotation):
            paths += [(name, *rest) for rest in personal_paths(rows)]
    return tuple(paths)


def _personal_inside(kind: Any) -> bool:
    """An optional personal field keeps its mark inside the union, a list of names inside the list."""
    parts = get_args(kind)
    return any(isinstance(m, Personal) for part in parts for m in getattr(part, "__metadata__", ())) or any(
        _personal_inside(part) for part in parts
    )
