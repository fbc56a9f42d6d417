"""Act lines in and out: strict reading, resuming, trials that leave nothing, the ledger built again, the database checked."""

import io
import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from guicheng.door.models import Attempt
from guicheng.exchange.check import (
    Difference,
    check_against,
    check_erasables,
    check_heads,
    check_ledger,
    check_tables,
)
from guicheng.exchange.export import export
from guicheng.exchange.intake import survey, take_in
from guicheng.exchange.lines import DEEPEST, Unreadable, read_lines
from guicheng.exchange.rebuild import NotEmpty, rebuild
from guicheng.ledger.models import Chain, Entry, Erasable
from guicheng.ledger.sequence import sequence
from guicheng.ledger.verify import Differs, verify_lines
from guicheng.people.models import Person, Post
from guicheng.records.bureau import Interpretation
from guicheng.records.initiation import Filing
from guicheng.records.project import PaperOf, Project
from tests.support.door import everything
from tests.support.lines import LINES, PAPER, command, environment, guicheng, line, written


def file_of(lines: list[dict[str, Any]]) -> io.BytesIO:
    return io.BytesIO("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines).encode())


def taken(lines: list[dict[str, Any]], preview: bool = False, history: bool = False) -> list[dict[str, Any]]:
    return [outcome for _, outcome in take_in(read_lines(file_of(lines), history), preview)]


def words(outcomes: list[dict[str, Any]]) -> list[str]:
    return [o["outcome"] for o in outcomes]


# --- reading -----------------------------------------------------------------------------------------------------------

GOOD = {"project": "HA-1", "act": "attach-paper", "by": "li.wei", "on": "2025-06-04", "data": PAPER}


def errors_of(raw: bytes, history: bool = False) -> dict[str, list[str]]:
    (one,) = read_lines(io.BytesIO(raw), history)
    assert one.request is None
    assert one.refusal["outcome"] == "invalid"
    assert one.refusal["line"] == 1
    return one.errors


@pytest.mark.parametrize(
    ("raw", "field", "word"),
    [
        (b"{", "line", "JSON"),
        (b"[1]", "line", "对象"),
        (b'"x"', "line", "对象"),
        (b"null", "line", "对象"),
        (b'{"project": "A", "project": "B"}', "line", "写了两次"),
        (b'{"data": {"a": NaN}}', "line", "NaN"),
        (b'{"data": {"a": Infinity}}', "line", "Infinity"),
        (b'{"data": {"a": ' + b"9" * 5000 + b"}}", "line", "数字"),
        (b'{"data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "line", "嵌套过深"),
        ("{“project”: 1}".encode(), "line", "JSON"),
        (json.dumps(GOOD, ensure_ascii=False).encode("gbk"), "line", "GBK"),
        (b'{"project": "\xff\xff"}', "line", "UTF-8"),
        (b"{" + b" " * (9 * 2**20) + b"}", "line", "MB"),
    ],
    ids=lambda v: v[:20] if isinstance(v, bytes | str) else None,
)
def test_a_line_that_is_no_act_line_says_why(raw: bytes, field: str, word: str) -> None:
    assert word in errors_of(raw)[field][0]


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"project": None}, "project", "必须填写"),
        ({"act": None}, "act", "必须填写"),
        ({"by": None}, "by", "必须填写"),
        ({"on": None}, "on", "必须填写"),
        ({"project": 7}, "project", "应为文字"),
        ({"project": ""}, "project", "不能为空"),
        ({"project": "A" * 65}, "project", "64"),
        ({"id": "x" * 129}, "id", "128"),
        ({"role": ["a"]}, "role", "应为文字"),
        ({"on": 20250604}, "on", "应为文字"),
        ({"data": [1]}, "data", "应为一组栏目"),
        ({"data": "x"}, "data", "应为一组栏目"),
        ({"dat": {}}, "dat", "没有这个栏目"),
        ({"history": True}, "history", "--as-history"),
        ({"by": "li\0wei"}, "by", "空字符"),
        ({"data": {"title": "a\0"}}, "data.title", "空字符"),
        ({"data": {"title": "\ud800"}}, "data.title", "半个代理码"),
        ({"data": {"a\0b": 1}}, "data.a?b", "名称"),
        ({"data": {"amount": 12.5}}, "data.amount", "12.5 不是整数"),
        ({"data": {"rows": [{"amount": 2**63}]}}, "data.rows.0.amount", "数字过大"),
    ],
    ids=str,
)
def test_a_field_that_no_act_could_take_is_named(change: dict[str, Any], field: str, word: str) -> None:
    assert word in errors_of(json.dumps(GOOD | change).encode())[field][0]


