"""Operation (第十四至十七条, 第二十条): the tables that other chapters read."""

from guicheng.records.base import Record, fact_day, line, listing, money, words


class Commissioning(Record):
    """投入使用: from this day the project's system is in use."""

    started_on = fact_day()
    owner = line()
    regime = line()
    emergency_plan = line()
    papers = listing()


class Change(Record):
    """A change to a system in use or under construction; ref is its number."""

    phase = line()
    title = line()
    reason = words()
    content = words()
    cost = money()
    plan = line()
    finish_by = fact_day()
    emergency = words()
    filed_on = fact_day()
    finished_on = fact_day()
    urgent = line()
    papers = listing()
