"""From entries back to records: the same acts written again, in order, without judging. Corrections take effect here."""

from __future__ import annotations

from datetime import date
from typing import Any

from guicheng.door import duties
from guicheng.door.data import validated
from guicheng.door.deed import Deed
from guicheng.judge.edition import figures_of
from guicheng.law.act import Unfit
from guicheng.law.regulation import Regulation
from guicheng.records.project import Project
from guicheng.records.stage import Stage
from guicheng.records.tables import clear_project, looked_up
from guicheng.records.write import update

Body = dict[str, Any]


def effective(bodies: list[Body]) -> list[Body]:
    """The entries as corrected: a corrected one with its new data, a voided one left out; the last correction counts.

    The duties that a corrected act opens are kept in the entry of the correction."""
    by_seq = {b["seq"]: b for b in bodies}
    for b in bodies:
        if b["act"] != "correct":
            continue
        target = by_seq.get(b["data"]["entry"])
        if target is None or target["act"] == "correct":
            raise Unfit(entry="只能更正本项目此前的行为，更正本身不能再更正，可再次更正原行为")
        new = b["data"].get("replacement")
        by_seq[target["seq"]] = {**target, "data": new, "void": new is None, "owed": b.get("owed")}
    return [b for b in by_seq.values() if not b.get("void")]


def write(law: Regulation, deed: Deed, owed: list[duties.Due] | None) -> list[duties.Due]:
    """Write one act: its records, the stage it leads to, the duties it closes and opens, and those it hands over."""
    before = deed._project.unit if deed._project else ""
    deed.act.write(deed)
    spec = deed.act.spec
    if spec.to is not None:
        deed.move(Stage(spec.to))
    if spec.scope == "bureau":
        return []
    if owed is None:
        owed = duties.opened(law, deed)
    if before and deed.project.unit != before:
        duties.hand_over(deed)
    duties.close(law, deed)
    duties.keep(law, deed, owed)
    return owed


def replay(law: Regulation, project: Project | None, bodies: list[Body]) -> Project | None:
    """Write these entries again over what is there, each under the figures that were known when it was recorded.

    Raises Unfit when one no longer fits what came before it."""
    for body in bodies:
        spec = law.acts[body["act"]]
        history = bool(body.get("history"))
        edition = project.edition if project and not spec.opening else body["edition"]
        deed = Deed(
            validated(spec, body["data"], history), project=project, code=body["project"], seq=body["seq"],
            day=date.fromisoformat(body["on"]), by=body["by"], role=body["role"], edition=edition,
            figures=figures_of(law, edition, body["bureau"]), history=history, replayed=True,
        )  # fmt: skip
        try:
            body["owed"] = write(law, deed, [] if spec.code == "correct" else body.get("owed"))
        except Unfit as unfit:
            raise Unfit(entry=f"第{body['seq']}号行为“{spec.title}”因此不再成立：{unfit}") from None
        if deed._project is not None:
            project = deed._project
            mark(project, deed.seq, deed.day)
    return project


def mark(project: Project, seq: int, day: date) -> None:
    """Write the project's own row as this act left it. `last_on` never goes back, so that back-dating cannot creep. Where
    it is not noted in which tables it has rows, they are looked for, once."""
    if project.noted is None:
        project.holds = looked_up(project)
    project.seq, project.noted_at, project.last_on = seq, seq, max(day, project.last_on or day)
    update(project)


def refold(law: Regulation, project: Project, bodies: list[Body]) -> Project:
    """Empty a project's records and write them again from its entries as corrected. The project's key stays."""
    return rewrite(law, project, effective(bodies))


def rewrite(law: Regulation, project: Project, corrected: list[Body]) -> Project:
    """The same from entries as corrected; the duties newly computed for the last correction are left in its target."""
    clear_project(project)
    blank = Project(pk=project.pk, code=project.code, stage=0, furthest=0)
    replay(law, blank, corrected)
    return blank
