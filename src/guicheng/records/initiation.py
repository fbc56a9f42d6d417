"""Initiation: filing, estimate, budget check, approval (第二、三、六、七、十一条). Papers and meetings are beside it."""

from django.db import models

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, money, words


class Filing(Record):
    """The report to 网信办 that opens the project. `open_matter`: no state secret is involved, as the filer answered.

    `earlier` is the code of the project that this one files again."""

    unit = line()
    leader = line()
    contact = line()
    contact_phone = line()
    open_matter = fact_bool()
    judged_by = line()
    planned = fact_bool()
    plan_line = line()
    unplanned_reason = words()
    basis = words()
    background = words()
    content = words()
    estimate = money()
    funds = line()
    starts_on = fact_day()
    ends_on = fact_day()
    reuse_checked = fact_bool()
    reuse = words()
    cloud = fact_bool()
    duplicates = line()
    uses_data = fact_bool()
    sharing = words()
    unit_opinion = words()
    earlier = line()
    changed = words()
    received_on = fact_day()
    received_by = line()
    received_opinion = words()
    returned_on = fact_day()
    returned_reason = words()
    completed_on = fact_day()
    completion = words()
    papers = listing()


class Component(Record):
    """A part of the project by kind: software, hardware, security, om, other. Its ref is a short name inside the project."""

    kind = line()
    name = line()
    quantity = line()
    new_system = fact_bool()

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, models.Index(fields=["kind", "project"], name="component_kind")]


class Estimate(Record):
    """投资概算, one row for each version; the lines of the version in force are in EstimateLine."""

    version = fact_int()
    total = money()
    price_basis = words()
    yearly_om = money()
    prepared_by = line()
    papers = listing()


class EstimateLine(Record):
    """A line of the estimate in force; tag: security, supervision, audit, assessment, preliminary, contingency or none.

    A new version takes the place of all lines. `confirmed_by` is who at 网络信息技术处 confirmed that the line is security."""

    name = line()
    tag = line()
    amount = money()
    year = models.PositiveSmallIntegerField(null=True)
    component = line()
    quantity = line()
    confirmed_by = line()
    confirmed_on = fact_day()


class BudgetCheck(Record):
    """预算把关意见 of 办公室 for one fiscal year. A later check of the same year sets `superseded_on` of the earlier one."""

    year = models.PositiveSmallIntegerField(null=True)
    requested = money()
    amount = money()
    quota = money()
    arranged = money()
    opinion = line()
    remark = words()
    funds = line()
    funds_secured = fact_bool()
    in_budget = fact_bool()
    budget_code = line()
    last_grade = line()
    superseded_on = fact_day()
    papers = listing()


class Approval(Record):
    """立项批复: its number (ref), the approving body, the amount. `kind` is 'project' or 'preliminary' (前期费用)."""

    kind = line()
    body = line()
    amount = money()
    valid_until = fact_day()
    conditions = words()
    items = listing()
    revoked_on = fact_day()
    revoked_reason = words()
    papers = listing()


class Ending(Record):
    """不予立项 or 撤回: why the project ended before approval."""

    kind = line()
    body = line()
    number = line()
    reason = words()
    may_refile = fact_bool()
    papers = listing()
