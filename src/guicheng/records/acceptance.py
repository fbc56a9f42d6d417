"""Completion acceptance (第十三条(二)至(五)): application, meeting, team, checks, reconsideration, rectification."""

from django.db import models

from guicheng.records.base import Record, fact_bool, fact_day, line, listing, words


class Application(Record):
    """竣工验收申请 by the contractor; ref and `attempt` are the number of the attempt. `sent_to` is supervisor or owner.

    `came_from` is the stage that it came from: a refusal leads back there."""

    attempt = models.PositiveSmallIntegerField(null=True)
    contract = line()
    components = listing()
    applied_on = fact_day()
    sent_to = line()
    owner_reason = words()
    completed = words()
    self_assessment = words()
    trial_report = line()
    user_opinion = line()
    changes = words()
    came_from = models.PositiveSmallIntegerField(null=True)
    endorsed_on = fact_day()
    endorsed_by = line()
    summary = line()
    file_list = line()
    opinion = words()
    refused_on = fact_day()
    refused_reason = words()
    papers = listing()


class TestReport(Record):
    """A test report handed in with an application. kind: function, performance, security, user, third-party."""

    __test__ = False  # not a test class of pytest

    application = line()
    kind = line()
    title = line()
    tester = line()
    tested_on = fact_day()
    digest = line()


class Acceptance(Record):
    """One acceptance meeting and its conclusion: passed, reconsider or failed."""

    application = line()
    held_on = fact_day()
    place = line()
    outcome = line()
    signed_on = fact_day()
    late_reason = words()
    report = line()
    trial_part = words()
    inspection_part = words()
    test_part = words()
    questioning_part = words()
    documents_part = words()
    leftovers = words()
    dissent = words()
    papers = listing()


class Member(Record):
    """Someone at an acceptance meeting. capacity: owner, technology, expert, contractor, supervisor, other.

    `tie` is a tie to the contractor or the supervisor, as declared at the meeting."""

    acceptance = line()
    capacity = line()
    name = line()
    person = line()
    unit = line()
    title = line()
    votes = fact_bool()
    tie = fact_bool()
    recused = fact_bool()
    signed = fact_bool()


class CheckItem(Record):
    """One requirement checked at a meeting. source: tender, contract, plan, change, process; result: met, minor, blocking."""

    acceptance = line()
    source = line()
    clause = line()
    requirement = words()
    category = line()
    method = line()
    evidence = words()
    result = line()
    gap = words()


class Reconsideration(Record):
    """复议通知: counted from the day on which the contractor received it. `last_day` is the rolled end of the period."""

    acceptance = line()
    reasons = words()
    materials = words()
    sent_on = fact_day()
    received_on = fact_day()
    delivery = line()
    receipt = line()
    last_day = fact_day()


class Rectification(Record):
    """限期整改 after a failed acceptance: what, by when (rolled), and what the contractor reported."""

    acceptance = line()
    demands = words()
    received_on = fact_day()
    due_on = fact_day()
    notice = line()
    reported_on = fact_day()
    done = words()
    report = line()
    papers = listing()
