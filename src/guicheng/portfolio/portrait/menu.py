"""Every act that some roles may do on a project: open ones, and closed ones with the reason, by article."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from guicheng.door.check import wrong_stage
from guicheng.law.declare import ActSpec
from guicheng.law.regulation import Regulation
from guicheng.portfolio.portrait.readiness import Readiness
from guicheng.portfolio.steps import WAYS_OUT
from guicheng.records.project import Project


@dataclass(frozen=True)
class Entry:
    """One act on the menu; `closed` is the sentence that says why it cannot be done now, or nothing."""

    spec: ActSpec
    closed: str = ""

    @property
    def open(self) -> bool:
        return not self.closed


@dataclass(frozen=True)
class Group:
    """The acts of one article."""

    number: int
    title: str
    chapter: str
    entries: tuple[Entry, ...]

    @property
    def open(self) -> int:
        return sum(e.open for e in self.entries)


@dataclass(frozen=True)
class Menu:
    """What to do next, the first of which is the primary one; then everything else by article."""

    next: tuple[ActSpec, ...]
    groups: tuple[Group, ...]


def open_acts(law: Regulation, project: Project, roles: Collection[str]) -> tuple[Group, ...]:
    """The acts of the regulation on a project that these roles may do, by article in the order of the text."""
    entries: dict[int, list[Entry]] = {}
    for spec in law.acts.values():
        if spec.scope == "project" and not spec.opening and set(spec.by) & set(roles):
            entries.setdefault(spec.article.number, []).append(Entry(spec, _closed(spec, project)))
    return tuple(
        Group(n, law.article(n).clause(), law.article(n).chapter, _ordered(entries[n])) for n in sorted(entries)
    )


def _ordered(entries: list[Entry]) -> tuple[Entry, ...]:
    """Open ones first, each in the order of the text."""
    return tuple(sorted(entries, key=lambda e: not e.open))


def _closed(spec: ActSpec, project: Project) -> str:
    stop = wrong_stage(spec, project)
    return str(stop["says"]) if stop else ""


def menu(law: Regulation, project: Project, roles: Collection[str], ready: Readiness) -> Menu:
    """The next acts open to these roles (what cures, what is owed, what leads on) and all others.

    An act that ends a duty by ending the project, or by setting the rule aside, is named last: nobody is led to it first."""
    mine = set(roles)
    cures = [a for i in ready.items for a in i.cures[:2]]
    leading = [ready.gate.spec] if ready.gate else []
    wanted = [*leading, *cures] if ready.ready else [*cures, *leading]
    next_: list[ActSpec] = []
    for spec in sorted(wanted, key=lambda s: s.code in WAYS_OUT):
        if spec not in next_ and mine & set(spec.by) and not _closed(spec, project):
            next_.append(spec)
    return Menu(tuple(next_[:5]), open_acts(law, project, roles))
