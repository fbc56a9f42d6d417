"""Every rule over the portfolio, as a document that is the same on every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guicheng.judge.edition import edition_on
from guicheng.judge.verdict import findings
from guicheng.law.regulation import Regulation
from guicheng.portfolio.engines.choose import opened
from guicheng.portfolio.findings import Findings, Found
from guicheng.portfolio.sweep import Source, Tick, figures_now, sweep
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
    found: Findings
    engine: str = "database"

    @property
    def breached(self) -> bool:
        return any(verdict == "breached" for _, verdict in self.found.numbers)

    def counts(self) -> list[dict[str, Any]]:
        """Each rule with how many projects breach it, cannot be judged, or are set free from it."""
        numbers, words = self.found.numbers, ("breached", "unknown", "exempted")
        return [
            {"rule": r.id, "clause": r.clause} | {w: numbers[r.id, w] for w in words} for r in self.law.rules.values()
        ]

    def head(self) -> dict[str, Any]:
        """The document without its findings."""
        return {
            "regulation": self.law.id, "edition": self.edition, "as_of": self.as_of.isoformat(),
            "projects": self.projects, "engine": self.engine, "rules": self.counts(),
        }  # fmt: skip

    def findings(self) -> Iterator[dict[str, Any]]:
        """The findings of the document, in order, one at a time."""
        return (said(f) for f in self.found)

    def as_json(self) -> dict[str, Any]:
        """The whole document in memory: as large as the book has findings."""
        return self.head() | {"findings": list(self.findings())}


def titles_of(codes: Iterable[str]) -> dict[str, str]:
    """The titles of these projects, by code: a few thousand at most, as are shown to people."""
    return dict(Project.objects.filter(code__in=sorted(codes)).values_list("code", "title"))


def said(f: Found) -> dict[str, Any]:
    """A finding as the document has it."""
    return {"project": f.project, "rule": f.rule, "verdict": f.verdict, "facts": f.facts}


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
        return Audit(law, project.edition, day, 1, sweep(law, day, law.rules.values(), source=source), engine)
    found = Findings()
    for f in findings(law, project, day, figures_now(law, project.edition)):
        found.add(f.rule.id, tuple(f.facts), [(code, 0, 0, f.verdict, tuple(f.facts.values()))])
    return Audit(law, project.edition, day, 1, found, engine)
