"""The kept columns: written once, then only where the ledger went on; written anew when they are of something else."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.people.models import Person, Post, Unit
from guicheng.portfolio.audit import NoSuchProject, audit
from guicheng.portfolio.engines import gather, store
from guicheng.portfolio.engines.shape import kept
from guicheng.portfolio.engines.store import Columns
from guicheng.portfolio.sweep import one_moment
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from tests.support.cases import lay

LAW, DAY = regulation(), date(2026, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def small_buckets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One project a bucket."""
    monkeypatch.setattr(gather, "BUCKET", 1)
    yield


def refreshed(folder: Path) -> int:
    """How many buckets a refresh wrote."""
    from guicheng.ledger.sequence import sequence

    sequence()
    columns = Columns(folder)
    with columns.alone(), one_moment():
        columns.refresh(kept(LAW))
    return columns.written


def laid(n: int) -> None:
    for i in range(n):
        contract = {"kind": "main", "warranty_months": 12, "signed_on": DAY, "ref": f"HT-{i}"}
        lay({"project": {"code": f"HA-{i}"}, "records": {"contract": [contract]}})


def act(code: str, name: str, **data: Any) -> None:
    """One act by someone of the unit that builds."""
    unit, _ = Unit.objects.get_or_create(code="wcs", defaults={"name": "文昌", "seq": 1, "day": DAY})
    person, new = Person.objects.get_or_create(
        username="li", defaults={"name": "李", "unit": unit, "seq": 1, "day": DAY}
    )
    if new:
        Post.objects.create(person=person, role="construction", unit="wcs", project="", since=DAY, seq=1, day=DAY)
    done = perform(Request(code, name, "li", DAY, data))
    assert done.outcome == "accepted", done.as_json()


def test_only_the_buckets_of_projects_that_went_on_are_written(tmp_path: Path, small_buckets: None) -> None:
    laid(5)
    assert refreshed(tmp_path) == 5
    assert refreshed(tmp_path) == 0
    act(
        "HA-3",
        "explain",
        rule=next(r.id for r in LAW.rules.values() if r.force == "explain"),
        reason="理由",
        agreed_by="李",
    )
    names = {p.name for p in tmp_path.glob("*.parquet")}
    assert refreshed(tmp_path) == 1
    assert len(names & {p.name for p in tmp_path.glob("*.parquet")}) == 4
    assert len(list(tmp_path.glob("*.parquet"))) == 5


def test_rows_that_came_by_no_act_are_not_lost(tmp_path: Path) -> None:
    laid(2)
    refreshed(tmp_path)
    lay({"project": {"code": "HA-NEW"}})
    assert refreshed(tmp_path) == 1
    assert list(audit(DAY, engine="duckdb", columns=tmp_path).found) == list(audit(DAY).found)


@pytest.mark.parametrize("key", ["mark", "database", "head"])
def test_columns_of_another_shape_database_or_history_are_written_anew(
    tmp_path: Path, small_buckets: None, key: str
) -> None:
    laid(3)
    refreshed(tmp_path)
    page = json.loads((tmp_path / "page.json").read_text())
    (tmp_path / "page.json").write_text(json.dumps(page | {key: "other"}))
    assert refreshed(tmp_path) == 3


@pytest.mark.parametrize("harm", ["page gone", "page torn", "file gone"])
def test_harmed_columns_are_written_anew(tmp_path: Path, small_buckets: None, harm: str) -> None:
    laid(3)
    refreshed(tmp_path)
    page = tmp_path / "page.json"
    if harm == "page gone":
        page.unlink()
    elif harm == "page torn":
        page.write_text(page.read_text()[:40])
    else:
        next(tmp_path.glob("*.parquet")).unlink()
    assert refreshed(tmp_path) == 3


def test_what_is_kept_is_only_what_rules_read(tmp_path: Path) -> None:
    schema = kept(LAW).schema
    assert "systemtoken" not in schema.names
    contract = schema.field("contract").type.value_type
    assert {"amount", "warranty_months", "signed_on"} <= {f.name for f in contract}
    assert "role" not in {f.name for f in contract}
    assert str(contract.field("amount").type) == "int64"
    assert str(contract.field("signed_on").type) == "date32[day]"
    assert str(contract.field("custom_software").type) == "bool"


def test_an_empty_portfolio_has_no_findings(tmp_path: Path) -> None:
    found = audit(DAY, engine="duckdb", columns=tmp_path)
    assert (found.projects, list(found.found)) == (0, [])


def test_one_project_alone_is_found_as_among_all(tmp_path: Path) -> None:
    laid(3)
    alone = audit(DAY, "HA-1", engine="duckdb", columns=tmp_path)
    assert alone.projects == 1
    assert list(alone.found) == list(audit(DAY, "HA-1").found)
    with pytest.raises(NoSuchProject, match="HA-NONE"):
        audit(DAY, "HA-NONE", engine="duckdb", columns=tmp_path)


def test_a_bucket_holds_its_projects_in_order(tmp_path: Path) -> None:
    laid(3)
    table = gather.gather(kept(LAW), gather.bucket_of(Project.objects.values_list("id", flat=True)[0]))
    assert table.column("code").to_pylist() == ["HA-0", "HA-1", "HA-2"]
    assert [len(rows) for rows in table.column("contract").to_pylist()] == [1, 1, 1]
    assert store.BUCKET == gather.BUCKET
