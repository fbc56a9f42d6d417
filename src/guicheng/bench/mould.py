"""A recorded life as a mould: its entries and rows as text with slots for all that is a copy's own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, models

from guicheng.bench.bulk import Row, columns_of, rows_of
from guicheng.bench.lives import Pattern
from guicheng.demo import cast
from guicheng.demo.life import BUREAU
from guicheng.ledger.digest import canonical
from guicheng.ledger.models import Entry, Erasable
from guicheng.people.models import Person, Post
from guicheng.people.roles import Role
from guicheng.records.project import Project
from guicheng.records.tables import project_tables

DIGEST = r"sm3:[0-9a-f]{64}"
MONEY_FROM = 100_000
"""In the lives of the demonstration every whole number from here on is an amount in fen, and no smaller one is, but nought."""

LISTED = re.compile(r'(":\s*)(\d{6,})\b')
"""An amount in a list that a column keeps as JSON."""

OFFICES = sorted({m.office for m in cast.MEMBERS if Role.CONSTRUCTION in m.roles})
SITES = [dict(zip(("unit", "filer", "follower"), (o, *cast.builders(o)), strict=True)) for o in OFFICES]
"""The offices that build, each with its two people."""

Slots = Callable[[str], str]


@dataclass(frozen=True)
class Recorded:
    """What the door wrote for one life: bodies on its own chain and on the bureau's, rows by table, erasable values."""

    pattern: Pattern
    own: list[dict[str, Any]]
    bureau: list[dict[str, Any]]
    rows: list[tuple[type[models.Model], list[Row]]]
    erasable: dict[str, str]

    @property
    def scalable(self) -> bool:
        """Whether every amount is a whole number of hundreds of fen, so that a per cent of it is exact."""
        return all(n % 100 == 0 for body in self.own for n in _amounts(body["data"]))


@dataclass(frozen=True)
class Mould:
    """The same as text: `%` with a copy's values gives its entries and rows. `persons` counts the acts on the bureau's chain."""

    code: str
    own: list[str]
    bureau: list[str]
    rows: list[tuple[type[models.Model], list[tuple[Row, list[int]]] | str]]
    erasable: list[str]
    sites: list[dict[str, str]]


def recorded(pattern: Pattern) -> Recorded:
    """Read back what the door wrote for this life."""
    code = pattern.spec.code
    own = [json.loads(b) for b in Entry.objects.filter(chain=code).order_by("seq").values_list("body", flat=True)]
    theirs = Entry.objects.filter(chain=BUREAU, idem__startswith=f"demo-{code}-").order_by("seq")
    bureau = [json.loads(b) for b in theirs.values_list("body", flat=True)]
    key = Project.objects.get(code=code).pk
    rows: list[tuple[type[models.Model], list[Row]]] = [
        (Project, rows_of(Project, "code = %s", [code], with_key=True)),
        (Person, rows_of(Person, "username LIKE %s", [f"%.{code.lower()}"])),
        (Post, rows_of(Post, "project = %s", [code])),
        *((t, rows_of(t, "project_id = %s", [key])) for t in project_tables()),
    ]
    tokens = set(re.findall(DIGEST, json.dumps([own, bureau])))
    erasable = dict(Erasable.objects.filter(token__in=tokens).values_list("token", "value"))
    return Recorded(pattern, own, bureau, [(t, found) for t, found in rows if found], erasable)


def mould(life: Recorded, per_cent: int) -> Mould:
    """The mould of a life whose amounts are so many per cent of the recorded ones."""
    slots = _slots(life)
    rows: list[tuple[type[models.Model], list[tuple[Row, list[int]]] | str]] = []
    for table, found in life.rows:
        shaped = [_row(life, table, row, per_cent, slots) for row in found]
        rows.append((table, _lines(shaped) if connection.vendor != "sqlite" else [(r, _open(r)) for r in shaped]))
    return Mould(
        life.pattern.spec.code.replace(life.pattern.order, "%s"),
        [_body(b, per_cent, slots) for b in life.own],
        [_body(b, per_cent, slots, seq=True) for b in life.bureau],
        rows,
        list(life.erasable.values()),
        _sites(life),
    )


