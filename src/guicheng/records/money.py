"""Money (第七、十八条, 第六条“财务审计”): appropriations, requests, payments and what came back, settlement and its audit."""

from django.db import models

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, money, words


class Appropriation(Record):
    """Money for the project in a year's department budget, on one budget code; ref is the document's number."""

    year = models.PositiveSmallIntegerField(null=True)
    budget_code = line()
    amount = money()
    origin = line()
    source = line()
    papers = listing()


class PaymentRequest(Record):
    """付款申请 by 建设处室 on a milestone; ref is its number. `checked_on` is set by a check that found it in order."""

    contract = line()
    milestone = line()
    amount = money()
    disputed = money()
    payee = line()
    budget_code = line()
    purpose = words()
    conditions = words()
    invoice = line()
    invoice_amount = money()
    checked_on = fact_day()
    checked_by = line()
    opinion = words()
    refused_on = fact_day()
    refusal = line()
    refused_reason = words()
    papers = listing()


class Payment(Record):
    """Money paid under a contract's milestone, by 办公室; ref is the voucher.

    `overdue_days` and `late_interest` are counted when it is paid, from the day on which it was due at the latest."""

    request = line()
    contract = line()
    milestone = line()
    amount = money()
    year = models.PositiveSmallIntegerField(null=True)
    payee = line()
    budget_code = line()
    requested_by = line()
    checked_by = line()
    paid_on = fact_day()
    overdue_days = fact_int()
    late_interest = money()
    papers = listing()


class Refund(Record):
    """Money that came back from a payment; ref is the receipt. In the payment's own year it may be spent again."""

    payment = line()
    contract = line()
    milestone = line()
    amount = money()
    year = models.PositiveSmallIntegerField(null=True)
    paid_year = models.PositiveSmallIntegerField(null=True)
    budget_code = line()
    returned_on = fact_day()
    reason = words()
    papers = listing()


class SettlementAudit(Record):
    """工程（结算）审计报告 on the original project, changes apart; ref is the report's number."""

    auditor = line()
    submitted = money()
    amount = money()
    cut_reason = words()
    security_amount = money()
    reported_on = fact_day()
    findings = words()
    unresolved = fact_bool()
    papers = listing()


class Settlement(Record):
    """审定结算: the final settled cost of the original project, changes apart."""

    amount = money()
    audited_by = line()
    report = line()
    security_amount = money()
    papers = listing()


class FundsInspection(Record):
    """Supervision and audit of the project's special funds by 办公室."""

    period_from = fact_day()
    period_to = fact_day()
    scope = words()
    budgeted = money()
    spent = money()
    findings = words()
    demands = words()
    report = line()
