"""Many lines to a commit: each still all or nothing, with the verdict it would have alone, and nothing told that is not kept."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction

from guicheng.door.models import Attempt
from guicheng.exchange import intake
from guicheng.exchange.intake import take_in
from guicheng.exchange.lines import read_lines
from guicheng.judge.edition import forget_figures
from guicheng.ledger.models import Entry
from tests.support.lines import LINES, PAPER, command, differences, environment, file_of, guicheng, line, words, written

MIXED = [
    *LINES[:6],
    line("HA-1", "attach-paper", "nobody", "2025-06-04", **PAPER),
    line("HA-1", "attach-paper", "li.wei", "2025-06-04", title="没有摘要"),
    *LINES[6:9],
    line("HA-1", "file-project", "li.wei", "2025-06-04", **LINES[5]["data"]),
    line("HA-1", "approve-project", "wang.wx", "2025-06-05", ref="批1", body="某局", amount=30_000_000),
    *LINES[9:],
    LINES[6],
]
"""Accepted, denied, invalid and refused ones, one after the other."""


def outcomes(batch: int) -> tuple[list[dict[str, Any]], list[tuple[Any, ...]], int]:
    """What a batched import says of the mixed lines, and what it leaves behind; all undone again."""
    with transaction.atomic():
        said = [
            {k: v for k, v in o.items() if k != "hash"} for _, o in take_in(read_lines(file_of(MIXED)), batch=batch)
        ]
        left = list(Entry.objects.order_by("id").values_list("chain", "seq", "idem"))
        found = said, left, Attempt.objects.count()
        assert differences() == []
        transaction.set_rollback(True)
    forget_figures()
    return found


@pytest.mark.django_db
def test_the_verdicts_are_those_of_one_line_a_commit() -> None:
    alone = outcomes(1)
    assert {"accepted", "denied", "invalid", "refused"} == set(words(alone[0]))
    for batch in (2, 7, 50):
        assert outcomes(batch) == alone


@pytest.mark.django_db
def test_a_batch_that_the_database_gives_up_is_done_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    once, through = [OperationalError("deadlock detected")], intake._one

    def failing(one: Any) -> dict[str, Any]:
        if one.number == 9 and once:
            raise once.pop()
        return through(one)

    monkeypatch.setattr(intake, "_one", failing)
    said = [o for _, o in take_in(read_lines(file_of(LINES)))]
    assert words(said) == ["accepted"] * len(LINES)
    assert Entry.objects.count() == len(LINES)


@pytest.mark.django_db
def test_locks_are_not_held_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LONGEST_HELD", 0.0)
    sizes: list[int] = []
    together = intake._together

    def counted(group: list[Any]) -> list[Any]:
        done = together(group)
        sizes.append(len(done))
        return done

    monkeypatch.setattr(intake, "_together", counted)
    assert len(list(take_in(read_lines(file_of(LINES))))) == len(LINES)
    assert sizes == [1] * len(LINES)


@pytest.mark.once
def test_killed_again_and_again_what_was_told_is_kept_and_everything_is_there_once(tmp_path: Path) -> None:
    papers = [line("HA-1", "attach-paper", "li.wei", "2025-06-20", **PAPER | {"title": f"第{n}份"}) for n in range(180)]
    file = str(written([*LINES, *papers], tmp_path / "acts.jsonl"))
    guicheng("init", home=tmp_path)
    told: set[tuple[str, int]] = set()
    for heard in (3, 70, 140):
        run = subprocess.Popen(
            command("import", file, "--json", "--batch", "30", home=tmp_path), env=environment(), stdout=subprocess.PIPE
        )
        assert run.stdout is not None
        told |= {(o["project"], o["seq"]) for o in (json.loads(run.stdout.readline()) for _ in range(heard))}
        run.kill()
        run.wait()
        run.stdout.close()
    last = [json.loads(one) for one in guicheng("import", file, "--json", home=tmp_path).stdout.splitlines()]
    kept = [(o["project"], o["seq"]) for o in last if o["outcome"] == "skipped"]
    assert told <= set(kept)
    assert [o["outcome"] for o in last] == ["skipped"] * len(kept) + ["accepted"] * (len(last) - len(kept))
    exported = [json.loads(one) for one in guicheng("export", "--project", "HA-1", home=tmp_path).stdout.splitlines()]
    titles = [one["data"].get("title", "") for one in exported if "data" in one]
    assert [t for t in titles if t.endswith("份")] == [f"第{n}份" for n in range(180)]
    assert guicheng("verify", home=tmp_path).returncode == 0
