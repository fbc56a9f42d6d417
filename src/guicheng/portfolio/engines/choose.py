"""Which engine answers: the database itself, or one over kept columns that is opened for one audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from guicheng.law.regulation import Regulation
from guicheng.ledger.sequence import sequence
from guicheng.portfolio.sweep import Database, Source, Tick, one_moment
from guicheng.records.project import Project

if TYPE_CHECKING:
    from guicheng.portfolio.engines.shape import Kept

    Open = Callable[[list[Path], Kept, str | None], AbstractContextManager[Source]]

ENGINES = ("database", "duckdb", "spark")
NEEDS = {"duckdb": ("duckdb", "pyarrow"), "spark": ("pyspark", "pyarrow")}


class NoEngine(Exception):
    """The engine is not known, or what it stands on is not installed: one sentence with the cure."""


def _none(done: int, of: int) -> None:
    """Tells nobody."""


def ready(name: str) -> None:
    """Raises NoEngine unless an engine of this name can be opened here."""
    if name not in ENGINES:
        raise NoEngine(f"没有引擎 {name[:40]}，可用的有：{'、'.join(ENGINES)}")
    lacking = [n for n in NEEDS.get(name, ()) if find_spec(n) is None]
    if lacking:
        raise NoEngine(f"引擎 {name} 还缺 {'、'.join(lacking)}：请先运行 pip install 'guicheng[{name}]'")
    if name == "spark":
        from guicheng.portfolio.engines.spark import java

        if java() is None:
            raise NoEngine("引擎 spark 还缺 Java 17 或更新：请先安装，或以 JAVA_HOME 指明它在哪里")


@contextmanager
def opened(
    name: str, law: Regulation, only: str | None = None, folder: Path | None = None, tick: Tick = _none
) -> Iterator[Source]:
    """The engine over the present moment: all projects, or only one. The records are those of that moment to the end.

    Raises NoEngine."""
    ready(name)
    if name == "database":
        with one_moment():
            yield Database()
        return
    from guicheng.portfolio.engines.gather import bucket_of
    from guicheng.portfolio.engines.shape import kept
    from guicheng.portfolio.engines.store import Columns

    sequence()
    columns, shape = Columns(folder or Path(settings.VAR) / "columns"), kept(law)
    with columns.alone(), one_moment():
        columns.refresh(shape, tick)
        bucket = None if only is None else bucket_of(Project.objects.values_list("id", flat=True).get(code=only))
        with _engine(name)(columns.files(bucket), shape, only) as source:
            yield source


def _engine(name: str) -> Open:
    if name == "duckdb":
        from guicheng.portfolio.engines.duck import duck

        return duck
    from guicheng.portfolio.engines.spark import spark

    return spark
