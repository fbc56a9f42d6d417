"""One global order over all chains: each committed entry gets the next number, never a time."""

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from guicheng.ledger.models import Entry, Position


def sequence() -> int:
    """Number the committed entries that have no number yet; answers how many were numbered now. May be called at any
    time by anyone: after commits, before an export.

    An entry is numbered after everything that it could have seen: its key is drawn while its chain is locked, after what
    it read was committed. If the process dies here, nothing was numbered, and the next call does it."""
    if not _unnumbered().exists():
        return 0
    with transaction.atomic():
        _one_at_a_time()
        keys = list(_unnumbered().order_by("id").values_list("id", flat=True))
        last = Position.objects.aggregate(last=Max("number"))["last"] or 0
        numbered = (Position(number=last + i, entry_id=key) for i, key in enumerate(keys, 1))
        Position.objects.bulk_create(numbered, batch_size=2000)
    return len(keys)


def _unnumbered() -> QuerySet[Entry]:
    return Entry.objects.filter(position__isnull=True)


def _one_at_a_time() -> None:
    """On SQLite the transaction itself holds the only write lock."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE ledger_position IN SHARE ROW EXCLUSIVE MODE")
