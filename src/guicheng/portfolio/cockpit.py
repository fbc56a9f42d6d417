"""The figures of the cockpit: counts and sums over what a person may see, each by one statement."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from guicheng.law.regulation import Regulation
from guicheng.people.models import Unit
from guicheng.portfolio.models import Kept, KeptFinding
from guicheng.records.project import DutyOf, Project
from guicheng.records.stage import ENDED, STAGE_ZH, Stage


@dataclass(frozen=True)
class Figure:
    """One number of the cockpit: what it counts in both languages, and the list that it opens."""

    zh: str
    en: str
    value: Any
    opens: str
    money: bool = False


@dataclass(frozen=True)
class Seen:
    """What a reader sees: the projects, and those of which money and findings are seen too; None where no role sees them."""

    projects: QuerySet[Project]
    money: QuerySet[Project] | None
    findings: QuerySet[Project] | None


def figures(seen: Seen, day: date) -> list[Figure]:
    """The six numbers; without money where none is seen."""
    projects = seen.projects
    ended = [int(s) for s in ENDED]
    sums = projects.aggregate(
        all=Count("pk"), ongoing=Count("pk", filter=~Q(stage__in=ended)),
        new=Count("pk", filter=Q(filed_on__year=day.year)), red=Count("pk", filter=Q(kept__colour="red")),
    )  # fmt: skip
    money = [] if seen.money is None else [_money(seen.money)]
    late = DutyOf._default_manager.filter(project__in=projects, closed_on__isnull=True, due_on__lt=day).count()
    return [
        Figure("全部项目", "All projects", sums["all"], "/projects/"),
        Figure("进行中", "Under way", sums["ongoing"], "/projects/?ongoing=1"),
        Figure("须处理", "Need action", sums["red"], "/projects/?health=red"),
        Figure("逾期职责", "Overdue duties", late, "/calendar/?late=1&of=all"),
        Figure(f"{day.year}年报备", f"Filed in {day.year}", sums["new"], f"/projects/?year={day.year}"),
        *money,
    ]


def _money(projects: QuerySet[Project]) -> Figure:
    sum_ = projects.aggregate(sum=Sum("budget"))["sum"] or 0
    return Figure("批准金额", "Approved money", sum_, "/projects/?sort=-budget", money=True)


def charts(law: Regulation, seen: Seen) -> list[dict[str, Any]]:
    """The four charts: names, values and the lists that each bar opens; those of money and of findings where they are seen."""
    found = [_stages(seen.projects), _units(seen.projects)]
    found += [] if seen.money is None else [_years(seen.money)]
    return found + ([] if seen.findings is None else [_articles(law, seen.findings)])


def _chart(id: str, zh: str, en: str, rows: list[tuple[str, Any, str]], unit: str = "个") -> dict[str, Any]:
    return {
        "id": id,
        "data_id": f"data-{id}",
        "zh": zh,
        "en": en,
        "unit": unit,
        "rows": [{"name": n, "value": v, "opens": o} for n, v, o in rows],
    }


def _stages(projects: QuerySet[Project]) -> dict[str, Any]:
    counted = dict(projects.values_list("stage").annotate(n=Count("pk")))
    rows = [(STAGE_ZH[s], counted[s], f"/projects/?stage={int(s)}") for s in Stage if s in counted]
    return _chart("stages", "各阶段项目数", "Projects by stage", rows)


def _units(projects: QuerySet[Project]) -> dict[str, Any]:
    red = projects.filter(kept__colour="red").values_list("unit").annotate(n=Count("pk")).order_by("-n", "unit")[:12]
    names = dict(Unit.objects.values_list("code", "name"))
    rows = [(names.get(unit, unit), n, f"/projects/?health=red&unit={unit}") for unit, n in red]
    return _chart("units", "各处室须处理的项目", "Projects that need action, by office", rows)


def _years(projects: QuerySet[Project]) -> dict[str, Any]:
    by_year = (
        projects.annotate(year=ExtractYear("filed_on")).values_list("year").annotate(n=Sum("budget")).order_by("year")
    )
    rows = [(f"{year}年", round((fen or 0) / 1_000_000), f"/projects/?year={year}") for year, fen in by_year]
    return _chart("years", "各年报备项目的批准金额", "Approved money by year of filing", rows, "万元")


def _articles(law: Regulation, projects: QuerySet[Project]) -> dict[str, Any]:
    found = KeptFinding._default_manager.filter(project__in=projects, verdict="breached")
    counted: Counter[int] = Counter()
    for rule, n in found.values_list("rule").annotate(n=Count("pk")):
        if rule in law.rules:
            counted[law.rules[rule].article.number] += n
    rows = [
        (law.article(a).clause(), n, f"/projects/?article={a}&verdict=breached") for a, n in sorted(counted.items())
    ]
    return _chart("articles", "各条的违反和提醒", "Breaches and reminders by article", rows, "项")


def age(projects: QuerySet[Project]) -> tuple[date | None, int]:
    """The day of the oldest verdict kept, and how many projects have moved on since theirs."""
    oldest = Kept._default_manager.filter(project__in=projects).order_by("day").values_list("day", flat=True).first()
    moved = projects.filter(Q(kept__isnull=True) | ~Q(kept__seq=F("seq"))).count()
    return oldest, moved
