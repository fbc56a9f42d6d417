"""Refreshing the kept verdicts: of the whole portfolio by one audit, or of one project after an act. Both give the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from guicheng.door.clock import now
from guicheng.judge.verdict import blocks, findings
from guicheng.law.declare import Rule
from guicheng.law.regulation import Regulation
from guicheng.portfolio.models import Kept, KeptFinding
from guicheng.portfolio.sweep import figures_now, one_moment, sweep
from guicheng.records.project import DutyOf, Project
from guicheng.regulations.base import regulation

SOON = timedelta(days=7)
BATCH = 5000
Pairs = list[tuple[str, str]]


def refresh(day: date) -> int:
    """Judge every project and keep what was found; returns how many projects. Readers see the old verdicts until it is done."""
    law = regulation()
    with one_moment():
        projects = list(Project.objects.only("pk", "code", "seq", "suspended_on").order_by("pk"))
        found: dict[str, Pairs] = defaultdict(list)
        for f in sweep(law, day, law.rules.values()):
            found[f.project].append((f.rule, f.verdict))
        late, soon = _owing(day, None)
    with transaction.atomic():
        Kept._default_manager.all().delete()
        KeptFinding._default_manager.all().delete()
        _write(law, day, ((p, found.get(p.code, []), p.pk in late, p.pk in soon) for p in projects))
    return len(projects)


def refresh_one(code: str, day: date) -> None:
    """The same for one project, after something was done on it."""
    law, project = regulation(), Project.objects.filter(code=code).first()
    if project is None:
        return
    found = findings(law, project, day, figures_now(law, project.edition))
    late, soon = _owing(day, project)
    with transaction.atomic():
        Kept._default_manager.filter(project=project).delete()
        KeptFinding._default_manager.filter(project=project).delete()
        _write(law, day, [(project, [(f.rule.id, f.verdict) for f in found], bool(late), bool(soon))])


def _owing(day: date, project: Project | None) -> tuple[set[int], set[int]]:
    """The projects with a duty overdue, and those with one due within a week."""
    open_ = DutyOf._default_manager.filter(closed_on__isnull=True, due_on__lte=day + SOON)
    if project is not None:
        open_ = open_.filter(project=project)
    rows = list(open_.values_list("project_id", "due_on").distinct())
    dated = [(project, due) for project, due in rows if due is not None]
    return {p for p, due in dated if due < day}, {p for p, due in dated if due >= day}


def _write(law: Regulation, day: date, judged: Iterable[tuple[Project, Pairs, bool, bool]]) -> None:
    at, kept, rows = now(), [], []
    for project, pairs, late, soon in judged:
        colour = colour_of(law, pairs, late, soon, project.suspended_on is not None)
        kept.append(Kept(project=project, colour=colour, seq=project.seq, day=day, at=at))
        rows += [KeptFinding(project=project, rule=rule, verdict=verdict) for rule, verdict in pairs]
    Kept._default_manager.bulk_create(kept, BATCH)
    KeptFinding._default_manager.bulk_create(rows, BATCH)


def colour_of(law: Regulation, pairs: Pairs, late: bool, soon: bool, suspended: bool) -> str:
    """Red: a blocking rule breached, or a duty overdue. Amber: a reminder, not enough known, due within a week, suspended."""
    breached = [law.rules[rule] for rule, verdict in pairs if verdict == "breached"]
    if late or any(blocks(r) for r in breached):
        return "red"
    unknown = any(verdict == "unknown" for _, verdict in pairs)
    return "amber" if soon or suspended or unknown or any(_reminds(r) for r in breached) else "green"


def _reminds(rule: Rule) -> bool:
    """A reminder that a duty is late is said by the duty itself."""
    return not rule.code.endswith("-late")
