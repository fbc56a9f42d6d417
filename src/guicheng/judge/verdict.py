"""The verdict of every rule on one project, and the figures behind each breach."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db.models import Q

from guicheng.judge.say import say
from guicheng.judge.shared import verdicts
from guicheng.judge.statement import Shape, for_depth, for_facts
from guicheng.law.declare import EXEMPTABLE, EXPLAIN, REMIND, Rule
from guicheng.law.figures import Figures
from guicheng.law.regulation import Regulation
from guicheng.people.wire import dialect
from guicheng.records.project import Exemption, Explanation, Project

Word = Literal["kept", "breached", "unknown", "exempted"]


@dataclass(frozen=True)
class Finding:
    """A rule that is not simply kept: its clause, its words, the figures that decided, and the cure."""

    rule: Rule
    verdict: Word
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def says(self) -> str:
        return say(self.rule.says, self.facts) if self.rule.says else ""

    def as_json(self) -> dict[str, Any]:
        """The shape of `breaches` in an outcome."""
        return {
            "rule": self.rule.id, "clause": self.rule.clause, "sentence": self.rule.sentence, "force": str(self.rule.force),
            "facts": self.facts, "says": self.says, "cure": self.rule.cure, "cured_by": list(self.rule.cured_by),
        }  # fmt: skip


@dataclass(frozen=True)
class Judgement:
    """What all rules say of one project on one day."""

    breached: frozenset[str]
    unknown: frozenset[str]
    depth: dict[str, int] = field(default_factory=dict)

    def is_new(self, rule: Rule, depth: int) -> bool:
        """A breach now found was not there when this was judged, or goes deeper: more records are in breach."""
        return rule.id not in self.breached or depth > self.depth.get(rule.id, depth)


def judge(law: Regulation, project: Project, day: date, figures: Figures) -> Judgement:
    """What all rules of the edition say of one project. Exemptions are not looked at here."""
    values = {"project": project.pk, "day": day, **figures.bound}
    found = verdicts(law.id, Shape(figures), dialect(), project, values)
    return Judgement(frozenset(n for n, v in found.items() if v), frozenset(n for n, v in found.items() if not v))


def depths(law: Regulation, ids: Iterable[str], project: Project, day: date, figures: Figures) -> dict[str, int]:
    """How deep each breach goes: the number of records in breach, for rules that judge records one by one."""
    values = {"project": project.pk, "day": day, **figures.bound}
    found: dict[str, int] = {}
    for id in ids:
        if law.rules[id].over is not None:
            ((found[id],),) = for_depth(law.id, id, Shape(figures), dialect()).rows(**values)
    return found


def released(project: Project, rules: Iterable[Rule], day: date) -> frozenset[str]:
    """Of these rules, those set aside on this day by an exemption or an explanation on record."""
    current = Q(project=project) & (Q(until__isnull=True) | Q(until__gte=day))
    found: set[str] = set()
    asked = tuple(rules)
    for force, table in ((EXEMPTABLE, Exemption), (EXPLAIN, Explanation)):
        ids = [r.id for r in asked if r.force == force]
        if ids:
            found |= set(table._default_manager.filter(current, rule__in=ids).values_list("rule", flat=True))
    return frozenset(found)


def explain(law: Regulation, rule: Rule, project: Project, day: date, figures: Figures, verdict: Word) -> Finding:
    """A finding with the figures that decided it."""
    statement = for_facts(law.id, rule.id, Shape(figures), dialect(), bool(project.gaps))
    if statement is None:
        return Finding(rule, verdict)
    (row,) = statement.rows(project=project.pk, day=day, **figures.bound)
    return Finding(rule, verdict, {n: plain(v) for n, v in zip(statement.columns, row, strict=True)})


def plain(value: Any) -> Any:
    """A fact as JSON knows it: days as ISO text, numbers whole."""
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | bool | int) else int(value)


def findings(law: Regulation, project: Project, day: date, figures: Figures) -> list[Finding]:
    """Everything that is not simply kept, with figures: for a project's page, and for `audit --project`."""
    judged = judge(law, project, day, figures)
    set_aside = released(project, (law.rules[i] for i in judged.breached), day)
    words: list[tuple[str, Word]] = [(i, "exempted" if i in set_aside else "breached") for i in judged.breached]
    words += [(i, "unknown") for i in judged.unknown]
    return [explain(law, law.rules[i], project, day, figures, w) for i, w in sorted(words)]


def blocks(rule: Rule) -> bool:
    return rule.force != REMIND
