"""How the portfolio stands on each rule: from the kept verdicts, over the projects that a reader may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from guicheng.law.regulation import Regulation
from guicheng.portfolio.models import Kept, KeptFinding
from guicheng.records.project import Project


@dataclass(frozen=True)
class Tally:
    """How many projects breach, cannot be judged on, or are released from a rule; all others keep it."""

    breached: int = 0
    unknown: int = 0
    exempted: int = 0
    kept: int = 0

    @property
    def silent(self) -> bool:
        return not (self.breached or self.unknown or self.exempted)


def by_rule(law: Regulation, projects: QuerySet[Project]) -> dict[str, Tally]:
    """The tally of every rule: two statements, whatever the number of rules and projects."""
    judged = Kept._default_manager.filter(project__in=projects).count()
    found: dict[str, dict[str, int]] = defaultdict(dict)
    counted = KeptFinding._default_manager.filter(project__in=projects).values_list("rule", "verdict")
    for rule, verdict, n in counted.annotate(n=Count("pk")):
        found[rule][verdict] = n
    return {
        id: Tally(**found.get(id, {}), kept=judged - sum(found.get(id, {}).values())) for id in law.rules
    }  # fmt: skip