def _sites(life: Recorded) -> list[dict[str, str]]:
    """Where a copy may be at home: its own office, or one that this life does not speak of otherwise (as a system's new owner)."""
    said = json.dumps([life.own, life.bureau])
    return [
        s for s in SITES if s["unit"] == life.pattern.spec.unit or not any(f'"{word}"' in said for word in s.values())
    ]


def _slots(life: Recorded) -> Slots:
    """Puts a slot wherever a text says something of the life's own."""
    spec, order = life.pattern.spec, life.pattern.order
    people = dict(zip((spec.unit, *cast.builders(spec.unit)), ("unit", "filer", "follower"), strict=True))
    tokens = {name: f"%(token{i})s" for i, name in enumerate(life.erasable)}
    pattern = re.compile(f'{re.escape(spec.title)}|{order}|{order.lower()}|{DIGEST}|"(?:{"|".join(people)})"')
    named = {spec.title: "%(title)s", order: "%(order)s", order.lower(): "%(lower)s"}
    named |= {f'"{who}"': f'"%({slot})s"' for who, slot in people.items()} | tokens

    def slot(text: str) -> str:
        if text in people:
            return f"%({people[text]})s"
        digest = "sm3:%(digest)s"
        return pattern.sub(lambda m: named.get(m[0]) or digest + m[0][12:], text.replace("%", "%%"))

    return slot


def _body(body: dict[str, Any], per_cent: int, slots: Slots, seq: bool = False) -> str:
    text = slots(canonical(body | {"data": _scaled(body["data"], per_cent)}).decode())
    text = re.sub(r'^(\{"act":"[^"]*","bureau":)\d+', r"\g<1>%(bureau)s", text)
    text = re.sub(r'"recorded":"[^"]*"', '"recorded":"%(recorded)s"', text)
    return re.sub(r'"seq":\d+(,"v":\d+\})$', r'"seq":%(seq)s\1', text) if seq else text


def _row(life: Recorded, table: type[models.Model], row: Row, per_cent: int, slots: Slots) -> Row:
    """A row with its slots: the project's key, the place of an appointment on the bureau's chain, amounts, and its words."""
    made: Row = []
    first = life.bureau[0]["seq"] if life.bureau else 0
    for column, value in zip(columns_of(table, with_key=table is Project), row, strict=True):
        if column == "project_id" or (table is Project and column == "id"):
            made.append("%(id)s")
        elif column == "seq" and table in (Person, Post):
            made.append(f"%(seq{int(value) - first})s")
        elif column in _of(table, models.BigIntegerField):
            made.append(_percent(value, per_cent))
        elif column in _of(table, models.JSONField):
            made.append(slots(LISTED.sub(lambda m: m[1] + str(int(m[2]) * per_cent // 100), value)))
        else:
            made.append(slots(value) if isinstance(value, str) else value)
    return made


@cache
def _of(table: type[models.Model], kind: type[models.Field[Any, Any]]) -> set[str]:
    """The columns of exactly this type: all big numbers of records are amounts, but for the size of a paper."""
    return {str(f.column) for f in table._meta.concrete_fields if type(f) is kind}


def _percent(value: Any, per_cent: int) -> Any:
    """An amount of a row, as a number or as the text of COPY; an unknown one stays unknown."""
    if value is None or value == r"\N" or int(value) < MONEY_FROM:
        return value
    scaled = int(value) * per_cent // 100
    return scaled if isinstance(value, int) else str(scaled)


def _scaled(data: Any, per_cent: int) -> Any:
    if isinstance(data, dict):
        return {k: _scaled(v, per_cent) for k, v in data.items()}
    if isinstance(data, list):
        return [_scaled(v, per_cent) for v in data]
    return data * per_cent // 100 if type(data) is int and data >= MONEY_FROM else data


def _amounts(data: Any) -> list[int]:
    if isinstance(data, dict | list):
        return [n for inner in (data.values() if isinstance(data, dict) else data) for n in _amounts(inner)]
    return [data] if type(data) is int and data >= MONEY_FROM else []


def _open(row: Row) -> list[int]:
    """The places of a row that hold a slot or a doubled per cent sign."""
    return [i for i, value in enumerate(row) if isinstance(value, str) and "%" in value]


def _lines(rows: list[Row]) -> str:
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)
