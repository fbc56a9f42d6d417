"""Assets and results (第十九条): what the project left behind, who owns it, and its final accounts."""

from guicheng.records.base import Record, fact_bool, fact_day, fact_int, line, listing, money, words


class Asset(Record):
    """One card of the asset register; ref is its number. kind: fixed, intangible, low-value, or ledger (kept off the books)."""

    kind = line()
    name = line()
    component = line()
    contract = line()
    acceptance = line()
    quantity = fact_int()
    unit_price = money()
    value = money()
    acquired_on = fact_day()
    user_unit = line()
    custodian = line()
    place = line()
    licences = fact_int()
    licensed_until = fact_day()
    rights = line()
    voucher = line()
    life_months = fact_int()
    disposed_on = fact_day()
    disposal = line()
    disposal_approval = line()
    papers = listing()


class HandOver(Record):
    """Results handed over to the bureau under a contract; `source_code` tells whether the source and its build are among them."""

    contract = line()
    handed_by = line()
    received_by = line()
    source_code = fact_bool()
    source_place = line()
    verified = words()
    items = listing()
    papers = listing()


class RightOf(Record):
    """A registered right in a result (copyright, patent, …); ref is the certificate's number."""

    kind = line()
    name = line()
    contract = line()
    owner = line()
    authority = line()
    registered_on = fact_day()
    papers = listing()


class ClosingAccounts(Record):
    """竣工财务决算; ref is its number."""

    amount = money()
    fixed_assets = money()
    intangible_assets = money()
    expensed = money()
    balance = money()
    approved_by = line()
    report = words()
    papers = listing()
