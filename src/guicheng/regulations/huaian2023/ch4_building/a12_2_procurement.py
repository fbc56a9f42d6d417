"""第十二条(二) 政府采购: methods, times, guarantees, competence of suppliers; publication and filing of contracts."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, Owed, breach
from guicheng.law.fields import Line, Papers, Ref, field
from guicheng.law.terms import Term
from guicheng.law.words import days_after, either
from guicheng.people.roles import Role
from guicheng.records.procurement import Contract, ProcurementPlan, Tender
from guicheng.records.stage import ONGOING
from guicheng.regulations.huaian2023.articles import A12, R

CALENDAR_DAYS = ("open-tender", "invited-tender")


@R.act("公告合同", A12, 2, row=54, by=Role.CONSTRUCTION, at=ONGOING)
class PublishContract(Act):
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行

    政府采购法实施条例第五十条; secret parts are left out.
    """

    contract: Ref = field("合同编号")
    published_at: Line = field("公告媒体")
    papers: Papers | None = field("公告截图或链接文件", default=None)

    def write(self, deed: Any) -> None:
        found = deed.find(Contract, self.contract, "contract", "合同")
        deed.need(found.published_on is None, contract=f"合同已于{found.published_on}公告")
        deed.change(found, published_on=deed.day, published_at=self.published_at)

    def subject(self) -> str:
        return self.contract or ""


@R.act("备案合同", A12, 2, row=54, by=(Role.CONSTRUCTION, Role.GENERAL_OFFICE), at=ONGOING)
class FileContract(Act):
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行

    政府采购法第四十七条: filed with the finance department.
    """

    contract: Ref = field("合同编号")
    filing_number: Line = field("备案号")
    papers: Papers | None = field("备案回执", default=None)

    def write(self, deed: Any) -> None:
        found = deed.find(Contract, self.contract, "contract", "合同")
        deed.need(found.filed_on is None, contract=f"合同已于{found.filed_on}备案")
        deed.change(found, filed_on=deed.day, filing_number=self.filing_number)

    def subject(self) -> str:
        return self.contract or ""


@R.duty(
    "在中标通知书发出后签订合同", A12, 2, row=54, by=Role.CONSTRUCTION, opens="record-award", closes="sign-contract",
    within="contract.sign_days",
)  # fmt: skip
def contract_to_sign(deed: Any) -> Owed:
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行"""
    return Owed(deed.day, deed.act.ref)


def under_procurement_law(deed: Any) -> bool:
    """The contract just signed is one of government procurement: its plan does not follow the bureau's own rule."""
    signed = deed.seek(Contract, ref=deed.act.ref)
    plan = deed.seek(ProcurementPlan, ref=signed.plan) if signed and signed.plan else None
    return plan is not None and plan.method != "own-rule"


@R.duty(
    "公告合同", A12, 2, row=54, by=Role.CONSTRUCTION, opens="sign-contract", closes="publish-contract",
    within="contract.publish_workdays",
)  # fmt: skip
def contract_to_publish(deed: Any) -> Owed | None:
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行"""
    return Owed(deed.day, deed.act.ref) if under_procurement_law(deed) else None


@R.duty(
    "备案合同", A12, 2, row=54, by=(Role.CONSTRUCTION, Role.GENERAL_OFFICE), opens="sign-contract",
    closes="file-contract", within="contract.file_workdays",
)  # fmt: skip
def contract_to_file(deed: Any) -> Owed | None:
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行"""
    return Owed(deed.day, deed.act.ref) if under_procurement_law(deed) else None


@R.rule(
    A12, 2, row=54, force=HARD, over=Tender, cured_by=("publish-tender", "correct"),
    says="采购文件{tender}于{published:day}发出，{deadline:day}截止，少于该采购方式的最短期间", cure="顺延响应截止日",
)  # fmt: skip
def tender_too_short(p: Any, t: Any) -> Breach:
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行

    Minimum periods do not roll: the day of issue is not counted, the last day is the first lawful deadline.
    """
    tendered = days_after(t.published_on, p.tender_open_days.on(t.published_on))
    consulted = days_after(t.published_on, p.tender_consultation_days.on(t.published_on))
    short = (
        (t.method.among(*CALENDAR_DAYS) & (t.deadline_on < tendered))
        | ((t.method == "consultation") & (t.deadline_on < consulted))
        | (t.earliest_on.present & (t.deadline_on < t.earliest_on))
    )
    return breach(short, tender=t.ref, published=t.published_on, deadline=t.deadline_on)


def by_category(category: Term, goods: Term, services: Term, works: Term) -> Term:
    return either(category == "goods", goods, either(category == "services", services, works))


@R.rule(
    A12, 2, row=54, force=HARD, over=ProcurementPlan, cured_by=("file-procurement-plan", "correct"),
    says="采购计划{plan}预算{budget:wan}，达到公开招标数额标准{line:wan}，未采用公开招标，也没有财政部门批准",
    cure="改用公开招标，或取得设区的市级以上财政部门批准",
)  # fmt: skip
def open_tender_evaded(p: Any, n: Any) -> Breach:
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行

    A threshold of 0 has not been set: nothing is judged.
    """
    least = by_category(
        n.category, p.procurement_open_goods_fen.on(n.day), p.procurement_open_services_fen.on(n.day),
        p.procurement_open_works_fen.on(n.day),
    )  # fmt: skip
    evaded = (n.method != "open-tender") & n.finance_consent.missing
    return breach((least > 0) & (n.budget >= least) & evaded, plan=n.ref, budget=n.budget, line=least)


@R.rule(
    A12, 2, row=54, force=HARD, over=ProcurementPlan, cured_by=("file-procurement-plan", "correct"),
    says="采购计划{plan}预算{budget:wan}，达到采购限额标准{line:wan}，不得按市局采购规定采购", cure="改按政府采购法规定的方式采购",
)  # fmt: skip
def own_rule_above_limit(p: Any, n: Any) -> Breach:
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行"""
    least = by_category(
        n.category, p.procurement_limit_goods_fen.on(n.day), p.procurement_limit_services_fen.on(n.day),
        p.procurement_limit_works_fen.on(n.day),
    )  # fmt: skip
    above = (least > 0) & (n.budget >= least)
    return breach((n.method == "own-rule") & above, plan=n.ref, budget=n.budget, line=least)
