"""Refused attempts: kept apart from the ledger, for the discipline office."""

from django.db import models


class Attempt(models.Model):
    """An act that was not done: who tried what, when, and which rules stood against it. Its data are not kept."""

    chain = models.CharField(max_length=64)
    act = models.CharField(max_length=80)
    person = models.CharField(max_length=64)
    role = models.CharField(max_length=32, blank=True)
    day = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=16)
    rules = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["chain", "at"], name="attempt_chain")]

    def __str__(self) -> str:
        return f"{self.chain} {self.act} {self.outcome}"
