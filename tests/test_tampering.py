"""The database checked against its ledger: whatever is changed behind the door is found and named."""

import io
from typing import Any

import pytest
from django.db import connection, transaction

from guicheng.exchange.check import (
    check_against,
    check_erasables,
    check_ledger,
)
from guicheng.exchange.export import export
from guicheng.ledger.models import Chain, Erasable, Naming
from guicheng.ledger.sequence import sequence
from guicheng.ledger.verify import Differs
from guicheng.people.models import Person, Post
from guicheng.records.bureau import Interpretation
from guicheng.records.initiation import Filing
from guicheng.records.project import PaperOf, Project
from tests.support.door import everything
from tests.support.lines import LINES, differences, taken

# --- the database checked ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_life_with_corrections_and_interpretations_is_what_its_entries_say() -> None:
    """The interpretation makes such projects major from a day before they were filed; they were not, and stay so."""
    taken(LINES)
    picture = everything()
    assert differences() == []
    sequence()
    numbering = ("ledger_position", "ledger_watermark")
    assert everything() == picture | {name: everything()[name] for name in numbering}
    assert Project.objects.get(code="HA-1").major is None
    assert PaperOf.objects.get(project__code="HA-1", seq=2).title == "更正后的纪要"


def tamper_project() -> None:
    Project.objects.filter(code="HA-1").update(budget=1)


def tamper_record() -> None:
    Filing.objects.filter(project__code="HA-2").update(estimate=1)


def remove_record() -> None:
    PaperOf.objects.filter(project__code="HA-1", seq=3).delete()


def add_record() -> None:
    row = PaperOf.objects.get(project__code="HA-1", seq=3)
    row.pk, row.ref = None, "extra"
    row.save(force_insert=True)


def tamper_post() -> None:
    Post.objects.filter(person_id="li.wei").update(role="cyber-office")


def tamper_person() -> None:
    Person.objects.filter(username="li.wei").update(name="别人")


def tamper_interpretation() -> None:
    Interpretation.objects.update(starts="2024-01-01")


def tamper_head() -> None:
    Chain.objects.filter(code="HA-2").update(seq=5)


def tamper_erasable() -> None:
    Erasable.objects.filter(value="赵外人").update(value="钱外人")


def lose_erasable() -> None:
    Erasable.objects.filter(value="赵外人").delete()


def half_erase() -> None:
    Erasable.objects.filter(value="赵外人").update(erased_at="2025-07-01T00:00Z")


def forget_naming() -> None:
    Naming.objects.filter(chain="HA-1", seq=3).delete()


def add_naming() -> None:
    Naming.objects.create(digest="sm3:" + "e" * 64, chain="HA-1", seq=2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "project", "table", "ref", "column"),
    [
        (tamper_project, "HA-1", "project", "HA-1", "budget"),
        (tamper_record, "HA-2", "filing", "filing", "estimate"),
        (remove_record, "HA-1", "paperof", "3", ""),
        (add_record, "HA-1", "paperof", "extra", ""),
        (tamper_person, "bureau", "person", "li.wei", "name"),
        (tamper_interpretation, "bureau", "interpretation", "解释1号", "starts"),
        (tamper_head, "HA-2", "chain", "", ""),
        (forget_naming, "HA-1", "naming", "", ""),
        (add_naming, "", "naming", "", ""),
        (half_erase, "", "erasable", None, ""),
        (lose_erasable, "bureau", "erasable", None, ""),
    ],
)
def test_what_is_changed_behind_the_door_is_found_and_named(
    tamper: Any, project: str, table: str, ref: str | None, column: str
) -> None:
    taken(LINES)
    tamper()
    found, *more = differences()
    assert not more or tamper is forget_naming  # the number of all is then another one too
    assert (found.project, found.table, found.column) == (project, table, column)
    assert ref is None or found.ref == ref
    assert str(found)


@pytest.mark.django_db
def test_a_name_exchanged_behind_the_door_is_found_at_the_entry_that_holds_its_token() -> None:
    taken(LINES)
    tamper_erasable()
    with pytest.raises(Differs) as found:
        check_ledger()
    assert (found.value.project, found.value.seq) == ("bureau", 6)
    assert [d.column for d in check_erasables()] == ["value"]


@pytest.mark.django_db
def test_a_post_given_behind_the_door_is_found() -> None:
    taken(LINES)
    tamper_post()
    assert {(d.table, d.project) for d in differences()} == {("post", "bureau")}


@pytest.mark.django_db
def test_a_project_that_no_entry_knows_is_found() -> None:
    taken(LINES)
    Project.objects.create(
        code="HA-X", title="x", unit="x", edition="2023-04-19", stage=10, furthest=10, filed_on="2025-01-01"
    )
    (found,) = differences()
    assert found.project == "HA-X"


@pytest.mark.django_db
def test_a_project_that_is_gone_from_its_table_is_found() -> None:
    taken(LINES)
    Project.objects.filter(code="HA-2").delete()
    (found,) = differences()
    assert (found.project, found.table) == ("HA-2", "project")


def unguarded(sql: str) -> None:
    """Change the ledger as only somebody who owns the database can: with its triggers taken away."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER ledger_entry_no_{verb}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_entry SET body = REPLACE(body, '会议纪要', '会议记要') WHERE chain = 'HA-2' AND seq = 2",
        "UPDATE ledger_entry SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE chain = 'HA-2' AND seq = 2",
        "UPDATE ledger_entry SET hash = 'zz' WHERE chain = 'HA-2' AND seq = 2",
        "UPDATE ledger_entry SET body = 'x' WHERE chain = 'HA-2' AND seq = 2",
        "UPDATE ledger_entry SET body = '' WHERE chain = 'HA-2' AND seq = 2",
    ],
)
def test_an_entry_rewritten_by_the_owner_of_the_database_is_found(sql: str) -> None:
    taken(LINES)
    sequence()
    unguarded(sql)
    with pytest.raises(Differs) as found:
        check_ledger()
    assert found.value.line == 15


@pytest.mark.django_db
def test_columns_beside_an_entry_are_held_against_it() -> None:
    taken(LINES)
    unguarded("UPDATE ledger_entry SET idem = 'other' WHERE chain = 'HA-2' AND seq = 2")
    (found,) = differences()
    assert (found.project, found.seq, found.column) == ("HA-2", 2, "idem")


@pytest.mark.django_db
def test_a_ledger_rewritten_as_a_whole_is_found_by_an_earlier_export() -> None:
    with transaction.atomic():
        taken(LINES)
        earlier = io.BytesIO(b"".join(export()))
        assert list(check_against(earlier)) == []
        transaction.set_rollback(True)
    taken([*LINES[:7], *LINES[8:]])
    assert differences() == []
    earlier.seek(0)
    (found,) = check_against(earlier)
    assert (found.project, found.seq) == ("bureau", 1)  # recorded at another moment, so already the first entry differs


@pytest.mark.django_db
def test_a_ledger_cut_short_is_found_by_an_earlier_export() -> None:
    taken(LINES[:8])
    begun = len(list(export()))
    with transaction.atomic():
        taken(LINES)
        earlier = io.BytesIO(b"".join(export()))
        transaction.set_rollback(True)
    assert len(list(export())) == begun
    (found,) = check_against(earlier)
    assert "已经没有" in found.what
