"""The index follows the ledger: corrections, interruptions, another database, a lock held by someone else."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guicheng.portfolio.listing import Asked, chosen
from guicheng.portfolio.search import ask, index
from guicheng.portfolio.search.ask import sieve
from guicheng.portfolio.search.index import Busy, NoSearch, alone, opened, page
from guicheng.portfolio.search.terms import asked, pieces
from guicheng.portfolio.search.write import bring
from guicheng.records.project import Project
from tests.support.door import CODE, FILING, open_project, paper, project_act
from tests.support.terminal import run, sentence


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path


def passing(words: str) -> list[str]:
    """The codes of the projects that the index leaves over."""
    passed = sieve(words)
    assert passed is not None and passed.keys is not None
    return sorted(Project.objects.filter(pk__in=passed.keys).values_list("code", flat=True))


def documents() -> int:
    found = page()
    assert found is not None
    return int(opened(found).searcher().num_docs)


def test_every_text_with_a_word_has_its_pieces() -> None:
    text = "HA-2024-006 市级 12345热线Ａ平台"
    for start in range(len(text)):
        for end in range(start + 2, len(text) + 1):
            for word in text[start:end].upper().split():
                assert set(asked(word)) <= pieces(text)
    assert asked("平") == []
    assert not set(asked("级12")) <= pieces(text), "a blank parts words"


@pytest.mark.django_db
def test_a_correction_is_found_by_its_new_title_and_not_by_the_old() -> None:
    open_project()
    open_project("HA-2", title="停车引导小程序", content="地下车库", background="车多")
    bring()
    assert passing("受理") == [CODE] and passing("停车") == ["HA-2"]
    changed = FILING | {"title": "不动产登记系统", "content": "登记", "background": "窗口"}
    done = project_act("correct", {"entry": 1, "reason": "录入有误", "replacement": changed})
    assert done.outcome == "accepted", done.as_json()
    assert passing("受理平台") == [] and passing("不动产") == [CODE] and passing("停车") == ["HA-2"]
    assert documents() == 2


@pytest.mark.django_db
def test_it_follows_the_feed_and_says_what_changed() -> None:
    open_project()
    assert bring() == (1, True)
    assert bring() == (0, False)
    project_act("attach-paper", paper("甲"))
    project_act("attach-paper", paper("乙"))
    open_project("HA-2")
    assert bring() == (2, False)
    assert bring() == (0, False)
    assert bring(whole=True) == (2, True)
    assert documents() == 2


@pytest.mark.django_db
def test_a_search_follows_a_little_and_says_how_far_it_is_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    open_project()
    bring()
    open_project("HA-2", title="停车引导小程序", content="地下车库", background="车多")
    project_act("attach-paper", paper("甲"))
    monkeypatch.setattr(ask, "FEW", 1)
    assert (passed := sieve("停车引导")) is not None and (passed.keys, passed.behind) == ([], 2)
    monkeypatch.setattr(ask, "FEW", 2)
    assert passing("停车引导") == ["HA-2"]
    assert (passed := sieve("停车引导")) is not None and passed.behind == 0


@pytest.mark.django_db
def test_while_another_writes_nothing_waits_and_nothing_is_missed() -> None:
    open_project()
    bring()
    open_project("HA-2", title="停车引导小程序", content="地下车库", background="车多")
    with alone():
        with pytest.raises(Busy):
            bring()
        assert "正在写" in sentence(run("index"))
        passed = sieve("停车引导")
        assert passed is not None and (passed.keys, passed.recent) == ([], ("HA-2",))
        assert [p.code for p in chosen(Project.objects.all(), Asked(q="停车引导"))] == ["HA-2"]
    assert bring() == (1, False)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["version", "database", "head", "last"])
def test_an_index_of_something_else_is_not_asked_and_is_written_anew(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_project()
    bring()
    if what == "version":
        monkeypatch.setattr(index, "VERSION", index.VERSION + 1)
        monkeypatch.setattr("guicheng.portfolio.search.write.VERSION", index.VERSION)
    elif what == "database":
        monkeypatch.setattr(index, "database", lambda: "another")
        monkeypatch.setattr("guicheng.portfolio.search.write.database", lambda: "another")
    elif what == "head":
        monkeypatch.setattr(index, "last_position", lambda upto=None: (1, "0" * 64))
    else:
        Project.objects.filter(code=CODE).update(code="HA-1A")
    assert page() is None and sieve("受理") is None
    assert bring() == (1, True)


@pytest.mark.django_db
def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    open_project()
    monkeypatch.setattr(index, "installed", lambda: False)
    with pytest.raises(NoSearch):
        bring()
    assert "guicheng[search]" in sentence(run("index"))
    assert "guicheng[search]" in sentence(run("search", "--similar", CODE))
    assert CODE in run("search", "受理平台").stdout


@pytest.mark.django_db
def test_on_the_command_line() -> None:
    open_project()
    open_project("HA-2", title="一网通办受理平台二期")
    assert "guicheng index" in sentence(run("search", "--similar", CODE))
    assert "共 2 个项目" in run("index").stdout
    assert "0 个项目有变化" in run("index").stdout
    assert json.loads(run("index", "--rebuild", "--json").stdout)["whole"] is True
    assert "HA-2" in run("search", "二期", "受理").stdout
    assert "没有找到" in run("search", "没有的词").stdout
    assert run("search", "--similar", CODE).stdout.split()[0] == "HA-2"
    for wrong in (("search",), ("search", "词", "--similar", CODE), ("search", "--similar", "HA-9")):
        sentence(run(*wrong))


KILLED = """
import os, sys, django
django.setup()
from guicheng.portfolio.search import write
where = sys.argv[1]
if where == "before":
    write._add_all = write._add
    def add(writer, rows):
        write._add_all(writer, rows)
        os._exit(9)
    write._add = add
else:
    write.keep = lambda page: os._exit(9)
write.bring()
"""


@pytest.fixture
def file(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of processes over a database file of their own."""
    named = {k: v for k, v in os.environ.items() if k != "GUICHENG_DATABASE"}
    yield named | {"GUICHENG_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "guicheng.config.settings"}


def python(env: dict[str, str], code: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *words], check=False, env=env, capture_output=True, text=True, timeout=120
    )


FILED = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from tests.support.door import open_project
for code in sys.argv[1:]:
    open_project(code, title=f"停车引导{code}")
"""
COUNTED = """
import django
django.setup()
from guicheng.portfolio.search.index import opened, page
from guicheng.portfolio.search.ask import sieve
from guicheng.portfolio.search.write import bring
print(bring(), opened(page()).searcher().num_docs, len(sieve("停车引导").keys), sep=";")
"""


@pytest.mark.once
@pytest.mark.parametrize("where", ["before", "after"])
def test_killed_and_resumed_nothing_is_missing_or_there_twice(where: str, file: dict[str, str]) -> None:
    """In the middle of writing, and between the index and the page that notes how far it is."""
    assert python(file, FILED, "HA-1", "HA-2").returncode == 0
    assert python(file, KILLED, where).returncode == 9
    assert python(file, COUNTED).stdout.strip() == "(2, True);2;2"
    assert python(file, FILED, "HA-3", "HA-4").returncode == 0
    assert python(file, KILLED, where).returncode == 9
    assert python(file, COUNTED).stdout.strip() == "(2, False);4;4"
    assert python(file, COUNTED).stdout.strip() == "(0, False);4;4"
