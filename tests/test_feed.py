"""The change feed: one order, nothing lost, nothing repeated, whatever is in flight meanwhile."""

import json
from pathlib import Path

import pytest

from bench import feed as many
from guicheng.ledger import sequence as numbering
from guicheng.ledger.append import append, lock
from guicheng.ledger.feed import follow, last
from guicheng.ledger.models import Entry, Position
from guicheng.ledger.sequence import sequence
from tests.support.door import CODE, open_project, paper, project_act
from tests.test_races import address, start, together

__all__ = ["address"]  # the fixture: a database of its own, on both engines


@pytest.mark.django_db
def test_a_reader_goes_on_from_its_cursor_and_sees_each_entry_once() -> None:
    open_project()
    first = follow()
    assert [(n.number, n.chain, n.seq) for n in first] == [(1, CODE, 1)]
    project_act("attach-paper", paper("甲"))
    project_act("attach-paper", paper("乙"))
    (one,) = follow(1, 1)
    (two,) = follow(one.number, 10)
    assert [n.seq for n in (one, two)] == [2, 3]
    assert (two.body, two.hash) == tuple(Entry.objects.values_list("body", "hash").get(seq=3))
    assert follow(two.number) == []
    assert last() == 3


@pytest.mark.django_db
def test_many_are_numbered_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "NUMBER", numbering.NUMBER.replace(str(numbering.AT_ONCE), "2"))
    monkeypatch.setattr(numbering, "AT_ONCE", 2)
    for i in range(5):
        append(lock(f"C{i}"), {}, None)
    assert sequence() == 5
    assert list(Position.objects.order_by("number").values_list("number", "entry__chain")) == [
        (i + 1, f"C{i}") for i in range(5)
    ]


@pytest.mark.once
def test_an_entry_still_in_flight_with_a_lower_key_is_not_passed_over(address: str) -> None:
    if address.startswith("sqlite"):
        pytest.skip("one writer at a time: keys are committed in their order")
    together(address, ("prepare",))
    out, err = start(address, "-m", "tests.support.slow_writer").communicate(timeout=240)
    assert out, err
    found = json.loads(out)
    assert found["seen"] == found["written"]
    assert found["then"] == ["slow"]
    assert found["key_is_lower"]
    assert found["floor_before"]
    assert found["floor_after"]


@pytest.mark.once
def test_twenty_writers_and_one_reader(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUICHENG_DATABASE", address)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "guicheng.config.settings")
    together(address, ("prepare",))
    # one entry is there already: the project that was opened when the database was made
    found = many.run(3, 20, str(tmp_path / "stop"))
    assert found["committed"] == found["followed"] - 1 > 20
    assert {k: found[k] for k in ("lost", "repeated", "out_of_order")} == dict.fromkeys(
        ("lost", "repeated", "out_of_order"), 0
    )
