"""The chain heads, the entries, and the erasable values that entries know only by digest."""

from django.db import models


class Chain(models.Model):
    """The head of one chain: the row that an act locks. `code` is a project's code, or the bureau's."""

    code = models.CharField(primary_key=True, max_length=64)
    seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.code}#{self.seq}"


class Entry(models.Model):
    """One act as it was recorded. The database itself refuses UPDATE and DELETE (triggers of the migration)."""

    chain = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    idem = models.CharField(max_length=128, null=True)
    body = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="entry_chain_seq"),
            models.UniqueConstraint(fields=["chain", "idem"], name="entry_chain_idem"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"


def last_key() -> int:
    """The key of the last entry that is seen, 0 before the first. On PostgreSQL some below it may not be committed yet."""
    return int(Entry._default_manager.aggregate(last=models.Max("pk"))["last"] or 0)


class Naming(models.Model):
    """That an entry names a digest: a paper, or a value set apart. It follows from the entry's body alone, and stands here so that
    whoever asks where a paper is named reads no bodies."""

    digest = models.CharField(max_length=80)
    chain = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["digest", "chain", "seq"], name="naming_digest")]

    def __str__(self) -> str:
        return f"{self.digest} {self.chain}#{self.seq}"


class Position(models.Model):
    """The global order: a number given to each committed entry by the sequencer, never by a timestamp."""

    number = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return str(self.number)


class Watermark(models.Model):
    """How far the order is settled: every entry up to the key `floor` has its number. One row, kept by the sequencer.

    `seen` will be the next floor once every transaction up to the number `seen_xid` has ended."""

    floor = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    seen_xid = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.floor)


class Erasable(models.Model):
    """A value that names a person outside the bureau: `value` and `salt` are emptied when it is erased."""

    token = models.CharField(primary_key=True, max_length=68)
    salt = models.CharField(max_length=32, blank=True)
    value = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.token
