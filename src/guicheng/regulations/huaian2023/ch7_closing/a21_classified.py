"""第二十一条 涉密: what may not be in this house at all."""

from typing import Any

from guicheng.law.declare import HARD
from guicheng.law.terms import Row, Term
from guicheng.records.initiation import Filing
from guicheng.regulations.huaian2023.articles import A21, R


@R.rule(
    A21, row=108, force=HARD, over=Filing, cured_by=(),
    says="涉及国家秘密或者尚不能确定的项目不得录入本系统，所填内容没有保存",
    cure="请立即停止录入，携纸质材料到保密办公室办理，或经涉密网络报送；不能确定的，先按涉密对待并提请定密责任人确定，"
    "确定不涉密后再报备",
)  # fmt: skip
def classified_project(p: Any, f: Row) -> Term:
    """涉密信息化项目按照相关保密要求执行。

    The filing's answer is asked before its data are even checked: the door turns it away by this rule and keeps nothing.
    """
    return f.open_matter == False  # noqa: E712  # a term, not a truth
