"""A book of a few hundred projects whose keys are often equal or unknown, with what the lists filter by."""

from datetime import date, timedelta
from random import Random

from guicheng.door.clock import now
from guicheng.portfolio.models import Kept, KeptFinding
from guicheng.portfolio.sums import Change
from guicheng.records.initiation import Component
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

UNITS = ("zwfw", "gcsp", "bgs")
STAGES = (10, 20, 70, 110, 120)
RULES = tuple(regulation().rules)[:6]
DAY = date(2026, 6, 1)


def write(seed: int, projects: int) -> None:
    """Projects, components and kept verdicts with their sums, all drawn from the seed."""
    r, change = Random(seed), Change()
    book = Project.objects.bulk_create(_project(r, i) for i in range(projects))
    Component._default_manager.bulk_create(
        Component(project=p, seq=1, ref=kind, day=DAY, by="x", role="construction", kind=kind)
        for p in book for kind in r.sample(("software", "hardware", "security"), r.randint(0, 2))
    )  # fmt: skip
    kept = [_kept(r, p) for p in book if r.random() < 0.95]
    found = [
        KeptFinding(project=k.project, rule=rule, verdict=r.choice(("breached", "unknown")))
        for k in kept
        for rule in r.sample(RULES, r.randint(0, 2))
    ]
    Kept._default_manager.bulk_create(kept)
    KeptFinding._default_manager.bulk_create(found)
    change.count(kept, ((f.project.unit, f.rule, f.verdict) for f in found))
    change.write()


def _project(r: Random, number: int) -> Project:
    stage = r.choice(STAGES)
    return Project(
        code=f"HA-{r.randint(2024, 2026)}-{number:04d}", title="例", unit=r.choice(UNITS), edition="2023-04-19",
        stage=stage, furthest=stage, filed_on=DAY - timedelta(days=180 * r.randint(0, 5)), budget=r.choice((None, 0, 1, 10**9)),
        major=r.choice((None, False, True)), suspended_on=DAY if r.random() < 0.1 else None,
    )  # fmt: skip


def _kept(r: Random, p: Project) -> Kept:
    late = r.choice((0, 0, 1, 3))
    return Kept(
        project=p, colour=r.choice(("red", "amber", "green")), seq=0, day=DAY, at=now(), unit=p.unit, stage=p.stage,
        year=p.filed_on.year, budget=p.budget or 0, late=late, late_since=DAY - timedelta(days=late) if late else None,
    )  # fmt: skip
