"""Parts of the portrait: words in two languages from code, short hashes, who can cure, days left in words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from guicheng.judge.say import percent, yuan
from guicheng.law.declare import ActSpec
from guicheng.portfolio.portrait.clocks import Clock
from guicheng.portfolio.portrait.menu import Entry
from guicheng.portfolio.portrait.meters import Meter
from guicheng.portfolio.portrait.readiness import Missing
from guicheng.records.project import Project
from guicheng.web import english
from guicheng.web.spoken import ENGLISH, listed, role_word


def both(pair: tuple[str, str]) -> str:
    """The words of a pair in the reader's language."""
    return pair[1] if ENGLISH.get() else pair[0]


def label(thing: Any) -> str:
    """The label of something that has one in each language."""
    return str(thing.en if ENGLISH.get() else thing.zh)


def short(hash: str) -> str:
    """The first digits of a hash or a digest, enough to compare by eye."""
    return hash.rpartition(":")[2][:8]


def who_may(spec: ActSpec) -> str:
    """The bodies that may perform an act."""
    return listed([role_word(r) for r in spec.by])


def mine(spec: ActSpec, roles: Collection[str]) -> bool:
    """Whether one of these roles may perform it."""
    return bool(set(spec.by) & set(roles))


def clock_left(clock: Clock, today: date) -> str:
    """How a clock stands, in words."""
    english = ENGLISH.get()
    state, days = clock.state(today), clock.left(today)
    if days is None or state in ("over", "waiting"):
        zh, en = {"over": ("已了结", "closed")}.get(state, ("尚未起算", "not started"))
        return en if english else zh
    words = {
        "reached": (f"已满{-days}天，可以办理" if days else "今天起可以办理", "possible now"),
        "late": (f"已过{-days}天", f"{-days} days late"),
        "running": (f"还有{days}天" if days else "今天到期", f"{days} days left"),
    }[state]
    return words[1] if english else words[0]


def clock_counted(clock: Clock) -> str:
    """The counting rule in words."""
    zh, en = {
        "minimum": (
            "开始当日不计，按月届满的次日起方可办理，遇节假日不顺延（民法典第二百零一条、第二百零二条）",
            "counted from the next day; possible from the day after its last day, never moved by a day off",
        ),
        "deadline": (
            "开始当日不计；最后一日是法定休假日的，以其结束的次日为最后一日（民法典第二百零一条、第二百零三条）",
            "counted from the next day; a last day off moves to the next working day",
        ),
        "term": (
            "自开始之日起按月计算，至对应日届满（民法典第二百零二条）",
            "by calendar months to the corresponding day",
        ),
    }[clock.kind]
    return en if ENGLISH.get() else zh


def clock_bound(clock: Clock) -> str:
    """Which day the clock names: the earliest for a minimum, the latest for a deadline."""
    zh, en = {
        "minimum": ("最早可于", "at the earliest on"), "deadline": ("最迟应于", "at the latest on"), "term": ("至", "until"),
    }[clock.kind]  # fmt: skip
    return en if ENGLISH.get() else zh


def who_may_or_none(spec: ActSpec | str | None) -> str:
    """The bodies that may perform an act, or nothing where no act is known."""
    return who_may(spec) if isinstance(spec, ActSpec) else ""


def what_is_missing(item: Missing) -> str:
    """What stands before the next stage."""
    if not ENGLISH.get():
        return item.what
    if item.kind == "wait":
        return f"Possible from {item.until}"
    if [c.code for c in item.cures] == ["resume"]:
        return f"Suspended since {item.since}: resume the project first"
    return english.said(item.what)


def figures_today(item: Missing) -> str:
    """What the act would be told today, with figures."""
    return english.says({"rule": item.rule, "facts": item.facts, "says": item.figures})


def meter_words(meter: Meter) -> str:
    """Number, unit and limit of a meter."""
    if not ENGLISH.get():
        return meter.words
    side = "at least" if meter.at_least else "at most"
    if meter.part is None or meter.share is None or meter.bound is None:
        return f"not known; {side} {percent(meter.limit)}"
    of = f"{yuan(meter.part)}, {percent(meter.share)} of {yuan(meter.whole or 0)}"
    return f"{of}; {side} {percent(meter.limit)} ({yuan(meter.bound)})"


def why_closed(entry: Entry, project: Project) -> str:
    """Why an act of the menu cannot be done now."""
    return english.stage_stop(entry.spec, project) if ENGLISH.get() else entry.closed
