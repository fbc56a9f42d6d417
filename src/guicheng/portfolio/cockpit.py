"""The figures of the cockpit, read from the sums of what is kept: none of them counts the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet, Sum

from guicheng.law.regulation import Regulation
from guicheng.people.models import Unit
from guicheng.portfolio import models
from guicheng.portfolio.clauses import found_by_rule, moved_since
from guicheng.portfolio.models import Kept, Refreshed
from guicheng.portfolio.sight import Reach
from guicheng.portfolio.urgent import kept_in
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
class Cell:
    """So many projects of one unit, stage, year of filing and colour, with their budgets and overdue duties together."""

    unit: str
    stage: int
    year: int
    colour: str
    projects: int
    budget: int
    late: int


CELL = ("unit", "stage", "year", "colour", "projects", "budget", "late")


def cells(reach: Reach) -> list[Cell]:
    """What a reach holds, cell by cell: from the sums for the bureau and for units, counted for projects reached one by one."""
    sums = models.Sum._default_manager.filter(projects__gt=0)
    if not reach.everywhere:
        sums = sums.filter(unit__in=sorted(reach.units))
    found = [Cell(*row) for row in sums.values_list(*CELL)] if reach.everywhere or reach.units else []
    return [*found, *(Cell(*row) for row in (_counted(reach.apart) if reach.codes else ()))]


def _counted(projects: QuerySet[Project]) -> QuerySet[Any, Any]:
    """The same by counting: for the few projects of a person called to them."""
    columns = ("kept__unit", "kept__stage", "kept__year", "kept__colour")
    kept = projects.filter(kept__isnull=False).values_list(*columns)
    return kept.annotate(n=Count("pk"), b=Sum("kept__budget"), d=Sum("kept__late")).order_by(*columns)


def _of(found: Iterable[Cell], fits: Callable[[Cell], bool] = lambda c: True) -> int:
    return sum(c.projects for c in found if fits(c))


def figures(found: list[Cell], money: list[Cell] | None, day: date) -> list[Figure]:
    """The six numbers, of the cells seen; without money where none is seen."""
    ended = {int(s) for s in ENDED}
    red, late = _of(found, lambda c: c.colour == "red"), sum(c.late for c in found)
    sum_ = [] if money is None else [_money(money)]
    return [
        Figure("全部项目", "All projects", _of(found), "/projects/"),
        Figure("进行中", "Under way", _of(found, lambda c: c.stage not in ended), "/projects/?ongoing=1"),
        Figure("须处理", "Need action", red, "/projects/?health=red"),
        Figure("逾期职责", "Overdue duties", late, "/calendar/?late=1&of=all"),
        Figure(f"{day.year}年报备", f"Filed in {day.year}", _of(found, lambda c: c.year == day.year), f"/projects/?year={day.year}"),
        *sum_,
    ]  # fmt: skip


def _money(found: list[Cell]) -> Figure:
    return Figure("批准金额", "Approved money", sum(c.budget for c in found), "/projects/?sort=-budget", money=True)


def charts(
    law: Regulation, found: list[Cell], money: list[Cell] | None, findings: Reach | None
) -> list[dict[str, Any]]:
    """The four charts: names, values and the lists that each bar opens; those of money and of findings where they are seen."""
    made = [_stages(found), _units(found)] + ([] if money is None else [_years(money)])
    return made + ([] if findings is None else [_articles(law, findings)])


def _chart(id: str, zh: str, en: str, rows: list[tuple[str, Any, str]], unit: str = "个") -> dict[str, Any]:
    return {
        "id": id,
        "data_id": f"data-{id}",
        "zh": zh,
        "en": en,
        "unit": unit,
        "rows": [{"name": n, "value": v, "opens": o} for n, v, o in rows],
    }


def _added(pairs: Iterable[tuple[Any, int]]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for key, n in pairs:
        found[key] += n
    return found


def _stages(found: list[Cell]) -> dict[str, Any]:
    counted = _added((c.stage, c.projects) for c in found)
    rows = [(STAGE_ZH[s], counted[s], f"/projects/?stage={int(s)}") for s in Stage if counted[s]]
    return _chart("stages", "各阶段项目数", "Projects by stage", rows)


def _units(found: list[Cell]) -> dict[str, Any]:
    red = _added((c.unit, c.projects) for c in found if c.colour == "red")
    names = dict(Unit.objects.values_list("code", "name"))
    most = sorted(red.items(), key=lambda pair: (-pair[1], pair[0]))[:12]
    rows = [(names.get(unit, unit), n, f"/projects/?health=red&unit={unit}") for unit, n in most]
    return _chart("units", "各处室须处理的项目", "Projects that need action, by office", rows)


def _years(found: list[Cell]) -> dict[str, Any]:
    by_year = sorted(_added((c.year, c.budget) for c in found).items())
    rows = [(f"{year}年", round(fen / 1_000_000), f"/projects/?year={year}") for year, fen in by_year]
    return _chart("years", "各年报备项目的批准金额", "Approved money by year of filing", rows, "万元")


def _articles(law: Regulation, reach: Reach) -> dict[str, Any]:
    found = found_by_rule(reach).items()
    breached = [(law.rules[r].article.number, n.get("breached", 0)) for r, n in found if r in law.rules]
    rows = [
        (law.article(a).clause(), n, f"/projects/?article={a}&verdict=breached")
        for a, n in sorted(_added(breached).items()) if n
    ]  # fmt: skip
    return _chart("articles", "各条的违反和提醒", "Breaches and reminders by article", rows, "项")


def overdue_longest(reach: Reach, day: date, most: int = 8) -> list[DutyOf]:
    """The duties overdue longest: of the projects that have one, the first by an index, then their duties as they stand now."""
    kept = kept_in(reach).filter(late_since__isnull=False)
    keys = list(kept.order_by("late_since", "project").values_list("project_id", flat=True)[:most])
    late = DutyOf._default_manager.filter(project__in=keys, closed_on__isnull=True, due_on__lt=day)
    return list(late.select_related("project").order_by("due_on", "pk")[:most])


def age(reach: Reach) -> tuple[date | None, int]:
    """The day of the oldest verdict kept, and how many projects have moved on since theirs: COUNTED + 1 means more than that."""
    last = Refreshed._default_manager.filter(pk=1).first()
    if last is None:
        return Kept._default_manager.filter(project__in=reach.projects).aggregate(day=Min("day"))["day"], 0
    return last.day, moved_since(reach, last)
