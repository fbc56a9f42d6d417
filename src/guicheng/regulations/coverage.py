"""What carries out each sentence and each row of the clause table: for the coverage page, and for the house test."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from guicheng.law.declare import ActSpec, Cited, Duty, Left, Proviso, Rule
from guicheng.law.regulation import Regulation

KIND_ZH: dict[type[Cited], str] = {ActSpec: "行为", Rule: "规则", Duty: "职责", Proviso: "但书", Left: "由人判断"}


@dataclass(frozen=True)
class Row:
    """One statement of the clause table."""

    number: int
    article: int
    item: int | None
    quote: str
    force: tuple[str, ...]
    gate: str


@cache
def rows(regulation_id: str) -> tuple[Row, ...]:
    text = files(f"guicheng.regulations.{regulation_id}").joinpath("rows.yaml").read_text(encoding="utf8")
    found: dict[int, dict[str, Any]] = yaml.safe_load(text)
    return tuple(Row(n, **{**about, "force": tuple(about["force"])}) for n, about in sorted(found.items()))


def declarations(law: Regulation) -> list[Cited]:
    """Everything that was declared, in the order of acts, rules, provisos, duties, words left to people."""
    return [*law.acts.values(), *law.rules.values(), *law.provisos, *law.duties.values(), *law.left]


def by_sentence(law: Regulation) -> dict[str, list[Cited]]:
    """Each sentence's key with what claims it; a sentence that nothing claims has an empty list."""
    found: dict[str, list[Cited]] = {s.key: [] for s in law.text.sentences}
    for one in declarations(law):
        for sentence in {s.key for s in one.claims}:
            found[sentence].append(one)
    return found


def by_row(law: Regulation) -> dict[int, list[Cited]]:
    """Each row of the clause table with what answers it."""
    found: dict[int, list[Cited]] = {r.number: [] for r in rows(law.id)}
    for one in declarations(law):
        for number in one.rows:
            found[number].append(one)
    return found


def name_of(one: Cited) -> str:
    """How a page names a declaration: its kind and its code."""
    code = one.id if isinstance(one, Rule) else one.why if isinstance(one, Left) else one.code
    return f"{KIND_ZH[type(one)]} {code}"
