"""第五条 分工负责: who prepares a project neither approves it, nor checks its money, nor reviews its process."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.terms import Term
from guicheng.law.words import has
from guicheng.records.deliberation import ProcessOpinion
from guicheng.records.initiation import Approval, BudgetCheck, Estimate, Filing
from guicheng.records.study import Plan, Requirement
from guicheng.regulations.huaian2023.articles import A5, R


def prepared_by(person: Any) -> Term:
    """This person filed the project, or wrote a paper of its application."""
    made = [has(table, lambda row: row.by == person) for table in (Filing, Requirement, Plan, Estimate)]
    return made[0] | made[1] | made[2] | made[3]


@R.rule(
    A5, row=(9, 15), force=HARD, over=Approval, cured_by="approve-project",
    says="{person}既报备或编制申报材料，又批准立项", cure="由没有参与申报的人员办理批准",
)  # fmt: skip
def own_filing_approved(p: Any, a: Any) -> Breach:
    """建立业务处室（中心）和专业部门分工负责、密切合作的工作机制

    建设处室 owns the application and never the approval, also when one person holds posts in both.
    """
    return breach(a.revoked_on.missing & prepared_by(a.by), person=a.by)


@R.rule(
    A5, row=9, force=HARD, over=BudgetCheck, cured_by="check-budget",
    says="{person}既报备或编制申报材料，又作预算把关", cure="由没有参与申报的办公室人员把关",
)  # fmt: skip
def own_budget_checked(p: Any, b: Any) -> Breach:
    """建立业务处室（中心）和专业部门分工负责、密切合作的工作机制"""
    return breach(prepared_by(b.by), person=b.by)


@R.rule(
    A5, row=9, force=HARD, over=ProcessOpinion, cured_by="review-process-legality",
    says="{person}既报备或编制申报材料，又审查流程合法性", cure="由没有参与申报的政策法规处人员审查",
)  # fmt: skip
def own_process_reviewed(p: Any, o: Any) -> Breach:
    """建立业务处室（中心）和专业部门分工负责、密切合作的工作机制"""
    return breach(prepared_by(o.by), person=o.by)
