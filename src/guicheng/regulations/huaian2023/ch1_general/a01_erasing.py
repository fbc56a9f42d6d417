"""第一条 目的: personal names and telephones of outsiders are erased when higher law asks for it; what was done stays."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from guicheng.law.act import Act
from guicheng.law.fields import Words, field
from guicheng.people.roles import Role
from guicheng.records.bureau import Erasure
from guicheng.regulations.huaian2023.articles import A1, R

Token = Annotated[str, StringConstraints(pattern=r"^sm3:[0-9a-f]{64}$")]
Tokens = Annotated[list[Token], Field(min_length=1, max_length=200)]


@R.act("删除个人信息", A1, row=1, by=Role.SECURITY_ADMIN, scope="bureau")
class ErasePersonal(Act):
    """根据国家、省市有关法律法规规定

    The entry names the tokens, never the names. The token stays in every entry and record that bears it, and tells
    nothing any more; every chain stays valid.
    """

    tokens: Tokens = field("个人信息的代号", help="账本中以 sm3: 开头的代号，同一人在几处出现就有几个")
    ground: Literal["request", "expired", "mistake"] = field(
        "情形", help="request 本人请求、expired 保存期限届满、mistake 误录"
    )
    reason: Words = field("依据与理由", help="引用的法律条款；不写姓名")

    def write(self, deed: Any) -> None:
        for token in self.tokens:
            ref = token.removeprefix("sm3:")
            deed.need(deed.seek(Erasure, ref=ref) is None, tokens=f"{token} 已经删除过")
            deed.keep(Erasure, ref=ref)
            deed.forget(token, "tokens")
