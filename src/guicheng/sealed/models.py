"""The rows of the sealed room: ciphertext in a hash chain, and nothing that tells whose, about whom, or when."""

from django.db import models


class SealedRow(models.Model):
    """One report, step, note, reading or reply. `code` is the digest of a return code, where the holder may ask for it.

    The database itself refuses UPDATE and DELETE (triggers of the migration)."""

    number = models.PositiveBigIntegerField(primary_key=True)
    code = models.CharField(max_length=64, default="", blank=True, db_index=True)
    sealed = models.BinaryField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.number)
