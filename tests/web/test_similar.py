"""While a project is being filed the most similar projects stand beside its title: only those seen, and nothing is kept."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guicheng.door.models import Attempt
from guicheng.portfolio.search import index as kept
from guicheng.portfolio.search.alike import SHOWN, TELLING
from guicheng.portfolio.search.write import bring
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from guicheng.web.models import Draft

pytestmark = pytest.mark.usefixtures("demo_site", "indexed")
In = Callable[[str], Client]
HERE = "/new/file-project/similar/"


@pytest.fixture
def indexed(tmp_path: Path, settings: Any, demo_site: None) -> Iterator[None]:
    """An index of the demonstration in a folder of its own."""
    settings.VAR = tmp_path
    bring()
    yield


def named(client: Client, **typed: str) -> list[str]:
    answer = client.post(HERE, typed)
    assert answer.status_code == 200
    return [p.code for p in answer.context["similar"]]


def test_a_title_typed_again_names_its_project_first(sign_in: In) -> None:
    client, found = sign_in("sun.li"), 0
    for project in Project.objects.filter(unit="zwfw"):
        codes = named(client, title=project.title)
        found += codes[:1] == [project.code]
        assert len(codes) <= SHOWN
    assert found >= Project.objects.filter(unit="zwfw").count() - 1


def test_content_tells_where_a_title_does_not(sign_in: In) -> None:
    project = Project.objects.get(code="HA-2019-001")
    assert project.code not in named(sign_in("sun.li"), title="新的设想")
    assert project.code in named(sign_in("sun.li"), title="新的设想", content=project.title)


def test_only_projects_that_the_person_may_see_are_named(sign_in: In) -> None:
    other = Project.objects.exclude(unit="zwfw").order_by("code")[0]
    codes = named(sign_in("sun.li"), title=other.title)
    assert other.code not in codes
    assert set(Project.objects.filter(code__in=codes).values_list("unit", flat=True)) <= {"zwfw"}


@pytest.mark.parametrize("typed", [{}, {"title": ""}, {"title": "   "}, {"other": "政务服务综合管理平台"}])
def test_nothing_typed_names_nothing_and_says_what_comes(sign_in: In, typed: dict[str, str]) -> None:
    answer = sign_in("sun.li").post(HERE, typed)
    assert answer.context["similar"] == [] and "填写项目名称后" in answer.content.decode()


@pytest.mark.parametrize("words", ["蘑菇", "\0", "'\"<script>", "AND OR NOT (", "平" * 100_000, "😀"])
def test_whatever_is_typed_is_words_and_nothing_else(sign_in: In, words: str) -> None:
    answer = sign_in("sun.li").post(HERE, {"title": words})
    assert answer.status_code == 200 and "<script>" not in answer.content.decode()


def test_asking_keeps_nothing_and_costs_a_few_statements_however_much_is_found(sign_in: In) -> None:
    client = sign_in("sun.li")
    client.post(HERE, {"title": "热身"})
    counted = []
    for title in ("政务服务综合管理平台", "不动产登记", "高效办成一件事"):
        with CaptureQueriesContext(connection) as queries:
            assert named(client, title=title)
        counted.append(len(queries))
    assert max(counted) <= 16, counted
    assert not Draft._default_manager.exists() and not Attempt.objects.filter(act="file-project").exists()


def test_the_panel_stands_beside_the_title_of_every_act_that_files_a_project(sign_in: In) -> None:
    client = sign_in("sun.li")
    for act in regulation().acts.values():
        if act.opening:
            assert set(TELLING) <= set(act.cls.model_fields)
            page = client.get(f"/new/{act.code}/?classified=no").content.decode()
            assert f'hx-post="/new/{act.code}/similar/"' in page and "第三条" in page
    assert "similar/" not in client.get("/projects/HA-2019-001/acts/grade-system/").content.decode()


def test_without_an_index_there_is_no_panel(sign_in: In, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in("sun.li")
    monkeypatch.setattr("guicheng.portfolio.search.alike.installed", lambda: False)
    assert "similar/" not in client.get("/new/file-project/?classified=no").content.decode()
    monkeypatch.undo()
    (kept.folder() / "page.json").unlink()
    assert "similar/" not in client.get("/new/file-project/?classified=no").content.decode()
    assert named(client, title="政务服务综合管理平台") == []
