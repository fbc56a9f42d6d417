"""The base of every record: whose project, which entry wrote it, on which business day, by whom."""

from datetime import date

from django.db import models


class Record(models.Model):
    """A row that one act wrote. Facts are nullable: what is not known of the past stays unknown.

    `seq` is the entry of the project's chain; `ref` names the row inside the project (a contract's number, else the seq)."""

    project = models.ForeignKey("records.Project", on_delete=models.CASCADE, db_index=False)
    seq = models.PositiveIntegerField()
    ref = models.CharField(max_length=64)
    day = models.DateField()
    by = models.CharField(max_length=64)
    role = models.CharField(max_length=32)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["project", "ref"], name="%(class)s_ref")]
        indexes = [models.Index(fields=["project", "seq"], name="%(class)s_seq")]

    def __str__(self) -> str:
        return self.ref


def money() -> "models.BigIntegerField[int | None, int | None]":
    """An amount in whole fen."""
    return models.BigIntegerField(null=True)


def known(column: str) -> models.Func:
    """An amount to sort by, -1 where it is not known. Written out, not bound, so that an index over it is recognised."""
    return models.Func(models.F(column), function="COALESCE", template="%(function)s(%(expressions)s, -1)")


def fact_day() -> "models.DateField[date | None, date | None]":
    return models.DateField(null=True)


def fact_int() -> "models.IntegerField[int | None, int | None]":
    return models.IntegerField(null=True)


def fact_bool() -> "models.BooleanField[bool | None, bool | None]":
    return models.BooleanField(null=True)


def line() -> "models.CharField[str | None, str | None]":
    """A short text or a code; null when unknown or not given."""
    return models.CharField(max_length=200, null=True)


def words() -> "models.TextField[str | None, str | None]":
    return models.TextField(null=True)


def listing() -> "models.JSONField[object, object]":
    """A list of strings that no rule looks into (digests of papers, names of departments)."""
    return models.JSONField(default=list)
