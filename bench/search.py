"""Searching so many projects by the index beside the database's own LIKE, in turns: python -m bench.search [projects].

Titles are those of `guicheng.bench.titles`, descriptions are put together from what filings say. Sixty of the
projects are filed once more in other words; the most-similar search should name each one's original among the first five."""

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

from bench.place import DAY, aim, machine, prepare

PLANTED = 60
FIRST = 5
ASKED = 200
LIKE_ONE_IN = 20
"""Of the questions so many are put to the database alone as well: it may take seconds over each."""
SAID = (
    "现有{what}业务由各窗口人工办理，群众平均排队{n}分钟，材料重复提交", "拟建设{what}{thing}，与{other}数据对接，覆盖{n}个乡镇（街道）",
    "依托政务云部署，不新购服务器，接入统一身份认证", "按照网络安全等级保护第三级要求建设，配套密码应用",
    "主要内容包括需求分析、软件开发、数据迁移、培训与试运行", "与{other}{thing}共用基础库，避免重复建设",
    "年办件量约{n}00件，高峰期并发{n}人", "对原{what}系统进行国产化适配", "群众反映{other}与{what}两头跑，亟需一次办结",
    "上线后{what}办理时限压缩{n}%，{other}材料免提交",
)  # fmt: skip
Pair = tuple[str, str]


def described(chance: random.Random, what: str) -> str:
    """Four sentences of a filing about `what`."""
    from guicheng.bench.titles import THING, WHAT

    filled = {"what": what, "other": chance.choice(WHAT), "thing": chance.choice(THING), "n": chance.randint(11, 99)}
    return "。".join(sentence.format(**filled) for sentence in chance.sample(SAID, 4))


def projects(number: int) -> Iterator[Pair]:
    """Title and description."""
    from guicheng.bench.titles import STEP, THING, WHAT, WHO

    chance = random.Random(1)
    for _ in range(number):
        what = chance.choice(WHAT)
        title = chance.choice(WHO) + what + chance.choice(THING) + chance.choice(STEP)
        yield title, described(chance, what)


def reworded(pair: Pair, chance: random.Random) -> Pair:
    """The same once more: another step, the sentences in another order, one of them left out."""
    from guicheng.bench.titles import STEP

    title, said = pair
    sentences = said.split("。")
    chance.shuffle(sentences)
    step = next(s for s in sorted(STEP, key=len, reverse=True) if title.endswith(s))
    return "新建" + title.removesuffix(step) + chance.choice(STEP), "。".join(sentences[:3])


def fill(pairs: list[Pair]) -> None:
    """The rows of projects and filings, as filing writes them; no ledger, which searching does not read."""
    from django.db import connection

    columns = "id, code, title, unit, edition, stage, furthest, filed_on, seq, gaps"
    own = f"INSERT INTO records_project ({columns}) VALUES (?, ?, ?, 'zwfw', '2023-04-19', 10, 10, '{DAY}', 1, '')"
    about = "project_id, seq, ref, day, by, role, papers, content"
    filed = f"INSERT INTO records_filing ({about}) VALUES (?, 1, 'filing', '{DAY}', 'sun.li', 'construction', '[]', ?)"
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("BEGIN")
    raw.executemany(own, ((i, f"HA-2025-{i:07d}", title) for i, (title, _) in enumerate(pairs, 1)))
    raw.executemany(filed, ((i, said) for i, (_, said) in enumerate(pairs, 1)))
    raw.execute("COMMIT")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = perf_counter()
    found = work()
    return (perf_counter() - start) * 1000, found


def at(times: list[float], part: float) -> float:
    return sorted(times)[int(len(times) * part)]


def spread(times: list[float]) -> str:
    return f"p50 {at(times, 0.5):8.2f} ms   p95 {at(times, 0.95):8.2f} ms   most {max(times):8.2f} ms"


def questions(number: int) -> list[str]:
    """What people type: a subject, a subject and a thing, a piece of either, a code and the beginning of one."""
    from guicheng.bench.titles import THING, WHAT, WHO

    chance = random.Random(2)
    kinds: list[Callable[[], str]] = [
        lambda: chance.choice(WHAT), lambda: f"{chance.choice(WHAT)} {chance.choice(THING)}", lambda: chance.choice(WHAT)[-2:],
        lambda: chance.choice(WHO) + chance.choice(WHAT), lambda: chance.choice(THING)[:2],
        lambda: f"HA-2025-{chance.randrange(number):07d}", lambda: f"HA-2025-{chance.randrange(number):07d}"[:13],
    ]  # fmt: skip
    return [kinds[i % len(kinds)]() for i in range(ASKED)]


