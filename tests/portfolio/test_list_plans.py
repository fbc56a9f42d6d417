"""No page of the list scans or sorts the book: every order, every filter, for readers of everything and of one unit."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from guicheng.people.access import Holding
from guicheng.people.roles import UNIT_BOUND, Role
from guicheng.portfolio import narrow, paging
from guicheng.portfolio.listing import SORTS, Asked, priced
from guicheng.portfolio.news import news
from guicheng.portfolio.paging import count, page
from guicheng.portfolio.sight import Reach
from guicheng.portfolio.walk import looked_at
from guicheng.records.project import Project
from guicheng.web.pages.portrait_tabs import posts_of
from tests.portfolio.book import write
from tests.portfolio.test_paging import EVERYWHERE, FILTERS, OFFICE
from tests.support.plans import planned, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book that is large beside what is looked at for a page, and a database that knows how many rows there are."""
    write(11, 600)
    monkeypatch.setattr(narrow, "FEW", 25)
    monkeypatch.setattr(paging, "WINDOWS", (20, 40))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.parametrize("reach", [EVERYWHERE, OFFICE], ids=["everything", "office"])
@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_no_page_scans_or_sorts_the_book(large: None, asked: dict[str, Any], reach: Reach) -> None:
    for sort in [s + name for name in SORTS for s in ("", "-")]:
        one, offered = Asked(**asked, sort=sort), priced(reach.projects, None)
        with planned() as plans:
            found = page(offered, one, 9, reach.unit)
            if found.following:
                mark = tuple(found.following.rsplit("|", 1))
                page(offered, Asked(**(vars(one) | {"after": mark})), 9, reach.unit)
            count(offered, one, reach.unit)
        assert plans or (reach is OFFICE and asked.get("unit") not in (None, "gcsp"))
        assert {sql: steps for sql, steps in plans.items() if steps} == {}, sort


def test_who_works_on_a_project_is_looked_up(large: None) -> None:
    """Every project has people of its own: read one by one they would grow with the book."""
    project = Project.objects.filter(unit="zwfw")[0]
    with planned() as plans:
        posts_of.all(project.code, project.unit, date(2026, 1, 1))
    assert [step for steps in plans.values() for step in steps if "people_post" in step] == [] and plans


def test_people_of_one_project_read_its_chain_alone_for_news(large: None) -> None:
    """However old the last entry there is, and however many others were written since."""
    code = Project.objects.order_by("code")[0].code
    for since in (0, 1):
        found = news("nobody", [Holding(Role.CONTRACTOR, "", code)], since)[:15]
        with planned() as plans:
            list(found)
        assert plans and not [s for steps in plans.values() for s in steps if s.startswith("SCAN ledger")]
        assert all('"ledger_entry"."chain" IN' in sql for sql in plans)


@pytest.mark.parametrize("role", [Role.CONSTRUCTION, Role.CYBER_OFFICE])
def test_news_look_up_the_project_of_each_entry(large: None, role: Role) -> None:
    """Of an EXISTS a server with many projects makes a table of all that are seen, 20 ms of a page, before it reads fifteen entries."""
    post = Holding(role, "zwfw" if role in UNIT_BOUND else "", "")
    with planned() as plans:
        list(news("nobody", [post], 0)[:15])
    assert plans and not any(plans.values()) and not any("EXISTS" in sql for sql in plans)


def test_what_scans_or_sorts_would_be_found(large: None) -> None:
    by_title = Project.objects.order_by("title").values_list("title")
    by_day = Project.objects.order_by("-filed_on", "-code").values_list("id", "title")[:9]
    for bad in (
        by_title[:9],
        Project.objects.filter(title="例"),
        Project.objects.order_by("unit", "budget"),
        looked_at(by_title, Project.objects.order_by("title").values_list("id", "title")[:9]),
    ):
        with planned() as plans:
            list(bad)
        assert all(plans.values())
    for good in (Project.objects.order_by("-filed_on", "-code")[:9], looked_at(by_title, by_day)[:5]):
        assert wrong(str(good.query)) == []
