"""The regulation, help, and the bureau's rooms: what stands there, for whom, and what stays shut."""

from collections.abc import Callable

import pytest
from django.test import Client

from guicheng.accounts.models import Account, Change
from guicheng.door.clock import today
from guicheng.door.models import Attempt
from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.people.roles import ROLE_ZH, Role
from guicheng.portfolio.models import KeptFinding
from guicheng.portfolio.standing import refresh
from guicheng.regulations.base import regulation
from guicheng.web.parts.common import anchors

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]


def test_every_sentence_of_the_text_stands_on_its_page(sign_in: In) -> None:
    from html import unescape

    page = unescape(sign_in("sun.li").get("/regulation/").content.decode())
    for sentence in regulation().text.sentences:
        assert sentence.words in page, sentence.key


def test_every_chip_finds_its_clause(sign_in: In) -> None:
    client = sign_in("sun.li")
    page = client.get("/regulation/").content.decode()
    for clause, anchor in anchors().items():
        assert f'id="{anchor}"' in page, clause
        assert client.get(f"/regulation/clause/{anchor}/").status_code == 200, clause
    for wrong in ("a0", "a24", "a13-9", "a1-1", "x", "a13--1"):
        assert client.get(f"/regulation/clause/{wrong}/").status_code == 404, wrong


def test_the_numbers_beside_a_rule_are_those_of_the_list_they_open(sign_in: In) -> None:
    refresh(today())
    client = sign_in("sun.li")
    rule = KeptFinding._default_manager.filter(verdict="breached", project__unit="zwfw").order_by("rule")[0].rule
    tally = client.get(f"/regulation/rules/{rule}/").context["tally"]
    mine = KeptFinding._default_manager.filter(rule=rule, verdict="breached", project__unit="zwfw").count()
    assert (
        tally.breached
        == mine
        == client.get("/projects/", {"rule": rule, "verdict": "breached"}).context["count"].number
    )
    assert sign_in("an.quan").get(f"/regulation/rules/{rule}/").context["tally"] is None


def test_every_rule_has_its_page(sign_in: In) -> None:
    client = sign_in("zhou.mingyuan")
    for id, rule in regulation().rules.items():
        page = client.get(f"/regulation/rules/{id}/")
        assert page.status_code == 200, id
        assert rule.clause in page.content.decode()
    assert client.get("/regulation/rules/huaian2023:99.none/").status_code == 404


def test_figures_stand_with_their_dates(sign_in: In) -> None:
    page = sign_in("sun.li").get("/regulation/figures/").content.decode()
    for figure in regulation().figures:
        assert figure.title in page, figure.name


def test_help_for_every_role_names_its_acts(sign_in: In) -> None:
    client = sign_in("sun.li")
    for role in (r for r in Role if r not in (Role.CLOCK, Role.SETUP)):
        page = client.get(f"/help/{role}/").content.decode()
        assert ROLE_ZH[role] in page
        for act in regulation().acts.values():
            if role in act.by:
                assert act.title in page, act.code
    assert client.get("/help/clock/").status_code == 404


ROOMS = {
    "attempts": {"qin.zheng"}, "reads": {"qin.zheng", "shen.ji"}, "signins": {"shen.ji"}, "accounts": {"xi.tong"},
    "security": {"an.quan"},
}  # fmt: skip


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_opens_to_its_own_alone(sign_in: In, room: str) -> None:
    for username in ("sun.li", "zhou.mingyuan", "gu.changfeng", "qin.zheng", "shen.ji", "xi.tong", "an.quan"):
        status = sign_in(username).get(f"/bureau/{room}/").status_code
        assert status == (200 if username in ROOMS[room] else 404), username


def test_a_refused_attempt_is_listed_without_its_data(sign_in: In) -> None:
    done = perform(Request("HA-2026-003", "approve-project", "sun.li", today(), {"amount": 123456789}))
    assert not done.ok
    page = sign_in("qin.zheng").get("/bureau/attempts/").content.decode()
    assert "批准立项" in page and "sun.li" in page and "123456789" not in page
    assert Attempt.objects.exists()


def test_only_the_system_administrator_gives_passwords(sign_in: In) -> None:
    for username in ("sun.li", "an.quan", "shen.ji"):
        assert sign_in(username).post("/bureau/accounts/sun.li/password/").status_code == 404
    answer = sign_in("xi.tong").post("/bureau/accounts/cao.peng/password/")
    assert answer.status_code == 200
    account = Account.objects.get(username="cao.peng")
    assert account.must_change and account.check_password(answer.context["password"])
    assert sign_in("xi.tong").post("/bureau/accounts/nobody/password/").status_code == 404
    change = Change._default_manager.get()
    assert (change.by, change.username, change.what) == ("xi.tong", "cao.peng", "password")


def test_only_the_security_administrator_closes_and_never_oneself(sign_in: In) -> None:
    sign_in("sun.li")
    assert sign_in("xi.tong").post("/bureau/accounts/sun.li/lock/", {"to": "close"}).status_code == 404
    client = sign_in("an.quan")
    assert client.post("/bureau/accounts/an.quan/lock/", {"to": "close"}).status_code == 404
    assert client.post("/bureau/accounts/sun.li/lock/", {"to": "close"}).status_code == 302
    assert Account.objects.get(username="sun.li").closed
    client.post("/bureau/accounts/sun.li/lock/", {"to": "open"})
    assert not Account.objects.get(username="sun.li").closed
