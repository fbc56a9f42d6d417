"""What measuring needs: portfolios of any size."""

from __future__ import annotations

import time
from contextlib import ExitStack

import click

from guicheng.cli import place
from guicheng.cli.out import Tick, aligned, json_option, progress, put_json, say, tell
from guicheng.cli.setup import lay_tables, make_folder
from guicheng.cli.zh import Cli, Command, Fault


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
