"""The figures of a regulation: dated, exact, each with its clause, its bounds and its source.

A figure is a whole number in its unit (fen, days, months, pieces, ten-thousandths of a ratio) or a word (a mode).
Values are written as quoted strings in parameters.yaml so that nothing ever reads them as a float.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from guicheng.law.terms import FigureAt, Slot, Term, term

UNITS = {
    "ratio": "比例", "months": "个月", "days": "日", "workdays": "个工作日", "years": "年",
    "count": "个", "fen": "分", "score": "分值", "mode": "方式",
}  # fmt: skip
ONE = 10_000
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,8})?")


class BadFigure(ValueError):
    """A figure that is not exact, not in its unit, or beyond its floor or ceiling."""


def exact(text: str, unit: str) -> int | str:
    """The stored form of a figure's text: '0.05' as a ratio is 500 ten-thousandths. Raises BadFigure."""
    if unit == "mode":
        return text
    if not NUMBER.fullmatch(text):
        raise BadFigure(f"“{text[:40]}”不是数字")
    value = Decimal(text) * (ONE if unit == "ratio" else 1)
    if value != value.to_integral_value():
        raise BadFigure(f"“{text}”过细：{UNITS[unit]}应为整数" + ("，比例至万分之一" if unit == "ratio" else ""))
    return int(value)


def spoken(value: int | str, unit: str) -> str:
    """A stored figure as people say it: 500 ten-thousandths are 5%."""
    if unit == "ratio":
        percent = Decimal(value) * 100 / ONE
        return f"{percent.normalize():f}%"
    return str(value) if unit == "mode" else f"{value}{UNITS[unit]}"


@dataclass(frozen=True)
class Dated:
    """One period of a figure: from this day its value is this, for this reason."""

    start: date
    value: int | str
    source: str = ""


@dataclass(frozen=True)
class Figure:
    name: str
    title: str
    article: int
    item: int | None
    unit: str
    source: str
    timeline: tuple[Dated, ...]
    floor: int | None = None
    ceiling: int | None = None
    choices: tuple[str, ...] = ()

    def on(self, day: date) -> int | str:
        """The value in force on a day; the first value also holds before its own start."""
        found = [d.value for d in self.timeline if d.start <= day]
        return found[-1] if found else self.timeline[0].value

    def checked(self, text: str) -> int | str:
        """The stored value of text, within floor and ceiling. Raises BadFigure naming the figure."""
        value = exact(text, self.unit)
        if self.choices and value not in self.choices:
            raise BadFigure(f"{self.title}（{self.name}）只能是 {'、'.join(self.choices)}")
        if isinstance(value, int) and self.floor is not None and value < self.floor:
            raise BadFigure(f"{self.title}（{self.name}）不得低于 {spoken(self.floor, self.unit)}")
        if isinstance(value, int) and self.ceiling is not None and value > self.ceiling:
            raise BadFigure(f"{self.title}（{self.name}）不得高于 {spoken(self.ceiling, self.unit)}")
        return value

    def changed(self, start: date, text: str, source: str) -> Figure:
        """The same figure with another value from a day on."""
        kept = tuple(d for d in self.timeline if d.start < start)
        later = tuple(d for d in self.timeline if d.start > start)
        return replace(self, timeline=(*kept, Dated(start, self.checked(text), source), *later))

    def fixed(self, text: str, bounds: bool = True) -> Figure:
        """The same figure with one value for all time: for a simulation, or the base of another edition."""
        value = self.checked(text) if bounds else exact(text, self.unit)
        return replace(self, timeline=(Dated(self.timeline[0].start, value, "simulation"),))


class Figures:
    """All figures of one edition, as known at one moment. Immutable: a change makes another Figures."""

    def __init__(self, figures: Iterable[Figure]):
        self._all = {f.name: f for f in figures}
        self.shape = tuple((f.name, len(f.timeline)) for f in self._all.values())
        self.shape_hash = hash(self.shape)

    def __getitem__(self, name: str) -> Figure:
        """Raises KeyError with the known names when there is no such figure."""
        if name not in self._all:
            raise KeyError(f"没有叫“{name}”的数值；可用的有：{'、'.join(sorted(self._all))}")
        return self._all[name]

    def __iter__(self) -> Any:
        return iter(self._all.values())

    def periods(self, name: str) -> int:
        return len(self[name].timeline)

    def kind(self, name: str) -> str:
        return "text" if self[name].unit == "mode" else "int"

    def with_(self, *figures: Figure) -> Figures:
        return Figures((self._all | {f.name: f for f in figures}).values())

    @cached_property
    def bound(self) -> dict[str, Any]:
        """Every slot that FigureAt may use, with its value."""
        bound: dict[str, Any] = {}
        for f in self._all.values():
            slot = f.name.replace(".", "_")
            for i, dated in enumerate(f.timeline):
                bound[f"{slot}_{i}"] = dated.value
                bound[f"{slot}_{i}_from"] = dated.start
        return bound


class FigureTerm(FigureAt):
    """`p.warranty_min_months`: its value on the judged day; `.on(day)` its value on another."""

    def __init__(self, name: str):
        super().__init__(name, Slot("day", "date"))

    def on(self, day: Any) -> Term:
        return FigureAt(self.name, term(day))


class FigureNames:
    """`p`: the figures as terms, by name with dots as underscores. Raises AttributeError for an unknown one."""

    def __init__(self, names: Iterable[str]):
        self._names = {n.replace(".", "_"): n for n in names}

    def __getattr__(self, name: str) -> FigureTerm:
        if name not in self._names:
            raise AttributeError(f"parameters.yaml 中没有 {name}")
        return FigureTerm(self._names[name])


def read_figures(path: Path) -> Figures:
    """Read parameters.yaml. Raises BadFigure for a value that is not a quoted, exact one within its bounds."""
    return Figures(_figure(name, about) for name, about in yaml.safe_load(path.read_text(encoding="utf8")).items())


def _figure(name: str, about: dict[str, Any]) -> Figure:
    unit = about["unit"]
    bound = {k: exact(about[k], unit) for k in ("floor", "ceiling") if k in about}
    figure = Figure(
        name, about["title"], about["article"], about.get("item"), unit, about["source"], (),
        choices=tuple(about.get("choices", ())), **bound,  # type: ignore[arg-type]  # bounds of a mode do not occur
    )  # fmt: skip
    periods = []
    for d in about["values"]:
        if not isinstance(d["value"], str):
            raise BadFigure(f"{name} 的值应加引号写成文本：{d['value']!r}")
        periods.append(Dated(d["from"], figure.checked(d["value"]), d.get("source", about["source"])))
    return replace(figure, timeline=tuple(periods))
