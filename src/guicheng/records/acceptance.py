"""Acceptance (第十三条): the table that other chapters read."""

from guicheng.records.base import Record, fact_day, line, listing, words


class Acceptance(Record):
    """One acceptance meeting and its conclusion: passed, reconsider or failed."""

    application = line()
    held_on = fact_day()
    place = line()
    outcome = line()
    signed_on = fact_day()
    late_reason = words()
    report = line()
    dissent = words()
    papers = listing()
