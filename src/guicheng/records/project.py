"""The project itself, and what any act may leave behind it: papers, duties, exemptions, explanations."""

from django.db import models
from django.db.models import Q

from guicheng.records.base import Record, fact_bool, fact_day, known, line, listing, money, words


class Project(models.Model):
    """One project: its code, its owner, the edition it lives under, and where it stands.

    `gaps` is empty for a project that lived through the door; for recorded history it lists, between commas, the tables
    whose rows are not fully known (",approval,contract,"), or is "," when only single facts may be missing. `holds` lists
    the tables in which acts wrote rows of it, in order, as the act of number `noted_at` left it: others need not be asked. An
    act of an earlier version of this program moves `seq` on and notes nothing; then it is not trusted."""

    code = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    unit = models.CharField(max_length=64)
    edition = models.CharField(max_length=32)
    stage = models.PositiveSmallIntegerField()
    furthest = models.PositiveSmallIntegerField()
    filed_on = models.DateField()
    seq = models.PositiveIntegerField(default=0)
    last_on = fact_day()
    gaps = models.TextField(default="", blank=True)
    holds = models.TextField(null=True)
    noted_at = models.PositiveIntegerField(null=True)
    major = fact_bool()
    suspended_on = fact_day()
    ended_on = fact_day()
    archived_on = fact_day()
    budget = money()
    accepted_on = fact_day()

    class Meta:
        indexes = [
            models.Index(fields=["edition", "code"], name="project_edition"),
            models.Index(fields=["stage", "code"], name="project_stage"),
            models.Index(fields=["unit", "code"], name="project_unit"),
            models.Index(fields=["filed_on", "code"], name="project_filed"),
            models.Index(known("budget"), "code", name="project_budget"),
            models.Index(fields=["stage", "filed_on", "code"], name="project_stage_filed"),
            models.Index("stage", known("budget"), "code", name="project_stage_budget"),
            models.Index(fields=["unit", "filed_on", "code"], name="project_unit_filed"),
            models.Index("unit", known("budget"), "code", name="project_unit_budget"),
            models.Index(fields=["unit", "stage", "code"], name="project_unit_stage"),
            models.Index(fields=["unit", "stage", "filed_on", "code"], name="project_unit_stage_filed"),
            models.Index("unit", "stage", known("budget"), "code", name="project_unit_stage_budget"),
            models.Index(fields=["code"], name="project_major", condition=Q(major=True)),
            models.Index(fields=["code"], name="project_suspended", condition=Q(suspended_on__isnull=False)),
            models.Index(
                fields=["edition", "code", "gaps", "stage", "furthest", "budget", "archived_on"],
                name="project_gapped",
                condition=~Q(gaps=""),
                include=["id"],  # by which its records are found: on PostgreSQL no row is read for it
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def noted(self) -> str | None:
        """What `holds` says, where it is up to date."""
        return self.holds if self.noted_at == self.seq else None


class PaperOf(Record):
    """A paper attached to a project: its title, kind and digest; the bytes are kept elsewhere."""

    title = line()
    kind = line()
    digest = models.CharField(max_length=80)
    size = models.BigIntegerField(null=True)


class DutyOf(Record):
    """A duty: owed by a role from a day to a day; `closed_on` is null while it is open. `unit` is the project's office, so
    that the duties of one office stand together in an index; it goes with the project when that is handed over."""

    code = models.CharField(max_length=80)
    subject = models.CharField(max_length=64, default="", blank=True)
    title = line()
    owed_by = models.CharField(max_length=200)
    started_on = models.DateField()
    due_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    unit = models.CharField(max_length=64, null=True)

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["due_on", "project"], name="duty_open", condition=Q(closed_on__isnull=True)),
            models.Index(
                fields=["owed_by", "due_on", "project"], name="duty_owed", condition=Q(closed_on__isnull=True)
            ),
            models.Index(fields=["code", "due_on", "project"], name="duty_late", condition=Q(closed_on__isnull=True)),
            models.Index(
                fields=["unit", "owed_by", "due_on", "project"], name="duty_unit", condition=Q(closed_on__isnull=True)
            ),
        ]


class Exemption(Record):
    """A named, reasoned, dated release from one EXEMPTABLE rule."""

    rule = models.CharField(max_length=120)
    reason = words()
    basis = line()
    agreed_by = line()
    until = fact_day()
    papers = listing()


class Explanation(Record):
    """Comply or explain: the reason why one EXPLAIN rule is not followed."""

    rule = models.CharField(max_length=120)
    reason = words()
    agreed_by = line()
    until = fact_day()
    papers = listing()
