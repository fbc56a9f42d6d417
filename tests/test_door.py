"""The door: who, where, when; what is refused changes nothing; a preview foretells and keeps nothing."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from guicheng.door.deed import Deed
from guicheng.door.models import Attempt
from guicheng.door.outcome import Request
from guicheng.door.perform import perform, preview
from guicheng.judge.verdict import Judgement
from guicheng.ledger.append import bodies
from guicheng.ledger.digest import GENESIS, entry_hash
from guicheng.ledger.models import Chain, Entry
from guicheng.records.project import PaperOf, Project
from guicheng.records.stage import Stage
from tests.support.door import (
    CODE,
    DAY,
    FILING,
    bureau_act,
    everything,
    hire,
    open_project,
    paper,
    project_act,
    unchanged,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    for person, role in (("li.wei", "construction"), ("wang.xin", "cyber-office"), ("cheng.jian", "contractor")):
        hire(person, role)
    open_project()
    return Project.objects.get()


# --- accepted ---------------------------------------------------------------------------------------------------------


def test_an_accepted_act_is_an_entry_and_its_records(project: Project) -> None:
    done = project_act("attach-paper", paper(), id="a1")
    assert (done.outcome, done.seq) == ("accepted", 2)
    first, second = Entry.objects.order_by("seq")
    assert (first.hash, second.hash) == (
        entry_hash(GENESIS, first.body.encode()),
        entry_hash(first.hash, second.body.encode()),
    )
    head = Chain.objects.get(code=CODE)
    assert (head.seq, head.head) == (2, second.hash) == (done.seq, done.hash)
    body = json.loads(second.body)
    assert {k: body[k] for k in ("v", "id", "project", "seq", "act", "by", "role", "on", "clause", "edition", "regulation")} == {
        "v": 1, "id": "a1", "project": CODE, "seq": 2, "act": "attach-paper", "by": "li.wei", "role": "construction",
        "on": DAY.isoformat(), "clause": "第一条", "edition": "2023-04-19", "regulation": "huaian2023",
    }  # fmt: skip
    row = PaperOf.objects.get()
    assert (row.seq, row.ref, row.day, row.by, row.role) == (2, "2", DAY, "li.wei", "construction")
    assert Project.objects.get().seq == 2


def test_a_keeper_is_told_of_accepted_acts_on_projects_and_of_nothing_else(project: Project) -> None:
    told: list[tuple[str, int, bool]] = []

    def keeper(deed: Deed, found: Judgement) -> None:
        told.append((deed.act.spec.code, deed.seq, connection.in_atomic_block))

    def asked(project: str, act: str, by: str, data: dict[str, Any], id: str | None = None) -> str:
        return perform(Request(project, act, by, DAY, data, id=id), keeper).outcome

    hire("an.quan", "security-admin")
    firm = {"code": "firm", "name": "云杉数科（虚构）", "outside": True}
    assert asked("bureau", "register-unit", "an.quan", firm) == "accepted"
    assert asked(CODE, "attach-paper", "nobody", paper()) == "denied"
    assert asked(CODE, "attach-paper", "li.wei", {}) == "invalid"
    archive = {"catalogue": "sm3:" + "0" * 64, "pieces": 1, "received_by": "档案室"}
    assert asked(CODE, "archive", "li.wei", archive) == "refused"
    assert asked(CODE, "attach-paper", "li.wei", paper(), "a1") == "accepted"
    assert asked(CODE, "attach-paper", "li.wei", paper(), "a1") == "skipped"
    assert told == [("attach-paper", 2, True)]


def test_what_a_keeper_raises_undoes_the_act(project: Project) -> None:
    def full(deed: Deed, found: Judgement) -> None:
        PaperOf._default_manager.filter(project=deed.project).delete()
        raise OSError("full")

    project_act("attach-paper", paper())
    before = everything()
    with pytest.raises(OSError, match="full"):
        perform(Request(CODE, "attach-paper", "li.wei", DAY, paper()), full)
    assert everything() == before


def test_a_preview_of_an_accepted_act_foretells_it_and_keeps_nothing(project: Project) -> None:
    before = everything()
    foretold = preview(Request(CODE, "attach-paper", "li.wei", DAY, paper()))
    assert everything() == before
    assert (foretold.outcome, foretold.seq) == ("accepted", 2)
    assert project_act("attach-paper", paper()).outcome == "accepted"
    opening = preview(Request("HA-2", "file-project", "li.wei", DAY, FILING))
    assert opening.outcome == "accepted"
    assert not Project.objects.filter(code="HA-2").exists()


# --- what is asked ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"act": "no-such-act"}, "act"), ({"act": ""}, "act"), ({"act": "x" * 10_000}, "act"), ({"act": None}, "act"),
        ({"act": ["attach-paper"]}, "act"), ({"project": "HA-NONE"}, "project"), ({"project": ""}, "project"),
        ({"project": "HA 1"}, "project"), ({"project": "../etc"}, "project"), ({"project": "-HA"}, "project"),
        ({"project": "H" * 65}, "project"), ({"project": None}, "project"), ({"project": "HA-\ud800"}, "project"),
        ({"project": "HA-1\0"}, "project"), ({"project": "ＨＡ－1"}, "project"), ({"project": "bureau"}, "project"),
        ({"by": ""}, "by"), ({"by": None}, "by"), ({"by": "x" * 65}, "by"), ({"by": "li\nwei"}, "by"), ({"by": "\ud800"}, "by"),
        ({"role": 5}, "role"), ({"role": ""}, "role"), ({"id": ""}, "id"), ({"id": "x" * 129}, "id"), ({"id": 7}, "id"),
        ({"after": -1}, "after"), ({"after": "1"}, "after"), ({"after": True}, "after"),
        ({"on": "2025-02-30"}, "on"), ({"on": None}, "on"), ({"on": "1900-01-01"}, "on"), ({"on": 20250603}, "on"),
        ({"data": []}, "attach-paper"), ({"data": None}, "attach-paper"), ({"data": paper() | {"title": "\0"}}, "data"),
        ({"data": paper() | {"size": -1}}, "size"), ({"data": paper() | {"size": 10**18}}, "size"), ({"data": {}}, "title"),
    ],
    ids=ascii,
)  # fmt: skip
def test_a_wrong_request_is_invalid_and_names_its_field(project: Project, asked: dict[str, Any], field: str) -> None:
    outcome = unchanged(asked)
    assert outcome.outcome == "invalid"
    assert field in outcome.errors
    assert all(len(w) < 200 for words in outcome.errors.values() for w in words)


def test_a_number_beyond_the_database_is_invalid(project: Project) -> None:
    bureau = {"project": "bureau", "act": "interpret", "by": "wang.xin"}
    data = {"ref": "解", "title": "解", "article": 1, "item": 1_000_000, "text": "x", "starts": "2025-07-01"}
    before = everything()
    outcome = perform(Request(**bureau, on=DAY, data=data))
    assert outcome.outcome in ("invalid", "accepted")  # SQLite holds it
    if outcome.outcome == "invalid":
        assert everything() == before


def test_an_act_belongs_to_its_chain(project: Project) -> None:
    assert "bureau" in unchanged({"act": "appoint", "data": {}}).errors["project"][0]
    assert "项目编号" in unchanged({"project": "bureau"}).errors["project"][0]


def test_a_code_is_opened_once(project: Project) -> None:
    assert "已经用过" in unchanged({"act": "file-project", "data": FILING}).errors["project"][0]


def test_a_name_used_before_is_said(project: Project) -> None:
    found_one = {"ref": "解1", "title": "解释", "article": 14, "text": "正文", "starts": "2025-07-01"}
    bureau_act("interpret", "wang.xin", DAY, **found_one)
    outcome = unchanged({"project": "bureau", "act": "interpret", "by": "wang.xin", "data": found_one})
    assert outcome.errors == {"ref": ["这个编号已经用过，请换一个"]}


# --- ids and stale pages ----------------------------------------------------------------------------------------------


def test_an_id_repeated_is_recognised(project: Project) -> None:
    first = project_act("attach-paper", paper(), id="k1")
    before = everything()
    again = project_act("attach-paper", paper(), id="k1")
    assert (again.outcome, again.seq, again.hash) == ("skipped", first.seq, first.hash)
    assert preview(Request(CODE, "attach-paper", "li.wei", DAY, paper(), id="k1")).outcome == "skipped"
    assert everything() == before
    assert not Attempt.objects.exists()


def test_an_id_of_another_act_is_invalid_and_another_chain_has_its_own(project: Project) -> None:
    project_act("attach-paper", paper(), id="k1")
    told = unchanged({"act": "suspend", "data": {"reason": "x"}, "id": "k1"})
    assert list(told.errors) == ["id"]
    open_project("HA-2")
    assert project_act("attach-paper", paper(), id="k1", project="HA-2").outcome == "accepted"


def test_a_stale_page_is_told_what_happened_meanwhile(project: Project) -> None:
    project_act("attach-paper", paper())
    project_act("attach-paper", paper(), by="wang.xin")
    stale = unchanged({"after": 1})
    assert stale.outcome == "refused"
    assert [(m["seq"], m["act"], m["by"]) for m in stale.meanwhile] == [
        (2, "attach-paper", "li.wei"),
        (3, "attach-paper", "wang.xin"),
    ]
    assert set(stale.meanwhile[0]) == {"seq", "act", "by", "on"}
    assert unchanged({"after": 0}).outcome == "refused"
    assert unchanged({"after": 4}).outcome == "refused"
    assert project_act("attach-paper", paper(), after=3).outcome == "accepted"


# --- who --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["nobody", "setup", "clock", "Li.Wei", "li.wei "])
def test_who_holds_no_post_is_denied(project: Project, by: str) -> None:
    told = unchanged({"by": by})
    assert told.outcome == "denied"
    assert "附文件" in told.errors["by"][0]


def test_a_post_counts_from_its_first_to_its_last_day(project: Project) -> None:
    hire("mei.lan", "technology", since=DAY, until=DAY + timedelta(days=10))
    may = {"by": "mei.lan", "act": "attach-paper", "data": paper()}
    assert unchanged(may | {"on": DAY - timedelta(days=1)}).outcome == "denied"
    assert unchanged(may | {"on": DAY + timedelta(days=11)}).outcome == "denied"
    for day in (DAY, DAY + timedelta(days=10)):
        assert project_act("attach-paper", paper(), by="mei.lan", on=day).outcome == "accepted"


def test_outside_parties_touch_their_own_project_alone(project: Project) -> None:
    open_project("HA-2")
    assert project_act("attach-paper", paper(), by="cheng.jian").outcome == "accepted"
    assert unchanged({"by": "cheng.jian", "project": "HA-2"}).outcome == "denied"


def test_the_construction_office_touches_its_own_units_projects_alone(project: Project) -> None:
    Project.objects.update(unit="another")
    assert unchanged({}).outcome == "denied"
    assert (
        unchanged({"act": "file-project", "project": "HA-2", "data": FILING | {"unit": "another"}}).outcome == "denied"
    )


def test_a_role_may_be_named_and_must_be_where_several_fit(project: Project) -> None:
    hire("li.wei", "legal")
    assert list(unchanged({}).errors) == ["role"]
    assert unchanged({"role": "technology"}).outcome == "denied"
    assert unchanged({"role": "boss"}).outcome == "denied"
    assert project_act("attach-paper", paper(), role="legal").outcome == "accepted"
    assert project_act("suspend", {"reason": "x"}).outcome == "accepted"  # only one of the two may
    assert [b["role"] for b in bodies(CODE)] == ["construction", "legal", "construction"]


# --- where ------------------------------------------------------------------------------------------------------------


def test_the_wrong_stage_quotes_the_act_and_says_where_the_project_stands(project: Project) -> None:
    told = unchanged({"act": "archive", "data": {"catalogue": "sm3:" + "0" * 64, "pieces": 1, "received_by": "档案室"}})
    (breach,) = told.breaches
    assert told.outcome == "refused"
    assert (breach["clause"], breach["force"]) == ("第一条", "hard")
    assert "已报备" in breach["says"]


def test_a_suspended_project_takes_little_and_says_how_to_go_on(project: Project) -> None:
    assert project_act("suspend", {"reason": "资金未到"}).outcome == "accepted"
    told = unchanged({"act": "grant-exemption", "by": "wang.xin", "data": {"rule": "x", "reason": "x", "basis": "x"}})
    assert (told.outcome, told.breaches[0]["cured_by"]) == ("refused", ["resume"])
    assert project_act("attach-paper", paper()).outcome == "accepted"
    assert (
        project_act("declare-interest", {"party": "某公司", "relation": "kinship", "recused": True}).outcome
        == "accepted"
    )
    assert project_act("resume", {"reason": "资金已到"}).outcome == "accepted"
    assert Project.objects.get().suspended_on is None


def test_a_project_at_an_end_takes_papers_and_corrections(project: Project) -> None:
    ended = {"reason": "政策调整", "decided_by": "局党组"}
    assert project_act("terminate", ended).outcome == "accepted"
    assert Project.objects.get().stage == Stage.TERMINATED
    assert unchanged({"act": "terminate", "data": ended}).outcome == "refused"
    assert unchanged({"act": "suspend", "data": {"reason": "x"}}).outcome == "refused"
    assert project_act("attach-paper", paper()).outcome == "accepted"


# --- when -------------------------------------------------------------------------------------------------------------


def test_today_is_the_bureaus_day_and_tomorrow_is_not_yet(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime(2025, 6, 4, 16, 30, tzinfo=UTC)  # already 5 June in Huai'an
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert project_act("attach-paper", paper(), on=date(2025, 6, 5)).outcome == "accepted"
    assert list(unchanged({"on": date(2025, 6, 6)}).errors) == ["on"]
    assert bodies(CODE)[-1]["recorded"].startswith("2025-06-04T16:30")
    assert Attempt.objects.get().day == date(2025, 6, 5)


def test_back_dating_is_limited_and_does_not_creep(project: Project) -> None:
    most = timedelta(days=90)
    assert "90" in unchanged({"on": DAY - most - timedelta(days=1)}).errors["on"][0]
    assert project_act("attach-paper", paper(), on=DAY - most).outcome == "accepted"
    assert unchanged({"on": DAY - most - timedelta(days=1)}).outcome == "invalid"
    assert project_act("attach-paper", paper(), on=DAY - timedelta(days=200), history=True).outcome == "accepted"
    assert project_act("attach-paper", paper(), on=DAY - most).outcome == "accepted"
    assert Project.objects.get().last_on == DAY
