"""What was read in a capacity whose reading is itself on record: the discipline office sees every project, and is seen."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class ReadOf(models.Model):
    """Someone read a project, in which capacity, in which hour.

    One row an hour tells who looked at what and when; one for each click would tell no more and hide it among thousands."""

    by = models.CharField(max_length=64)
    capacity = models.CharField(max_length=32)
    project = models.CharField(max_length=64)
    hour = models.DateTimeField()

    class Meta:
        app_label = "accounts"
        constraints = [models.UniqueConstraint(fields=["by", "project", "hour", "capacity"], name="read_once_an_hour")]
        indexes = [models.Index(fields=["project", "-hour"], name="read_of_project")]

    def __str__(self) -> str:
        return f"{self.by} {self.project} {self.hour:%Y-%m-%d %H}"


def note_read(by: str, capacity: str, project: str, now: datetime) -> None:
    """Record the reading, once an hour however often and from however many windows at once."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    row = {"by": by, "capacity": capacity, "project": project, "hour": hour}
    if not ReadOf._default_manager.filter(**row).exists():
        ReadOf._default_manager.bulk_create([ReadOf(**row)], ignore_conflicts=True)
