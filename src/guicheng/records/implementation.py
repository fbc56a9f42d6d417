"""Implementation (第六、八条, 第十一条(四), 第十二条(一)(四)): division of duties, start, guidance, reports, software list."""

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, words


class Division(Record):
    """任务分工: the paper by which 网信办 says who does what."""

    title = line()
    leader = line()
    paper = line()
    papers = listing()


class Assignment(Record):
    """One piece of work of the division: tender-papers, procurement, implementation, acceptance, security, finance, other."""

    division = line()
    task = line()
    unit = line()
    person = line()
    content = line()
    finish_by = fact_day()


class Start(Record):
    """开工: from this day the work under a contract is done."""

    contract = line()
    started_on = fact_day()
    finish_by = fact_day()
    leader = line()
    contractor_leader = line()
    plan = line()
    order = line()
    security_measures = words()
    papers = listing()


class ProgressReport(Record):
    """进度报告 over a period, with its evidence."""

    contract = line()
    period_from = fact_day()
    period_to = fact_day()
    percent = fact_int()
    done = words()
    following = words()
    problems = words()
    behind = fact_bool()
    papers = listing()


class SupervisionReport(Record):
    """监理资料: weekly, monthly or special report, notice, stop, resumption, summary."""

    kind = line()
    period_from = fact_day()
    period_to = fact_day()
    quality = words()
    schedule = words()
    cost = words()
    safety = words()
    opinion = words()
    papers = listing()


class Guidance(Record):
    """指导意见 of 网络信息技术处 on one step of the project."""

    occasion = line()
    opinion = words()
    follow_up = words()
    agreed = fact_bool()
    papers = listing()


class SoftwareList(Record):
    """正版软件和开源组件清单; the latest one counts."""

    title = line()
    scope = line()
    checked_by = line()
    papers = listing()


class SoftwareItem(Record):
    """One piece of software in a list: origin commercial, open-source, custom or free, with the proof of the right to use it."""

    list_ref = line()
    name = line()
    version = line()
    supplier = line()
    origin = line()
    licence = line()
    copies = fact_int()
    valid_until = fact_day()
    proof = line()
