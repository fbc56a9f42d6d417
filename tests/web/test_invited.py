"""Nobody is invited to an act that is closed: each act named on a work list opens, and what ends a project is named last."""

from collections.abc import Callable

import pytest
from django.test import Client

from guicheng.door.clock import today
from guicheng.people.models import Post
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.menu import menu
from guicheng.portfolio.portrait.readiness import readiness
from guicheng.portfolio.portrait.way import way
from guicheng.portfolio.standing import refresh
from guicheng.portfolio.steps import WAYS_OUT
from guicheng.records.project import Project

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]
BUREAU = (
    "sun.li",
    "zhou.mingyuan",
    "bai.xingzhou",
    "ding.haiyan",
    "fang.zhi",
    "tan.lvyan",
    "qin.zheng",
    "gu.changfeng",
)


@pytest.mark.parametrize("who", BUREAU)
def test_each_act_named_on_a_work_list_opens(sign_in: In, who: str) -> None:
    client = sign_in(who)
    items = [i for column in client.get("/").context["columns"] for i in column["items"] if i.act]
    for item in items:
        address = f"/projects/{item.project.code}/acts/{item.act.code}/"
        assert client.get(address).status_code == 200, address


def test_a_breach_is_curable_again_when_the_project_goes_on(sign_in: In) -> None:
    refresh(today())
    stopped = Project.objects.filter(suspended_on__isnull=False, keptfinding__verdict="breached").first()
    assert stopped is not None
    client = sign_in("zhou.mingyuan")
    named = {i.project.code for i in client.get("/", {"only": stopped.code}).context["columns"][2]["items"]}
    Project.objects.filter(pk=stopped.pk).update(suspended_on=None)
    again = {i.project.code for i in client.get("/", {"only": stopped.code}).context["columns"][2]["items"]}
    assert (named, again) == (set(), {stopped.code})


def test_what_ends_a_project_is_named_after_all_else() -> None:
    seen = 0
    for project in Project.objects.all():
        book = Book(project, today())
        roles = set(Post.objects.filter(project="").values_list("role", flat=True))
        codes = [spec.code for spec in menu(book.law, project, roles, readiness(book, way(book))).next]
        out = [code in WAYS_OUT for code in codes]
        assert out == sorted(out), (project.code, codes)
        seen += any(out) and not all(out)
    assert seen > 3
