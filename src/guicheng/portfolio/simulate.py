"""The same audit under other figures: who would newly breach, who would be cured, by clause, unit and money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from guicheng.judge.edition import edition_on
from guicheng.judge.uses import figures_used
from guicheng.law.figures import BadFigure, Figure, spoken
from guicheng.law.regulation import Regulation
from guicheng.people.models import Unit
from guicheng.portfolio.findings import Findings
from guicheng.portfolio.sweep import Tick, figures_now, one_moment, sweep
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

Rows = list[dict[str, Any]]


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
        before = sweep(law, day, rules, tick=lambda done, of: tick(done, 2 * of))
        after = sweep(law, day, rules, changed, tick=lambda done, of: tick(of + done, 2 * of))
        newly, cured = _apart(law, before, after)
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


def _apart(law: Regulation, before: Findings, after: Findings) -> tuple[Rows, Rows]:
    old = {(f.project, f.rule): f for f in before if f.verdict == "breached"}
    new = {(f.project, f.rule): f for f in after if f.verdict == "breached"}
    newly = [new[k] for k in sorted(new.keys() - old.keys())]
    cured = [old[k] for k in sorted(old.keys() - new.keys())]
    about = _about({f.project for f in (*newly, *cured)})
    return tuple(  # type: ignore[return-value]  # two of them
        [{**about[f.project], "rule": f.rule, "clause": law.rules[f.rule].clause, "facts": f.facts} for f in found]
        for found in (newly, cured)
    )


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
