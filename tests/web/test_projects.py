"""The list of projects: filters that combine, paging by key, exports of what is shown; kept verdicts equal to the full audit."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from guicheng.door.clock import today
from guicheng.portfolio.listing import SORTS, Asked, chosen, priced, understood
from guicheng.portfolio.models import Kept, KeptFinding
from guicheng.portfolio.paging import counted, page
from guicheng.portfolio.rows import Row
from guicheng.portfolio.sight import visible
from guicheng.portfolio.standing import refresh
from guicheng.portfolio.sweep import sweep
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from guicheng.web.pages import projects
from tests.support.kept import refresh_one

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]


def everything(asked: Asked, size: int) -> Iterator[Row]:
    """Every page, one after another, as a reader turns them."""
    following = ""
    for _ in range(200):
        mark = tuple(following.rsplit("|", 1)) if following else None
        found = page(priced(Project.objects.all(), None), Asked(**(vars(asked) | {"after": mark})), size)
        yield from found.rows
        following = found.following
        if not following:
            return
    raise AssertionError("the pages never end")


@pytest.mark.parametrize("sort", [s + name for name in SORTS for s in ("", "-")])
@pytest.mark.parametrize("size", [1, 7, 66, 67])
def test_turning_pages_shows_every_project_once_and_in_order(sort: str, size: int) -> None:
    found = list(everything(Asked(sort=sort), size))
    assert len(found) == len({p.pk for p in found}) == Project.objects.count()
    column = {"budget": "approved", "filed": "filed_on"}.get(sort.lstrip("-"), sort.lstrip("-"))
    keys = [-1 if getattr(p, column) is None else getattr(p, column) for p in found]
    assert keys == sorted(keys, reverse=sort.startswith("-"))


def test_filters_combine() -> None:
    refresh(today())
    asked = understood({"unit": "zwfw", "stage": "110", "kind": "software", "year": "2024", "health": "red"})
    found = set(chosen(Project.objects.all(), asked))
    by_hand = {
        p for p in Project.objects.filter(unit="zwfw", stage=110, filed_on__year=2024).select_related("kept")
        if p.component_set.filter(kind="software").exists() and p.kept.colour == "red"  # type: ignore[attr-defined]
    }  # fmt: skip
    assert found == by_hand
    assert found


def test_what_is_not_offered_is_left_out() -> None:
    nonsense = {
        "stage": "11",
        "year": "12345",
        "kind": "x",
        "health": "blue",
        "sort": "secret",
        "after": "x|y",
        "verdict": "?",
    }
    assert chosen(Project.objects.all(), understood(nonsense)).count() == Project.objects.count()
    assert page(priced(Project.objects.all(), None), understood(nonsense)).rows


@pytest.mark.parametrize(
    ("words", "code"), [("热线 语音", "HA-2025-006"), ("ha-2025-006", "HA-2025-006"), ("100%_", None)]
)
def test_words_are_sought_in_titles_codes_and_texts(words: str, code: str | None) -> None:
    found = [p.code for p in chosen(Project.objects.all(), Asked(q=words))]
    assert (code in found) if code else (found == [])


def test_kept_verdicts_equal_the_audit_and_one_by_one_equals_all() -> None:
    refresh(today())
    kept = set(KeptFinding._default_manager.values_list("project__code", "rule", "verdict"))
    law = regulation()
    full = {(f.project, f.rule, f.verdict) for f in sweep(law, today(), law.rules.values())}
    assert kept == full
    colours = dict(Kept._default_manager.values_list("project__code", "colour"))
    assert set(colours.values()) == {"red", "amber", "green"}
    for code in colours:
        refresh_one(code)
    assert set(KeptFinding._default_manager.values_list("project__code", "rule", "verdict")) == full
    assert dict(Kept._default_manager.values_list("project__code", "colour")) == colours


def test_a_refresh_tells_postgresql_how_much_is_kept() -> None:
    """Told of an empty table, the server would read all of it where an index finds a few rows."""
    refresh(today())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'portfolio_keptfinding'")
            assert cursor.fetchone() == (KeptFinding._default_manager.count(),)
    assert KeptFinding._default_manager.exists()


def test_a_rule_is_a_filter_and_one_is_not_thirteen() -> None:
    refresh(today())
    rule = KeptFinding._default_manager.filter(verdict="breached").order_by("rule").values_list("rule", flat=True)[0]
    expected = set(KeptFinding._default_manager.filter(rule=rule, verdict="breached").values_list("project", flat=True))
    assert {p.pk for p in chosen(Project.objects.all(), Asked(rule=rule, verdict="breached"))} == expected
    kept = chosen(Project.objects.all(), Asked(rule=rule, verdict="kept"))
    assert kept.count() == Project.objects.count() - KeptFinding._default_manager.filter(rule=rule).count()
    first = KeptFinding._default_manager.filter(rule__regex=r":1[.(]").values("project").distinct().count()
    assert chosen(Project.objects.all(), Asked(article="1")).count() == first


def test_exports_hold_exactly_what_is_listed(sign_in: In) -> None:
    client = sign_in("sun.li")
    expected = list(visible("sun.li", today()).filter(filed_on__year=2024).order_by("-filed_on", "-code"))
    text = b"".join(client.get("/projects/export.csv?year=2024")).decode("utf-8-sig")  # type: ignore[arg-type]
    lines = list(csv.reader(io.StringIO(text)))
    assert [line[0] for line in lines[1:]] == [p.code for p in expected]
    book = load_workbook(io.BytesIO(client.get("/projects/export.xlsx?year=2024").content))
    rows = list(book.active.iter_rows(min_row=2, values_only=True))
    assert [r[0] for r in rows] == [p.code for p in expected]
    assert [round(r[5] * 100) for r in rows if r[5] is not None] == [p.budget for p in expected if p.budget is not None]
    assert rows[0][6].date() == expected[0].filed_on


@pytest.mark.parametrize(
    "address", ["", "health=red", "kind=software&sort=budget", "year=2024&sort=code", "q=nothing-at-all"]
)
def test_a_list_of_many_costs_no_more_queries_than_one_of_few(
    sign_in: In, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(today())
    client, found = sign_in("zhou.mingyuan"), []
    client.get("/projects/")
    for size in (3, 30):
        monkeypatch.setattr(projects, "page", partial(page, size=size))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/projects/?{address}").status_code == 200
        found.append(len(asked))
    assert found[0] == found[1] <= 16


def test_views_are_saved_under_a_name_for_oneself(sign_in: In) -> None:
    client = sign_in("sun.li")
    client.post("/projects/views/", {"name": "去年的软件", "query": "year=2025&kind=software&evil=1"})
    assert "去年的软件" in client.get("/projects/").content.decode()
    assert "evil" not in client.get("/projects/").content.decode()
    assert "去年的软件" not in sign_in("zhou.mingyuan").get("/projects/").content.decode()
    sign_in("sun.li").post("/projects/views/", {"remove": "去年的软件"})
    assert "去年的软件" not in client.get("/projects/").content.decode()


def test_the_cockpit_counts_what_its_links_list(sign_in: In) -> None:
    refresh(today())
    client = sign_in("zhou.mingyuan")
    context = client.get("/cockpit/").context
    for figure in context["figures"]:
        if figure.opens.startswith("/projects/?") and not figure.money:
            given = dict(pair.split("=") for pair in figure.opens.split("?")[1].split("&"))
            assert chosen(Project.objects.all(), understood(given)).count() == figure.value, figure.zh
    for chart in context["charts"]:
        for row in chart["rows"]:
            assert row["opens"].startswith("/projects/?")
    stages = next(c for c in context["charts"] if c["id"] == "stages")
    assert sum(r["value"] for r in stages["rows"]) == Project.objects.count()


def test_counting_stops() -> None:
    assert counted(Project.objects.all(), 10) == 11
    assert counted(Project.objects.filter(filed_on__lt=date(2000, 1, 1)), 10) == 0
