"""How the portfolio stands on each rule: from the sums of what is kept, over the projects that a reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models import Sum as Total

from guicheng.law.regulation import Regulation
from guicheng.portfolio.models import FindingSum, Kept, KeptFinding, Sum
from guicheng.portfolio.sight import Reach


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


def by_rule(law: Regulation, reach: Reach) -> dict[str, Tally]:
    """The tally of every rule: four statements at most, whatever the number of rules and projects."""
    judged, found = _judged(reach), found_by_rule(reach)
    return {
        id: Tally(**found.get(id, {}), kept=judged - sum(found.get(id, {}).values())) for id in law.rules
    }  # fmt: skip


def found_by_rule(reach: Reach) -> dict[str, dict[str, int]]:
    """By rule and verdict, how many projects: from the sums, and counted for projects that are reached one by one."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    counted: list[Iterable[tuple[Any, ...]]] = []
    if reach.everywhere or reach.units:
        sums = FindingSum._default_manager.filter(**_units(reach), projects__gt=0).values_list("rule", "verdict")
        counted.append(sums.annotate(n=Total("projects")))
    if reach.codes:
        apart = KeptFinding._default_manager.filter(project__in=reach.apart).values_list("rule", "verdict")
        counted.append(apart.annotate(n=Count("pk")))
    for rows in counted:
        for rule, verdict, n in rows:
            found[rule][verdict] += n
    return {rule: dict(by) for rule, by in found.items()}


def _judged(reach: Reach) -> int:
    sums = Sum._default_manager.filter(**_units(reach)).aggregate(n=Total("projects"))["n"] or 0
    return sums + (Kept._default_manager.filter(project__in=reach.apart).count() if reach.codes else 0)


def _units(reach: Reach) -> dict[str, Any]:
    return {} if reach.everywhere else {"unit__in": sorted(reach.units)}
