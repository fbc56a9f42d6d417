"""第十一条(一) 可行性研究: a study by a competent body, or a reasoned exemption agreed by 网信办."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import EXEMPTABLE, EXPLAIN, Breach, breach
from guicheng.law.fields import Day, Line, Paper, Papers, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval
from guicheng.records.project import Explanation
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.records.study import Feasibility, FeasibilityExemption
from guicheng.regulations.huaian2023.articles import A11, R
from guicheng.regulations.huaian2023.words import granted, none_by, not_later

CAUSE_ZH = {"small": "金额较小", "om": "纯运行维护", "hardware": "纯标准硬件采购", "covered": "市级可研已覆盖"}


@R.act("提交可行性研究报告", A11, 1, row=(36, 37), by=Role.CONSTRUCTION, at=BEFORE_APPROVAL, keeps=Feasibility)
class SubmitFeasibility(Act):
    """原则上所涉信息化项目需委托有专业资质机构进行项目可行性研究并编制报告

    No kind of certificate is asked for: what shows the body's competence, who issued it, and until when.
    """

    ref: Ref = field("报告编号")
    body: Line = field("编制机构")
    contract: Line = field("委托合同")
    commissioned_on: Day = field("委托日期")
    competent: bool = field("是否核实机构具备相应专业能力")
    competence: Line | None = field("能力证明", help="资信评价、备案、同类业绩等", default=None)
    competence_issuer: Line | None = field("证明出具方", default=None)
    competence_until: Day | None = field("证明有效至", default=None)
    author: Line = field("项目咨询负责人")
    digest: Paper = field("报告文本")
    finished_on: Day = field("报告日期")
    conclusion: Literal["feasible", "conditional", "infeasible"] = field("结论", help="可行、附条件可行、不可行")
    summary: Words = field("报告要点")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        not_later(deed, commissioned_on=self.commissioned_on, finished_on=self.finished_on)
        begun, done = self.commissioned_on, self.finished_on
        deed.need(not (begun and done) or begun <= done, finished_on="报告日期不得早于委托日期")
        deed.need(not self.competent or self.competence or deed.history, competence="写明凭什么证明机构的能力")
        deed.keep(Feasibility)


@R.act("同意免做可研", A11, 1, row=36, by=Role.CYBER_OFFICE, at=BEFORE_APPROVAL, keeps=FeasibilityExemption)
class ExemptFeasibility(Act):
    """原则上所涉信息化项目需委托有专业资质机构进行项目可行性研究并编制报告

    原则上 leaves room for reasons from a closed list; the cybersecurity chapter is still owed, in the plan.
    """

    ref: Ref = field("同意文号")
    cause: Literal["small", "om", "hardware", "covered"] = field("免做原因", help="、".join(CAUSE_ZH.values()))
    reason: Words = field("具体说明")
    basis: Line | None = field("依据", default=None)
    agreed_on: Day = field("同意日期")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        not_later(deed, agreed_on=self.agreed_on)
        deed.need(self.cause != "covered" or self.basis or deed.history, basis="写明已覆盖本项目的市级可研文号")
        deed.keep(FeasibilityExemption)
        reason = f"{CAUSE_ZH.get(self.cause, '')}：{self.reason}"
        deed.keep(Explanation, rule=feasibility_missing.id, reason=reason, agreed_by=deed.by, until=None)


@R.rule(
    A11, 1, row=36, force=EXPLAIN, over=Approval, cured_by=("submit-feasibility", "exempt-feasibility"),
    says="{approved:day}批准立项，没有可行性研究报告，网信办也没有同意免做", cure="提交可行性研究报告，或由网信办同意免做",
)  # fmt: skip
def feasibility_missing(p: Any, a: Any) -> Breach:
    """原则上所涉信息化项目需委托有专业资质机构进行项目可行性研究并编制报告"""
    return breach(granted(a) & none_by(Feasibility, a.day), approved=a.day)


@R.rule(
    A11, 1, row=37, force=EXEMPTABLE, over=Feasibility, cured_by=("submit-feasibility", "grant-exemption"),
    says="可研编制机构“{body}”的专业能力没有核实，或能力证明在委托时已经过期", cure="核实能力证明，或另行委托",
)  # fmt: skip
def study_body_not_competent(p: Any, f: Any) -> Breach:
    """需委托有专业资质机构进行项目可行性研究并编制报告"""
    expired = f.competence_until.present & (f.competence_until < f.commissioned_on)
    return breach((f.competent == False) | expired, body=f.body)  # noqa: E712  # a term
