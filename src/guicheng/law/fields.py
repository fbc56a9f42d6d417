"""Kinds of data that acts take, each exact and bounded; the schema, the form and the check come from one declaration."""

from datetime import date
from typing import Annotated, Any

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


class RowData(BaseModel):
    """Base of a row in an act that takes many rows (estimate lines, check items, team members)."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def field(title: str, *, help: str = "", default: Any = ..., **more: Any) -> Any:
    """A field of an act: its Chinese label, its help, and pydantic's bounds.

    Without a default the field is required; `default=None` with an optional type leaves it open."""
    return Field(default, title=title, description=help or None, **more)
