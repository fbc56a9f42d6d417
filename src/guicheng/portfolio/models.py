"""Kept verdicts: how each project stood when it was last judged, and their sums. Computed, never typed; never part of the record."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat


class Kept(models.Model):
    """One project's health on a day, as judged when its chain had come to `seq`, and under what it was counted then.

    `late` counts its overdue duties of that day, `late_since` is the last day of the one overdue longest."""

    project = models.OneToOneField("records.Project", on_delete=models.CASCADE)
    colour = models.CharField(max_length=8)
    seq = models.PositiveIntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    unit = models.CharField(max_length=64)
    stage = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    budget = models.BigIntegerField()
    late = models.PositiveIntegerField()
    late_since = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["colour", "project"], name="kept_colour"),
            models.Index(fields=["unit", "colour", "project"], name="kept_unit_colour"),
            models.Index(fields=["late_since", "project"], name="kept_late", condition=Q(late_since__isnull=False)),
            models.Index(
                fields=["unit", "late_since", "project"], name="kept_unit_late", condition=Q(late_since__isnull=False)
            ),
        ]

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


class Sum(models.Model):
    """What is kept of the projects of one unit, stage, year of filing and colour together; `budget` in fen, unknown as nought."""

    unit = models.CharField(max_length=64)
    stage = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    colour = models.CharField(max_length=8)
    projects = models.BigIntegerField()
    budget = models.BigIntegerField()
    late = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "stage", "year", "colour"], name="sum_one")]

    def __str__(self) -> str:
        return f"{self.unit} {self.stage} {self.year} {self.colour}: {self.projects}"


RULE_READ = Concat("rule", Value(""))
"""The rule of a finding, as no index knows it: of a project there are a few findings, which are read, not sought rule by rule."""


class FindingSum(models.Model):
    """How many projects of one unit have this verdict on one rule."""

    unit = models.CharField(max_length=64)
    rule = models.CharField(max_length=120)
    verdict = models.CharField(max_length=16)
    projects = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "rule", "verdict"], name="findingsum_one")]

    def __str__(self) -> str:
        return f"{self.unit} {self.rule} {self.verdict}: {self.projects}"


class Refreshed(models.Model):
    """The last time that the whole portfolio was judged: for which day, when it was begun, and after which entry's key. One row."""

    day = models.DateField()
    at = models.DateTimeField()
    entry = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.day}"
