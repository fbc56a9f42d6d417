"""Money (第七、十八条): the tables that other chapters read."""

from django.db import models

from guicheng.records.base import Record, fact_day, line, listing, money


class Payment(Record):
    """Money paid under a contract's milestone, by 办公室; ref is the voucher."""

    contract = line()
    milestone = line()
    amount = money()
    year = models.PositiveSmallIntegerField(null=True)
    requested_by = line()
    checked_by = line()
    paid_on = fact_day()
    papers = listing()


class Settlement(Record):
    """审定结算: the final settled cost of the original project, changes apart."""

    amount = money()
    audited_by = line()
    report = line()
    security_amount = money()
    papers = listing()
