"""The hands of an act: a project moves on, never back, unless an act says so."""

from datetime import date
from typing import Any

import pytest

from guicheng.door.deed import Deed
from guicheng.records.project import Project
from guicheng.records.stage import Stage
from guicheng.regulations.base import regulation


def deed_on(project: Project) -> Deed:
    some_act: Any = None
    return Deed(
        some_act, project=project, code=project.code, seq=1, day=date(2025, 6, 1), by="x", role="construction",
        edition="2023-04-19", figures=regulation().figures,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stands", "then"),
    [
        (Stage.APPROVED, Stage.CONTRACTED),
        (Stage.CONTRACTED, Stage.CONTRACTED),
        (Stage.IMPLEMENTATION, Stage.IMPLEMENTATION),
        (Stage.TERMINATED, Stage.TERMINATED),
    ],
)
def test_advance_never_moves_back(stands: Stage, then: Stage) -> None:
    project = Project(code="HA-1", stage=stands, furthest=min(stands, Stage.OPERATION))
    deed_on(project).advance(Stage.CONTRACTED)
    assert project.stage == then
