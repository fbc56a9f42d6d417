"""Writes the index: the whole of it into a new part, or the projects that changed since into the one that stands."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

from guicheng.ledger.sequence import changed_since, last_position, sequence
from guicheng.portfolio.identity import database
from guicheng.portfolio.search.index import VERSION, Page, alone, folder, keep, made, page
from guicheng.portfolio.search.terms import pieces, words
from guicheng.portfolio.sweep import Tick
from guicheng.records.initiation import Filing
from guicheng.records.project import Project

AT_ONCE = 2000
HEAP = 256_000_000
SMALL_HEAP = 32_000_000

Row = tuple[int, str, str]


def bring(whole: bool = False, tick: Tick = lambda done, of: None) -> tuple[int, bool]:
    """Bring the index to the present: how many projects were read, and whether all were, asked for or needed.

    If the process dies before the end, the page that stood still stands. The page is written after the index, so that what was
    written and not noted is read once more: a project takes its own place, nothing is missing and nothing there twice.

    Raises Busy, NoSearch."""
    with alone():
        sequence()
        position = last_position()  # before anything is read: what comes later is read again next time
        old = None if whole else page()
        return (_all(position, tick), True) if old is None else (_changed(old, position, tick), False)


def _all(position: tuple[int, str], tick: Tick) -> int:
    for rest in folder().glob("part-*"):
        if (known := page()) is None or rest.name != known.part:
            shutil.rmtree(rest, ignore_errors=True)
    part = f"part-{uuid4().hex[:12]}"
    writer, done, of, last = made(part).writer(HEAP, 1), 0, Project.objects.count(), (0, "")
    for rows in _portions():
        _add(writer, rows)
        done, last = done + len(rows), (rows[-1][0], rows[-1][1])
        tick(done, of)
    writer.commit()
    writer.wait_merging_threads()
    keep(Page(VERSION, database(), *position, part, last))
    return done


def _portions() -> Iterator[list[Row]]:
    """All projects in the order of their keys."""
    after = 0
    while rows := list(_rows().filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield rows
        after = rows[-1][0]


def _changed(old: Page, position: tuple[int, str], tick: Tick) -> int:
    codes = sorted(changed_since(old.position))
    if not codes:
        return 0
    import tantivy

    index = made(old.part)
    writer, done, last = index.writer(SMALL_HEAP, 1), 0, old.last
    for i in range(0, len(codes), AT_ONCE):
        rows = list(_rows().filter(code__in=codes[i : i + AT_ONCE]).order_by("pk"))
        for row in rows:
            # By a query: a term made of a whole number is signed here, and meets no unsigned key.
            writer.delete_documents_by_query(tantivy.Query.term_query(index.schema, "key", row[0], "basic"))
            last = max(last, row[:2])
        _add(writer, rows)
        done += len(rows)
        tick(i + len(rows), len(codes))
    writer.commit()
    writer.wait_merging_threads()
    keep(replace(old, position=position[0], head=position[1], last=last))
    return done


def _rows() -> Any:
    return Project.objects.values_list("pk", "code", "title")


def _add(writer: Any, rows: list[Row]) -> None:
    """One document a project: code, title, and what was said when it was filed."""
    import tantivy

    filed = said(key for key, *_ in rows)
    for key, code, title in rows:
        told = filed.get(key, "")
        document = tantivy.Document()
        document.add_unsigned("key", key)
        document.add_text("pieces", " ".join(pieces(f"{code} {title} {told}")))
        document.add_text("words", " ".join(words(f"{title} {told}")))
        writer.add_document(document)


def said(keys: Iterable[int]) -> dict[int, str]:
    """What was said of these projects when they were filed."""
    filings = Filing._default_manager.filter(project__in=list(keys)).order_by("project", "seq")
    found: dict[int, str] = {}
    for key, content, background in filings.values_list("project_id", "content", "background"):
        found[key] = f"{found.get(key, '')} {content or ''} {background or ''}".strip()
    return found
