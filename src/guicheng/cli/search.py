"""The search index and what is asked of it."""

from __future__ import annotations

from typing import Any

import click

from guicheng.cli import place
from guicheng.cli.out import aligned, json_option, progress, put_json, say
from guicheng.cli.zh import Command, Fault

MOST_SHOWN = 50


@click.command(cls=Command)
@click.option("--rebuild", is_flag=True, help="全部重写（换了数据库或版本时会自动重写）")
@json_option
def index(rebuild: bool, as_json: bool) -> int:
    """把检索索引补到最新，并说明读了几个项目；网站的检索和“相似项目”用它。"""
    place.database_ready()
    from guicheng.portfolio.search.index import Busy, NoSearch
    from guicheng.portfolio.search.write import bring

    try:
        with progress("写检索索引") as tick:
            done, whole = bring(rebuild, tick)
    except (Busy, NoSearch) as wrong:
        raise Fault(str(wrong)) from None
    if as_json:
        put_json({"projects": done, "whole": whole})
    else:
        say(f"已重写检索索引，共 {done} 个项目" if whole else f"检索索引已是最新，{done} 个项目有变化")
    return 0


@click.command(cls=Command)
@click.argument("words", nargs=-1, metavar="[词…]")
@click.option("--similar", metavar="项目", help="找与这个项目最相似的项目（不写词）")
@json_option
def search(words: tuple[str, ...], similar: str | None, as_json: bool) -> int:
    """按名称、编号和报备内容找项目，最合的在前；各词须都有。"""
    if bool(words) == (similar is not None):
        raise Fault("请写要找的词，或以 --similar 写项目编号，二者写一样")
    place.database_ready()
    found = _similar(similar) if similar is not None else _found(" ".join(words))
    if as_json:
        put_json([{"project": p.code, "title": p.title, "unit": p.unit, "filed_on": p.filed_on} for p in found])
    elif found:
        say(*aligned([[p.code, p.unit, p.title] for p in found]))
    else:
        say("没有找到")
    return 0


def _found(words: str) -> list[Any]:
    """The best, and where there is no index the latest, that the database finds to have the words."""
    from guicheng.portfolio.listing import Asked, chosen
    from guicheng.portfolio.search.ask import ranked, ready
    from guicheng.records.project import Project

    everything, asked = Project.objects.all(), Asked(q=words)
    state = ready()
    keys = ranked(words, MOST_SHOWN * 4) if state else None
    found = chosen(everything, asked) if keys is None else chosen(everything.filter(pk__in=keys), asked)
    if keys is None:
        return list(found.order_by("-filed_on", "code")[:MOST_SHOWN])
    place_of = {key: i for i, key in enumerate(keys)}
    return sorted(found, key=lambda p: place_of[p.pk])[:MOST_SHOWN]


def _similar(code: str) -> list[Any]:
    from guicheng.portfolio.search.alike import alike
    from guicheng.portfolio.search.index import installed, page
    from guicheng.records.project import Project

    project = Project.objects.filter(code=code).first()
    if project is None:
        raise Fault(f"没有项目 {code[:64]}")
    if not installed():
        raise Fault("检索还缺 tantivy、rjieba：请先运行 pip install 'guicheng[search]'")
    if page() is None:
        raise Fault("还没有检索索引：请先运行 guicheng index")
    return alike(project, Project.objects.all())
