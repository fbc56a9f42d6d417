"""The generated portfolio is what the door would have written: verified, counted, and performed again line by line."""

import io
import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from guicheng.bench.portfolio import NotEmpty, portfolio
from guicheng.demo.build import LAST_DAY
from guicheng.demo.life import BUREAU
from guicheng.door.perform import perform
from guicheng.exchange.export import export
from guicheng.exchange.lines import read_lines
from guicheng.judge.edition import forget_figures
from guicheng.ledger.models import Entry, Erasable, Position
from guicheng.portfolio.audit import audit
from guicheng.records.project import Project
from guicheng.records.tables import natural, project_tables, snapshot_bureau
from tests.support.door import open_project
from tests.support.lines import differences

LIVES = (15, 14, 58, 60, 61, 62, 64, 66)
"""A whole life, one withdrawn, four that have only begun, two recorded as history with breaches: 14 acts a project."""
MANY, THOUSAND = 60, 1000


def made(many: int = MANY, **more: Any) -> Any:
    return portfolio(many, only=LIVES, lengths="short", **more)


@pytest.mark.django_db
def test_the_ledger_verifies_and_the_tables_follow_from_it() -> None:
    done = made()
    assert done.projects == Project.objects.count() == MANY
    assert done.entries == Entry.objects.count() == Position.objects.count()
    assert differences() == []


@pytest.mark.django_db
def test_whole_lives_with_amounts_in_lists_and_another_office_taking_over_verify() -> None:
    portfolio(9, only=(11, 62), lengths="whole", seed=2)
    assert Project.objects.filter(furthest__gt=100).count() > 2
    assert differences() == []


@pytest.mark.django_db
def test_an_audit_finds_exactly_what_was_announced() -> None:
    done = made()
    found = Counter((f.rule, f.verdict) for f in audit(LAST_DAY).found)
    assert found == done.verdicts
    assert {"breached", "unknown", "exempted"} == {verdict for _, verdict in found}
    assert found["huaian2023:14.warranty-too-short", "breached"] > 1


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_projects_and_another_gives_others() -> None:
    def titles(seed: int) -> list[tuple[str, str, str, int | None]]:
        with transaction.atomic():
            made(seed=seed)
            found = list(Project.objects.order_by("code").values_list("code", "title", "unit", "budget"))
            transaction.set_rollback(True)
        forget_figures()
        return found

    first = titles(1)
    assert first == titles(1) != titles(2)
    assert len({unit for _, _, unit, _ in first}) > 5
    assert len({title for _, title, _, _ in first}) == MANY


@pytest.mark.django_db
def test_the_door_writes_the_same_of_a_thousand_projects_from_the_same_lines() -> None:
    with transaction.atomic():
        assert made(THOUSAND).projects == THOUSAND
        lines, before = b"".join(export()), picture()
        transaction.set_rollback(True)
    forget_figures()
    assert not Entry.objects.exists()
    for said, line in zip(lines.splitlines(), read_lines(io.BytesIO(lines), history=True), strict=False):
        assert line.request is not None
        outcome = perform(replace(line.request, history=json.loads(said)["history"]))
        assert outcome.outcome == "accepted", outcome.as_json()
    assert picture() == before


def picture() -> tuple[Any, ...]:
    """Every entry and row, with the values of erasable tokens in their place and without the time of recording."""
    values = dict(Erasable.objects.values_list("token", "value"))

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items() if k != "recorded"}
        if isinstance(value, list):
            return [plain(v) for v in value]
        return values.get(value, value) if isinstance(value, str) else value

    bodies = [plain(json.loads(b)) for b in Entry.objects.order_by("id").values_list("body", flat=True)]
    projects = Project.objects.in_bulk()
    rows: dict[str, list[Any]] = {"project": sorted((plain(natural(p)) for p in projects.values()), key=str)}
    for table in project_tables():  # of all projects at once: project by project a thousand would take a minute
        written = table._default_manager.order_by("project__code", "seq", "ref")
        rows[str(table._meta.model_name)] = [(projects[r.project_id].code, plain(natural(r))) for r in written]
    bureau = {table: sorted(map(str, plain(found))) for table, found in snapshot_bureau().items()}
    return bodies, rows, bureau, [b for b in bodies if b["project"] == BUREAU]


@pytest.mark.django_db
def test_a_copy_can_be_acted_upon_and_new_projects_come_after_it() -> None:
    made()
    last = Project.objects.order_by("-pk")[0].pk
    open_project("HA-NEU")
    assert Project.objects.get(code="HA-NEU").pk == last + 1


@pytest.mark.django_db
def test_nothing_is_written_beside_a_ledger() -> None:
    open_project()
    with pytest.raises(NotEmpty):
        made()
