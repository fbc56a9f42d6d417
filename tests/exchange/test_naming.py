"""Which entries name a digest is noted as they are written, by the door, by a rebuild, and once for those of before."""

import io
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import transaction

from guicheng.exchange.check import check_namings
from guicheng.exchange.export import export
from guicheng.exchange.rebuild import rebuild
from guicheng.ledger.digest import named
from guicheng.ledger.models import Entry, Naming
from tests.support.lines import LINES, PAPER, taken

pytestmark = pytest.mark.django_db
Noted = set[tuple[str, str, int]]


def noted() -> Noted:
    found = list(Naming.objects.values_list("digest", "chain", "seq"))
    assert len(found) == len(set(found))
    return set(found)


def said() -> Noted:
    return {(d, e.chain, e.seq) for e in Entry.objects.all() for d in named(e.body)}


def test_a_digest_is_found_whole_and_once() -> None:
    one, other = "sha256:" + "a" * 64, "sm3:" + "0" * 64
    assert named(f'{{"papers":["{one}","{other}","{one}"]}}') == [one, other]
    assert named(f"{one}0") == named(one[:-1]) == named(one.replace("sha256", "md5")) == named(one.upper()) == []


def test_the_door_notes_what_an_entry_names() -> None:
    taken(LINES)
    assert noted() == said()
    assert (PAPER["digest"], "HA-1") in {(d, c) for d, c, _ in noted()}
    assert list(check_namings()) == []


def test_a_rebuild_notes_the_same() -> None:
    with transaction.atomic():
        taken(LINES)
        exported, before = b"".join(export()), noted()
        transaction.set_rollback(True)
    assert noted() == set()
    rebuild(io.BytesIO(exported))
    assert noted() == before != set()


def test_entries_of_before_are_noted_by_the_migration_and_a_second_run_adds_nothing() -> None:
    taken(LINES)
    wanted = noted()
    Naming.objects.filter(seq__gt=1).delete()
    fill = import_module("guicheng.ledger.migrations.0005_naming_filled").fill
    for _ in range(2):
        fill(apps, SimpleNamespace())
        assert noted() == wanted