def test_numbers_beyond_all_numbers_are_not_whole() -> None:
    raw = json.dumps(GOOD | {"data": {"size": 1}}).replace('"size": 1', '"size": 1e999').encode()
    assert "1e999 不是整数" in errors_of(raw)["data.size"][0]


def test_nesting_is_limited_before_anything_recurses() -> None:
    deep: Any = 1
    for _ in range(DEEPEST):
        deep = [deep]
    assert any("嵌套过深" in w[0] for w in errors_of(json.dumps(GOOD | {"data": {"a": deep}}).encode()).values())


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("\ufeff{}".encode(), "BOM"),
        ("{}".encode("utf-16"), "UTF-16"),
        ("{}".encode("utf-16-be"), "UTF-16"),
        (b"", "空"),
    ],
)
def test_a_file_that_is_no_act_lines_at_all_says_why(raw: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        survey(io.BytesIO(raw), history=False)


def test_a_line_of_fifty_megabytes_does_not_fill_the_memory_and_hides_no_other() -> None:
    raw = b'{"data": "' + b"x" * (50 * 2**20) + b'"}\n' + json.dumps(GOOD).encode()
    first, second = read_lines(io.BytesIO(raw))
    assert "MB" in first.errors["line"][0]
    assert (second.number, second.request is not None, second.end) == (2, True, len(raw))


def test_blank_lines_line_ends_and_checkpoints_are_passed_over() -> None:
    good = json.dumps(GOOD).encode()
    raw = b"\n  \r\n" + good + b'\r\n{"checkpoint": {"size": 1}}\n' + good
    assert [one.number for one in read_lines(io.BytesIO(raw))] == [3, 5]


def ids(*lines: dict[str, Any]) -> list[str | None]:
    return [one.request.id for one in read_lines(file_of(list(lines))) if one.request]


def test_a_line_without_id_gets_one_from_its_content_and_its_place_among_its_like() -> None:
    first, second, other = ids(GOOD, GOOD, GOOD | {"on": "2025-06-05"})
    assert len({first, second, other}) == 3
    assert ids(GOOD, GOOD | {"by": "user:li.wei"}) == [first, second]
    assert ids(GOOD | {"id": "mine"}) == ["mine"]


def test_names_of_outsiders_leave_no_trace_in_an_id() -> None:
    filing = LINES[5]
    other = json.loads(json.dumps(filing))
    other["data"]["contact_phone"] = "0517-99999999"
    assert ids(filing) == ids(other)
    assert ids(filing, other)[0] != ids(filing, other)[1]


# --- taking in ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_lines_are_performed_in_order_and_the_second_run_skips_them() -> None:
    assert words(taken(LINES)) == ["accepted"] * len(LINES)
    picture = everything()
    again = taken(LINES)
    assert words(again) == ["skipped"] * len(LINES)
    assert [o["line"] for o in again] == list(range(1, len(LINES) + 1))
    assert everything() == picture


@pytest.mark.django_db
def test_a_refused_line_stops_nothing_and_is_tried_again() -> None:
    wrong = line("HA-1", "attach-paper", "nobody", "2025-06-04", **PAPER)
    found = taken([*LINES[:6], wrong, *LINES[6:]])
    assert words(found) == ["accepted"] * 6 + ["denied"] + ["accepted"] * (len(LINES) - 6)
    assert words(taken([*LINES[:6], wrong])) == ["skipped"] * 6 + ["denied"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "word", "field"),
    [
        ({"act": "fly-to-the-moon"}, "invalid", "act"),
        ({"project": "HA-NONE"}, "invalid", "project"),
        ({"project": "a b'; DROP TABLE x"}, "invalid", "project"),
        ({"on": "2025-02-30"}, "invalid", "on"),
        ({"on": "1900-01-01"}, "invalid", "on"),
        ({"on": "9999-12-31"}, "invalid", "on"),
        ({"role": "pope"}, "denied", "by"),
        ({"by": "x" * 64}, "denied", "by"),
        ({"data": {"title": "x", "kind": "y"}}, "invalid", "digest"),
        ({"data": PAPER | {"title": "文" * 1_000_000}}, "invalid", "title"),
        ({"data": PAPER | {"size": -1}}, "invalid", "size"),
        ({"data": PAPER | {"digest": "md5:1"}}, "invalid", "digest"),
        ({"data": PAPER | {"colour": "red"}}, "invalid", "colour"),
        (
            {"act": "file-project", "project": "HA-9", "data": LINES[5]["data"] | {"estimate": -1}},
            "invalid",
            "estimate",
        ),
    ],
    ids=str,
)
def test_wrong_acts_get_their_word_and_change_nothing(changed: dict[str, Any], word: str, field: str) -> None:
    taken(LINES[:6])
    picture = everything()
    (outcome,) = taken([GOOD | changed])
    assert (outcome["outcome"], list(outcome["errors"])) == (word, [field])
    assert all(re.search("[一-鿿]", s) for found in outcome["errors"].values() for s in found)
    assert everything() == picture


