"""The controls of a form: each field with its value, its errors and what it may name, in groups as people fill them in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as held
from typing import Any

from guicheng.judge.say import day as spoken_day
from guicheng.judge.say import yuan
from guicheng.portfolio.portrait.choices import label
from guicheng.web.forms.choices import Choice, Offer
from guicheng.web.forms.kinds import Field
from guicheng.web.forms.money import capital, fen
from guicheng.web.forms.read import Errors
from guicheng.web.forms.typed import Typed, from_defaults

GROUPS = (
    ("facts", "基本情况", "Facts"), ("money", "金额", "Money"), ("words", "文字说明", "Texts"),
    ("rows", "明细", "Rows"), ("papers", "文件", "Papers"),
)  # fmt: skip
GROUP_OF = {
    "money": "money",
    "words": "words",
    "lines": "words",
    "mapping": "words",
    "rows": "rows",
    "paper": "papers",
    "papers": "papers",
}
SHORT_CHOICE = 4
TYPED_DIGEST = {"note-integrity.note"}
"""Digests of what the discipline office keeps elsewhere: never uploaded here."""


@dataclass
class Control:
    """One control: `name` is the path of its data, `id` that of the element, `shape` the template that draws it."""

    field: Field
    path: str
    name: str
    value: Any
    shape: str
    errors: list[str] = held(default_factory=list)
    choices: list[Choice] = held(default_factory=list)
    people: bool = False
    rows: list[list[Control]] = held(default_factory=list)
    blank: list[Control] = held(default_factory=list)
    english: bool = False

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def echo(self) -> str:
        """What was typed, in words: 大写 and yuan for money, the Chinese day; in English the yuan alone."""
        try:
            if self.field.kind == "money" and self.value:
                amount = fen(self.value)
                return yuan(amount) if self.english else f"{yuan(amount)[1:]}元，{capital(amount)}"
            return spoken_day(self.value) if self.field.kind == "day" and self.value and not self.english else ""
        except ValueError:
            return ""

    @property
    def group(self) -> str:
        return "facts" if self.shape == "picks" else GROUP_OF.get(self.field.kind, "facts")

    @property
    def help(self) -> str:
        """The help of the declaration, except where it only lists what the choices already say."""
        said = self.field.help
        codes = [str(v) for v in self.field.values if str(v).isascii() and len(str(v)) > 1]
        told = [words for _, words in self.choices if words in said]
        listed = any(c in said for c in codes) or (codes and 2 * len(told) >= len(self.choices))
        return "" if listed else said

    @property
    def picked(self) -> list[str]:
        return str(self.value).split("\n") if self.value else []

    @property
    def unit(self) -> str:
        """The unit written after the control, where it is known from the kind."""
        return "万元" if self.field.kind == "money" else ""

    @property
    def wide(self) -> bool:
        return self.shape in ("words", "lines", "papers", "paper", "rows", "picks", "radio")


@dataclass(frozen=True)
class Drawing:
    """How to draw: what may be named, the language, and the errors by path of the data."""

    offer: Offer
    errors: Errors
    english: bool = False
    extra: int = 0

    def controls(
        self, fields: Iterable[Field], typed: Typed, prefix: str, path: str, cell: bool = False
    ) -> list[Control]:
        return [
            self._control(f, typed.get(f.name, ""), f"{prefix}{f.name}", f"{path}.{f.name}", cell)
            for f in fields
            if f.kind != "data"
        ]

    def _control(self, f: Field, value: Any, name: str, path: str, cell: bool) -> Control:
        drawn = Control(f, path, name, value, f.kind, errors=self.errors.get(name, []), english=self.english)
        if f.kind == "rows":
            rows = [*value, *([from_defaults(f.columns)] * (self.extra or (0 if value else 3)))]
            drawn.rows = [self.controls(f.columns, row, f"{name}.{i}.", path, True) for i, row in enumerate(rows)]
            drawn.blank = self.controls(f.columns, from_defaults(f.columns), f"{name}.__n__.", path, True)
        else:
            drawn.choices = self._choices(f, path, value)
            drawn.shape = self._shape(f, drawn, cell)
        return drawn

    def _choices(self, f: Field, path: str, value: str) -> list[Choice]:
        if f.values:
            return [(str(v), label(path, v, self.english)) for v in f.values]
        if f.kind == "yesno":
            return [("yes", "Yes"), ("no", "No")] if self.english else [("yes", "是"), ("no", "否")]
        found = self.offer.choices(path, f.most) if f.kind in ("line", "lines", "count") else None
        if not found:
            return []
        known = {v for v, _ in found}
        return found + [(v, v) for v in str(value).split("\n") if v and v not in known]

    def _shape(self, f: Field, drawn: Control, cell: bool) -> str:
        """The template: short choices lie open, long ones fold into a list; in a row all are small."""
        if f.kind in ("paper", "papers") and drawn.path in TYPED_DIGEST:
            return "line"
        if f.kind == "picks" or (f.kind == "lines" and drawn.choices):
            return "picks"
        if drawn.choices and f.kind in ("choice", "yesno"):
            return "radio" if len(drawn.choices) <= SHORT_CHOICE and not cell else "select"
        if drawn.choices:
            return "select"
        drawn.people = f.kind == "line" and self.offer.people(drawn.path)
        return f.kind


def grouped(controls: list[Control]) -> list[tuple[str, str, str, list[Control]]]:
    """Controls by group, in the order of the declaration inside each: key, 中文, English, controls."""
    return [(key, zh, en, found) for key, zh, en in GROUPS if (found := [c for c in controls if c.group == key])]
