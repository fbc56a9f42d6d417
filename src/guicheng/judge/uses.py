"""Which figures, tables and columns a rule depends on, found out by writing it as SQL once and listening."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from guicheng.judge.statement import terms_of
from guicheng.law.declare import Rule
from guicheng.law.figures import Figures
from guicheng.law.terms import Render
from guicheng.records.project import Project


class _Changing:
    """Stands in for the figures of a rendering: each has changed once, so that the day by which it is taken is asked for."""

    def __init__(self, figures: Figures):
        self.kind = figures.kind

    def periods(self, name: str) -> int:
        return 2


def columns_read(rules: Iterable[Rule], figures: Figures) -> dict[Any, tuple[str, ...]]:
    """Each table that these rules read, with the columns that they read of it, sorted; whatever the figures' history."""
    found: dict[Any, set[str]] = defaultdict(set)
    for rule in rules:
        r = Render("sqlite", _Changing(figures), Project, open=True)
        for one in terms_of(rule):
            one.sql(r)
        for model, column in r.reads:
            found[model].add(column)
    return {m: tuple(sorted(found[m])) for m in sorted(found, key=lambda m: m._meta.db_table)}


class _Listening:
    """Stands in for the figures of a rendering and notes which were asked for."""

    def __init__(self, figures: Figures):
        self.figures = figures
        self.asked: set[str] = set()

    def periods(self, name: str) -> int:
        self.asked.add(name)
        return self.figures.periods(name)

    def kind(self, name: str) -> str:
        return self.figures.kind(name)


def figures_used(rule: Rule, figures: Figures) -> tuple[str, ...]:
    """The names of the figures that can change this rule's verdict, sorted."""
    listening = _Listening(figures)
    rule.condition().sql(Render("sqlite", listening, Project, open=True))
    return tuple(sorted(listening.asked))
