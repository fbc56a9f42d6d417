"""第八条 网络信息技术处: it urges that operation and maintenance be done, and looks whether they are."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.declare import Owed
from guicheng.law.fields import Day, Papers, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.operation import Commissioning
from guicheng.records.stage import Stage
from guicheng.records.upkeep import Inspection
from guicheng.regulations.huaian2023.articles import A8, R

IN_USE = (Stage.ACCEPTED, Stage.OPERATION)
END_OF_USE = ("retire-system", "terminate")


@R.act("督促检查运维", A8, row=27, by=Role.TECHNOLOGY, at=IN_USE, keeps=Inspection)
class InspectOperation(Act):
    """督促落实项目运行维护；"""

    ref: Ref = field("检查编号")
    inspected_on: Day = field("检查日期")
    scope: Words = field("检查内容", help="运维制度、巡检工单、备份、漏洞、演练等")
    findings: Words = field("检查情况")
    demands: Words | None = field("整改要求", default=None)
    answer_by: Day | None = field("整改期限", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        if not deed.history:
            deed.need((self.demands is None) == (self.answer_by is None), answer_by="整改要求与整改期限应一并填写")
            deed.need(self.inspected_on <= deed.day, inspected_on="检查日期不得晚于办理日期")
        deed.keep(Inspection)


@R.act("回复运维检查", A8, row=27, by=Role.CONSTRUCTION, at=IN_USE)
class AnswerInspection(Act):
    """督促落实项目运行维护；"""

    inspection: Ref = field("检查编号")
    answer: Words = field("整改情况")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        found = deed.find(Inspection, self.inspection, "inspection", "运维检查")
        deed.need(found.answered_on is None, inspection=f"检查{self.inspection}已经回复")
        deed.change(found, answered_on=deed.day, answer=self.answer)

    def subject(self) -> str:
        return self.inspection


@R.duty(
    "督促检查项目运行维护", A8, row=27, by=Role.TECHNOLOGY, within="operation.inspect_months",
    opens=("put-into-operation", "inspect-operation"), closes=("inspect-operation", *END_OF_USE),
)  # fmt: skip
def urge_operation(deed: Any) -> Any:
    """督促落实项目运行维护；"""
    return deed.day if deed.seek(Commissioning) is not None else None


@R.duty(
    "落实运维检查的整改要求", A8, row=27, by=Role.CONSTRUCTION,
    opens=("inspect-operation",), closes=("answer-inspection", *END_OF_USE),
)  # fmt: skip
def answer_inspection_in_time(deed: Any) -> Owed | None:
    """督促落实项目运行维护；"""
    act = deed.act
    return Owed(deed.day, act.ref, act.answer_by) if act.answer_by else None
