"""One global order over all chains: each committed entry gets the next number, never a time."""

from __future__ import annotations

from django.db import connection, transaction

from guicheng.ledger.models import Position, Watermark

AT_ONCE = 500_000  # each portion looks for what is new from the watermark on, so few large ones
LOCK = 0x6775696368656E67
"""The advisory lock of the one who numbers ("guicheng"): writers never wait for it, nor does the upkeep of tables."""

NEW = """
FROM ledger_entry e WHERE e.id > %s AND NOT EXISTS (SELECT 1 FROM ledger_position p WHERE p.entry_id = e.id)
"""
NUMBER = f"""
INSERT INTO ledger_position (number, entry_id)
SELECT (SELECT COALESCE(MAX(number), 0) FROM ledger_position) + row_number() OVER (ORDER BY id), id
FROM (SELECT e.id {NEW} ORDER BY e.id LIMIT {AT_ONCE}) AS fresh
"""

ENDED = """
SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint, pg_current_xact_id_if_assigned()::text
FROM pg_current_snapshot() AS s
"""


def sequence(whole: bool = False) -> int:
    """Number the committed entries that have no number yet; answers how many were numbered now. May be called at any
    time by anyone: after commits, before an export, by every reader of the feed.

    An entry is numbered after everything that it could have seen: its key is drawn while its chain is locked, after what
    it read was committed. One process numbers at a time, so the numbers that a reader sees have no gap below the highest.
    If the process dies here, nothing was numbered, and the next call does it.

    It looks only at keys above the watermark, so it costs what is new; with `whole` it looks at every entry."""
    numbered = 0
    while _some_new(floor := 0 if whole else _floor()):
        with transaction.atomic():
            mark = None if connection.vendor == "sqlite" else _alone_and_marked()
            with connection.cursor() as cursor:
                cursor.execute(NUMBER, [floor])
                done = cursor.rowcount
            if mark is not None and done < AT_ONCE:
                mark.save()
        numbered += done
    return numbered


def _some_new(floor: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 {NEW} LIMIT 1", [floor])
        return cursor.fetchone() is not None


def _floor() -> int:
    """The key up to which every entry has its number, now and for ever.

    On SQLite keys are committed in their order, so it is the key numbered last."""
    if connection.vendor != "sqlite":
        return Watermark.objects.filter(pk=1).values_list("floor", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_id FROM ledger_position ORDER BY number DESC LIMIT 1")
        found = cursor.fetchone()
    return found[0] if found else 0


def _alone_and_marked() -> Watermark:
    """On PostgreSQL: wait for the others who number, and find out how far the watermark may rise after this numbering.

    A transaction in flight may hold a key below those already numbered. So the highest key drawn is noted together with a
    transaction number drawn after it; once every transaction below that number has ended, no key up to the noted one can still
    appear. This holds because whoever draws a key has its transaction number already: `append` locks or inserts the chain's head first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        mark = Watermark.objects.filter(pk=1).first() or Watermark(pk=1)
        cursor.execute(ENDED)
        oldest, newest, mine = cursor.fetchone()
        elsewhere = (
            mark.seen_xid >= newest
        )  # noted before the database was moved to another server: it says nothing here
        if mark.seen_xid < oldest:
            mark.floor = mark.seen
        if (mark.seen_xid < oldest or elsewhere) and mine is None:  # a number of our own may be older than others' keys
            cursor.execute("SELECT last_value - (NOT is_called)::int FROM ledger_entry_id_seq")
            mark.seen = cursor.fetchone()[0]
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            mark.seen_xid = cursor.fetchone()[0]
    return mark


def last_position(upto: int | None = None) -> tuple[int, str]:
    """The number and the hash of the last numbered entry, or of the last up to a number; (0, "") before the first."""
    numbered = Position.objects.all() if upto is None else Position.objects.filter(number__lte=upto)
    return numbered.order_by("-number").values_list("number", "entry__hash").first() or (0, "")


def changed_since(number: int) -> set[str]:
    """The chains with entries after a number of the order; those that have no number yet count as after."""
    later = Position.objects.filter(number__gt=number).values_list("entry__chain", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT e.chain {NEW}", [_floor()])
        return {*later.distinct(), *(chain for (chain,) in cursor.fetchall())}
