"""The whole portfolio: audit, and the same under other figures."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from guicheng.cli import place
from guicheng.cli.out import aligned, json_option, progress, put_json, put_long_json, say
from guicheng.cli.verdict import VERDICT_ZH
from guicheng.cli.zh import Command, Fault

if TYPE_CHECKING:
    from guicheng.portfolio.audit import Audit
    from guicheng.portfolio.findings import Found
    from guicheng.portfolio.simulate import Simulation

MOST_NAMED = 20
MOST_LISTED = 100
as_of_option = click.option("--as-of", metavar="日期", help="以哪一天判断（不写即今天）；记录以现在的为准")


@click.command(cls=Command)
@as_of_option
@click.option("--project", metavar="项目", help="只审这一个项目")
@click.option("--engine", default="database", metavar="引擎", help="database（不写即是）、duckdb 或 spark")
@click.option("--kept", is_flag=True, help="不再审查，只读上次 refresh 留存的数目；同时说明此后又有办理的项目数")
@json_option
def audit(as_of: str | None, project: str | None, engine: str, kept: bool, as_json: bool) -> int:
    """逐条规则审查全部项目；有违反时退出状态为 1。"""
    if kept:
        if as_of or project or engine != "database":
            raise Fault("--kept 只读留存的数目，不能与 --as-of、--project、--engine 同时使用")
        return _kept(as_json)
    place.django_ready()
    from guicheng.portfolio.audit import NoSuchProject
    from guicheng.portfolio.audit import audit as look
    from guicheng.portfolio.engines.choose import NoEngine, ready

    try:
        ready(engine)
        place.database_ready()
        with progress("逐条审查") as tick:
            found = look(place.day_of(as_of, "as-of"), project, tick, engine)
    except (NoSuchProject, NoEngine) as wrong:
        raise Fault(str(wrong)) from None
    if as_json:
        put_long_json(found.head(), "findings", found.findings())
    else:
        _say_audit(found)
    return 1 if found.breached else 0


def _kept(as_json: bool) -> int:
    place.database_ready()
    from guicheng.portfolio.clauses import kept_audit
    from guicheng.portfolio.paging import COUNTED
    from guicheng.regulations.base import regulation

    found = kept_audit(regulation())
    if found is None:
        raise Fault("还没有留存的数目，请先运行 guicheng refresh")
    if as_json:
        put_json(found)
    else:
        moved = f"超过 {COUNTED}" if found["moved"] > COUNTED else str(found["moved"])
        say(f"以 {found['as_of']} 计算过 {found['projects']} 个项目，此后又有办理、尚未重新计算的 {moved} 个")
        heads = [["违反", "依据不足", "已豁免或说明", "规则"]]
        words = ("breached", "unknown", "exempted")
        rows = [[*(str(r[w]) for w in words), r["rule"]] for r in found["rules"] if any(r[w] for w in words)]
        say(*aligned(heads + rows))
    return 1 if any(r["breached"] for r in found["rules"]) else 0


def _say_audit(found: Audit) -> None:
    from guicheng.law.declare import FORCE_ZH
    from guicheng.portfolio.audit import titles_of

    say(f"审查 {found.projects} 个项目，{len(found.law.rules)} 条规则，以 {found.as_of} 判断")
    numbers = found.found.numbers
    for verdict in ("breached", "exempted", "unknown"):
        rules = [r for r in found.law.rules.values() if (r.id, verdict) in numbers]
        if not rules:
            continue
        say("", f"■ {VERDICT_ZH[verdict]}：{sum(numbers[r.id, verdict] for r in rules)} 处")
        shown = {r.id: list(islice(found.found.of(r.id, verdict), MOST_NAMED)) for r in rules}
        titles = titles_of({f.project for these in shown.values() for f in these})
        for rule in rules:
            many = numbers[rule.id, verdict]
            say(f"{rule.clause}（{FORCE_ZH[rule.force]}，{rule.id}）{many} 个项目", f"    “{rule.sentence}”")
            lines = _projects(rule, shown[rule.id], many, titles, with_figures=verdict != "unknown")
            say(*(f"    {line}" for line in lines))
    if not numbers:
        say("没有违反。")


def _projects(rule: Any, shown: list[Found], many: int, titles: dict[str, str], with_figures: bool) -> list[str]:
    """The first projects of one finding, the figures beside each; many are cut short and counted."""
    from guicheng.judge.say import say as spoken

    more = f"……共 {many} 个" if many > len(shown) else ""
    if not with_figures:
        return ["、".join(f.project for f in shown) + more]
    rows = [[f.project, titles.get(f.project, ""), spoken(rule.says, f.facts) if rule.says else ""] for f in shown]
    return [*aligned(rows), *filter(None, [more])]


@click.command(cls=Command)
@click.option(
    "--set", "sets", multiple=True, required=True, metavar="名称=数值", help="如 security.min_ratio=0.06；可写多次"
)
@as_of_option
@json_option
def simulate(sets: tuple[str, ...], as_of: str | None, as_json: bool) -> int:
    """假如数值改了：谁会新违反，谁不再违反，按条款、处室和金额。什么也不改变。"""
    pairs = [_pair(one) for one in sets]
    place.database_ready()
    from guicheng.portfolio.simulate import NoSuchFigure
    from guicheng.portfolio.simulate import simulate as look

    try:
        with progress("逐条推演") as tick:
            found = look(pairs, place.day_of(as_of, "as-of"), tick)
    except NoSuchFigure as wrong:
        raise Fault(str(wrong)) from None
    if as_json:
        put_json(found.as_json())
    else:
        _say_simulation(found)
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name.strip() and equals and value.strip()):
        raise Fault(f"--set 应写作 名称=数值，如 security.min_ratio=0.06，而不是 {text[:80]}")
    return name.strip(), value.strip()


def _say_simulation(found: Simulation) -> None:
    from guicheng.judge.say import wan

    for name, one in found.sets.items():
        beyond = f"（{one['beyond']}）" if "beyond" in one else ""
        say(f"假如 {one['title']}（{name}）由 {one['from']} 改为 {one['to']}{beyond}")
    say(f"以 {found.as_of} 判断 {found.projects} 个项目，涉及规则 {len(found.rules)} 条")
    if not found.rules:
        say("没有规则用到这些数值：它们只决定今后计算的期限")
    for what, title in (("clause", "按条款"), ("unit", "按处室")):
        if groups := found.by(what):
            heads = [[title, "新违反", "预算", "不再违反", "预算"]]
            body = [
                [g[what], str(g["newly"]), wan(g["newly_budget"]), str(g["cured"]), wan(g["cured_budget"])]
                for g in groups
            ]
            say("", *aligned(heads + body))
    for title, rows in (("会新违反", found.newly), ("不再违反", found.cured)):
        lines = _by_project(rows)
        say("", f"■ {title}：{len(rows)} 处，{len(lines)} 个项目")
        say(*(f"    {line}" for line in aligned(lines[:MOST_LISTED])))
        if len(lines) > MOST_LISTED:
            say(f"    ……共 {len(lines)} 个项目，全部见 --json")


def _by_project(rows: list[dict[str, Any]]) -> list[list[str]]:
    """Each project once, with all the clauses."""
    from guicheng.judge.say import wan

    clauses: dict[str, dict[str, None]] = defaultdict(dict)
    about = {}
    for row in rows:
        clauses[row["project"]][row["clause"]] = None
        about[row["project"]] = row
    return [
        [p, "" if r["budget"] is None else wan(r["budget"]), r["unit"], "、".join(clauses[p]), r["title"]]
        for p, r in about.items()
    ]


@click.command(cls=Command)
def refresh() -> int:
    """重新计算全部项目的状况，供网站的清单和总览使用；宜每天凌晨运行一次。"""
    place.database_ready()
    from guicheng.door.clock import today
    from guicheng.portfolio.standing import refresh as all_of_them

    with progress("逐批计算") as tick:
        done = all_of_them(today(), tick)
    say(f"已计算 {done} 个项目")
    return 0
