"""Systems, their grading, and the assessments (第八条, 第十二条(五))."""

from django.db import models

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, words


class System(Record):
    """An information system that the project builds or rebuilds; ref is its short name. `level` as last graded."""

    name = line()
    boundary = words()
    version = line()
    level = models.PositiveSmallIntegerField(null=True)
    components = listing()


class Grading(Record):
    """定级 of a system, and its 备案: the latest row counts. Level 1 is graded and not filed."""

    system = line()
    level = models.PositiveSmallIntegerField(null=True)
    data_level = models.PositiveSmallIntegerField(null=True)
    service_level = models.PositiveSmallIntegerField(null=True)
    graded_on = fact_day()
    expert_review = line()
    report = line()
    filing_number = line()
    filed_with = line()
    filed_on = fact_day()
    filing_proof = line()


class Assessment(Record):
    """A report on one system. kind: mlps (等保测评), risk (风险评估), crypto (密评), test (安全测试); or its written 不适用.

    `superseded_seq` is the entry that took its force away: a later failed report, another level, a version that needs a
    new one. `expires_on` is kept for calendars; rules count it again from `reported_on`. `valid_until` is the report's own."""

    system = line()
    kind = line()
    version = line()
    scope = words()
    level = models.PositiveSmallIntegerField(null=True)
    assessor = line()
    competence = line()
    report_number = line()
    reported_on = fact_day()
    conclusion = line()
    passed = fact_bool()
    waived = models.BooleanField(default=False)
    ground = line()
    high = fact_int()
    medium = fact_int()
    low = fact_int()
    retest_of = line()
    expires_on = fact_day()
    valid_until = fact_day()
    superseded_seq = fact_int()
    papers = listing()


class Finding(Record):
    """A problem that an assessment found: severity high, medium or low; rectified, or accepted by the owner in writing."""

    assessment = line()
    system = line()
    kind = line()
    title = line()
    severity = line()
    due_on = fact_day()
    rectified_on = fact_day()
    measures = words()
    accepted_on = fact_day()
    accepted_reason = words()
    evidence = line()
