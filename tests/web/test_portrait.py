"""The portrait: what it shows to whom, that it never breaks, and that its queries do not grow."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guicheng.demo.cast import CONTRACTORS, outsider
from guicheng.door.clock import today
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.verdicts import forget
from guicheng.records.initiation import Filing
from guicheng.records.project import Project
from guicheng.records.upkeep import Retirement
from guicheng.web.pages.portrait_tabs import TABS

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_site")

CYBER, BUILDER, OTHER_BUILDER, DISCIPLINE = "zhou.mingyuan", "xiang.rong", "ke.lin", "qin.zheng"
OK = 200
WAITING = "HA-2024-018"  # stands in reconsideration, of ggzy, whose builder is xiang.rong


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == OK, address
    return answer.content.decode()


@pytest.mark.parametrize("tab", [t.code for t in TABS])
def test_every_tab_of_every_project_is_shown(sign_in: SignIn, tab: str) -> None:
    client = sign_in(CYBER)
    for code in Project.objects.values_list("code", flat=True):
        page = text(client, f"/projects/{code}/?tab={tab}")
        assert f'data-tab="{tab}"' in page
        assert "None" not in page.replace("SECURITY", "")


def test_the_way_shows_its_loop_and_what_is_next(sign_in: SignIn) -> None:
    page = text(sign_in(CYBER), f"/projects/{WAITING}/")
    assert "待复议" in page and "↺" in page and "尚未再次申请" in page
    assert "到“竣工验收”还缺" in page


def test_the_contractor_is_offered_the_act_that_leads_on(sign_in: SignIn) -> None:
    reached = [
        n for f in CONTRACTORS if sign_in(n := outsider(WAITING, f.code)).get(f"/projects/{WAITING}/").status_code == OK
    ]
    assert len(reached) == 1
    client = sign_in(reached[0])
    page = text(client, f"/projects/{WAITING}/")
    assert f'btn-primary" href="/projects/{WAITING}/acts/apply-for-acceptance/"' in page
    assert client.get("/projects/HA-2024-017/").status_code == 404


def test_another_office_and_a_missing_project_look_the_same(sign_in: SignIn) -> None:
    client = sign_in(OTHER_BUILDER)
    there, nowhere = client.get(f"/projects/{WAITING}/"), client.get("/projects/HA-1999-001/")
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content


def test_whoever_is_not_signed_in_is_sent_away(client: Client) -> None:
    assert client.get(f"/projects/{WAITING}/").status_code == 302


def test_closed_acts_say_at_which_stages_they_are_done(sign_in: SignIn) -> None:
    page = text(sign_in(BUILDER), f"/projects/{WAITING}/")
    assert "本行为只能在竣工验收环节办理" in page


def test_htmx_gets_the_tab_alone(sign_in: SignIn) -> None:
    answer = sign_in(CYBER).get(f"/projects/{WAITING}/?tab=money", headers={"HX-Target": "tab"})
    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="tab"') and "<html" not in page


@pytest.mark.parametrize(
    "odd", ["tab=nothing", "tab=history&before=x", "tab=history&before=99999999999", "tab=", "before=²"]
)
def test_odd_addresses_are_read_as_the_nearest_sense(sign_in: SignIn, odd: str) -> None:
    assert sign_in(CYBER).get(f"/projects/{WAITING}/?{odd}").status_code == OK


def test_the_history_is_paged_to_its_first_entry(sign_in: SignIn) -> None:
    client, seen, before = sign_in(CYBER), set[int](), ""
    total = Project.objects.get(code=WAITING).seq
    while True:
        page = client.get(f"/projects/{WAITING}/?tab=history{before}").context["history"]
        seen |= {line.seq for line in page.lines}
        if page.before is None:
            break
        before = f"&before={page.before}"
    assert seen == set(range(1, total + 1))


@pytest.mark.parametrize("tab", ["overview", "money", "trial", "history"])
def test_queries_do_not_grow_with_rows(sign_in: SignIn, tab: str) -> None:
    """A project of two acts and one of a hundred cost as much where every table is asked; only whether names must be read behind
    tokens differs. Where a project tells which tables hold rows of it, none costs more."""
    client = sign_in(CYBER)
    codes = ("HA-2026-012", "HA-2026-005", "HA-2024-018", "HA-2023-004")
    told = _statements(client, codes, tab)
    Project.objects.update(noted_at=None)
    counts = _statements(client, codes, tab)
    assert max(counts) <= 55
    assert counts[3] - counts[2] <= 3
    assert all(fewer <= every for fewer, every in zip(told, counts, strict=True))


def _statements(client: Client, codes: tuple[str, ...], tab: str) -> list[int]:
    """How many statements the tab of each of these projects asks, opened a second time."""
    counts = []
    for code in codes:
        forget()
        client.get(f"/projects/{code}/?tab={tab}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/projects/{code}/?tab={tab}")
        counts.append(len(asked))
    return counts


def test_only_tables_that_hold_rows_of_a_project_are_asked() -> None:
    """And all of them where an act of an earlier version noted nothing."""
    project = Project.objects.get(code=WAITING)
    assert project.noted is not None and ",filing," in project.noted and ",retirement," not in project.noted
    for noted_at, asked_for in ((project.seq, 1), (project.seq - 1, 2)):
        project.noted_at = noted_at
        book = Book(project, today())
        with CaptureQueriesContext(connection) as asked:
            assert len(book.rows(Filing)) == 1 and book.rows(Retirement) == []
        assert len(asked) == asked_for
