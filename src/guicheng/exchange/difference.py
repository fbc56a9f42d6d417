"""What a check finds: where the ledger and the database around it disagree, down to the column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guicheng.door.look import BUREAU

Tables = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Difference:
    """One difference between the ledger and the database around it, or inside the ledger."""

    project: str
    what: str
    seq: int | None = None
    table: str = ""
    ref: str = ""
    column: str = ""

    def __str__(self) -> str:
        where = [f"项目 {self.project}" if self.project != BUREAU else "全局"] if self.project else []
        where += [f"第{self.seq}号行为"] if self.seq is not None else []
        where += [f"表 {self.table}"] if self.table else []
        where += [f"记录 {self.ref}"] if self.ref else []
        where += [f"栏目 {self.column}"] if self.column else []
        return "，".join(where) + f"：{self.what}"

    def as_json(self) -> dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if v not in (None, "")} | {"says": str(self)}


def differences(code: str, stored: Tables, computed: Tables) -> Iterator[Difference]:
    """Where the tables as stored and as computed from the ledger disagree: which row, which column."""
    for table in sorted(stored.keys() | computed.keys()):
        mine, ledger = _named(stored.get(table, [])), _named(computed.get(table, []))
        for name in sorted(mine.keys() | ledger.keys()):
            row, right = mine.get(name), ledger.get(name)
            if row is None or right is None:
                what = "表中多出这一记录，账本中没有" if right is None else "表中缺少这一记录，账本中有"
                yield Difference(code, what, (row or right or {}).get("seq"), table, name)
                continue
            for column in row:
                if row[column] != right[column]:
                    what = f"表中为 {_said(row[column])}，账本算得 {_said(right[column])}"
                    yield Difference(code, what, right.get("seq"), table, name, column)


def _said(value: Any) -> str:
    return "（空）" if value is None else str(value)[:80]


def _named(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows by what people call them; a second row of one name is told apart by its number."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        name = next((str(row[k]) for k in ("ref", "username", "code") if row.get(k)), "")
        name = name or f"{row.get('person', '')} {row.get('role', '')} {row.get('project', '')}".strip()
        while name in found:
            name += "＇"
        found[name] = row
    return found
