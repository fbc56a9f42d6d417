"""What is kept of acts that were not done; and acts of the past, recorded as history with their gaps."""

import pytest

from guicheng.door.models import Attempt
from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.ledger.append import bodies
from tests.support.door import (
    CODE,
    DAY,
    FILING,
    everything,
    found_bureau,
    hire,
    open_project,
    paper,
    project_act,
    unchanged,
)

pytestmark = pytest.mark.django_db

# --- refused attempts -------------------------------------------------------------------------------------------------


def test_attempts_are_kept_without_their_data() -> None:
    open_project()
    unchanged({"by": "nobody", "data": paper("绝密的题名")})
    unchanged({"data": {"title": "绝密的题名"}})
    unchanged({"act": "archive", "data": {"catalogue": "sm3:" + "0" * 64, "pieces": 1, "received_by": "绝密的题名"}})
    kept = list(Attempt.objects.order_by("pk").values("chain", "act", "person", "outcome", "rules"))
    assert [(k["person"], k["act"], k["outcome"]) for k in kept] == [
        ("nobody", "attach-paper", "denied"), ("li.wei", "attach-paper", "invalid"), ("li.wei", "archive", "refused"),
    ]  # fmt: skip
    assert kept[2]["rules"] == ["huaian2023:1.archive.stage"]
    assert "绝密" not in str(kept)


def test_attempts_with_names_of_any_kind_are_kept_within_their_columns() -> None:
    for by in ("长" * 1000, "\ud800", "a\0b", 5, None):
        assert perform(Request("长" * 1000, "x" * 1000, by, DAY)).outcome == "invalid"  # type: ignore[arg-type]
    assert {a.person for a in Attempt.objects.all()} == {"长" * 64, ""}


# --- history ----------------------------------------------------------------------------------------------------------


def test_history_is_recorded_with_its_gaps() -> None:
    hire("li.wei", "construction")
    done = perform(
        Request(
            CODE, "file-project", "li.wei", DAY, FILING | {"estimate": None, "unplanned_reason": None}, history=True
        )
    )
    assert done.outcome == "accepted", done.errors
    assert done.breaches == []
    assert "huaian2023:5.outside-annual-plan" in [u["rule"] for u in done.unknown]
    assert bodies(CODE)[0]["history"] is True
    assert project_act("attach-paper", paper()).outcome == "accepted"


def test_history_cannot_leave_out_what_a_project_is() -> None:
    hire("li.wei", "construction")
    before = everything()
    told = perform(Request(CODE, "file-project", "li.wei", DAY, {"unit": "wcs", "classified": "no"}, history=True))
    assert (told.outcome, list(told.errors)) == ("invalid", ["title"])
    assert everything() == before


def test_the_first_posts_come_from_setup_and_setup_ends_with_them() -> None:
    found_bureau()
    told = perform(Request("bureau", "register-unit", "setup", DAY, {"code": "x", "name": "x"}))
    assert told.outcome == "denied"
