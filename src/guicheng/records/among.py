"""`__among`: one of these keys, all of them handed to the database as one value.

`__in` hands over each key by itself: three thousand keys are three thousand values to be prepared, marked and bound, in Python."""

from __future__ import annotations

import json
from typing import Any

from django.db import models


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class Among(models.Lookup):
    """A set of whole numbers: of a list Django would look into each. On SQLite they go as JSON, on PostgreSQL as an array; either
    finds a row by its key."""

    lookup_name = "among"
    prepare_rhs = False
    rhs: set[int]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, values = self.process_lhs(compiler, connection)
        return f"{left} IN (SELECT value FROM json_each(%s))", (*values, json.dumps([*self.rhs]))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, values = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", (*values, [*self.rhs])
