"""Every page and every download, for everybody: a table written by hand. A pattern that is missing from it fails.

A column is a person who holds that one role; a row is a method and an address. A number is the answer's status, `-` is 404,
`in` says that one is sent to sign in. `{own}` is a project of the builder's office, to which the outside parties were called;
`{other}` one of another office and other parties; `{none}` is no project at all. `{paper}` was attached to the one, `{strange}`
to the other."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve
from openpyxl import load_workbook

from guicheng.accounts.models import Account
from guicheng.door.clock import today
from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.ledger.models import Entry
from guicheng.people.models import Person, Post
from guicheng.people.roles import Role
from guicheng.records.project import Project
from guicheng.web.pages import portrait_tabs
from guicheng.web.urls import urlpatterns
from tests.support.pdf import PDF

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]
OWN, OTHER, NONE = "HA-2025-002", "HA-2025-003", "HA-1999-001"
PEOPLE = {
    "con": ("sun.li", "construction"), "cyb": ("zhou.mingyuan", "cyber-office"), "lea": ("bai.xingzhou", "leading-group"),
    "gen": ("lu.wenbo", "general-office"), "tec": ("jiang.yue", "technology"), "leg": ("tan.lvyan", "legal"),
    "dis": ("qin.zheng", "discipline"), "par": ("gu.changfeng", "party-group"), "ctr": ("cj-beidou.ha-2025-002", "contractor"),
    "sup": ("jl-zhongheng.ha-2025-002", "supervisor"), "aud": ("sj-mingzhu.ha-2025-002", "auditor"),
    "ass": ("cp-guanlan.ha-2025-002", "assessor"), "exp": ("an-expert", "expert"), "ext": ("an-external", "external"),
    "off": ("an-office", "other-office"), "sys": ("xi.tong", "system-admin"), "sec": ("an.quan", "security-admin"),
    "adm": ("shen.ji", "audit-admin"), "non": ("nobody-yet", ""),
}  # fmt: skip
CALLED = ("an-expert", "an-external", "an-office")
"""Nobody of these roles is on the project in the demonstration."""
COLUMNS = (*PEOPLE, "out")
TABLE = Path(__file__).with_name("who_may_open.txt").read_text(encoding="utf8")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    address: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.strip().splitlines() if line.strip() and not line.startswith("#")]
    return [Row(line[0], line[1], tuple(line[2:])) for line in lines]


@pytest.fixture(autouse=True)
def there(demo_site: None, settings: Any, tmp_path: Path, sign_in: In) -> dict[str, Any]:
    """What the addresses are filled in with: people called to the one project, a paper on each, an act of the builder."""
    settings.VAR = tmp_path
    for username, role in PEOPLE.values():
        if username in CALLED:
            _called(username, role)
    Person.objects.create(username="nobody-yet", name="无任职", seq=1, day=today())
    paper, seq = _attached(sign_in, "sun.li", OWN, "own")
    strange, _ = _attached(sign_in, "ling.xi", OTHER, "other")
    return {"own": OWN, "other": OTHER, "none": NONE, "paper": paper, "strange": strange, "seq": seq}


def _called(username: str, role: str) -> None:
    Person.objects.create(username=username, name=username, seq=1, day=today())
    since = Project.objects.get(code=OWN).filed_on
    Post.objects.create(person_id=username, role=role, project=OWN, since=since, seq=1, day=since)


def _attached(sign_in: In, by: str, code: str, words: str) -> tuple[str, int]:
    """A paper handed in by someone and attached to a project: its digest, and the number of the act."""
    file = SimpleUploadedFile(f"{words}.pdf", PDF + words.encode())
    digest = sign_in(by).post("/papers/", {"file": file, "declared": "on"}).json()["digest"]
    done = perform(Request(code, "attach-paper", by, today(), {"title": "纪要", "kind": "纪要", "digest": digest}))
    assert done.ok, done.as_json()
    return digest, int(done.seq or 0)


def asked(client: Client, row: Row, there: dict[str, Any]) -> HttpResponseBase:
    address, _, data = row.address.format(**there).partition("?")
    given = dict(pair.split("=") for pair in data.split("&") if pair)
    answer: HttpResponseBase = (client.get if row.method == "GET" else client.post)(address, given)
    return answer


def said(answer: HttpResponseBase) -> str:
    """How the table writes this answer."""
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/")
    return "in" if to_sign_in else "-" if answer.status_code == 404 else str(answer.status_code)


def browser(sign_in: In, column: str) -> Client:
    return Client() if column == "out" else sign_in(PEOPLE[column][0])


def test_every_pattern_stands_in_the_table_with_both_methods(there: dict[str, Any]) -> None:
    told = {(resolve(r.address.format(**there).partition("?")[0]).url_name, r.method) for r in rows()}
    names = [p.name for p in urlpatterns]
    assert len(names) == len(set(names))
    assert told == {(name, method) for name in names for method in ("GET", "POST")}


def test_every_address_of_a_project_stands_there_for_ones_own_for_anothers_and_for_none() -> None:
    every = {(r.method, r.address) for r in rows()}
    for method, address in every:
        for here in ("{own}", "{other}", "{none}"):
            assert "{own}" not in address or (method, address.replace("{own}", here)) in every, (method, address, here)


def test_each_person_of_the_table_holds_the_one_role_of_the_column() -> None:
    for column, (username, role) in PEOPLE.items():
        held = set(Post.objects.filter(person=username, until__isnull=True).values_list("role", flat=True))
        assert held == ({role} if role else set()), column
    assert {role for _, role in PEOPLE.values() if role} == set(Role) - {Role.CLOCK, Role.SETUP}


@pytest.mark.parametrize("row", rows(), ids=str)
def test_each_address_answers_each_person_as_the_table_says(row: Row, sign_in: In, there: dict[str, Any]) -> None:
    entries, people = Entry.objects.count(), Account.objects.filter(closed=True).count()
    found = tuple(said(asked(browser(sign_in, column), row, there)) for column in COLUMNS)
    assert dict(zip(COLUMNS, found, strict=True)) == dict(zip(COLUMNS, row.answers, strict=True))
    assert Entry.objects.count() == entries
    assert Account.objects.filter(closed=True).count() <= people + 1


@pytest.mark.parametrize("column", PEOPLE)
def test_what_one_may_not_see_answers_as_what_is_not_there(column: str, sign_in: In, there: dict[str, Any]) -> None:
    """The same status, the same headers, the same body but for the address itself."""
    client = browser(sign_in, column)
    nothing, compared = {"other": NONE, "strange": "sha256:" + "0" * 64}, 0
    for row, key in ((r, k) for r in rows() for k in nothing if f"{{{k}}}" in r.address):
        real, guessed = asked(client, row, there), asked(client, row, there | {key: nothing[key]})
        if real.status_code == 404:
            assert told(real, there[key]) == told(guessed, nothing[key]), str(row)
            compared += 1
    assert compared >= 2


def told(answer: Any, address: str) -> tuple[int, dict[str, str], bytes]:
    return answer.status_code, dict(answer.items()), answer.content.replace(address.encode(), b"")


TABS = """
#            con cyb lea gen tec leg dis par ctr sup aud ass exp ext off
overview     yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes
money        yes yes yes yes yes yes yes yes   -   - yes   -   -   -   -
contracts    yes yes yes yes yes yes yes yes yes yes yes   -   -   - yes
assessments  yes yes yes yes yes yes yes yes yes yes   - yes   -   -   -
trial        yes yes yes yes yes yes yes yes yes yes   -   -   -   - yes
operation    yes yes yes yes yes yes yes yes yes   -   -   -   -   - yes
changes      yes yes yes yes yes yes yes yes yes yes yes   -   -   -   -
assets       yes yes yes yes yes yes yes yes   -   - yes   -   -   -   -
papers       yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes
history      yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes
"""
"""Which tabs of a portrait each role opens. What is shut falls back to the overview, with htmx and without."""


@pytest.mark.parametrize("line", [x for x in TABS.strip().splitlines() if x[0] != "#"], ids=lambda x: x.split()[0])
def test_each_tab_opens_to_whom_the_table_says(line: str, sign_in: In) -> None:
    tab, *opens = line.split()
    for column, says in zip(PEOPLE, opens, strict=False):
        client = browser(sign_in, column)
        for headers in ({}, {"HX-Target": "tab"}):
            context = client.get(f"/projects/{OWN}/?tab={tab}", headers=headers).context
            assert context["tab"] == (tab if says == "yes" else "overview"), column
            assert (tab in {t.code for t in context["tabs"]}) is (says == "yes"), column


def test_the_table_of_tabs_names_every_tab() -> None:
    assert [x.split()[0] for x in TABS.strip().splitlines()[1:]] == [t.code for t in portrait_tabs.TABS]


EXPORTED = {
    "con": Q(unit="zwfw"), "cyb": Q(), "lea": Q(), "gen": Q(), "tec": Q(), "leg": Q(), "dis": Q(), "par": Q(),
    **dict.fromkeys(("ctr", "sup", "aud", "ass", "exp", "ext", "off"), Q(code=OWN)), "non": Q(pk=None),
}  # fmt: skip


@pytest.mark.parametrize("column", EXPORTED)
def test_exports_and_lists_hold_what_one_sees_and_nothing_else(column: str, sign_in: In) -> None:
    client, mine = (
        browser(sign_in, column),
        set(Project.objects.filter(EXPORTED[column]).values_list("code", flat=True)),
    )
    text = b"".join(client.get("/projects/export.csv")).decode("utf-8-sig")  # type: ignore[arg-type]  # a streamed answer
    assert {line[0] for line in list(csv.reader(io.StringIO(text)))[1:]} == mine
    book = load_workbook(io.BytesIO(client.get("/projects/export.xlsx").content))
    assert {r[0] for r in book.active.iter_rows(min_row=2, values_only=True)} == mine
    for address in ("/", "/projects/", "/cockpit/", "/calendar/?late=1&of=all", "/calendar/?view=list&of=all"):
        page = client.get(address).content.decode()
        assert set(re.findall(r"/projects/(HA-[0-9-]+)/", page)) <= mine, address
