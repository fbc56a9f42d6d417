"""The same audit under other figures: who would newly breach, who would be cured, by clause, unit and money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from guicheng.judge.apart import THEN, for_difference
from guicheng.judge.edition import edition_on
from guicheng.judge.many import by_rows, for_portfolio
from guicheng.judge.statement import Shape, fact_names
from guicheng.judge.uses import figures_used
from guicheng.judge.verdict import plain
from guicheng.law.declare import Rule
from guicheng.law.figures import BadFigure, Figure, Figures, spoken
from guicheng.law.regulation import Regulation
from guicheng.people.models import Unit
from guicheng.portfolio.sweep import Group, Tick, figures_now, groups, one_moment, set_aside
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

Rows = list[dict[str, Any]]
Differing = dict[tuple[str, str], tuple[tuple[int, int], dict[str, Any]]]
"""By project and rule: the place of the first record in breach, and its facts."""


class NoSuchFigure(ValueError):
    """A figure of that name, or with that value, is not known: one sentence."""


@dataclass(frozen=True)
class Simulation:
    law: Regulation
    edition: str
    as_of: date
    projects: int
    sets: dict[str, dict[str, Any]]
    rules: tuple[str, ...]
    newly: Rows
    cured: Rows

    def as_json(self) -> dict[str, Any]:
        return {
            "regulation": self.law.id, "edition": self.edition, "as_of": self.as_of.isoformat(),
            "projects": self.projects, "engine": "database", "set": self.sets, "rules_affected": list(self.rules),
            "by_clause": self.by("clause"), "by_unit": self.by("unit"), "newly": self.newly, "cured": self.cured,
        }  # fmt: skip

    def by(self, what: str) -> Rows:
        """Projects that would newly breach or be cured, counted once each, with their budgets together."""
        kinds = (("newly", self.newly), ("cured", self.cured))
        groups: dict[str, dict[str, dict[str, int | None]]] = defaultdict(lambda: {"newly": {}, "cured": {}})
        for kind, rows in kinds:
            for row in rows:
                groups[row[what]][kind][row["project"]] = row["budget"]
        return [{what: name} | _summed(groups[name]) for name in sorted(groups)]


def _summed(group: dict[str, dict[str, int | None]]) -> dict[str, Any]:
    """Counts and money of a group; a budget that is not known yet counts as none."""
    return {k: len(v) for k, v in group.items()} | {
        f"{k}_budget": sum(b or 0 for b in v.values()) for k, v in group.items()
    }


def simulate(sets: Iterable[tuple[str, str]], day: date, tick: Tick = lambda done, of: None) -> Simulation:
    """Judge every project on a day as things are, and as they would be if these figures had always been others.

    Raises NoSuchFigure."""
    law = regulation()
    with one_moment():
        edition = edition_on(law, day)
        now = figures_now(law, edition)
        changed = tuple(_changed(law, name, text) for name, text in sets)
        said = {f.name: _said(now[f.name], f, day) for f in changed}
        names = {f.name for f in changed}
        rules = [r for r in law.rules.values() if names & set(figures_used(r, law.figures))]
        newly, cured = _apart(law, rules, day, changed, tick)
        return Simulation(law, edition, day, Project.objects.count(), said, tuple(r.id for r in rules), newly, cured)


def _changed(law: Regulation, name: str, text: str) -> Figure:
    """A figure with another value for all time, beyond its floor or ceiling if need be."""
    try:
        figure = law.figures[name]
        fixed = figure.fixed(text, bounds=False)
    except KeyError as unknown:
        raise NoSuchFigure(unknown.args[0]) from None
    except BadFigure as bad:
        raise NoSuchFigure(f"{name}：{bad}") from None
    if figure.choices and text not in figure.choices:
        raise NoSuchFigure(f"{figure.title}（{name}）只能是 {'、'.join(figure.choices)}")
    value = fixed.timeline[0].value
    if isinstance(value, int) and not -(2**53) < value < 2**53:
        raise NoSuchFigure(f"{name}：{text} 过大")
    return fixed


def _said(now: Figure, then: Figure, day: date) -> dict[str, Any]:
    """From what to what, and whether that lies beyond what the bureau itself may set."""
    value = then.timeline[0].value
    found: dict[str, Any] = {
        "title": then.title, "from": spoken(now.on(day), then.unit), "to": spoken(value, then.unit),
    }  # fmt: skip
    if isinstance(value, int) and then.floor is not None and value < then.floor:
        found["beyond"] = f"低于法定下限 {spoken(then.floor, then.unit)}，只能推演，不能设定"
    if isinstance(value, int) and then.ceiling is not None and value > then.ceiling:
        found["beyond"] = f"高于法定上限 {spoken(then.ceiling, then.unit)}，只能推演，不能设定"
    return found


def _apart(law: Regulation, rules: list[Rule], day: date, changed: tuple[Figure, ...], tick: Tick) -> tuple[Rows, Rows]:
    """Who would newly breach and who would be cured, sorted by project, then rule."""
    aside, newly, cured = set_aside(day), Differing(), Differing()
    every = [(e, gaps, figures_now(law, e)) for e, gaps in groups(Project.objects.all())]
    for number, rule in enumerate(rules, 1):
        for group in every:
            for project, was, place, facts in _differing(law, rule, day, group, changed):
                kind, key = (cured if was else newly), (project, rule.id)
                if (rule.force, *key) not in aside:
                    kind[key] = min(kind.get(key, (place, facts)), (place, facts), key=lambda f: f[0])
        tick(number, len(rules))
    about = _about({project for project, _ in (*newly, *cured)})

    def told(kind: Differing) -> Rows:
        return [{**about[p], "rule": r, "clause": law.rules[r].clause, "facts": kind[p, r][1]} for p, r in sorted(kind)]

    return told(newly), told(cured)


def _differing(
    law: Regulation, rule: Rule, day: date, group: Group, changed: tuple[Figure, ...]
) -> Iterator[tuple[str, bool, tuple[int, int], dict[str, Any]]]:
    """The records for which a project of this group is in breach now, or would be: of those who are in breach only the one way."""
    edition, gaps, now = group
    then, names, values = now.with_(*changed), fact_names(rule), {"edition": edition, "day": day}
    if not by_rows(rule, gaps):
        yield from _twice(law, rule, values, gaps, (now, then))
        return
    statement = for_difference(law.id, rule.id, Shape(now), Shape(then), connection.vendor)
    tried = {f"{THEN}{k}": v for k, v in then.bound.items()}
    for project, was, seq, key, *facts in statement.stream(**values, **now.bound, **tried):
        shown = facts[: len(names)] if was else facts[len(names) :]
        yield project, bool(was), (seq, key), {n: plain(v) for n, v in zip(names, shown, strict=True)}


def _twice(
    law: Regulation, rule: Rule, values: dict[str, Any], gaps: bool, sets: tuple[Figures, Figures]
) -> Iterator[tuple[str, bool, tuple[int, int], dict[str, Any]]]:
    """The same where the rule does not go by rows: judged under each set of figures; few projects have gaps, few rules do not."""
    old, new = (
        {
            project: {n: plain(v) for n, v in zip(fact_names(rule), facts, strict=True)}
            for project, verdict, _, _, *facts in for_portfolio(
                law.id, rule.id, Shape(figures), connection.vendor, gaps
            ).stream(**values, **figures.bound)
            if verdict
        }
        for figures in sets
    )
    for project in old.keys() ^ new.keys():
        yield project, project in old, (0, 0), old.get(project) or new.get(project) or {}


def _about(codes: set[str]) -> dict[str, dict[str, Any]]:
    """Title, unit and budget of these projects."""
    names = dict(Unit.objects.values_list("code", "name"))
    wanted = sorted(codes)
    found = {}
    for i in range(0, len(wanted), 5000):
        for p in Project.objects.filter(code__in=wanted[i : i + 5000]):
            found[p.code] = {
                "project": p.code, "title": p.title, "unit": names.get(p.unit, p.unit), "budget": p.budget,
            }  # fmt: skip
    return found