@pytest.mark.django_db
def test_a_preview_sees_the_lines_before_it_and_leaves_nothing() -> None:
    picture = everything()
    outcomes = taken(LINES, preview=True)
    assert words(outcomes) == ["accepted"] * len(LINES)
    assert all(o["preview"] and "hash" not in o for o in outcomes)
    assert everything() == picture
    assert not Attempt.objects.exists()
    assert words(taken(LINES)) == ["accepted"] * len(LINES)


@pytest.mark.django_db
def test_a_preview_that_is_broken_off_leaves_nothing() -> None:
    picture = everything()
    trial: Iterator[Any] = take_in(read_lines(file_of(LINES)), preview=True)
    next(trial)
    trial.close()  # type: ignore[attr-defined]  # a generator
    assert everything() == picture


@pytest.mark.django_db
def test_history_is_recorded_with_its_gaps_and_only_when_asked_for() -> None:
    taken(LINES[:5])
    past = line("HA-OLD", "file-project", "li.wei", "2024-03-01", classified="no", title="旧系统", unit="wcs")
    assert words(taken([past])) == ["invalid"]
    (outcome,) = taken([past], history=True)
    assert outcome["outcome"] == "accepted"
    assert Project.objects.get(code="HA-OLD").gaps == ","
    assert json.loads(next(iter(export("HA-OLD"))))["history"] is True


@pytest.mark.django_db
def test_what_was_exported_is_recognised_where_it_came_from() -> None:
    taken(LINES)
    exported = io.BytesIO(b"".join(export()))
    outcomes = [o for _, o in take_in(read_lines(exported))]
    assert words(outcomes) == ["skipped"] * len(LINES)


@pytest.mark.django_db
def test_an_export_can_be_performed_anew_elsewhere_with_its_names() -> None:
    with transaction.atomic():
        taken(LINES[:9])
        exported = b"".join(export())
        transaction.set_rollback(True)
    outcomes = [o for _, o in take_in(read_lines(io.BytesIO(exported)))]
    assert words(outcomes) == ["accepted"] * 9
    assert {"0517-80000000", "赵外人"} == set(Erasable.objects.values_list("value", flat=True))


# --- the database checked ----------------------------------------------------------------------------------------------


def differences() -> list[Difference]:
    done = check_ledger()
    return [*check_heads(done), *check_erasables(), *check_tables()]


@pytest.mark.django_db
def test_a_life_with_corrections_and_interpretations_is_what_its_entries_say() -> None:
    """The interpretation makes such projects major from a day before they were filed; they were not, and stay so."""
    taken(LINES)
    picture = everything()
    assert differences() == []
    sequence()
    assert everything() == picture | {"ledger_position": everything()["ledger_position"]}
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
        (half_erase, "", "erasable", None, ""),
        (lose_erasable, "bureau", "erasable", None, ""),
    ],
)
def test_what_is_changed_behind_the_door_is_found_and_named(
    tamper: Any, project: str, table: str, ref: str | None, column: str
) -> None:
    taken(LINES)
    tamper()
    (found,) = differences()
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
        "UPDATE ledger_entry SET hash = REPLACE(hash, 'a', 'b') WHERE chain = 'HA-2' AND seq = 2",
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


