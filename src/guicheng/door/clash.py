"""What a database says when it refuses a row, told to the asker: a name already used, a fact that must be known, a race."""

import re

from django.db import IntegrityError

from guicheng.door.outcome import Wrong

RACED = ("ledger_chain", "ledger_entry", "records_project")
"""Tables in which two transactions can meet: the loser asks again and sees what the other did."""
SQLITE = re.compile(r"(UNIQUE|NOT NULL|CHECK) constraint failed: (?:([a-z0-9_]+)\.)?([a-z0-9_]+)")
KINDS = {"23505": "UNIQUE", "23502": "NOT NULL", "23514": "CHECK"}


class Overtaken(Exception):
    """Another transaction began the same chain, or opened the same project, first: nothing was written."""


def told(clash: IntegrityError) -> Exception:
    """The exception to raise instead. What is no fault of the asker's stays what it is."""
    kind, table, column = _parts(clash)
    if kind == "UNIQUE" and table in RACED:
        return Overtaken()
    if kind == "UNIQUE":
        return Wrong({"ref": ["这个编号已经用过，请换一个"]})
    if kind == "NOT NULL":
        return Wrong({column: ["必须填写，历史补录也不能空缺"]})
    if kind == "CHECK":
        return Wrong({"data": ["有数字超出了能够存放的范围"]})
    return clash


def _parts(clash: IntegrityError) -> tuple[str, str, str]:
    """Kind, table and column, from PostgreSQL's diagnosis or SQLite's sentence."""
    diagnosis = getattr(clash.__cause__, "diag", None)
    if diagnosis is not None:
        return KINDS.get(diagnosis.sqlstate or "", ""), diagnosis.table_name or "", diagnosis.column_name or ""
    found = SQLITE.search(str(clash))
    return (found[1], found[2] or "", found[3]) if found else ("", "", "")
