"""Daily operation (第八、十六、十七条): upkeep, drills, incidents, inspections, training, use, transfer, retirement."""

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, words


class Upkeep(Record):
    """巡检、工单、备份、补丁: one piece of daily maintenance."""

    kind = line()
    done_on = fact_day()
    done_by = line()
    content = words()
    result = words()
    papers = listing()


class Drill(Record):
    """应急演练."""

    held_on = fact_day()
    plan = line()
    scenario = words()
    participants = fact_int()
    result = words()
    improvements = words()
    papers = listing()


class Incident(Record):
    """A fault or security incident in operation; ref is its number. grade: one to four, 特别重大 to 一般."""

    grade = line()
    kind = line()
    happened_on = fact_day()
    restored_on = fact_day()
    title = line()
    impact = words()
    cause = words()
    handling = words()
    reported_to = line()
    plan_used = fact_bool()
    papers = listing()


class Inspection(Record):
    """督促检查 of operation by 网络信息技术处; ref is its number. `answered_on` closes its demands."""

    inspected_on = fact_day()
    scope = words()
    findings = words()
    demands = words()
    answer_by = fact_day()
    answered_on = fact_day()
    answer = words()
    papers = listing()


class Training(Record):
    """培训与推广."""

    kind = line()
    held_on = fact_day()
    topic = line()
    audience = line()
    people = fact_int()
    content = words()
    papers = listing()


class Usage(Record):
    """How much the system was used in a period."""

    period_from = fact_day()
    period_to = fact_day()
    users = fact_int()
    visits = fact_int()
    cases = fact_int()
    availability = fact_int()
    satisfaction = fact_int()
    remarks = words()


class Transfer(Record):
    """A system handed to another office, with the role of the one responsible for its operation."""

    from_unit = line()
    to_unit = line()
    owner = line()
    regime = line()
    emergency_plan = line()
    handed = words()
    agreed_by = line()
    papers = listing()


class Retirement(Record):
    """下线: why, by whose decision, what became of the data."""

    reason = words()
    decided_by = line()
    decision = line()
    stopped_on = fact_day()
    data_fate = line()
    data_record = line()
    filing_cancelled = line()
    replacement = line()
    papers = listing()
