"""Drafts: what someone typed into an act's form and has not yet done. Never part of the record, removed when done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import QuerySet

from guicheng.door.clock import now
from guicheng.records.prepared import prepared

KEPT_FOR = timedelta(days=90)
"""What nobody came back to is not kept: a draft may name people."""


class Draft(models.Model):
    """One person's unfinished form of one act on one project; `project` is empty for an act that opens one.

    `act` carries the number of the entry for a correction (correct:7). `values` has the form's texts and its own fields."""

    person = models.CharField(max_length=64)
    project = models.CharField(max_length=64, blank=True)
    act = models.CharField(max_length=96)
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "project", "act"], name="draft_whose")]

    def __str__(self) -> str:
        return f"{self.person} {self.project} {self.act}"


def kept(person: str, project: str, act: str) -> Draft | None:
    return _of.one(person, project, act)


@prepared
def _of(person: str, project: str, act: str) -> QuerySet[Draft]:
    return Draft._default_manager.filter(person=person, project=project, act=act)


def keep(person: str, project: str, act: str, values: dict[str, Any]) -> Draft:
    """Keep this as the person's draft of the act, in place of the one before. Drafts long forgotten go."""
    Draft._default_manager.filter(saved_at__lt=now() - KEPT_FOR).delete()
    draft, _ = Draft._default_manager.update_or_create(
        person=person, project=project, act=act, defaults={"values": values, "saved_at": now()}
    )
    return draft


def drop(person: str, project: str, act: str) -> None:
    """Remove the draft. Looked for first: there mostly is none, and a DELETE would wait for whoever writes."""
    if draft := kept(person, project, act):
        draft.delete()
