"""How the portfolio stands on each rule: from the sums of what is kept, over the projects that a reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.db.models import Sum as Total

from guicheng.judge.edition import edition_on
from guicheng.law.regulation import Regulation
from guicheng.ledger.models import Entry
from guicheng.portfolio.models import FindingSum, Kept, KeptFinding, Refreshed, Sum
from guicheng.portfolio.paging import COUNTED
from guicheng.portfolio.sight import Reach
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


def by_rule(law: Regulation, reach: Reach) -> dict[str, Tally]:
    """The tally of every rule: four statements at most, whatever the number of rules and projects."""
    judged, found = _judged(reach), found_by_rule(reach)
    return {
        id: Tally(**found.get(id, {}), kept=judged - sum(found.get(id, {}).values())) for id in law.rules
    }  # fmt: skip


def kept_audit(law: Regulation) -> dict[str, Any] | None:
    """The counts of the last full refresh and of what was done through the site since, as an audit gives them; `moved`: how many
    projects have gone on since they were judged, COUNTED + 1 for more than that. None before the first refresh."""
    last, everything = Refreshed._default_manager.filter(pk=1).first(), Reach(True, frozenset(), frozenset())
    if last is None:
        return None
    found, moved = found_by_rule(everything), moved_since(everything, last)
    words = ("breached", "unknown", "exempted")
    return {
        "regulation": law.id, "edition": edition_on(law, last.day), "as_of": last.day.isoformat(), "projects": _judged(everything),
        "engine": "kept", "moved": moved,
        "rules": [
            {"rule": r.id, "clause": r.clause} | {w: found.get(r.id, {}).get(w, 0) for w in words} for r in law.rules.values()
        ],
    }  # fmt: skip


def moved_since(reach: Reach, last: Refreshed) -> int:
    """How many projects have gone on since they were judged: looked for among the chains that went on since the last refresh,
    not among all projects, and counted no further than COUNTED + 1."""
    chains = Entry.objects.filter(pk__gt=last.entry).values("chain")
    stale = Project.objects.filter(reach.fits(), Q(kept__isnull=True) | ~Q(kept__seq=F("seq")), code__in=chains)
    return stale.order_by()[: COUNTED + 1].count()


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
