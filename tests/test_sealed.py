"""The sealed room: nobody but the discipline office reads it, nothing of it is anywhere else, and nothing in it can be hidden."""

import logging
import stat
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from guicheng.door.models import Attempt
from guicheng.ledger.models import Entry
from guicheng.people.models import Person, Post, Unit
from guicheng.people.roles import Role
from guicheng.regulations.base import regulation
from guicheng.sealed.intake import ELSEWHERE, GoElsewhere, Report, receive, replies
from guicheng.sealed.key import Key, PublicKey, WrongKey, create_key, load_key, load_public
from guicheng.sealed.models import SealedRow
from guicheng.sealed.office import NotYours, OutOfOrder, Reader
from guicheng.sealed.store import verify

SECRET = "王某某在评标前三次与青萍软件的人吃饭"
DAY = date(2026, 3, 2)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    create_key(tmp_path / "discipline.key", tmp_path / "discipline.pub")
    return tmp_path / "discipline.key", tmp_path / "discipline.pub"


@pytest.fixture
def key(files: tuple[Path, Path]) -> Key:
    return load_key(files[0])


@pytest.fixture
def public(files: tuple[Path, Path]) -> PublicKey:
    return load_public(files[1])


@pytest.fixture
def people(db: None) -> None:
    unit = Unit.objects.create(code="rs", name="组织人事处", seq=1, day=DAY)
    for username, *roles in (
        ("ji.jian", Role.DISCIPLINE),
        ("xi.tong", Role.SYSTEM_ADMIN),
        ("an.quan", Role.SECURITY_ADMIN),
        ("shen.ji", Role.AUDIT_ADMIN),
        ("jian.she", Role.CONSTRUCTION),
        ("liang.shi", Role.DISCIPLINE, Role.AUDIT_ADMIN),
    ):
        person = Person.objects.create(username=username, name=username, unit=unit, seq=1, day=DAY)
        for role in roles:
            until = date(2026, 12, 31) if username == "ji.jian" else None
            Post.objects.create(person=person, role=role, since=date(2026, 1, 1), until=until, seq=1, day=DAY)


def put_in(public: PublicKey, **more: str) -> str:
    return receive(False, Report(SECRET, project="HA-2026-003", **more), DAY, public)


def bytes_of_every_row() -> bytes:
    return b"".join(r.code.encode() + bytes(r.sealed) + r.hash.encode() for r in SealedRow.objects.all())


@pytest.mark.parametrize("file", [0, 1])
def test_a_key_is_never_overwritten_and_is_its_owners_alone(files: tuple[Path, Path], file: int) -> None:
    with pytest.raises(FileExistsError):
        create_key(files[0], files[1])
    mode = stat.S_IMODE(files[file].stat().st_mode)
    assert mode & 0o077 == 0 if file == 0 else mode & 0o022 == 0


def test_a_file_that_is_no_key_is_said_to_be_none(tmp_path: Path) -> None:
    for words in ("", "abc", "00" * 31, "中文"):
        (tmp_path / "k").write_text(words, encoding="utf8")
        with pytest.raises(WrongKey):
            load_key(tmp_path / "k")
    with pytest.raises(WrongKey):
        load_key(tmp_path / "missing")


def test_about_a_leader_nothing_is_stored_and_the_right_channel_is_shown(people: None, public: PublicKey) -> None:
    with pytest.raises(GoElsewhere) as sent:
        receive(True, Report(SECRET), DAY, public)
    assert str(sent.value) == ELSEWHERE
    assert "12388" in ELSEWHERE
    assert not SealedRow.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n", "长" * 20_001])
def test_an_empty_or_endless_report_is_refused_without_repeating_it(people: None, public: PublicKey, text: str) -> None:
    with pytest.raises(ValueError) as refused:  # the sentence is checked below
        receive(False, Report(text), DAY, public)
    assert len(str(refused.value)) < 30
    assert not SealedRow.objects.exists()


def test_only_ciphertext_and_digests_are_in_the_table(people: None, key: Key, public: PublicKey) -> None:
    code = put_in(public, name="李举报", contact="13900000000")
    reader = Reader("ji.jian", DAY, key)
    reader.step(1, "accepted", "已受理，谢谢您的信任")
    reader.note("谈话要点：本人承认")
    found = bytes_of_every_row()
    for words in (SECRET, "李举报", "13900000000", "HA-2026-003", "已受理", "谈话", "ji.jian", "2026-03-02", code):
        assert words.encode() not in found


def test_two_equal_reports_look_unlike_and_short_ones_look_alike(people: None, public: PublicKey) -> None:
    put_in(public)
    put_in(public)
    receive(False, Report("短"), DAY, public)
    a, b, c = (bytes(r.sealed) for r in SealedRow.objects.order_by("number"))
    assert a != b
    assert len(a) == len(b) == len(c)


def test_the_discipline_office_reads_and_each_reading_is_kept(people: None, key: Key, public: PublicKey) -> None:
    put_in(public, name="李举报")
    reader = Reader("ji.jian", DAY, key)
    assert reader.listing() == [{"number": 1, "on": "2026-03-02", "stands": "report"}]
    body = reader.read(1)
    assert (body["text"], body["name"], body["project"]) == (SECRET, "李举报", "HA-2026-003")
    assert not {"code", "reply_key"} & set(body)
    kept = [(r["kind"], r.get("report"), r["by"], r["on"]) for r in reader.readings()]
    assert kept == [("listed", None, "ji.jian", "2026-03-02"), ("read", 1, "ji.jian", "2026-03-02")]


