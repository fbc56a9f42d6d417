"""How many statements each page asks: no more for many rows than for few, and never more than the table says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guicheng.accounts.models import SignIn
from guicheng.door.clock import today
from guicheng.door.models import Attempt
from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.ledger.models import Entry
from guicheng.papers.models import Held, PaperRead
from guicheng.people.models import Person, Post, Unit
from guicheng.portfolio.portrait.verdicts import forget
from guicheng.portfolio.standing import refresh
from guicheng.records.base import Record
from guicheng.records.bureau import Interpretation
from guicheng.records.project import DutyOf, Project
from guicheng.web.choices import SavedView, Watch
from guicheng.web.pages.portrait_tabs import TABS
from tests.support.pdf import PDF

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]
OWN = "HA-2025-002"


@contextmanager
def statements(client: Client, address: str) -> Iterator[list[Any]]:
    """Those that a page asks the second time, with nothing kept from the first of what differs."""
    assert client.get(address).status_code == 200, address
    forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    yield asked.captured_queries


def count(client: Client, address: str) -> int:
    with statements(client, address) as asked:
        return len(asked)


def office(code: str, projects: int) -> str:
    """An office with so many projects, each with duties, findings and a watcher: who builds for it."""
    Unit.objects.create(code=code, name=code, kind="", seq=1, day=today())
    username = f"of-{code}"
    Person.objects.create(username=username, name=username, unit_id=code, seq=1, day=today())
    Post.objects.create(person_id=username, role="construction", unit=code, since="2020-01-01", seq=1, day=today())
    model = Project.objects.get(code="HA-2025-004")
    made = [copy(model) for _ in range(projects)]
    for n, project in enumerate(made):
        project.pk, project.code, project.unit = None, f"{code}-{n:03}", code
    Project.objects.bulk_create(made)
    _beside(made, username)
    return username


def _beside(made: list[Project], username: str) -> None:
    late, soon = today() - timedelta(days=3), today() + timedelta(days=3)
    DutyOf.objects.bulk_create(
        DutyOf(project=p, code=code, title="应办", owed_by="construction", started_on=late, due_on=due, ref=f"{p.code}-{code}",
               seq=1, day=late, by="x", role="clock", unit=p.unit)
        for p in made for code, due in (("a", late), ("b", soon))
    )  # fmt: skip
    Watch.objects.bulk_create(Watch(person=username, project=p.code) for p in made)
    refresh(today())


LISTS = {
    "/": 22, "/calendar/": 9, "/calendar/?late=1": 8, "/calendar/?of=all&view=list": 8, "/projects/": 14,
    "/projects/?health=red": 14, "/projects/export.csv": 8, "/projects/export.xlsx": 8, "/cockpit/": 30, "/regulation/": 8,
    "/regulation/figures/": 8, "/bureau/": 8, "/help/": 5, "/help/construction/": 5, "/new/file-project/?classified=no": 14,
}  # fmt: skip
"""The most that each page asks, whoever has however much."""


def test_a_hundred_projects_cost_what_ten_cost(sign_in: In) -> None:
    few, many = office("few", 10), office("many", 100)
    found = {a: (count(sign_in(few), a), count(sign_in(many), a)) for a in LISTS}
    assert {a: n for a, (n, _) in found.items()} == {a: n for a, (_, n) in found.items()}
    assert {a: n for a, (n, _) in found.items() if n > LISTS[a]} == {}


def multiplied(code: str, times: int) -> int:
    """Every row of every table of a project so many times more, under other names; how many tables have rows."""
    project, tables = Project.objects.get(code=code), 0
    for table in (m for m in apps.get_models() if issubclass(m, Record) and hasattr(m, "project")):
        rows = list(table._default_manager.filter(project=project))
        tables += bool(rows)
        for n in range(times):
            table._default_manager.bulk_create(_again(row, f"{times}.{n}") for row in rows)
    entries = list(Entry.objects.filter(chain=code))
    last = max(e.seq for e in entries)
    Entry.objects.bulk_create(_next(e, last + 1 + n) for n, e in enumerate(entries * times))
    return tables


def _again(row: Any, n: str) -> Any:
    made = copy(row)
    made.pk, made.ref = None, f"{row.pk}+{n}"
    return made


def _next(entry: Entry, seq: int) -> Entry:
    made = copy(entry)
    made.pk, made.seq, made.idem = None, seq, None
    return made


PORTRAIT = dict.fromkeys((f"?tab={t.code}" for t in TABS), 60)
FORMS = dict.fromkeys(
    ("request-payment", "plan-change", "register-right", "attach-paper", "correct", "correct/?entry=1", "record-award"),
    20,
)


def test_ten_times_the_rows_cost_what_twice_cost(sign_in: In) -> None:
    client = sign_in("sun.li")
    addresses = {f"/projects/{OWN}/{tab}": most for tab, most in PORTRAIT.items()}
    addresses |= {f"/projects/{OWN}/acts/{act}{'' if '?' in act else '/'}": most for act, most in FORMS.items()}
    assert multiplied(OWN, 1) >= 15
    before = {a: count(client, a) for a in addresses}
    multiplied(OWN, 4)
    after = {a: count(client, a) for a in addresses}
    assert after == before
    assert {a: n for a, n in after.items() if n > addresses[a]} == {}


ROOMS = {
    "/bureau/attempts/": ("qin.zheng", 6), "/bureau/reads/": ("qin.zheng", 6), "/bureau/signins/": ("shen.ji", 7),
    "/bureau/accounts/": ("xi.tong", 8), "/bureau/security/": ("an.quan", 9), "/regulation/figures/": ("sun.li", 8),
}  # fmt: skip


def more_in_the_rooms(n: int) -> None:
    for i in range(n):
        Person.objects.create(username=f"p-{n}-{i}", name=f"名{i}", seq=1, day=today())
        Attempt.objects.create(
            chain=OWN, act="pay", person="sun.li", role="construction", outcome="denied", rules=[], day=today()
        )
        PaperRead.objects.create(digest=f"sm3:{i:064}", by="sun.li")
        SignIn.objects.create(username="sun.li", outcome="wrong")
        Held.objects.create(by="sun.li", where="name")
        Interpretation.objects.create(
            ref=f"{n}-{i}", seq=1, day=today(), by="zhou.mingyuan", role="cyber-office", article=1, starts=today()
        )


def test_the_rooms_of_the_bureau_cost_no_more_for_more(sign_in: In) -> None:
    more_in_the_rooms(3)
    before = {a: count(sign_in(who), a) for a, (who, _) in ROOMS.items()}
    more_in_the_rooms(60)
    after = {a: count(sign_in(who), a) for a, (who, _) in ROOMS.items()}
    assert after == before
    assert {a: n for a, n in after.items() if n > ROOMS[a][1]} == {}


def test_papers_cost_no_more_where_there_are_many(sign_in: In, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    client, codes = (
        sign_in("sun.li"),
        list(Project.objects.filter(unit="zwfw").order_by("code").values_list("code", flat=True)),
    )

    def hand_in(words: str) -> str:
        file = SimpleUploadedFile(f"{words}.pdf", PDF + words.encode())
        return str(client.post("/papers/", {"file": file, "declared": "on"}).json()["digest"])

    def attach(digest: str, code: str) -> None:
        data = {"title": "纪要", "kind": "纪要", "digest": digest}
        assert perform(Request(code, "attach-paper", "sun.li", today(), data)).ok

    digest = hand_in("一")
    attach(digest, codes[0])
    before = count(client, "/papers/"), count(client, f"/papers/{digest}/")
    for n, code in enumerate(codes[1:5]):
        hand_in(f"又{n}")
        attach(digest, code)
    assert (count(client, "/papers/"), count(client, f"/papers/{digest}/")) == before
    assert before[0] <= 6 and before[1] <= 14


def test_saved_views_are_read_at_once(sign_in: In) -> None:
    client = sign_in("sun.li")
    before = count(client, "/projects/?year=2025")
    SavedView.objects.bulk_create(
        SavedView(person="sun.li", name=f"视图{n}", query=f"year={2000 + n}") for n in range(25)
    )
    assert count(client, "/projects/?year=2025") == before
