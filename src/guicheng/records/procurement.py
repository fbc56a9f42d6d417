"""Procurement and contracts (第六、七、九条, 第十二条(二)): the tables that several chapters read."""

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, money, words


class Contract(Record):
    """A contract of the project; ref is its number. kind: main, supervision, audit, assessment, om, study, supplementary, change.

    `digest` is of the very text signed; `amends` is the ref of the contract that a supplementary or change one amends."""

    kind = line()
    title = line()
    supplier = line()
    supplier_size = line()
    amount = money()
    signed_on = fact_day()
    digest = line()
    amends = line()
    drafted_by = line()
    warranty_months = fact_int()
    warranty_terms = fact_bool()
    ip_owner = line()
    ip_exception = words()
    acceptance_terms = fact_bool()
    acceptance_days = fact_int()
    confidentiality = fact_bool()
    trial_months = fact_int()
    pay_days = fact_int()
    custom_software = fact_bool()
    components = listing()
    papers = listing()


class Milestone(Record):
    """A payment milestone of a contract: its ref is the name, unique in the project (合同号/节点)."""

    contract = line()
    name = line()
    amount = money()
    condition = line()
    reached_on = fact_day()
