"""Operation (第十四至十七条, 第二十条): the tables that other chapters read, and evaluation, warranty and its money."""

from django.db import models

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, money, words


class Commissioning(Record):
    """投入使用: from this day the project's system is in use."""

    started_on = fact_day()
    owner = line()
    regime = line()
    emergency_plan = line()
    papers = listing()


class Change(Record):
    """A change to a system in use or under construction; ref is its number.

    `cost` is the planned cost until the change is finished, then the real one; `urgent` is the reason why it could not wait."""

    phase = line()
    category = line()
    title = line()
    reason = words()
    content = words()
    impact = words()
    reassess = fact_bool()
    cost = money()
    planned_cost = money()
    security_cost = money()
    plan = line()
    begins_on = fact_day()
    finish_by = fact_day()
    emergency = words()
    filed_on = fact_day()
    filed_by = line()
    receipt = line()
    started_on = fact_day()
    finished_on = fact_day()
    carried_out = words()
    verification = words()
    withdrawn_on = fact_day()
    urgent = line()
    papers = listing()


class WarrantyClaim(Record):
    """报修 under a contract's warranty, and the contractor's answer; ref is its number."""

    contract = line()
    component = line()
    title = line()
    fault = words()
    severity = line()
    found_on = fact_day()
    responded_on = fact_day()
    repaired_on = fact_day()
    measures = words()
    accepted = fact_bool()
    cause = words()
    papers = listing()


class Evaluation(Record):
    """绩效评估 of a period; ref is its number. `score` is in hundredths of a point, so that a weighted sum stays exact."""

    year = models.PositiveSmallIntegerField(null=True)
    period_from = fact_day()
    period_to = fact_day()
    building = fact_int()
    funds = fact_int()
    efficiency = fact_int()
    effect = fact_int()
    score = fact_int()
    grade = line()
    evaluator = line()
    goals = words()
    budgeted = money()
    executed = money()
    problems = words()
    advice = words()
    dimensions = listing()
    papers = listing()


class OperationBudget(Record):
    """The next year's request for project or O&M money; ref is its number. `rests_on` is the evaluation shown with it."""

    year = models.PositiveSmallIntegerField(null=True)
    kind = line()
    amount = money()
    content = words()
    rests_on = line()
    poor_reason = words()
    items = listing()
    papers = listing()
