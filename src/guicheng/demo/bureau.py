"""The bureau's own chain: the first administrator, units, posts, annual plans; the first lines of the demonstration."""

from typing import Any

from guicheng.demo import cast
from guicheng.demo.life import BUREAU, Spec

DAY = "2023-04-20"


def opening() -> list[dict[str, Any]]:
    """`setup` appoints the security administrator and is nobody from then on; the security administrator the others."""
    office = next(o for o in cast.OFFICES if o.code == "xxzx")
    first = cast.MEMBERS[0]
    lines = [
        _line("setup", "register-unit", code=office.code, name=office.name),
        _line("setup", "appoint", person=first.user, name=first.name, unit=first.office, post=str(first.roles[0])),
    ]
    lines += [_line(first.user, "register-unit", code=o.code, name=o.name) for o in cast.OFFICES if o is not office]
    firms = (*cast.CONTRACTORS, *cast.SUPERVISORS, *cast.AUDITORS, *cast.ASSESSORS, *cast.STUDIES)
    lines += [_line(first.user, "register-unit", code=f.code, name=f.name, outside=True) for f in firms]
    lines += [
        _line(first.user, "appoint", person=m.user, name=m.name, unit=m.office, post=str(role))
        for m in cast.MEMBERS[1:]
        for role in m.roles
    ]
    return [line | {"id": f"demo-bureau-{n}"} for n, line in enumerate(lines, 1)]


def callings(on: str) -> list[dict[str, Any]]:
    """Who is called to one project for its own part: an expert, a reviewing department, an office that assists."""
    first, inside = cast.MEMBERS[0].user, {o.code for o in cast.OFFICES}
    lines = [_line(first, "register-unit", on, code=b.code, name=b.name, outside=True) for b in cast.BODIES]
    for guest in cast.GUESTS:
        named = {"name" if guest.body in inside else "outsider_name": guest.name}
        about = {"person": guest.user, "unit": guest.body, "post": str(guest.role), "project": guest.project}
        lines.append(_line(first, "appoint", on, **about, **named))
    return [line | {"id": f"demo-called-{n}"} for n, line in enumerate(lines, 1)]


def plans(specs: list[Spec]) -> list[dict[str, Any]]:
    """An annual plan for each year, with a line for each project that was planned."""
    found = []
    for year in sorted({s.start.year for s in specs}):
        on = f"{year}-01-04" if year > 2023 else DAY
        lines = [
            {"ref": f"{year}-{s.code[-3:]}", "title": s.title, "unit": s.unit, "amount": s.amount, "funds": "市级财政预算",
             "kind": "software" if s.kind == "mixed" else s.kind}
            for s in specs if s.start.year == year and "unplanned" not in s.stories
        ]  # fmt: skip
        data = {
            "ref": f"淮审批网信〔{year}〕1号", "year": year, "title": f"{year}年度信息化建设工作安排", "lines": lines,
            "agreed_by": "网络安全和信息化领导小组", "agreed_on": on,
        }  # fmt: skip
        found.append(_line("zhou.mingyuan", "publish-annual-plan", on, **data) | {"id": f"demo-plan-{year}"})
    return found


def _line(by: str, act: str, on: str = DAY, **data: Any) -> dict[str, Any]:
    return {"project": BUREAU, "act": act, "by": f"user:{by}", "on": on, "data": data}
