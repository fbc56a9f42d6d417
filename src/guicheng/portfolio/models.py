"""Kept verdicts: how each project stood when it was last judged, for lists and counts. Computed, never typed; never part of the record."""

from django.db import models


class Kept(models.Model):
    """One project's health on a day, as judged when its chain had come to `seq`."""

    project = models.OneToOneField("records.Project", on_delete=models.CASCADE)
    colour = models.CharField(max_length=8)
    seq = models.PositiveIntegerField()
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["colour", "project"], name="kept_colour")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.colour}"


class KeptFinding(models.Model):
    """One rule that is not simply kept on one project."""

    project = models.ForeignKey("records.Project", on_delete=models.CASCADE, db_index=False)
    rule = models.CharField(max_length=120)
    verdict = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "rule"], name="keptfinding_one")]
        indexes = [models.Index(fields=["rule", "verdict", "project"], name="keptfinding_rule")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.rule} {self.verdict}"
