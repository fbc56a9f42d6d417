"""Planning (第四、五条): plans and drafts of the bureau; what is said of major projects."""

from django.db import models

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, money, words
from guicheng.records.bureau import BureauRecord


class Planning(BureauRecord):
    """发展规划或重大决策 by 领导小组; ref is its number."""

    kind = line()
    title = line()
    summary = words()
    meeting = line()
    decided_on = fact_day()
    first_year = fact_int()
    last_year = fact_int()
    papers = listing()


class RegulationDraft(BureauRecord):
    """A draft by 网信办: of the development plan, of a rule or a standard; ref is its number, one row for each version."""

    kind = line()
    title = line()
    version = line()
    status = line()
    summary = words()
    consulted = listing()
    digest = line()


class AnnualPlan(BureauRecord):
    """年度信息化建设工作安排方案; ref is its number."""

    year = models.PositiveSmallIntegerField()
    title = line()
    agreed_by = line()
    agreed_on = fact_day()
    papers = listing()


class AnnualPlanLine(BureauRecord):
    """One line of an annual plan; a project's filing names its ref."""

    plan = line()
    year = models.PositiveSmallIntegerField()
    title = line()
    unit = line()
    kind = line()
    amount = money()
    funds = line()
    quarter = fact_int()


class MajorFlag(Record):
    """重大 or not: by the bureau's criterion of amount when filed, or by 网信办 with a reason. The latest row counts."""

    major = fact_bool()
    criterion = line()
    reason = words()


class LeadingDecision(Record):
    """领导小组 on a major project; ref is the number of the minutes."""

    meeting = line()
    held_on = fact_day()
    conclusion = line()
    opinion = words()
    due = fact_int()
    present = fact_int()
    minutes = line()


class SupervisedMatter(Record):
    """督办事项 of a major project."""

    title = line()
    requirement = words()
    responsible = line()
    due_on = fact_day()
    finished_on = fact_day()


class SupervisedProgress(Record):
    """A report on a supervised matter."""

    matter = line()
    percent = fact_int()
    progress = words()
    difficulty = words()
    finished = fact_bool()
    papers = listing()
