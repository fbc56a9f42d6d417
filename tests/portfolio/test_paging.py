"""Turning pages: every project that fits once and in order, with equal and unknown keys, however little is looked at for one page."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guicheng.portfolio import narrow, paging
from guicheng.portfolio.listing import SORTS, Asked, chosen, priced
from guicheng.portfolio.paging import count, counted, page
from guicheng.portfolio.rows import COLUMNS, Row, Those, every, first_of
from guicheng.portfolio.sight import Reach
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from tests.portfolio.book import RULES, UNITS, write

pytestmark = pytest.mark.django_db
FILTERS: tuple[dict[str, Any], ...] = (
    {}, {"stage": 70}, {"unit": "zwfw"}, {"unit": "zwfw", "stage": 70}, {"year": 2025}, {"kind": "security"}, {"health": "red"},
    {"major": True}, {"suspended": True}, {"ongoing": True}, {"rule": RULES[0], "verdict": "breached"}, {"rule": RULES[0]},
    {"rule": RULES[1], "verdict": "kept"}, {"article": str(regulation().rules[RULES[0]].article.number)},
    {"health": "green", "kind": "hardware", "year": 2024, "unit": "bgs"},
)  # fmt: skip
EVERYWHERE, OFFICE = Reach(True, frozenset(), frozenset()), Reach(False, frozenset({"gcsp"}), frozenset())


def turned(reach: Reach, asked: Asked, size: int) -> Iterator[Row]:
    """Every page, one after another, until there is none."""
    offered, following, short = priced(reach.projects, None), "", False
    for _ in range(3000):
        mark = tuple(following.rsplit("|", 1)) if following else None
        found = page(offered, Asked(**(vars(asked) | {"after": mark, "further": short})), size, reach.unit)
        assert len(found.rows) == size or not found.following or found.short
        yield from found.rows
        following, short = found.following, found.short
        if not following:
            return
    raise AssertionError("the pages never end")


def by_hand(reach: Reach, asked: Asked) -> list[int]:
    """The same by Python alone: all that fit, sorted."""
    column, down = SORTS[asked.sort.lstrip("-")], asked.sort.startswith("-")

    def key(p: Project) -> tuple[Any, str]:
        money = -1 if p.budget is None else p.budget
        return (money if column == "money" else getattr(p, column)), p.code

    return [p.pk for p in sorted(chosen(reach.projects, asked), key=key, reverse=down)]


@pytest.mark.parametrize("few", [0, 40, 3000])
@pytest.mark.parametrize("reach", [EVERYWHERE, OFFICE])
@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_turning_pages_gives_all_that_fit_in_order(
    asked: dict[str, Any], reach: Reach, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    r = Random(str(asked))
    write(r.randint(1, 10**6), 160)
    monkeypatch.setattr(narrow, "FEW", few)
    for sort in [s + name for name in SORTS for s in ("", "-")]:
        monkeypatch.setattr(paging, "WINDOWS", r.choice(((5,), (7, 20), (1, 2, 3), (1000,))))
        monkeypatch.setattr(paging, "FURTHER", r.choice(((9,), (4, 30), (2, 3, 50))))
        one = Asked(**asked, sort=sort)
        assert [p.pk for p in turned(reach, one, r.choice((1, 4, 50)))] == by_hand(reach, one), sort


def test_a_reader_of_single_projects_turns_the_same_pages() -> None:
    write(7, 120)
    codes = frozenset(Project.objects.order_by("?").values_list("code", flat=True)[:30])
    for reach in (
        Reach(False, frozenset(), codes),
        Reach(False, frozenset({"bgs"}), codes),
        Reach(False, frozenset(UNITS), codes),
    ):
        for sort in SORTS:
            assert [p.pk for p in turned(reach, Asked(sort=sort), 7)] == by_hand(reach, Asked(sort=sort))


@pytest.mark.parametrize("few", [0, 3000])
@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_a_count_is_exact_or_says_that_it_is_not(
    asked: dict[str, Any], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(3, 190)
    monkeypatch.setattr(narrow, "FEW", few)
    one, all_of, offered = Asked(**asked), len(by_hand(EVERYWHERE, Asked(**asked))), priced(EVERYWHERE.projects, None)
    assert count(offered, one) == paging.Counted(all_of, True)
    for windows in ((5,), (7, 20), (30,), (60, 100)):
        monkeypatch.setattr(paging, "WINDOWS", windows)
        shown, found = page(offered, one), count(offered, one)
        assert found.number == all_of if found.exact else len(shown.rows) <= found.number <= all_of
        assert count(offered, one, shown=shown) == found
        second = replace(one, after=tuple(shown.following.rsplit("|", 1)) if shown.following else None)
        later = page(offered, second)
        assert count(offered, second, shown=later) == max(
            found, paging.Counted(len(later.rows), False), key=lambda c: c.number
        )


def test_whoever_looks_on_is_shown_what_stands_far_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page looks at the first five and no further; asked to look on, the next looks at twenty, not at nineteen."""
    write(4, 60)
    monkeypatch.setattr(narrow, "FEW", 0)
    monkeypatch.setattr(paging, "WINDOWS", (2, 3))
    codes = list(Project.objects.order_by("code").values_list("code", flat=True))
    Project.objects.update(major=False)
    Project.objects.filter(code__in=(codes[24], codes[59])).update(major=True)
    asked, offered = Asked(major=True, sort="code"), priced(Project.objects.all(), None)
    first = page(offered, asked)
    assert (first.rows, first.following, first.short) == ([], f"|{codes[4]}", True)
    assert count(offered, asked, shown=first) == paging.Counted(0, False)
    on = replace(asked, after=("", codes[4]), further=True)
    for sizes, found in (((19,), []), ((20,), [codes[24]]), ((8, 12), [codes[24]]), ((20, 35), [codes[24], codes[59]])):
        monkeypatch.setattr(paging, "FURTHER", sizes)
        shown = page(offered, on)
        assert [row.code for row in shown.rows] == found and shown.short
        assert count(offered, on, shown=shown) == paging.Counted(len(found), False)


