"""Study (第六条, 第十一条(一)): requirement, plan, feasibility, cybersecurity chapter."""

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, words


class Requirement(Record):
    """业务需求说明书, one row for each version."""

    version = fact_int()
    title = line()
    digest = line()
    business = words()
    functions = words()
    performance = words()
    users = words()
    surveyed = fact_bool()
    survey = words()
    signed_by = line()
    papers = listing()


class Plan(Record):
    """建设方案, one row for each version, with what articles 3 and 12 ask of it."""

    version = fact_int()
    title = line()
    digest = line()
    goals = words()
    content = words()
    route = words()
    deployment = words()
    reuse_checked = fact_bool()
    reuse = words()
    uses_data = fact_bool()
    sharing_planned = fact_bool()
    sharing = words()
    security_met = fact_bool()
    security = words()
    security_synchronous = fact_bool()
    secrecy_met = fact_bool()
    secrecy = words()
    secrecy_reviewed_by = line()
    standards = fact_int()
    proposed_level = fact_int()
    cryptography = words()
    schedule = words()
    risks = words()
    changes = words()
    papers = listing()


class Standard(Record):
    """A law or standard that the plan follows, with its year: superseded versions are found by it."""

    plan = line()
    code = line()
    title = line()
    year = fact_int()


class Feasibility(Record):
    """可行性研究报告 by a commissioned body, and what shows that body's competence."""

    body = line()
    contract = line()
    commissioned_on = fact_day()
    competent = fact_bool()
    competence = line()
    competence_issuer = line()
    competence_until = fact_day()
    author = line()
    digest = line()
    finished_on = fact_day()
    conclusion = line()
    summary = words()
    papers = listing()


class FeasibilityExemption(Record):
    """免可研: the reason from a closed list, agreed by 网信办; counted in public."""

    cause = line()
    reason = words()
    basis = line()
    agreed_on = fact_day()
    papers = listing()


class SecurityChapter(Record):
    """网络安全篇章, in the study report or in the plan; `items` counts the points of the checklist that it answers."""

    carrier = line()
    version = fact_int()
    digest = line()
    items = fact_int()
    written_by = line()
    papers = listing()


class SecurityItem(Record):
    """One point of the checklist and how the chapter answers it."""

    chapter = line()
    number = fact_int()
    answer = words()
