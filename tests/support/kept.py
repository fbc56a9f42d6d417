"""What is kept of projects: one judged anew as the keeper of an act keeps it; the sums, and the same added up."""

from collections import Counter
from typing import Any

from django.db import transaction

from guicheng.door.clock import today
from guicheng.judge.verdict import judge
from guicheng.portfolio.models import FindingSum, Kept, KeptFinding, Sum
from guicheng.portfolio.standing import keep_one
from guicheng.portfolio.sweep import figures_now
from guicheng.records.project import Project
from guicheng.regulations.base import regulation


def refresh_one(code: str) -> None:
    law = regulation()
    with transaction.atomic():
        project = Project.objects.select_for_update(no_key=True).get(code=code)
        keep_one(project, judge(law, project, today(), figures_now(law, project.edition)), today())


def summed() -> tuple[Any, Any]:
    own = Sum._default_manager.exclude(projects=0).values_list(
        "unit", "stage", "year", "colour", "projects", "budget", "late"
    )
    findings = FindingSum._default_manager.exclude(projects=0).values_list("unit", "rule", "verdict", "projects")
    return sorted(own), sorted(findings)


def added_up() -> tuple[Any, Any]:
    """The same from the kept rows, one by one."""
    number, budget, late = Counter[Any](), Counter[Any](), Counter[Any]()
    for k in Kept._default_manager.all():
        cell = k.unit, k.stage, k.year, k.colour
        number[cell] += 1
        budget[cell] += k.budget
        late[cell] += k.late
    found = Counter(KeptFinding._default_manager.values_list("project__kept__unit", "rule", "verdict"))
    return sorted((*c, n, budget[c], late[c]) for c, n in number.items()), sorted((*f, n) for f, n in found.items())
