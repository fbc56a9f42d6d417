"""Where one project stands on a day, as a document: stage, findings, open duties, the acts that its stage allows."""

from __future__ import annotations

from datetime import date
from typing import Any

from guicheng.door.check import wrong_stage
from guicheng.judge.verdict import findings
from guicheng.law.regulation import Regulation
from guicheng.people.roles import ROLE_ZH, Role
from guicheng.portfolio.sweep import figures_now
from guicheng.records.project import DutyOf, Project
from guicheng.records.stage import STAGE_ZH, Stage
from guicheng.regulations.base import regulation


def standing(code: str, day: date) -> dict[str, Any] | None:
    """The document, or None when there is no such project."""
    law = regulation()
    project = Project.objects.filter(code=code).first()
    if project is None:
        return None
    found = findings(law, project, day, figures_now(law, project.edition))
    return {
        "project": code, "title": project.title, "unit": project.unit, "edition": project.edition, "seq": project.seq,
        "stage": STAGE_ZH[Stage(project.stage)], "suspended_on": project.suspended_on, "budget": project.budget,
        "findings": [{"verdict": f.verdict, **f.as_json()} for f in found],
        "duties": _duties(project, day), "acts": _acts(law, project),
    }  # fmt: skip


def _duties(project: Project, day: date) -> list[dict[str, Any]]:
    still = DutyOf.objects.filter(project=project, closed_on__isnull=True).order_by("due_on", "seq", "ref")
    return [
        {
            "code": d.code, "title": d.title, "subject": d.subject, "owed_by": _roles(d.owed_by.split(",")),
            "due": d.due_on.isoformat() if d.due_on else None, "late": d.due_on is not None and d.due_on < day,
        }
        for d in still
    ]  # fmt: skip


def _acts(law: Regulation, project: Project) -> list[dict[str, Any]]:
    """What the stage allows; whether the rules do, only a preview can tell."""
    return [
        {"act": s.code, "title": s.title, "clause": s.clause, "by": [ROLE_ZH[Role(r)] for r in s.by]}
        for s in law.acts.values()
        if s.scope == "project" and not s.opening and wrong_stage(s, project) is None
    ]


def _roles(codes: list[str]) -> str:
    return "、".join(ROLE_ZH[Role(c)] for c in codes if c)
