"""Kinds of data that acts take, each exact and bounded; the schema, the form and the check come from one declaration."""

from datetime import date
from operator import attrgetter
from typing import Annotated, Any

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MOST_MONEY = 10**13  # fen: a thousand 亿元, so that amount × 10,000 stays inside 64 bits


class Personal:
    """Marks a field that names a person outside the bureau: stored apart under a salted digest, and erasable."""


Money = Annotated[int, Field(ge=0, le=MOST_MONEY, json_schema_extra={"unit": "分"})]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2099, 12, 31))]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Ref = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Paper = Annotated[str, StringConstraints(pattern=r"^(sm3|sha256):[0-9a-f]{64}$")]
Papers = Annotated[list[Paper], Field(min_length=1, max_length=200)]
PersonName = Annotated[Line, Personal()]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Months = Annotated[int, Field(ge=0, le=600)]


LOOSEST_FIRST = {Le: ("le", True), Lt: ("lt", True), MaxLen: ("max_length", True),
                 Ge: ("ge", False), Gt: ("gt", False), MinLen: ("min_length", False)}  # fmt: skip


class Bounded(BaseModel):
    """Base of all data: exact types, no unknown fields, and where a type and a field both bound a value, the tighter bound.

    Of two bounds of one kind pydantic takes the last, which would be the type's."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        before = {name: list(info.metadata) for name, info in cls.model_fields.items()}
        for info in cls.model_fields.values():
            bounds = [m for m in info.metadata if type(m) in LOOSEST_FIRST]
            for kind, (value, downwards) in LOOSEST_FIRST.items():
                found = sorted((m for m in bounds if type(m) is kind), key=attrgetter(value), reverse=downwards)
                info.metadata = [m for m in info.metadata if type(m) is not kind] + found
        if before != {name: info.metadata for name, info in cls.model_fields.items()}:
            cls.model_rebuild(force=True)


class RowData(Bounded):
    """Base of a row in an act that takes many rows (estimate lines, check items, team members)."""


def field(title: str, *, help: str = "", default: Any = ..., **more: Any) -> Any:
    """A field of an act: its Chinese label, its help, and pydantic's bounds.

    Without a default the field is required; `default=None` with an optional type leaves it open."""
    return Field(default, title=title, description=help or None, **more)
