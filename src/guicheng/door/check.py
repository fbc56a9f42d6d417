"""May this role act, here, now: the sentences for who and when."""

from datetime import date
from typing import Any, Protocol

from guicheng.judge.say import day as spoken
from guicheng.law.declare import ActSpec
from guicheng.people.roles import ROLE_ZH, Role
from guicheng.records.project import Project
from guicheng.records.stage import ENDED, STAGE_ZH, Stage

WHILE_SUSPENDED = {
    "resume", "terminate", "attach-paper", "correct", "note-integrity", "read-for-integrity", "declare-interest",
}  # fmt: skip
"""Acts that a suspended project still takes."""


def names(roles: tuple[str, ...]) -> str:
    return "、".join(ROLE_ZH[Role(r)] for r in roles)


def denied(spec: ActSpec, person: str, role: str | None, project: Project | None) -> str:
    """One sentence: who may do it, and that this person may not."""
    here = f"在项目 {project.code} 上" if project else ""
    as_role = f"以“{role}”身份" if role else ""
    return f"{person} {here}{as_role}不能办理“{spec.title}”：{spec.clause}由{names(spec.by)}办理"


class Standing(Protocol):
    """Where a project stands, as far as the way through the regulation asks."""

    @property
    def stage(self) -> int: ...
    @property
    def suspended_on(self) -> date | None: ...


def wrong_stage(spec: ActSpec, project: Standing) -> dict[str, Any] | None:
    """Why this act cannot be done at the project's stage, as a breach; None when it can."""
    stage = Stage(project.stage)
    if project.suspended_on is not None and spec.code not in WHILE_SUSPENDED:
        return _stop(spec, f"项目自{spoken(project.suspended_on)}起中止", "先办理“恢复项目”", "resume")
    if (spec.at is None and stage not in ENDED) or (spec.at is not None and stage in spec.at):
        return None
    allowed = "、".join(STAGE_ZH[Stage(s)] for s in spec.at) if spec.at else "项目结束之前"
    return _stop(spec, f"项目现处“{STAGE_ZH[stage]}”，本行为只能在{allowed}环节办理", "先完成前面的环节", "")


def _stop(spec: ActSpec, says: str, cure: str, act: str) -> dict[str, Any]:
    return {
        "rule": f"{spec.article.regulation}:{spec.article.number}.{spec.code}.stage", "clause": spec.clause,
        "sentence": spec.sentence, "force": "hard", "facts": {}, "says": says, "cure": cure,
        "cured_by": [act] if act else [],
    }  # fmt: skip
