"""The verdicts on one project with the figures behind them, in a number of queries that does not grow with the findings."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import connection

from guicheng.judge.statement import Shape, Statement, for_facts
from guicheng.judge.verdict import Finding, Word, judge, plain, released
from guicheng.law.declare import Rule
from guicheng.law.figures import Figures
from guicheng.law.regulation import Regulation
from guicheng.portfolio.portrait.book import Book
from guicheng.records.project import Project

TOGETHER = 16  # rules whose figures are asked for in one statement
MOST_KNOWN = 512

T = TypeVar("T")
_known: OrderedDict[tuple[str, ...], Any] = OrderedDict()


def remembered(what: str, book: Book, make: Callable[[], T]) -> T:
    """What follows from a project's state alone, made once for each state: a page looked at again costs no judging."""
    key = (what, str(connection.settings_dict["NAME"]), *book.state)
    if key not in _known:
        _known[key] = make()
        while len(_known) > MOST_KNOWN:
            _known.popitem(last=False)
    found: T = _known[key]
    return found


def forget() -> None:
    """Forget everything: for a test that looks at the first time again."""
    _known.clear()


def standing(book: Book) -> list[Finding]:
    """Everything that is not simply kept on this project, in the order of the regulation."""
    return remembered("standing", book, lambda: _judged(book))


def _judged(book: Book) -> list[Finding]:
    law, project = book.law, book.project
    judged = judge(law, project, book.day, book.figures)
    breached = [r for i, r in law.rules.items() if i in judged.breached]
    set_aside = released(project, breached, book.day)
    words: list[tuple[Rule, Word]] = [(r, "exempted" if r.id in set_aside else "breached") for r in breached]
    words += [(r, "unknown") for i, r in law.rules.items() if i in judged.unknown]
    figures = facts_of(law, [r for r, _ in words], project, book.day, book.figures)
    return [Finding(r, w, figures.get(r.id, {})) for r, w in words]


def facts_of(
    law: Regulation, rules: Sequence[Rule], project: Project, day: date, figures: Figures
) -> dict[str, dict[str, Any]]:
    """The figures behind these rules on one project, by rule: one statement for many rules."""
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(rules), TOGETHER):
        found |= _together(law, rules[start : start + TOGETHER], project, day, figures)
    return found


def _together(
    law: Regulation, rules: Sequence[Rule], project: Project, day: date, figures: Figures
) -> dict[str, dict[str, Any]]:
    one = [(r.id, for_facts(law.id, r.id, Shape(figures), connection.vendor, bool(project.gaps))) for r in rules]
    asked = [(id, s) for id, s in one if s is not None]
    if not asked:
        return {}
    tables = ", ".join(f"({s.sql}) f{i}" for i, (_, s) in enumerate(asked))
    names = [(id, n) for id, s in asked for n in s.columns]
    sql = f"SELECT {', '.join(f'f{i}.*' for i in range(len(asked)))} FROM {tables}"  # each part has a single row
    whole = Statement(sql, frozenset().union(*(s.slots for _, s in asked)), tuple(n for _, n in names))
    (row,) = whole.rows(project=project.pk, day=day, **figures.bound)
    found: dict[str, dict[str, Any]] = {}
    for (id, name), value in zip(names, row, strict=True):
        found.setdefault(id, {})[name] = plain(value)
    return found
