"""What is on record for a request, asked for all at once: read after the chain is locked, before anything is decided."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache

from guicheng.ledger.append import CHAIN, ENTRY, Head, ask_head, ask_recorded
from guicheng.ledger.digest import GENESIS
from guicheng.ledger.models import Entry
from guicheng.people.access import POSTS, Posts, ask_posts, asked_posts, without_post
from guicheng.people.wire import dialect, send, together
from guicheng.records.project import Project
from guicheng.records.read import ask, columns, made

BUREAU = "bureau"
"""The chain of acts that belong to no project: appointments, plans, editions, interpretations."""


@dataclass(frozen=True)
class Found:
    """The chain, locked; what was recorded under the request's own id; the project; the asker's posts, as far as they may
    reach it; how far the bureau's chain had come."""

    head: Head
    same: Entry | None
    project: Project | None
    posts: Posts
    bureau: int


def look(code: str, id: str | None, by: str, day: date) -> Found:
    """Everything that decides about a request. On PostgreSQL the statements travel together, each of them seeing what was
    committed before the lock was given; on SQLite, where the file is locked already and each costs a call, they are one."""
    return _joined(code, id, by, day) if dialect() == "sqlite" else _together(code, id, by, day)


def _together(code: str, id: str | None, by: str, day: date) -> Found:
    with together():
        head = ask_head(code)
        same = ask_recorded(code, id) if id else lambda: None
        project = ask(Project, "code", code) if code != BUREAU else lambda: None
        posts = ask_posts(by, day, code)
        bureau = ask_head(BUREAU, wait=False) if code != BUREAU else None
    here = head()
    return Found(here, same(), project(), posts(), bureau().seq if bureau else here.seq)


def _joined(code: str, id: str | None, by: str, day: date) -> Found:
    asked = (*asked_posts(by, day, code), code, BUREAU, code, id, code)
    held, seq, head, bureau, same, body, hash, *project = send(_one_statement(), asked).fetchone()
    special = without_post(by)
    return Found(
        Head(code, seq or 0, head or GENESIS),
        None if same is None else Entry(chain=code, idem=id, seq=same, body=body, hash=hash),
        None if project[0] is None else made(Project, project),
        [(role, unit) for role, unit in json.loads(held)] if special is None else special,
        bureau or 0,
    )


@cache
def _one_statement() -> str:
    return f"""
        SELECT (SELECT json_group_array(json_array(role, unit)) FROM ({POSTS})),
        c.seq, c.head, b.seq, e.seq, e.body, e.hash, {columns(Project, "p")} FROM (SELECT 1) one
        LEFT JOIN {CHAIN} c ON c.code = %s LEFT JOIN {CHAIN} b ON b.code = %s
        LEFT JOIN {ENTRY} e ON e.chain = %s AND e.idem = %s LEFT JOIN {Project._meta.db_table} p ON p.code = %s
    """
