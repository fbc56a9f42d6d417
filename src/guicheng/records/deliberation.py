"""Deliberation (第九条, 第十一条(二)): discussion, party group, external reviews, legality of the process."""

from guicheng.records.base import Record, fact_day, fact_int, line, listing, words


class Discussion(Record):
    """初步研讨 of the plan, organised by 网信办; ref is the number of the minutes."""

    plan = line()
    held_on = fact_day()
    place = line()
    host = line()
    conclusion = line()
    summary = words()
    minutes = line()
    papers = listing()


class Attendance(Record):
    """A body that took part in a discussion."""

    discussion = line()
    body = line()
    person = line()


class Comment(Record):
    """A comment on the plan; outcome: adopted, partly or not. Open while `closed_on` is empty."""

    discussion = line()
    body = line()
    text = words()
    outcome = line()
    reason = words()
    plan = line()
    closed_on = fact_day()


class PartySubmission(Record):
    """提请局党组会议审定; ref is the number of the item."""

    topic = line()
    reporter = line()
    summary = words()
    departments = listing()
    departments_reason = words()
    papers = listing()


class PartyDecision(Record):
    """局党组会议 decided; an extract only: the minutes themselves are kept elsewhere."""

    submission = line()
    meeting = line()
    held_on = fact_day()
    conclusion = line()
    opinion = words()
    due = fact_int()
    present = fact_int()
    minutes = line()


class Review(Record):
    """评审 by a department outside the bureau: passed, conditional or refused; no outcome yet while it is under way."""

    department = line()
    organ = line()
    letter = line()
    sender = line()
    dispatched_on = fact_day()
    liaison = line()
    method = line()
    outcome = line()
    opinion = words()
    opinion_number = line()
    answered_on = fact_day()
    experts = listing()
    papers = listing()


class Condition(Record):
    """A condition that a review or the party group attached; open while `closed_on` is empty."""

    source = line()
    text = words()
    closed_on = fact_day()
    how = words()
    checked_by = line()
    papers = listing()


class ProcessOpinion(Record):
    """流程合法性审查意见 of 政策法规处: outcome passed or failed; scope initiation or procurement."""

    scope = line()
    outcome = line()
    opinion = words()
    steps = listing()
    issues = words()
    papers = listing()
