"""Checks the database itself: its chains and order by the verifier of exports, and its tables by writing them again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice, zip_longest
from typing import Any, BinaryIO

from django.db import models, transaction

from guicheng.door import fold
from guicheng.door.look import BUREAU
from guicheng.door.outcome import Wrong
from guicheng.exchange.difference import Difference, Tables, differences
from guicheng.exchange.export import export
from guicheng.judge.edition import forget_figures
from guicheng.law.act import Unfit, personal_paths
from guicheng.law.regulation import Regulation
from guicheng.ledger.append import bodies, lock
from guicheng.ledger.digest import named, token
from guicheng.ledger.erase import is_token
from guicheng.ledger.models import Chain, Entry, Erasable, Naming, Position
from guicheng.ledger.verify import Verified, verify_lines
from guicheng.records.project import Project
from guicheng.records.tables import clear_bureau, snapshot_bureau, snapshot_project
from guicheng.regulations.base import regulation

Tick = Callable[[], None]
AT_ONCE = 2000


def check_ledger(tick: Tick = lambda: None) -> Verified:
    """Recompute every chain, the order and the tree from the stored entries. Raises Differs at the first difference."""

    def lines() -> Iterator[bytes]:
        for line in export():
            yield line
            tick()

    return verify_lines(lines())


def check_heads(done: Verified) -> Iterator[Difference]:
    """The heads that acts lock against the heads that the entries give, and the ids that entries were asked under."""
    stored = {c.code: (c.seq, c.head) for c in Chain.objects.all()}
    for code in sorted(stored.keys() | done.heads.keys()):
        if stored.get(code) != done.heads.get(code):
            yield Difference(code, f"链首记作 {stored.get(code)}，由行为算得 {done.heads.get(code)}", table="chain")
    for code, seq, idem, body in Entry.objects.values_list("chain", "seq", "idem", "body").iterator(chunk_size=AT_ONCE):
        said = _loaded(body)
        for column, value, own in (("chain", code, "project"), ("seq", seq, "seq"), ("idem", idem, "id")):
            if said.get(own) != value:
                yield Difference(code, f"列中为 {value}，所记内容为 {said.get(own)}", seq, "entry", column=column)


def check_namings() -> Iterator[Difference]:
    """Which digests each entry is noted to name, against its body."""
    bodies_of = Entry.objects.order_by("pk").values_list("chain", "seq", "body").iterator(chunk_size=AT_ONCE)
    total = 0
    while some := list(islice(bodies_of, AT_ONCE)):
        said = {(digest, code, seq) for code, seq, body in some for digest in named(body)}
        noted = Naming.objects.filter(digest__in={digest for digest, *_ in said})
        for digest, code, seq in sorted(said - set(noted.values_list("digest", "chain", "seq"))):
            yield Difference(code, f"所列的 {digest} 没有登记", seq, "naming")
        total += len(said)
    if (there := Naming.objects.count()) != total:
        yield Difference("", f"登记了 {there} 处摘要，各项行为所列共 {total} 处", table="naming")


def _loaded(body: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body)
    return found


def check_against(earlier: BinaryIO) -> Iterator[Difference]:
    """An export of an earlier day against the order as it stands: every act of then must still be in its place.

    Raises Differs when that export does not verify itself."""
    old = verify_lines(earlier)
    if old.project is not None:
        yield Difference(old.project, "旧导出只有这一个项目，不能与整个账本比较")
        return
    earlier.seek(0)
    now = Position.objects.order_by("number").values_list("entry__hash", flat=True).iterator(chunk_size=AT_ONCE)
    for line, own in zip_longest(islice(earlier, old.size), islice(now, old.size)):
        said = json.loads(line)
        if said["hash"] != own:
            what = "旧导出里有这一行为，账本里已经没有" if own is None else "与旧导出的同一位置不符，账本被改写过"
            yield Difference(said["project"], what, said["seq"])
            return


def check_erasables() -> Iterator[Difference]:
    """Each erasable value against the digest that the ledger keeps of it."""
    for one in Erasable.objects.iterator(chunk_size=AT_ONCE):
        if one.erased_at is not None and (one.salt or one.value):
            yield Difference("", "记作已删除，内容却还在", table="erasable", ref=one.token)
        elif one.erased_at is None and not _fits(one):
            yield Difference("", "内容与账本所记摘要不符", table="erasable", ref=one.token, column="value")


def _fits(one: Erasable) -> bool:
    try:
        return token(one.salt, one.value) == one.token
    except ValueError:
        return False


def check_tables(project: str | None = None, tick: Tick = lambda: None) -> Iterator[Difference]:
    """Write each chain's records again from its entries, inside a transaction that is rolled back, and compare.

    Each chain is locked while it is compared, so acts may go on; nothing is changed."""
    law = regulation()
    codes = set(Chain.objects.values_list("code", flat=True)) | set(Project.objects.values_list("code", flat=True))
    for code in [project] if project is not None else sorted(codes | {BUREAU}):
        yield from _bureau(law) if code == BUREAU else _project(law, code)
        tick()


@contextmanager
def _undone() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        forget_figures()


def _bureau(law: Regulation) -> list[Difference]:
    with _undone():
        lock(BUREAU)
        done = bodies(BUREAU)
        return _compared(BUREAU, snapshot_bureau, lambda: _refold_bureau(law, done)) + _unknown_tokens(law, done)


def _refold_bureau(law: Regulation, done: list[dict[str, Any]]) -> Tables:
    clear_bureau()
    forget_figures()
    fold.replay(law, None, done)
    return snapshot_bureau()


def _project(law: Regulation, code: str) -> list[Difference]:
    with _undone():
        lock(code)
        done = bodies(code)
        project = Project.objects.filter(code=code).first()
        if not done or project is None:
            what = "项目表中有，账本中没有一项行为" if project else "账本中有，项目表中没有"
            return [Difference(code, what, table="project")]
        differences = _compared(
            code, lambda: snapshot_project(project), lambda: snapshot_project(fold.refold(law, project, done))
        )
        return differences + _unknown_tokens(law, done)


def _compared(code: str, now: Callable[[], Tables], again: Callable[[], Tables]) -> list[Difference]:
    stored = now()
    try:
        computed = again()
    except (Unfit, Wrong) as unfit:
        return [Difference(code, f"不能由行为重新写出：{'；'.join(w for ws in _errors(unfit).values() for w in ws)}")]
    except (KeyError, models.ObjectDoesNotExist) as missing:
        return [Difference(code, f"不能由行为重新写出：缺少 {missing}")]
    return list(differences(code, stored, computed))


def _errors(wrong: Unfit | Wrong) -> dict[str, list[str]]:
    return wrong.errors if isinstance(wrong, Unfit) else wrong.parts["errors"]


def _unknown_tokens(law: Regulation, done: list[dict[str, Any]]) -> list[Difference]:
    """Tokens in entries whose erasable value is gone without having been erased."""
    acts = {b["seq"]: b["act"] for b in done}
    named: dict[str, int] = {}
    for b in done:
        of, data = b["act"], b["data"]
        if of == "correct":
            of, data = acts.get(data["entry"], ""), data.get("replacement") or {}
        if of in law.acts:
            named |= dict.fromkeys(_tokens(law.acts[of].cls, data), b["seq"])
    kept = set(Erasable.objects.filter(token__in=named).values_list("token", flat=True)) if named else set()
    code = next((str(b["project"]) for b in done), "")
    return [Difference(code, "可删除内容不见了", named[t], "erasable", t) for t in sorted(named.keys() - kept)]


def _tokens(cls: Any, data: dict[str, Any]) -> Iterator[str]:
    for path in personal_paths(cls):
        found: list[Any] = [data]
        for name in path:
            found = [i for f in found for i in (f.get(name) if isinstance(f.get(name), list) else [f.get(name)]) if i]
        yield from (f for f in found if isinstance(f, str) and is_token(f))