@pytest.mark.parametrize("reach", [EVERYWHERE, OFFICE])
def test_questions_of_one_shape_are_each_answered_by_their_own_values(reach: Reach) -> None:
    """Compiled once, with other values: every row and every column as the question itself would give it."""
    write(9, 200)
    offered, keys, seen = priced(reach.projects, None), frozenset(Project.objects.values_list("pk", flat=True)), 0
    for sort in ("code", "-budget"):
        for unit in ("", *UNITS):
            for stage in (None, 20, 70):
                for kind, health in (("", ""), ("security", ""), ("software", "red"), ("", "amber")):
                    asked = Asked(unit=unit, stage=stage, kind=kind, health=health, sort=sort)
                    by_itself = list(every(offered, asked).values_list(*COLUMNS))
                    found = first_of(offered, asked, reach.unit, Those(), (keys,), 500)
                    assert [row[:-1] for row in found] == by_itself
                    assert {row[-1] for row in found} == ({len(by_itself)} if by_itself else set())
                    two = first_of(offered, asked, reach.unit, Those(), (keys,), 2)
                    assert [row[:-1] for row in two] == by_itself[:2]
                    seen += len(found)
    assert seen > 200


@pytest.mark.parametrize("few", [0, 3000])
def test_questions_of_rules_are_each_answered_by_their_own(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules and verdicts one after another through one compiled statement; an article without rules, and a rule of no name."""
    write(9, 200)
    monkeypatch.setattr(narrow, "FEW", few)
    article, found = str(regulation().rules[RULES[0]].article.number), dict[str, list[int]]()
    for which in ({"rule": RULES[0]}, {"rule": RULES[1]}, {"rule": "没有的"}, {"article": article}, {"article": "999"}):
        for verdict in ("", "breached", "unknown", "kept"):
            asked = Asked(**which, verdict=verdict, sort="code")
            pages = [p.pk for p in turned(EVERYWHERE, asked, 200)]
            assert pages == by_hand(EVERYWHERE, asked), asked
            found[f"{which}{verdict}"] = pages
    assert len({tuple(pks) for pks in found.values()}) > 8
    assert found[f"{ {'article': '999'} }breached"] == [] and found[f"{ {'rule': RULES[0]} }breached"]


def test_counting_stops() -> None:
    write(1, 30)
    assert counted(Project.objects.all(), 10) == 11
    assert counted(Project.objects.filter(unit="nobody"), 10) == 0


@pytest.mark.parametrize("size", [4, 5, 6, 60])
def test_a_page_of_few_counts_what_it_is_of(size: int) -> None:
    """Five fit: as many as the page shows, one fewer, one more, and far more."""
    write(1, 60)
    asked = Asked(unit="zwfw", stage=20)
    Project.objects.filter(code__in=Project.objects.order_by("code").values("code")[:5]).update(unit="zwfw", stage=20)
    Project.objects.exclude(code__in=Project.objects.order_by("code").values("code")[:5]).update(unit="other")
    offered = priced(Project.objects.all(), None)
    first = page(offered, asked, size)
    with CaptureQueriesContext(connection) as queries:
        assert count(offered, asked, few=[], shown=first) == paging.Counted(5, True)
    assert len(queries) == 0
    assert count(offered, asked) == paging.Counted(5, True)


def test_another_office_is_not_found_by_asking_for_it() -> None:
    write(1, 60)
    nothing, offered = paging.Counted(0, True), priced(OFFICE.projects, None)
    assert page(offered, Asked(unit="zwfw"), 50, OFFICE.unit) == paging.Page([], "", fitting=nothing)
    assert count(offered, Asked(unit="zwfw"), OFFICE.unit) == nothing


def test_a_mark_that_nobody_was_given_begins_anew() -> None:
    write(1, 20)
    offered = priced(Project.objects.all(), None)
    nowhere = page(offered, Asked(sort="filed", after=("x", "y")), 5)
    assert nowhere.rows == page(offered, Asked(sort="filed"), 5).rows and nowhere.rows


@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_few_are_all_taken_and_one_more_is_not_few(asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """At the limit and one beyond it, for every filter that an index of its own finds; others are never taken whole."""
    write(5, 160)
    one = Asked(**asked)
    narrowest = next(narrow.narrow(one), None)
    found = len(narrowest.all()) if narrowest else 0
    monkeypatch.setattr(narrow, "FEW", found)
    few = paging.few_of(EVERYWHERE.projects, one, "")
    assert few is None or {*few} >= {*by_hand(EVERYWHERE, one)}
    assert (few is None) == (narrowest is None)
    monkeypatch.setattr(narrow, "FEW", found - 1)
    assert narrowest is None or (found > 0 and next(narrow.narrow(one)).many())


@pytest.mark.parametrize("key", ["9" * 18, "9" * 19, "9" * 40, "-" + "9" * 40])
@pytest.mark.parametrize("sort", ["budget", "-budget", "stage", "-stage"])
def test_a_mark_beyond_every_number_is_no_error(sort: str, key: str) -> None:
    write(1, 20)
    for reach in (EVERYWHERE, OFFICE):
        found = page(priced(reach.projects, None), Asked(sort=sort, after=(key, "HA")), 5, reach.unit)
        assert len(found.rows) in (0, min(5, reach.projects.count()))
