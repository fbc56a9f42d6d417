"""Procurement and contracts (第六、七、九条, 第十二条(二)): the tables that several chapters read."""

from typing import Literal

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, money, words

ContractKind = Literal["main", "supervision", "audit", "assessment", "om", "study", "supplementary", "change"]
Method = Literal[
    "open-tender", "invited-tender", "negotiation", "consultation", "inquiry", "single-source", "framework", "own-rule"
]  # fmt: skip
"""公开招标、邀请招标、竞争性谈判、竞争性磋商、询价、单一来源、框架协议；own-rule 为限额以下按市局采购规定."""
SupplierSize = Literal["large", "medium", "small", "micro", "none"]


class ProcurementPlan(Record):
    """采购实施计划, filed by 办公室; ref is its number. category: goods, services or works."""

    item = line()
    category = line()
    route = line()
    method = line()
    budget = money()
    filing_number = line()
    method_reason = words()
    finance_consent = line()
    survey = line()
    reviewed_by = line()
    sme_reserved = money()
    papers = listing()


class Tender(Record):
    """Procurement documents issued to suppliers; ref is the procurement's number, `kind` that of the contract sought.

    `earliest_on` is the first lawful deadline where the law counts working days: holidays are those known at issue."""

    plan = line()
    kind = line()
    title = line()
    method = line()
    documents = line()
    published_on = fact_day()
    deadline_on = fact_day()
    earliest_on = fact_day()
    ceiling = money()
    bid_bond = money()
    place = line()
    papers = listing()


class TenderDemand(Record):
    """A qualification that a tender demands, and the law that requires it."""

    tender = line()
    certificate = line()
    basis = line()


class Award(Record):
    """中标（成交）通知书; ref is its number."""

    tender = line()
    supplier = line()
    supplier_size = line()
    amount = money()
    issued_on = fact_day()
    decided_on = fact_day()
    committee = fact_int()
    experts = fact_int()
    report = line()
    published_at = line()
    papers = listing()


class Competence(Record):
    """What shows that a supplier is able: a certificate that exists in law, or a declaration; its issuer and validity."""

    supplier = line()
    shows = line()
    number = line()
    issuer = line()
    valid_until = fact_day()


class ContractDraft(Record):
    """A contract's text as drafted: its number, its digest; who drafted it is the row's `by`."""

    contract = line()
    kind = line()
    title = line()
    digest = line()
    changes = words()


class ContractOpinion(Record):
    """合同合法性审查意见 on one very text: outcome passed or failed; the reviewer is the row's `by`, ref its number."""

    contract = line()
    digest = line()
    outcome = line()
    opinion = words()
    advice = words()
    counsel = line()
    counsel_opinion = line()
    papers = listing()


class Contract(Record):
    """A contract of the project; ref is its number. kind: main, supervision, audit, assessment, om, study, supplementary, change.

    `digest` is of the very text signed; `amends` is the ref of the contract that a supplementary or change one amends;
    `subject` is what a main contract delivers: development, integration, supply or service."""

    kind = line()
    title = line()
    subject = line()
    plan = line()
    award = line()
    supplier = line()
    supplier_size = line()
    related_to = line()
    amount = money()
    signed_on = fact_day()
    starts_on = fact_day()
    finish_on = fact_day()
    digest = line()
    amends = line()
    drafted_by = line()
    warranty_months = fact_int()
    warranty_terms = fact_bool()
    warranty_from = line()
    warranty_response_hours = fact_int()
    warranty_repair_hours = fact_int()
    warranty_exclusions = words()
    ip_owner = line()
    ip_exception = words()
    ip_exception_agreed_by = line()
    acceptance_terms = fact_bool()
    acceptance_days = fact_int()
    confidentiality = fact_bool()
    data_security = fact_bool()
    trial_months = fact_int()
    pay_days = fact_int()
    performance_bond = money()
    custom_software = fact_bool()
    published_on = fact_day()
    published_at = line()
    filed_on = fact_day()
    filing_number = line()
    components = listing()
    papers = listing()


class Milestone(Record):
    """A payment milestone of a contract: its ref is the name, unique in the project (合同号/节点)."""

    contract = line()
    name = line()
    amount = money()
    condition = line()
    reached_on = fact_day()
    reached_by = line()
    evidence = listing()
