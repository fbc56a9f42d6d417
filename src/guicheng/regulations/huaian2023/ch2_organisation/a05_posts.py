"""第五条 网信办: the working mechanism: units, people and the posts they hold, as acts on the bureau's chain."""

from typing import Any

from guicheng.law.act import Act, Unfit
from guicheng.law.fields import Day, Line, PersonName, Ref, field
from guicheng.people.models import Person, Post, Unit
from guicheng.people.roles import ADMINISTRATORS, PROJECT_BOUND, UNIT_BOUND, Role
from guicheng.regulations.huaian2023.articles import A5, R

QUOTE = "建立业务处室（中心）和专业部门分工负责、密切合作的工作机制"
GRANTORS = (Role.SECURITY_ADMIN, Role.SETUP)
"""Appointments need the security administrator; a fresh installation lets `setup` appoint the first one."""


@R.act("登记单位", A5, row=9, by=GRANTORS, scope="bureau")
class RegisterUnit(Act):
    """建立业务处室（中心）和专业部门分工负责、密切合作的工作机制"""

    code: Ref = field("单位代码")
    name: Line = field("单位名称")
    outside: bool = field("外部单位", default=False)
    kind: Line | None = field("单位类别", default=None)

    def write(self, deed: Any) -> None:
        values = {"name": self.name, "outside": self.outside, "kind": self.kind or "", "seq": deed.seq, "day": deed.day}
        Unit.objects.update_or_create(code=self.code, defaults=values)


@R.act("任命", A5, row=9, by=GRANTORS, scope="bureau")
class Appoint(Act):
    """建立业务处室（中心）和专业部门分工负责、密切合作的工作机制

    A post is held from a day to a day; roles of outside parties only on a project, construction only for a unit; no one
    holds two of the three administrators, nor an administrator's and a business role.
    """

    person: Ref = field("用户名")
    name: Line | None = field("姓名", default=None, help="市局人员；外部人员请填“外部人员姓名”")
    outsider_name: PersonName | None = field("外部人员姓名", default=None)
    unit: Ref = field("所在单位代码")
    post: Role = field("身份", strict=False)
    project: Ref | None = field("项目编号", default=None, help="外部各方只在一个项目上任职")
    since: Day | None = field("自", default=None, help="不填即为办理日")
    until: Day | None = field("至", default=None)

    def write(self, deed: Any) -> None:
        unit = Unit.objects.filter(code=self.unit).first()
        if unit is None:
            raise Unfit(unit=f"没有代码为“{self.unit}”的单位，请先登记单位")
        self._fits()
        self._separate(deed)
        person, _ = Person.objects.get_or_create(
            username=self.person,
            defaults={
                "name": self.name or self.outsider_name or self.person,
                "unit": unit,
                "seq": deed.seq,
                "day": deed.day,
            },
        )
        Post.objects.create(
            person=person, role=self.post, unit=self.unit if self.post in UNIT_BOUND else "", project=self.project or "",
            since=self.since or deed.day, until=self.until, seq=deed.seq, day=deed.day,
        )  # fmt: skip

    def _fits(self) -> None:
        if (self.post in PROJECT_BOUND) != bool(self.project):
            raise Unfit(project="外部各方和其他职能处室须写明项目，其他身份不写")
        if self.post in (Role.CLOCK, Role.SETUP):
            raise Unfit(post="这个身份不能任命给人")
        if self.person in ("setup", "clock"):
            raise Unfit(person="这个用户名留给系统，请换一个")

    def _separate(self, deed: Any) -> None:
        held = set(Post.objects.filter(person_id=self.person).values_list("role", flat=True))
        if held and (self.post in ADMINISTRATORS or held & ADMINISTRATORS) and held != {str(self.post)}:
            raise Unfit(post="三员分立：系统、安全、审计管理员不得由一人兼任，也不得兼任业务身份")


@R.act("免去任职", A5, row=9, by=Role.SECURITY_ADMIN, scope="bureau")
class EndPost(Act):
    """建立业务处室（中心）和专业部门分工负责、密切合作的工作机制"""

    person: Ref = field("用户名")
    post: Role = field("身份", strict=False)
    project: Ref | None = field("项目编号", default=None)
    last_day: Day = field("任职最后一日")

    def write(self, deed: Any) -> None:
        held = Post.objects.filter(
            person_id=self.person, role=self.post, project=self.project or "", until__isnull=True
        )
        deed.need(held.update(until=self.last_day), person=f"{self.person} 现在没有这个任职")
