"""`__among`: one of these keys, all of them handed to the database as one value.

`__in` hands over each key by itself: three thousand keys are three thousand values to be prepared, marked and bound, in Python."""

from __future__ import annotations

import json
from collections.abc import Collection, Set
from typing import Any

from django.db import models


def as_one(keys: Collection[int] | Collection[str], vendor: str) -> Any:
    """The keys as the one value that they are handed over as: JSON for SQLite, an array for PostgreSQL, of numbers as the text
    that it is sent as: the driver would look into each."""
    if vendor != "postgresql":
        return json.dumps([*keys])
    if isinstance(next(iter(keys), 0), str):
        return [*keys]
    return f"{{{','.join(map(str, keys))}}}"


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class Among(models.Lookup):
    """A set of whole numbers or texts: of a list Django would look into each. Either database finds a row by its key."""

    lookup_name = "among"
    prepare_rhs = False
    rhs: Set[int] | Set[str]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, values = self.process_lhs(compiler, connection)
        return f"{left} IN (SELECT value FROM json_each(%s))", (*values, as_one(self.rhs, "sqlite"))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, values = self.process_lhs(compiler, connection)
        kind = "text" if isinstance(self.lhs.output_field, models.CharField) else "bigint"
        return f"{left} = ANY(%s::{kind}[])", (*values, as_one(self.rhs, "postgresql"))
