"""第九条 合同合法性审查: an opinion on the very text, by someone who did not draft it."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Line, Paper, Papers, PersonName, Ref, Words, field
from guicheng.law.terms import Term, term
from guicheng.law.words import has, lacks
from guicheng.people.roles import Role
from guicheng.records.procurement import Contract, ContractDraft, ContractOpinion
from guicheng.records.stage import ONGOING
from guicheng.regulations.huaian2023.articles import A9, R


@R.act("审查合同合法性", A9, row=31, by=Role.LEGAL, at=ONGOING)
class ReviewContractLegality(Act):
    """对项目流程及合同进行合法性审查

    Bound to the digest of one text: any edit after it needs another opinion. The later opinion on a text counts.
    """

    ref: Ref = field("审查意见书编号")
    contract: Ref = field("合同编号")
    digest: Paper = field("所审文本摘要")
    outcome: Literal["passed", "failed"] = field("结论")
    opinion: Words = field("审查意见")
    advice: Words | None = field("修改建议", default=None)
    counsel: PersonName | None = field("法律顾问", default=None)
    counsel_opinion: Line | None = field("法律顾问意见号", default=None, help="定制软件合同必须有")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        drafted = deed.seek(ContractDraft, contract=self.contract, digest=self.digest)
        deed.need(drafted or deed.history, digest="没有起草过这一文本，请核对合同编号和文本摘要")
        deed.keep(ContractOpinion)


def passed_for(c: Any, o: Any) -> Term:
    """The opinion passed the very text of this contract, on or before its signing."""
    this_text = (o.contract == c.ref) & (o.digest == c.digest)
    return term(this_text & (o.outcome == "passed") & (o.day <= c.signed_on))


@R.rule(
    A9, row=31, force=HARD, over=Contract, cured_by=("review-contract-legality",),
    says="合同{contract}于{signed:day}签订，所签文本此前没有通过合法性审查的意见", cure="将所签文本送政策法规处审查，通过后再签",
)  # fmt: skip
def signed_unreviewed(p: Any, c: Any) -> Breach:
    """政策法规处负责对项目流程及合同进行合法性审查。

    Every kind of contract. A later failing opinion on the same text undoes an earlier passing one.
    """

    def undone(o: Any) -> Term:
        return has(
            ContractOpinion,
            lambda x: (x.contract == o.contract) & (x.digest == o.digest) & (x.seq > o.seq) & (x.day <= c.signed_on),
            outcome="failed",
        )

    unreviewed = lacks(ContractOpinion, lambda o: passed_for(c, o) & ~undone(o))
    return breach(unreviewed, contract=c.ref, signed=c.signed_on)


@R.rule(
    A9, row=31, force=HARD, over=Contract, cured_by=("review-contract-legality",),
    says="合同{contract}含定制软件，审查意见未附法律顾问意见", cure="请法律顾问出具意见，重新审查",
)  # fmt: skip
def counsel_not_heard(p: Any, c: Any) -> Breach:
    """政策法规处负责对项目流程及合同进行合法性审查。

    采购需求管理办法（财库〔2021〕22号）第二十三条: custom development is examined by the buyer's legal counsel.
    """
    heard = has(ContractOpinion, lambda o: passed_for(c, o) & o.counsel_opinion.present)
    return breach(c.custom_software & ~heard, contract=c.ref)


@R.rule(
    A9, row=(18, 31), force=HARD, over=ContractOpinion, cured_by=("review-contract-legality", "correct"),
    says="合同{contract}由{person}起草，又由其审查", cure="由起草人以外的人审查",
)  # fmt: skip
def drafter_reviewed_own(p: Any, o: Any) -> Breach:
    """政策法规处负责对项目流程及合同进行合法性审查。"""
    own = has(ContractDraft, lambda d: (d.contract == o.contract) & (d.digest == o.digest) & (d.by == o.by))
    return breach(own, contract=o.contract, person=o.by)
