"""Money: a milestone reached, requested, checked and paid by three people; what was not spent is carried over."""

from guicheng.demo import cast
from guicheng.demo.life import Life


def carry_over(life: Life) -> None:
    """Money that was not spent in its year is made available again in the next one before it is paid."""
    given = [x["data"] for x in life.lines if x["act"] == "appropriate"]
    if life.day.year in {g["year"] for g in given}:
        return
    paid = sum(x["data"]["amount"] for x in life.lines if x["act"] == "pay")
    life.act(
        "appropriate", "ding.haiyan", ref=life.number("淮财结转", f"-{life.day.year}号"), year=life.day.year,
        source="上年结转", budget_code=f"YS{life.spec.code[3:]}", amount=life.spec.amount - paid, origin="carried-over",
    )  # fmt: skip


def pay(life: Life, contract: str, node: str, firm: cast.Firm, wait: int = 3) -> None:
    """A milestone reached, requested by the office that builds, checked by one person of 办公室 and paid by another."""
    signed = next(x for x in life.lines if x["act"] == "sign-contract" and x["data"]["ref"] == contract)["data"]
    amount = next(m["amount"] for m in signed["milestones"] if m["name"] == node)
    ref, milestone = f"FK-{contract}-{node}", f"{contract}/{node}"
    life.act("reach-milestone", life.filer, wait, milestone=milestone, evidence=[life.paper(f"{milestone}佐证")])
    life.act(
        "request-payment", life.filer, 2, ref=ref, contract=contract, milestone=milestone, amount=amount, payee=firm.name,
        budget_code=f"YS{life.spec.code[3:]}", purpose=f"支付{node}款", conditions="节点条件已满足，佐证齐全", disputed=0,
        invoice=f"FP{life.spec.code[3:]}{contract}", invoice_amount=amount, papers=[life.paper(f"{ref}发票")],
    )  # fmt: skip
    life.act(
        "check-payment", "lu.wenbo", 3, request=ref, against_contract=True, against_budget=True, invoice_valid=True,
        budget_left=life.spec.amount, opinion="核对无误",
    )  # fmt: skip
    life.wait(4)
    carry_over(life)
    life.act(
        "pay", "he.qing", ref=f"PZ-{contract}-{node}", request=ref, contract=contract, milestone=milestone, amount=amount,
        papers=[life.paper(f"{ref}支付凭证")],
    )  # fmt: skip
