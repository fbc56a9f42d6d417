"""What the door finds on record is the same whether it is asked in one statement or in several that travel together."""

from typing import Any

import pytest
from django.db import connection

from guicheng.door import look
from guicheng.door.look import BUREAU, Found
from guicheng.records.project import Project
from guicheng.records.tables import project_tables
from guicheng.records.write import new
from tests.support.door import CODE, DAY, found_bureau, hire, open_project, paper, project_act


def told(found: Found) -> tuple[Any, ...]:
    """Everything in it, as plain values; how each row was read apart."""
    rows = [row and {k: v for k, v in row.__dict__.items() if k != "_state"} for row in (found.same, found.project)]
    return vars(found.head), *rows, sorted(found.posts), found.bureau


WAYS = {"sqlite": (look._joined, look._together), "postgresql": (look._together,)}
"""The one statement speaks SQLite's own words."""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "id", "by", "expected"),
    [
        (CODE, "mine", "li.wei", (2, 2, True, {"construction"})),
        (CODE, "other", "li.wei", (2, None, True, {"construction"})),
        (CODE, None, "nobody", (2, None, True, set())),
        (CODE, None, "bao.jian", (2, None, True, {"supervisor"})),
        ("HA-2", "mine", "bao.jian", (1, None, True, set())),
        ("HA-9", "mine", "li.wei", (0, None, False, {"construction"})),
        (BUREAU, None, "an.quan", (2, None, False, {"security-admin"})),
        (BUREAU, "mine", "clock", (2, None, False, {"clock"})),
        (BUREAU, None, "setup", (2, None, False, set())),
    ],
)
def test_both_ways_find_the_same(code: str, id: str | None, by: str, expected: tuple[Any, ...]) -> None:
    found_bureau()
    open_project()
    open_project("HA-2")
    hire("bao.jian", "supervisor")
    assert project_act("attach-paper", paper(), id="mine").seq == 2
    found = look.look(code, id, by, DAY)
    for way in WAYS[connection.vendor]:
        assert told(way(code, id, by, DAY)) == told(found)
    roles = {role for role, _ in found.posts}
    assert (found.head.seq, found.same and found.same.seq, found.project is not None, roles) == expected
    assert found.bureau == 2


@pytest.mark.parametrize("model", project_tables(), ids=lambda model: str(model.__name__))
def test_a_row_made_quickly_is_the_row_that_calling_the_model_makes(model: Any) -> None:
    values = {"project": Project(pk=7, code=CODE), "seq": 3, "ref": "甲", "day": DAY}
    quick, slow = new(model, values), model(**values)
    assert {**vars(quick), "_state": None} == {**vars(slow), "_state": None}
    assert (quick.project is slow.project, quick._state.adding, quick._state.db) == (True, True, None)
