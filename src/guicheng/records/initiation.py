"""Initiation: filing, requirement and plan, estimate, deliberation, reviews, approval (第十一条)."""

from django.db import models

from guicheng.records.base import Record, fact_bool, fact_day, line, listing, money, words


class Filing(Record):
    """The report to 网信办 that opens the project."""

    unit = line()
    contact = line()
    contact_phone = line()
    planned = fact_bool()
    plan_line = line()
    unplanned_reason = words()
    basis = words()
    content = words()
    estimate = money()
    starts_on = fact_day()
    ends_on = fact_day()
    reuse = words()
    sharing = words()
    received_on = fact_day()
    returned_on = fact_day()
    papers = listing()


class Component(Record):
    """A part of the project by kind: software, hardware, security, om, other. Its ref is a short name inside the project."""

    kind = line()
    name = line()
    new_system = fact_bool()


class EstimateLine(Record):
    """A line of the estimate in force; tag: security, supervision, audit, assessment, preliminary, contingency or none."""

    name = line()
    tag = line()
    amount = money()
    year = models.PositiveSmallIntegerField(null=True)
    confirmed_by = line()


class Approval(Record):
    """立项批复: its number (ref), the approving body, the amount. `kind` is 'project' or 'preliminary' (前期费用)."""

    kind = line()
    body = line()
    amount = money()
    valid_until = fact_day()
    revoked_on = fact_day()
    papers = listing()
