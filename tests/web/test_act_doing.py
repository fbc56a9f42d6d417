"""Doing an act in the browser: refused with clause, figures and cure, done once, overtaken by others, kept as a draft."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from guicheng.door.clock import today
from guicheng.door.models import Attempt
from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.ledger.append import bodies
from guicheng.ledger.models import Entry, Erasable
from guicheng.records.models import EstimateLine
from guicheng.records.project import Project
from guicheng.web.drafts import Draft

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]

OWNER, CODE = "cao.peng", "HA-2026-005"
FILED = {
    "classified": "no", "judged_by": "保密专员", "title": "窗口叫号系统升级", "unit": "zwfw", "leader": "曹鹏",
    "contact": "曹鹏", "components.0.ref": "业务系统", "components.0.kind": "software", "components.0.name": "叫号软件",
    "components.0.new_system": "no", "planned": "no", "unplanned_reason": "上级新要求", "background": "排队时间长",
    "content": "升级叫号", "estimate": "46.500001", "funds": "市级财政预算", "starts_on": "2026-12-01",
    "ends_on": "2027-06-30", "reuse_checked": "yes", "cloud": "yes", "uses_data": "no", "unit_opinion": "同意",
}  # fmt: skip
PLAN = {"ref": "GS-9", "price_basis": "三家询价", "prepared_by": "曹鹏"} | {
    f"lines.{i}.{name}": value
    for i in range(12)
    for name, value in {"ref": f"L{i}", "name": f"条目{i}", "tag": "none", "amount": "1.25", "year": "2027"}.items()
}


def own(**more: Any) -> dict[str, Any]:
    return {"_on": today().isoformat(), "_id": uuid4().hex, **more}


def head(code: str = CODE) -> int:
    return Project.objects.get(code=code).seq


def here(act: str, code: str = CODE) -> str:
    return f"/projects/{code}/acts/{act}/"


def test_a_project_is_filed_under_the_next_free_code_and_the_fen_are_kept(demo_site: None, sign_in: SignIn) -> None:
    browser = sign_in(OWNER)
    page = browser.get("/new/file-project/?classified=no").content.decode()
    assert 'value="HA-2026-013"' in page
    done = browser.post("/new/file-project/", FILED | own(_code="HA-2026-013"))
    assert done.status_code == 302
    receipt = browser.get(done["Location"]).content.decode()
    entry = Entry.objects.get(chain="HA-2026-013", seq=1)
    assert entry.hash in receipt
    assert bodies("HA-2026-013")[0]["data"]["estimate"] == 46_500_001
    assert 'value="HA-2026-014"' in browser.get("/new/file-project/?classified=no").content.decode()


def test_an_estimate_of_twelve_lines(demo_site: None, sign_in: SignIn) -> None:
    assert sign_in(OWNER).post(here("submit-estimate"), PLAN | own(_after=head())).status_code == 302
    amounts = EstimateLine.objects.filter(project__code=CODE).values_list("amount", flat=True)
    assert list(amounts) == [1_250_000] * 12


def test_a_code_already_used_is_said_at_its_field(demo_site: None, sign_in: SignIn) -> None:
    answer = sign_in(OWNER).post("/new/file-project/", FILED | own(_code=CODE))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#f-_code"' in page
    assert "已经用过" in page
    assert "窗口叫号系统升级" in page


def test_a_secret_project_leaves_nothing_but_the_attempt(demo_site: None, sign_in: SignIn) -> None:
    browser, before = sign_in(OWNER), Attempt.objects.count()
    secret = FILED | {"classified": "unsure", "title": "不能说的名称"} | own(_code="HA-2026-099")
    browser.post("/new/file-project/draft/", FILED | own())
    assert Draft.objects.count() == 1
    assert browser.post("/new/file-project/draft/", secret).json() == {"at": None}
    assert not Draft.objects.exists()
    for where in ("/new/file-project/", "/new/file-project/preview/"):
        page = browser.post(where, secret).content.decode()
        assert "不予办理" in page
        assert "不能说的名称" not in page
    assert Attempt.objects.count() == before + 1
    assert not Project.objects.filter(code="HA-2026-099").exists()
    first = browser.get("/new/file-project/").content.decode()
    assert 'name="title"' not in first
    assert "不予办理" in browser.get("/new/file-project/?classified=unsure").content.decode()


ACCEPTANCE = {
    "contract": "HT-1", "to": "supervisor", "completed": "全部完成", "self_assessment": "达到条件",
    "trial_report": f"sm3:{'ab' * 32}", "user_opinion": f"sm3:{'cd' * 32}",
} | {
    f"tests.{i}.{name}": value
    for i, kind in enumerate(("function", "user"))
    for name, value in {"kind": kind, "title": "测试", "tester": "云杉", "tested_on": "2026-07-30", "digest": f"sm3:{'ef' * 32}"}.items()
}  # fmt: skip
SOFTWARE_ITEMS = [{"name": "业务系统", "origin": "custom", "version": "1.0"}]
SOFTWARE = {
    "ref": "RJ-1",
    "title": "软件清单",
    "scope": "全部",
    "checked_by": "方志",
    "items": [{"name": "业务系统", "origin": "custom", "version": "1.0"}],
}


def test_acceptance_a_day_too_early_is_refused_with_the_cure_and_passes_on_the_day(
    demo_site: None, sign_in: SignIn
) -> None:
    code, person = "HA-2025-006", "cj-yunshan.ha-2025-006"
    listed = perform(Request(code, "list-software", person, "2026-08-20", SOFTWARE))
    assert listed.ok, listed
    browser = sign_in(person)
    early = browser.post(here("apply-for-acceptance", code), ACCEPTANCE | own(_on="2026-09-09"))
    page = early.content.decode()
    assert early.status_code == 422
    expected = (
        "不予办理",
        "第十三条(一)",
        "稳定运行（软件至少3个月",
        "2026年9月10日起方可申请",
        "怎样改正",
        "全部完成",
    )
    assert [words for words in expected if words not in page] == []
    in_time = ACCEPTANCE | own(_on="2026-09-10")
    assert "可以办理" in browser.post(here("apply-for-acceptance", code) + "preview/", in_time).content.decode()
    assert browser.post(here("apply-for-acceptance", code), in_time).status_code == 302


def test_a_preview_keeps_nothing_and_notes_nobody(demo_site: None, sign_in: SignIn) -> None:
    browser = sign_in(OWNER)
    before = (Entry.objects.count(), Attempt.objects.count(), Erasable.objects.count(), Draft.objects.count(), head())
    where = here("submit-estimate") + "preview/"
    assert "可以办理" in browser.post(where, PLAN | own()).content.decode()
    empty = browser.post(where, own()).content.decode()
    assert "资料未填全" in empty
    assert "必须填写" not in empty
    assert "有几处要改" in browser.post(where, PLAN | {"lines.3.amount": "许多"} | own()).content.decode()
    late = browser.post(where, PLAN | own(_on=(today() + timedelta(days=1)).isoformat())).content.decode()
    assert "晚于今天" in late
    assert before == (
        Entry.objects.count(), Attempt.objects.count(), Erasable.objects.count(), Draft.objects.count(), head()
    )  # fmt: skip


def test_pressing_twice_does_it_once(demo_site: None, sign_in: SignIn) -> None:
    browser, asked, before = sign_in(OWNER), PLAN | own(_after=head()), head()
    first = browser.post(here("submit-estimate"), asked)
    again = browser.post(here("submit-estimate"), asked)
    assert (first.status_code, again.status_code) == (302, 302)
    assert head() == before + 1
    assert "已经办过" in browser.get(again["Location"]).content.decode()


def test_pressing_twice_an_act_that_closes_itself_is_told_that_it_was_done(demo_site: None, sign_in: SignIn) -> None:
    browser, address, before = (
        sign_in("zhou.mingyuan"),
        here("acknowledge-filing", "HA-2026-012"),
        Attempt.objects.count(),
    )
    asked = {"received_by": "周明远"} | own(_after=head("HA-2026-012"))
    assert [browser.post(address, asked).status_code for _ in "12"] == [302, 302]
    assert Attempt.objects.count() == before
    assert browser.post(address, asked | {"_id": uuid4().hex}).status_code == 409
    assert Attempt.objects.count() == before + 1


def test_a_stale_page_says_who_did_what_and_lets_go_on(demo_site: None, sign_in: SignIn) -> None:
    browser, asked = sign_in(OWNER), PLAN | own(_after=head())
    other = perform(Request(CODE, "suspend", "zhou.mingyuan", today().isoformat(), {"reason": "等上级标准"}))
    assert other.ok
    assert perform(Request(CODE, "resume", "zhou.mingyuan", today().isoformat(), {"reason": "标准已出"})).ok
    stale = browser.post(here("submit-estimate"), asked)
    page = stale.content.decode()
    assert stale.status_code == 409
    expected = ("中止项目", "恢复项目", "周明远", "网信办", 'value="GS-9"', "条目11", f'name="_after" value="{head()}"')
    assert [words for words in expected if words not in page] == []
    assert browser.post(here("submit-estimate"), PLAN | own(_after=head())).status_code == 302


def test_a_draft_is_restored_for_its_writer_alone_and_gone_when_done(demo_site: None, sign_in: SignIn) -> None:
    browser = sign_in(OWNER)
    saved = browser.post(here("submit-estimate") + "draft/", PLAN | {"price_basis": "写到一半"} | own())
    assert saved.json()["at"]
    page = browser.get(here("submit-estimate")).content.decode()
    assert "已恢复" in page
    assert "写到一半" in page
    assert "条目11" in page
    assert "写到一半" not in browser.get(here("submit-estimate", "HA-2026-013")).content.decode()
    assert "写到一半" not in sign_in("sun.li").get(here("submit-estimate")).content.decode()
    browser = sign_in(OWNER)
    browser.post(here("submit-estimate") + "draft/discard/")
    assert "已恢复" not in browser.get(here("submit-estimate")).content.decode()
    browser.post(here("submit-estimate") + "draft/", PLAN | own())
    browser.post(here("submit-estimate"), PLAN | own(_after=head()))
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("act", "same"), [("submit-estimate", True), ("submit-estimate", False), ("file-project", True)]
)
def test_a_draft_that_comes_after_its_act_was_done_is_not_kept(
    demo_site: None, sign_in: SignIn, act: str, same: bool
) -> None:
    browser = sign_in(OWNER)
    where = "/new/file-project/" if act == "file-project" else here(act)
    form = FILED | own(_code="HA-2026-099") if act == "file-project" else PLAN | own(_after=head())
    assert browser.post(where, form).status_code == 302
    late = browser.post(f"{where}draft/", form if same else form | {"_id": str(uuid4())}).json()
    assert bool(late["at"]) is Draft.objects.exists() is (not same)


def test_errors_stand_on_top_and_at_their_fields(demo_site: None, sign_in: SignIn) -> None:
    asked = PLAN | {"price_basis": "", "lines.2.amount": "十万", "lines.3.year": "1999"} | own(_after=head())
    answer = sign_in(OWNER).post(here("submit-estimate"), asked)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        'href="#f-price_basis"', 'href="#f-lines.2.amount"', "概算条目 第3行 金额：金额应写作万元数", 'value="十万"',
        'href="#f-lines.3.year"', "不得小于 2000", 'aria-describedby="x-lines.2.amount-1"',
    ):  # fmt: skip
        assert words in page


def test_a_bound_on_money_is_said_in_wan(demo_site: None, sign_in: SignIn) -> None:
    page = sign_in(OWNER).post(here("submit-estimate"), PLAN | {"lines.2.amount": "10000000.000001"} | own())
    assert "不得大于 10000000万元" in page.content.decode()


def test_a_closed_door_says_why(demo_site: None, sign_in: SignIn) -> None:
    stranger = sign_in("tan.lvyan").get(here("submit-estimate"))
    assert stranger.status_code == 403
    assert "由建设处室办理" in stranger.content.decode()
    early = sign_in(OWNER).get(here("conclude-acceptance"))
    assert early.status_code == 409
    assert "竣工验收" in early.content.decode()
    assert "前期研究" in early.content.decode()
    for nothing in (here("no-such-act"), here("file-project"), here("appoint"), here("suspend", "HA-1999-001")):
        assert sign_in(OWNER).get(nothing).status_code == 404
    assert sign_in("meng.fan").get(here("submit-estimate")).status_code == 404


def test_a_correction_opens_the_act_as_recorded_and_puts_it_right(demo_site: None, sign_in: SignIn) -> None:
    browser = sign_in(OWNER)
    filed = bodies(CODE)[0]["data"]
    assert "更正哪一次办理" in browser.get(here("correct")).content.decode()
    page = browser.get(here("correct") + "?entry=1").content.decode()
    assert f'name="replacement.title" value="{filed["title"]}"' in page
    new = {f"replacement.{k}": v for k, v in FILED.items()} | {"replacement.title": "改正后的名称"}
    parts = enumerate(filed["components"])
    new |= {f"replacement.components.{i}.{k}": v for i, c in parts for k, v in c.items() if k != "new_system"}
    asked = new | own(_after=head(), entry="1", reason="名称写错")
    wrong = browser.post(here("correct"), asked | {"replacement.estimate": "一些", "_id": uuid4().hex})
    assert 'href="#f-replacement.estimate"' in wrong.content.decode()
    done = browser.post(here("correct"), asked)
    assert done.status_code == 302, done.content.decode()
    assert Project.objects.get(code=CODE).title == "改正后的名称"
    assert bodies(CODE)[-1]["data"]["entry"] == 1


def test_an_act_may_be_voided(demo_site: None, sign_in: SignIn) -> None:
    browser = sign_in(OWNER)
    browser.post(here("submit-estimate"), PLAN | own(_after=head()))
    asked = own(_after=head(), entry=str(head()), reason="重复提交", _void="yes")
    assert browser.post(here("correct"), asked).status_code == 302
    assert not EstimateLine.objects.filter(project__code=CODE, name="条目3").exists()


def test_nobody_is_let_in_without_signing_in(demo_site: None, client: Client) -> None:
    for tail in ("", "preview/", "draft/", "draft/discard/", "done/1/"):
        method = client.post if tail.startswith(("p", "dr")) else client.get
        assert method(here("submit-estimate") + tail)["Location"].startswith("/sign-in/")


def test_a_thousand_lines_cost_no_more_queries_than_ten(
    demo_site: None, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(OWNER)
    browser.get(here("submit-estimate"))

    def long(rows: int) -> dict[str, str]:
        line = {"name": "条目", "tag": "none", "amount": "1", "year": "2027"}
        cells = {f"lines.{i}.{k}": v for i in range(rows) for k, v in ({"ref": f"L{i}"} | line).items()}
        return {"ref": "GS-9", "price_basis": "询价", "prepared_by": "曹鹏"} | cells

    for rows in (10, 400):
        browser.post(here("submit-estimate") + "draft/", long(rows) | own())
        with django_assert_max_num_queries(20):
            assert browser.get(here("submit-estimate")).status_code == 200
