"""What measuring needs: portfolios of any size."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from guicheng.cli import place
from guicheng.cli.out import Tick, aligned, json_option, progress, put_json, say, tell
from guicheng.cli.setup import lay_tables, make_folder
from guicheng.cli.zh import Cli, Command, Fault

if TYPE_CHECKING:
    from guicheng.bench.rules import Costs


@click.group("bench", cls=Cli)
def bench() -> None:
    """测速用的数据与度量。"""


@bench.command(cls=Command)
@click.option("--projects", type=click.IntRange(1, 9_999_999), required=True, metavar="个数", help="多少个项目")
@click.option("--seed", type=int, default=1, show_default=True, metavar="整数", help="同一整数得到同样的项目")
@click.option(
    "--lives", type=click.Choice(["whole", "usual", "short"]), default="usual", show_default=True, metavar="长短",
    help="whole 平均62项行为一个项目；usual 约40项；short 约15项（一百万个项目时用）",
)  # fmt: skip
@click.option("--as-of", metavar="日期", help="以哪一天数出违反（不写即演示数据的末一天）")
@json_option
def portfolio(projects: int, seed: int, lives: str, as_of: str | None, as_json: bool) -> int:
    """在空的数据库里写出任意多个项目：账本与各表同经办理入口写出的一样，违反的数目已知并列出。"""
    place.django_ready()
    make_folder()
    lay_tables()
    from guicheng.bench.portfolio import NotEmpty
    from guicheng.bench.portfolio import portfolio as write
    from guicheng.demo.build import LAST_DAY

    day, start = place.day_of(as_of, "as-of") if as_of else LAST_DAY, time.perf_counter()
    try:
        with _Steps() as steps:
            done = write(projects, seed, lives, as_of=day, tick=steps.tick)
    except NotEmpty as wrong:
        raise Fault(str(wrong)) from None
    seconds = time.perf_counter() - start
    if as_json:
        put_json(done.as_json() | {"seconds": round(seconds, 1)})
        return 0
    say(
        f"已写出 {done.projects} 个项目，{done.entries} 项行为，用时 {seconds:.1f} 秒（成批部分每秒 {done.rate} 个项目）"
    )
    rows = [
        [f"{n} 个项目", {"breached": "违反", "unknown": "依据不足", "exempted": "已豁免或说明"}[word], rule]
        for (rule, word), n in sorted(done.verdicts.items(), key=lambda x: (x[0][1], x[0][0]))
        if word != "unknown"
    ]
    say(f"以 {done.as_of} 审查，应当正好有：", *aligned(rows))
    unknown = sum(n for (_, word), n in done.verdicts.items() if word == "unknown")
    tell(f"另有依据不足 {unknown} 处（历史补录的项目），--json 逐条列出")
    return 0


@bench.command(cls=Command)
@click.option("--project", metavar="项目", help="门内以哪一个项目来量（不写即办理最多的那一个）")
@click.option("--as-of", metavar="日期", help="以哪一天判断（不写即今天）")
@json_option
def rules(project: str | None, as_of: str | None, as_json: bool) -> int:
    """每条规则的花费：门内一个项目，全库一条语句，各自的计划与所读的表；贵的在前，只读不写。"""
    place.database_ready()
    from guicheng.bench.rules import NothingHere, costs
    from guicheng.regulations.base import regulation

    try:
        with progress("逐条计时") as tick:
            found = costs(regulation(), place.day_of(as_of, "as-of"), project, tick)
    except NothingHere as wrong:
        raise Fault(str(wrong)) from None
    if as_json:
        put_json(found.as_json())
    else:
        _say_costs(found)
    return 0


def _say_costs(found: Costs) -> None:
    heads = ["门内毫秒", "全库毫秒", "折合扫描", "不符", "规则", "所读的表：扫描，或经由哪个索引"]
    rows = [
        [f"{c.door:.3f}", f"{c.book:.1f}", f"{c.book / c.scan:.2f}", str(c.found), c.rule, _way(c.book_ways)]
        for c in found.rules
    ]
    say(*aligned([heads, *rows]))
    book, scan = sum(c.book for c in found.rules), sum(c.scan for c in found.rules)
    say(
        "",
        f"全库 {found.projects} 个项目，{len(found.rules)} 条规则共 {book:.0f} 毫秒，"
        f"各自所读的表顺序读一遍共 {scan:.0f} 毫秒：{book / scan:.2f} 倍",
        f"门内 {found.project} 逐条单问共 {sum(c.door for c in found.rules):.1f} 毫秒，合在一起（办理时如此）{found.check:.2f} 毫秒",
    )
    scanned = {table for c in found.rules for table, way in c.door_ways.items() if "scan" in way}
    said = "、".join(f"{t}（{found.sizes[t]} 行）" for t in sorted(scanned))
    say(f"门内整张读的表：{said}" if scanned else "门内没有一条规则读整张表")


def _way(ways: dict[str, tuple[str, ...]]) -> str:
    said = {"scan": "扫描", "key": "主键"}
    return "；".join(f"{table} {'、'.join(said.get(w, w) for w in way)}" for table, way in ways.items())


class _Steps:
    """A bar for each step in turn."""

    def __init__(self) -> None:
        self.title, self.stack = "", ExitStack()
        self.bar: Tick = lambda done, of: None

    def __enter__(self) -> _Steps:
        return self

    def __exit__(self, *wrong: object) -> None:
        self.stack.close()

    def tick(self, what: str, done: int, of: int) -> None:
        if what != self.title:
            self.stack.close()
            self.title, self.bar = what, self.stack.enter_context(progress(what))
        self.bar(done, of)
