"""Search over the demonstration: equal to the database's own answers, seen only by who may see, and what is most similar."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guicheng.people.models import Post
from guicheng.portfolio.listing import Asked, chosen
from guicheng.portfolio.search import index as kept
from guicheng.portfolio.search.alike import alike
from guicheng.portfolio.search.ask import Sieve, ranked, sieve
from guicheng.portfolio.search.write import bring
from guicheng.portfolio.sight import visible
from guicheng.records.project import Project

pytestmark = pytest.mark.usefixtures("demo_site", "indexed")
In = Callable[[str], Client]
DAY = date(2026, 11, 23)
SAMPLES = (
    "热线", "热线 语音", "语音转", "音转", "平台", "系统", "平", "ha-2025-006", "HA-2025-0", "2025-0", "A-202", "006", "100%_", "12345",
    "一体机", "人工流转", "线下台账，群众", "综合窗口 HA-2024", "没有这样的词", "x", "  ", "数据 平台 建设 系统 2024 不算的第六个",
)  # fmt: skip


@pytest.fixture
def indexed(tmp_path: Path, settings: "object", demo_site: None) -> Iterator[Path]:
    """An index of the demonstration in a folder of its own."""
    settings.VAR = tmp_path  # type: ignore[attr-defined]  # the fixture of pytest-django
    assert bring() == (Project.objects.count(), True)
    yield tmp_path


def codes(words: str, passed: Sieve | None = None) -> list[str]:
    return sorted(p.code for p in chosen(Project.objects.all(), Asked(q=words), passed))


@pytest.mark.parametrize("words", SAMPLES)
def test_the_index_and_the_database_find_the_same(words: str) -> None:
    assert codes(words) == codes(words, Sieve(None))


def test_the_index_narrows_by_a_word_a_part_of_it_and_a_code() -> None:
    for words in ("语音转写", "音转", "HA-2025-006", "5-006"):
        passed = sieve(words)
        assert passed is not None and passed.keys is not None
        assert 0 < len(passed.keys) < Project.objects.count()
        assert codes(words)


def test_a_word_that_narrows_nothing_is_left_to_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    found = codes("建设")
    assert len(found) > 3
    monkeypatch.setattr("guicheng.portfolio.search.ask.MOST", len(found))
    passed = sieve("建设")
    assert passed is not None and passed.keys is not None and len(passed.keys) == len(found)
    monkeypatch.setattr("guicheng.portfolio.search.ask.MOST", len(found) - 1)
    passed = sieve("建设")
    assert passed is not None and passed.keys is None
    assert codes("建设") == found


def test_the_best_comes_first() -> None:
    keys = ranked("语音转写", 10)
    assert keys and Project.objects.get(pk=keys[0]).code == "HA-2025-006"


def test_an_outside_party_never_finds_another_project(sign_in: In) -> None:
    post = Post.objects.filter(role="contractor", until__isnull=True).exclude(project="").order_by("pk")[0]
    mine = Project.objects.get(code=post.project)
    other = Project.objects.exclude(code=post.project).order_by("code")[0]
    client = sign_in(post.person_id)
    page = client.get("/projects/", {"q": mine.title}).content.decode()
    assert f"/projects/{mine.code}/" in page
    page = client.get("/projects/", {"q": other.title}).content.decode()
    assert f"/projects/{other.code}/" not in page
    assert f"/projects/{mine.code}/" not in page
    assert 'id="similar"' not in client.get(f"/projects/{mine.code}/").content.decode()


def test_the_export_of_a_searched_list_holds_what_was_found(sign_in: In) -> None:
    text = b"".join(sign_in("xu.jing").get("/projects/export.csv?q=热线")).decode("utf-8-sig")  # type: ignore[arg-type]
    found = [line[0] for line in list(csv.reader(io.StringIO(text)))[1:]]
    assert found and sorted(found) == codes("热线", Sieve(None))


def test_a_search_costs_the_same_few_statements_whatever_it_finds() -> None:
    counted = []
    for words in ("语音转写", "平台", "没有这样的词"):
        with CaptureQueriesContext(connection) as queries:
            sieve(words)
        counted.append(len(queries))
    assert len(set(counted)) == 1 and counted[0] <= 8


def test_similar_projects_stand_on_the_portrait_and_only_those_seen(sign_in: In) -> None:
    project = Project.objects.get(code="HA-2025-006")
    everywhere = alike(project, Project.objects.all())
    assert 3 <= len(everywhere) <= 5 and project not in everywhere
    page = sign_in("xu.jing").get(f"/projects/{project.code}/").content.decode()
    assert 'id="similar"' in page and all(f"/projects/{p.code}/" in page for p in everywhere)
    seen = visible(Post.objects.filter(role="construction", unit=project.unit)[0].person_id, DAY)
    assert {p.unit for p in alike(project, seen)} == {project.unit}


def test_without_an_index_the_database_answers_and_nothing_similar_is_shown(
    sign_in: In, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = codes("热线")
    (kept.folder() / "page.json").unlink()
    assert sieve("热线") is None and codes("热线") == before
    bring()
    assert sieve("热线") is not None
    monkeypatch.setattr("guicheng.portfolio.search.ask.installed", lambda: False)
    assert sieve("热线") is None and codes("热线") == before
    assert 'id="similar"' not in sign_in("xu.jing").get("/projects/HA-2025-006/").content.decode()
