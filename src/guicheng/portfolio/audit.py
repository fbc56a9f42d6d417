"""Every rule over the portfolio, as a document that is the same on every engine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guicheng.judge.edition import edition_on
from guicheng.judge.verdict import findings
from guicheng.law.regulation import Regulation
from guicheng.portfolio.engines.choose import opened
from guicheng.portfolio.sweep import Found, Source, Tick, figures_now, sweep
from guicheng.records.project import Project
from guicheng.regulations.base import regulation


class NoSuchProject(Exception):
    """The project that was asked for is not there."""


@dataclass(frozen=True)
class Audit:
    """What an audit found. The records are as they stand now; `as_of` is the day on which they are judged."""

    law: Regulation
    edition: str
    as_of: date
    projects: int
    found: list[Found]
    engine: str = "database"

    @property
    def breached(self) -> bool:
        return any(f.verdict == "breached" for f in self.found)

    def titles(self) -> dict[str, str]:
        """The titles of the projects that were found, by code."""
        codes = sorted({f.project for f in self.found})
        found: dict[str, str] = {}
        for i in range(0, len(codes), 5000):
            found |= dict(Project.objects.filter(code__in=codes[i : i + 5000]).values_list("code", "title"))
        return found

    def counts(self) -> list[dict[str, Any]]:
        """Each rule with how many projects breach it, cannot be judged, or are set free from it."""
        numbers: Counter[tuple[str, str]] = Counter((f.rule, f.verdict) for f in self.found)
        words = ("breached", "unknown", "exempted")
        return [
            {"rule": r.id, "clause": r.clause} | {w: numbers[r.id, w] for w in words} for r in self.law.rules.values()
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "regulation": self.law.id, "edition": self.edition, "as_of": self.as_of.isoformat(),
            "projects": self.projects, "engine": self.engine, "rules": self.counts(),
            "findings": [
                {"project": f.project, "rule": f.rule, "verdict": f.verdict, "facts": f.facts} for f in self.found
            ],
        }  # fmt: skip


def audit(
    day: date,
    project: str | None = None,
    tick: Tick = lambda done, of: None,
    engine: str = "database",
    columns: Path | None = None,
) -> Audit:
    """Judge every project, or one, on a day; `columns` is the folder of the column engines, GUICHENG_HOME/columns otherwise.

    Raises NoSuchProject, NoEngine."""
    law = regulation()
    if project is not None and not Project.objects.filter(code=project).exists():
        raise NoSuchProject(f"没有编号为 {project} 的项目")
    with opened(engine, law, project, columns, tick) as source:
        if project is not None:
            return _one(law, day, project, source, engine)
        found = sweep(law, day, law.rules.values(), tick=tick, source=source)
        return Audit(law, edition_on(law, day), day, Project.objects.count(), found, engine)


def _one(law: Regulation, day: date, code: str, source: Source, engine: str) -> Audit:
    project = Project.objects.get(code=code)
    if engine != "database":
        found = sweep(law, day, law.rules.values(), source=source)
    else:
        judged = findings(law, project, day, figures_now(law, project.edition))
        found = [Found(code, f.rule.id, f.verdict, f.facts) for f in judged]
    return Audit(law, project.edition, day, 1, sorted(found, key=lambda f: f.rule), engine)