def no_index(words: str) -> None:
    """What is said of words where the search's index is not installed."""


def keywords(number: int) -> None:
    """Ranked from the index alone; then the first page of the list with it and without, in turns, and their answers equal.

    The database alone looks at so many projects for a page and no further: what it found by then is how the page begins."""
    from guicheng.portfolio.listing import Asked, priced
    from guicheng.portfolio.paging import page
    from guicheng.portfolio.search.ask import ranked, sieve
    from guicheng.records.project import Project

    times: dict[str, list[float]] = {
        "best 20, index": [],
        "sieve, index": [],
        "page of the list": [],
        "the same by LIKE": [],
    }
    everything = priced(Project.objects.all(), None)
    for i, words in enumerate(questions(number)):
        asked = Asked(q=words)
        times["best 20, index"].append(timed(lambda w=words: ranked(w, 20))[0])
        times["sieve, index"].append(timed(lambda w=words: sieve(w))[0])
        quick, found = timed(lambda a=asked: page(everything, a))
        times["page of the list"].append(quick)
        if i % LIKE_ONE_IN == 0:
            with (
                patch("guicheng.portfolio.listing.sieve", no_index),
                patch("guicheng.portfolio.narrow.sieve", no_index),
            ):
                slow, same = timed(lambda a=asked: page(everything, a))
            first, looked = [row.pk for row in found.rows], [row.pk for row in same.rows]
            assert first[: len(looked)] == looked and (same.short or len(first) == len(looked)), words
            times["the same by LIKE"].append(slow)
    for name, all_of in times.items():
        print(f"{name:18} {spread(all_of)}")
    best = at(times["best 20, index"], 0.95)
    aim("keyword search, p95", "≤ 10 ms", f"{best:.1f} ms", best <= 10)


def likeness(planted: list[tuple[int, Pair]]) -> None:
    """How long the most similar take, with their projects read, and how many planted doubles name their original."""
    from guicheng.portfolio.search.alike import nearest
    from guicheng.records.initiation import Filing
    from guicheng.records.project import Project

    everything = Project.objects.all()
    nearest("热身", everything)
    times, named = [], 0
    for original, (title, said) in planted:
        ms, found = timed(lambda t=title, s=said: nearest(f"{t} {s}", everything, FIRST))
        times.append(ms)
        named += original in {p.pk for p in found}
    chance = random.Random(4)
    most = Filing._default_manager.order_by("-pk").values_list("pk", flat=True)[0]
    some = Filing._default_manager.filter(pk__in=chance.sample(range(1, most + 1), ASKED)).select_related("project")
    times += [timed(lambda f=f: nearest(f"{f.project.title} {f.content}", everything, FIRST))[0] for f in some]
    print(f"{'most similar':18} {spread(times)}")
    print(f"recall {named} of {len(planted)} planted doubles among the first {FIRST}")
    aim("most similar, p95", "≤ 15 ms", f"{at(times, 0.95):.1f} ms", at(times, 0.95) <= 15)
    aim("planted doubles named", f"≥ 58 of {PLANTED}", str(named), named >= 58)


def main(number: int) -> None:
    label = prepare("sqlite")
    from django.conf import settings

    from guicheng.portfolio.search.index import folder
    from guicheng.portfolio.search.write import bring

    print(f"{machine()} · {label} · {number} projects")
    with tempfile.TemporaryDirectory(prefix="guicheng-search-") as place:
        settings.VAR = Path(place)
        pairs, chance = list(projects(number)), random.Random(3)
        fill(pairs)
        planted = [(i + 1, reworded(pairs[i], chance)) for i in chance.sample(range(number), PLANTED)]
        seconds, done = timed(lambda: bring(whole=True))
        size = sum(f.stat().st_size for f in folder().rglob("*") if f.is_file())
        print(f"built in {seconds / 1000:.1f} s, {size / 2**20:.0f} MiB, {done[0]} projects")
        keywords(number)
        likeness(planted)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