# --- built again -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_ledger_is_built_again_only_where_nothing_is() -> None:
    taken(LINES)
    with pytest.raises(NotEmpty):
        rebuild(io.BytesIO(b"".join(export())))


@pytest.mark.django_db
def test_the_rebuilt_ledger_and_tables_are_the_same() -> None:
    from guicheng.records.tables import snapshot_bureau, snapshot_project

    def picture() -> tuple[Any, ...]:
        return snapshot_bureau(), [snapshot_project(p) for p in Project.objects.order_by("code")]

    with transaction.atomic():
        taken(LINES)
        phone = Erasable.objects.get(value="0517-81111111")
        Erasable.objects.filter(pk=phone.pk).update(value="", salt="", erased_at="2025-07-01T00:00Z")
        exported, before = b"".join(export()), picture()
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    rebuild(io.BytesIO(exported))
    assert b"".join(export()) == exported
    assert picture() == before
    assert differences() == []
    assert Erasable.objects.get(pk=phone.pk).erased_at is not None


@pytest.mark.django_db
def test_a_file_that_does_not_verify_is_not_built() -> None:
    with transaction.atomic():
        taken(LINES)
        exported = b"".join(export())
        transaction.set_rollback(True)
    with pytest.raises(Differs):
        rebuild(io.BytesIO(exported.replace("会议纪要".encode(), "会议记要".encode())))
    assert not Entry.objects.exists()


# --- real processes ----------------------------------------------------------------------------------------------------


def papers(code: str, number: int) -> list[dict[str, Any]]:
    return [line(code, "attach-paper", "li.wei", "2025-06-20", **PAPER | {"title": f"第{n}份"}) for n in range(number)]


def test_an_import_killed_half_way_and_run_again_has_everything_once_and_travels(tmp_path: Path) -> None:
    lines = [*LINES, *papers("HA-1", 150)]
    file = written(lines, tmp_path / "acts.jsonl")
    guicheng("init", home=tmp_path)
    first = subprocess.Popen(
        command("import", str(file), "--json", home=tmp_path), env=environment(), stdout=subprocess.PIPE, bufsize=0
    )
    assert first.stdout is not None
    for _ in range(40):
        first.stdout.readline()
    first.kill()
    first.wait()
    first.stdout.close()
    again = guicheng("import", str(file), "--json", home=tmp_path)
    outcomes = words([json.loads(one) for one in again.stdout.splitlines()])
    assert again.returncode == 0
    assert set(outcomes) == {"skipped", "accepted"}
    assert outcomes == sorted(outcomes, reverse=True)
    exported, there = tmp_path / "ledger.jsonl", tmp_path / "there"
    assert guicheng("export", "-o", str(exported), home=tmp_path).returncode == 0
    done = exported.read_bytes().splitlines(keepends=True)
    assert verify_lines(done).size == len(lines)
    titles = [json.loads(one).get("data", {}).get("title", "") for one in done]
    assert [t for t in titles if t.endswith("份")] == [f"第{n}份" for n in range(150)]
    assert guicheng("init", home=there).returncode == 0
    assert guicheng("rebuild", str(exported), home=there).returncode == 0
    assert guicheng("export", home=there).stdout == exported.read_bytes()
    assert guicheng("verify", "--against", str(exported), home=there).returncode == 0


def test_two_imports_at_once_make_one_order(tmp_path: Path) -> None:
    guicheng("init", home=tmp_path)
    guicheng("import", str(written(LINES, tmp_path / "first")), home=tmp_path)
    both = [
        subprocess.Popen(
            command("import", str(written(papers(code, 60), tmp_path / code)), home=tmp_path),
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for code in ("HA-1", "HA-2")
    ]
    while any(one.poll() is None for one in both):
        done = verify_lines(guicheng("export", home=tmp_path).stdout.splitlines(keepends=True))
        assert done.size >= len(LINES)
        time.sleep(0.05)
    assert [one.returncode for one in both] == [0, 0]
    assert guicheng("verify", home=tmp_path).returncode == 0
    assert verify_lines(guicheng("export", home=tmp_path).stdout.splitlines(keepends=True)).size == len(LINES) + 120
