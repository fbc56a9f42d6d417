"""The work list and the calendar: mine and not mine, overdue and due, what changes when something is done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guicheng.door.clock import today
from guicheng.people.access import Holding
from guicheng.people.models import Post
from guicheng.people.roles import Role
from guicheng.portfolio.agenda import Agenda
from guicheng.portfolio.models import Kept
from guicheng.portfolio.owed import Part, after
from guicheng.portfolio.standing import refresh
from guicheng.portfolio.steps import STEPS, steps_open
from guicheng.records.project import DutyOf, Project
from guicheng.regulations.base import regulation
from guicheng.web.choices import Watch
from guicheng.web.who import whoever

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]


EVER = Part("1 = 1")


def owed_by(username: str, window: Part = EVER, most: int = 9999) -> list[DutyOf]:
    (found,) = Agenda(whoever(username, today()).posts).mine().first((window, most))
    return found


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_step_names_acts_of_the_regulation() -> None:
    assert {code for codes in STEPS.values() for code in codes} <= set(regulation().acts)


@pytest.mark.parametrize(
    "username", ["sun.li", "zhou.mingyuan", "ding.haiyan", "jiang.yue", "tan.lvyan", "qin.zheng", "gu.changfeng"]
)
def test_the_list_holds_what_is_owed_in_my_roles_and_nothing_else(sign_in: In, username: str) -> None:
    who = whoever(username, today())
    assert who.posts, username
    owed = owed_by(username)
    units = {p.unit for p in who.posts if p.role is Role.CONSTRUCTION}
    for duty in DutyOf._default_manager.filter(closed_on__isnull=True).select_related("project"):
        roles = set(duty.owed_by.split(","))
        mine = bool(roles & (set(who.roles) - {Role.CONSTRUCTION})) or (
            "construction" in roles and duty.project.unit in units
        )
        assert (duty in owed) is mine, duty.code
    assert page(sign_in(username), "/").count('class="item"') <= 180


def test_overdue_comes_first_and_the_day_itself_is_not_overdue(sign_in: In) -> None:
    duty = owed_by("sun.li", after(today()), 1)[0]
    for due, late in ((today(), 0), (today() - timedelta(days=1), 1)):
        was = page(sign_in("sun.li"), "/").split("件超期")[0].rsplit("您有", 1)[1]
        DutyOf._default_manager.filter(pk=duty.pk).update(due_on=due)
        now = page(sign_in("sun.li"), "/").split("件超期")[0].rsplit("您有", 1)[1]
        assert int(now) - int(was) == late


def test_the_next_step_is_offered_to_whoever_may_do_it() -> None:
    law = regulation()
    filed = Project.objects.filter(stage=10).order_by("code")[0]
    cyber = steps_open(law, [Holding(Role.CYBER_OFFICE, "", "")], Q())[0]
    assert (filed.code, "acknowledge-filing") in {(i.project.code, i.act.code) for i in cyber if i.act}
    office = steps_open(law, [Holding(Role.CONSTRUCTION, filed.unit, "")], Q())[0]
    assert filed.code not in {i.project.code for i in office}
    assert {i.project.unit for i in office} <= {filed.unit}


def test_a_contractor_has_the_one_project(sign_in: In) -> None:
    post = Post.objects.filter(role="contractor", project__startswith="HA-2024").order_by("pk")[0]
    html = page(sign_in(post.person_id), "/")
    others = Project.objects.exclude(code=post.project).values_list("code", flat=True)
    assert not [code for code in others if f"/projects/{code}/" in html]


@pytest.mark.parametrize("username", ["an.quan", "xi.tong", "shen.ji"])
def test_administrators_see_no_business(sign_in: In, username: str) -> None:
    client = sign_in(username)
    assert "HA-20" not in page(client, "/")
    for address in (
        "/calendar/",
        "/projects/",
        "/cockpit/",
        "/projects/HA-2026-003/",
        "/papers/",
        "/projects/export.csv",
    ):
        assert client.get(address).status_code == 404, address


def test_what_is_narrowed_stays_narrowed(sign_in: In) -> None:
    client = sign_in("zhou.mingyuan")
    all_of_it = page(client, "/")
    assert "HA-2026-010" in all_of_it
    assert "HA-2026-010" not in page(client, "/?only=HA-2025").split("上次来过之后")[0]
    assert "HA-2026-010" not in page(client, "/").split("上次来过之后")[0]
    assert "HA-2026-010" in page(client, "/?only=")


def test_a_watched_project_that_was_never_judged_says_so(sign_in: In) -> None:
    own = Project.objects.filter(unit="zwfw").order_by("code")[0]
    Watch._default_manager.create(person="sun.li", project=own.code)
    refresh(today())
    assert "未计算" not in page(sign_in("sun.li"), "/")
    Kept._default_manager.filter(project=own).delete()
    shown = page(sign_in("sun.li"), "/")
    assert own.title in shown and '<span class="tag">未计算</span>' in shown
    assert "未计算" in page(sign_in("zhou.mingyuan"), f"/projects/?q={own.code}")


def test_watching_is_ones_own_and_only_of_what_one_sees(sign_in: In) -> None:
    client = sign_in("sun.li")
    own = Project.objects.filter(unit="zwfw").order_by("code")[0]
    other = Project.objects.exclude(unit="zwfw").order_by("code")[0]
    client.post(f"/projects/{own.code}/watch/")
    assert Watch._default_manager.get().project == own.code
    assert client.post(f"/projects/{other.code}/watch/").status_code == 404
    client.post(f"/projects/{own.code}/watch/")
    assert not Watch._default_manager.exists()


def test_the_number_of_queries_does_not_grow_with_the_work(sign_in: In) -> None:
    counts = {}
    for username in ("sun.li", "zhou.mingyuan"):
        client = sign_in(username)
        client.get("/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/")
        counts[username] = len(asked)
    few = Post.objects.filter(role="construction", unit="ggzy").order_by("pk")[0].person_id
    client = sign_in(few)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert max(*counts.values(), len(asked)) <= 22
    assert abs(counts["sun.li"] - len(asked)) <= 1


def test_the_calendar_shows_days_off_and_the_month_asked_for(sign_in: In) -> None:
    client = sign_in("sun.li")
    html = page(client, "/calendar/?month=2026-10")
    assert "2026年10月" in html.replace("\n", "")
    assert html.count("休") >= 8  # the national holiday alone has seven
    due = owed_by("sun.li", Part("d.due_on IS NOT NULL"), 1)[0]
    assert due.title in page(client, f"/calendar/?month={due.due_on:%Y-%m}&view=list")
    for nonsense in ("2026-13", "x", "9999-01", "2026-1"):
        page(client, f"/calendar/?month={nonsense}")