@pytest.mark.parametrize(
    "person", ["xi.tong", "an.quan", "shen.ji", "jian.she", "liang.shi", "nobody", "setup", "clock"]
)
def test_nobody_else_reads_even_with_the_key_and_the_try_is_kept(
    people: None, key: Key, public: PublicKey, person: str
) -> None:
    put_in(public)
    with pytest.raises(NotYours):
        Reader(person, DAY, key)
    assert [(r["kind"], r["by"]) for r in Reader("ji.jian", DAY, key).readings()] == [("turned-away", person)]


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_the_post_counts_on_the_day(people: None, key: Key, day: date, may: bool) -> None:
    if may:
        assert Reader("ji.jian", day, key).listing() == []
    else:
        with pytest.raises(NotYours):
            Reader("ji.jian", day, key)


def test_another_key_opens_nothing_and_leaves_nothing(people: None, public: PublicKey, tmp_path: Path) -> None:
    put_in(public)
    create_key(tmp_path / "other.key", tmp_path / "other.pub")
    with pytest.raises(WrongKey):
        Reader("ji.jian", DAY, load_key(tmp_path / "other.key"))
    assert SealedRow.objects.count() == 1


def test_a_row_put_in_under_another_key_hides_no_other(
    people: None, key: Key, public: PublicKey, tmp_path: Path
) -> None:
    create_key(tmp_path / "other.key", tmp_path / "other.pub")
    put_in(public)
    put_in(load_public(tmp_path / "other.pub"))
    put_in(public)
    assert [r["number"] for r in Reader("ji.jian", DAY, key).listing()] == [1, 3]


def test_the_way_of_a_report_and_what_its_sender_is_told(people: None, key: Key, public: PublicKey) -> None:
    code = put_in(public)
    assert replies(code) == []
    Reader("ji.jian", date(2026, 3, 10), key).step(1, "accepted", "已受理")
    Reader("ji.jian", date(2026, 4, 10), key).step(1, "handled", "内部：约谈一人，清退礼金")
    Reader("ji.jian", date(2026, 4, 20), key).step(1, "answered", "已依规处理")
    told = [
        {"step": "accepted", "on": "2026-03-10", "words": "已受理"},
        {"step": "answered", "on": "2026-04-20", "words": "已依规处理"},
    ]
    assert replies(code) == told
    assert replies(f" {code[:5].lower()}-{code[5:]} ") == told
    assert replies("A" * 20) is None
    assert len(code) == 20


def test_steps_follow_one_another(people: None, key: Key, public: PublicKey) -> None:
    put_in(public)
    reader = Reader("ji.jian", DAY, key)
    for step in ("handled", "answered"):
        with pytest.raises(OutOfOrder):
            reader.step(1, step, "早了")  # type: ignore[arg-type]  # a Literal, looped over
    with pytest.raises(ValueError, match="请写明"):
        reader.step(1, "declined", " ")
    reader.step(1, "declined", "不属受理范围，请向有关部门反映")
    with pytest.raises(OutOfOrder):
        reader.step(1, "accepted", "又受理")
    for number in (2, 99):  # a reading, and nothing at all
        with pytest.raises(OutOfOrder):
            reader.step(number, "accepted", "没有这一号")


def test_the_two_clocks_of_fifteen_working_days(people: None, key: Key, public: PublicKey) -> None:
    put_in(public)  # received on Monday 2 March 2026: the fifteenth working day is Monday 23 March

    def late(day: date) -> list[tuple[str, date]]:
        return [(r["stands"], r["due"]) for r in Reader("ji.jian", day, key).overdue(regulation().figures)]

    assert late(date(2026, 3, 23)) == []
    assert late(date(2026, 3, 24)) == [("report", date(2026, 3, 23))]
    Reader("ji.jian", date(2026, 3, 24), key).step(1, "accepted", "已受理")
    assert late(date(2026, 6, 30)) == []
    Reader("ji.jian", date(2026, 9, 24), key).step(1, "handled", "办结")  # 国庆 lies in between, 10 October is worked
    assert late(date(2026, 10, 22)) == []
    assert late(date(2026, 10, 23)) == [("handled", date(2026, 10, 22))]
    Reader("ji.jian", date(2026, 10, 23), key).step(1, "answered", "已反馈")
    assert late(date(2026, 12, 31)) == []


def test_nothing_of_it_is_in_logs_the_ledger_or_the_attempts(
    people: None, key: Key, public: PublicKey, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        report = Report(SECRET, name="李举报")
        code = receive(False, report, DAY, public)
        Reader("ji.jian", DAY, key).read(1)
    shown = caplog.text + repr(report) + repr(key) + repr(Reader("ji.jian", DAY, key)) + "".join(capfd.readouterr())
    assert not any(words in shown for words in (SECRET, "李举报", code))
    assert not Entry.objects.exists()
    assert not Attempt.objects.exists()


def test_verify_needs_no_key_and_finds_every_change(people: None, key: Key, public: PublicKey) -> None:
    assert verify() == (0, "0" * 64)
    for _ in range(3):
        put_in(public)
    count, head = verify()
    assert (count, len(head)) == (3, 64)


@pytest.mark.parametrize(
    "change", ["UPDATE sealed_sealedrow SET code = 'x'", "DELETE FROM sealed_sealedrow WHERE number = 2"]
)
def test_the_database_refuses_to_change_or_delete_a_row(people: None, public: PublicKey, change: str) -> None:
    put_in(public)
    put_in(public)
    statements = [change]
    statements += (
        ["REPLACE INTO sealed_sealedrow (number, code, sealed, hash) VALUES (1, '', x'00', 'h')"]
        if connection.vendor == "sqlite"
        else ["TRUNCATE sealed_sealedrow"]
    )
    for sql in statements:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert verify()[0] == 2
