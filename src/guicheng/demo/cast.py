"""The fixed cast: the same units, people and firms in the demonstration, the tests, the examples and the pictures.

All people and firms are invented; every firm carries 虚构 in its name so that no one can take it for a real one."""

from dataclasses import dataclass

from guicheng.people.roles import Role


@dataclass(frozen=True)
class Office:
    """An office of the bureau."""

    code: str
    name: str


@dataclass(frozen=True)
class Member:
    """Someone in the bureau: the user name, the name, the office, and the roles held for all projects (or for the unit)."""

    user: str
    name: str
    office: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Firm:
    """An invented outside body."""

    code: str
    name: str
    size: str


@dataclass(frozen=True)
class Guest:
    """Someone called to one project for its own part: the user name, the name, the body, and the one role."""

    user: str
    name: str
    body: str
    role: Role
    project: str


OFFICES = (
    Office("wxb", "网络安全和信息化领导小组办公室"),
    Office("bgs", "办公室"),
    Office("xxjs", "网络信息技术处"),
    Office("fgc", "政策法规处"),
    Office("rsjj", "组织人事处（纪检）"),
    Office("dz", "局党组"),
    Office("ldxz", "网络安全和信息化领导小组"),
    Office("zwfw", "政务服务协调处"),
    Office("gcsp", "工程建设项目审批处"),
    Office("sczr", "市场准入审批处"),
    Office("rexian", "12345政务服务便民热线中心"),
    Office("fwzx", "市政务服务中心"),
    Office("ggzy", "公共资源交易管理处"),
    Office("dzzz", "电子证照管理中心"),
    Office("xxzx", "信息中心"),
)

MEMBERS = (
    Member("an.quan", "安荃", "xxzx", (Role.SECURITY_ADMIN,)),
    Member("xi.tong", "席桐", "xxzx", (Role.SYSTEM_ADMIN,)),
    Member("shen.ji", "申霁", "rsjj", (Role.AUDIT_ADMIN,)),
    Member("zhou.mingyuan", "周明远", "wxb", (Role.CYBER_OFFICE,)),
    Member("xu.jing", "徐静", "wxb", (Role.CYBER_OFFICE,)),
    Member("ding.haiyan", "丁海燕", "bgs", (Role.GENERAL_OFFICE,)),
    Member("lu.wenbo", "陆文博", "bgs", (Role.GENERAL_OFFICE,)),
    Member("he.qing", "何晴", "bgs", (Role.GENERAL_OFFICE,)),
    Member("fang.zhi", "方志", "xxjs", (Role.TECHNOLOGY,)),
    Member("jiang.yue", "江悦", "xxjs", (Role.TECHNOLOGY,)),
    Member("tan.lvyan", "谭律言", "fgc", (Role.LEGAL,)),
    Member("qin.zheng", "秦正", "rsjj", (Role.DISCIPLINE,)),
    Member("gu.changfeng", "顾长风", "dz", (Role.PARTY_GROUP,)),
    Member("bai.xingzhou", "白行舟", "ldxz", (Role.LEADING_GROUP,)),
    Member("sun.li", "孙丽", "zwfw", (Role.CONSTRUCTION,)),
    Member("cao.peng", "曹鹏", "zwfw", (Role.CONSTRUCTION,)),
    Member("meng.fan", "孟帆", "gcsp", (Role.CONSTRUCTION,)),
    Member("yu.shan", "于杉", "gcsp", (Role.CONSTRUCTION,)),
    Member("song.ke", "宋可", "sczr", (Role.CONSTRUCTION,)),
    Member("ren.yi", "任忆", "sczr", (Role.CONSTRUCTION,)),
    Member("luo.an", "罗安", "rexian", (Role.CONSTRUCTION,)),
    Member("shao.wei", "邵蔚", "rexian", (Role.CONSTRUCTION,)),
    Member("ke.lin", "柯林", "fwzx", (Role.CONSTRUCTION,)),
    Member("pan.dan", "潘丹", "fwzx", (Role.CONSTRUCTION,)),
    Member("xiang.rong", "项荣", "ggzy", (Role.CONSTRUCTION,)),
    Member("dai.yun", "戴云", "ggzy", (Role.CONSTRUCTION,)),
    Member("ling.xi", "凌溪", "dzzz", (Role.CONSTRUCTION,)),
    Member("wen.bin", "闻斌", "dzzz", (Role.CONSTRUCTION,)),
    Member("tao.ran", "陶然", "xxzx", (Role.CONSTRUCTION,)),
    Member("shi.lei", "石磊", "xxzx", (Role.CONSTRUCTION,)),
    Member("chu.yan", "褚言", "bgs", (Role.CONSTRUCTION,)),
    Member("hua.rui", "华蕊", "bgs", (Role.CONSTRUCTION,)),
)

CONTRACTORS = (
    Firm("cj-yunshan", "云杉数科（虚构）有限公司", "small"),
    Firm("cj-beidou", "北斗星海软件（虚构）有限公司", "medium"),
    Firm("cj-changhuai", "长淮智联（虚构）股份有限公司", "large"),
    Firm("cj-qingmu", "青木信息（虚构）有限公司", "micro"),
    Firm("cj-hengan", "恒安云盾（虚构）有限公司", "medium"),
)
SUPERVISORS = (
    Firm("jl-zhongheng", "中衡监理（虚构）有限公司", "small"),
    Firm("jl-xinda", "信达工程咨询监理（虚构）有限公司", "small"),
)
AUDITORS = (Firm("sj-mingzhu", "明烛会计师事务所（虚构）", "small"),)
ASSESSORS = (
    Firm("cp-guanlan", "观澜网络安全测评（虚构）有限公司", "medium"),
    Firm("cp-shouheng", "守恒商用密码检测（虚构）有限公司", "small"),
)
STUDIES = (Firm("zx-yuanjian", "远见工程咨询研究院（虚构）", "medium"),)
EXPERTS = ("季平川", "严修竹", "范子衿", "鲁望舒", "贺临渊", "苗秋实", "蔡知微", "童若谷", "裴听澜")
"""Experts of no real university or firm; five or seven of them sit at an acceptance."""

BODIES = (Office("zj-pingshen", "市级评审专家库（虚构）"), Office("wb-shuju", "市大数据管理局（虚构）"))
"""Bodies outside the bureau that send a person, but no firm."""

GUESTS = (
    Guest("ji.pingchuan", "季平川", "zj-pingshen", Role.EXPERT, "HA-2024-018"),
    Guest("xin.chi", "辛驰", "wb-shuju", Role.EXTERNAL, "HA-2026-004"),
    Guest("lan.xin", "蓝新", "dzzz", Role.OTHER_OFFICE, "HA-2024-018"),
)

DEPARTMENTS = ("大数据管理局", "发展和改革委员会", "密码管理局")


def builders(office: str) -> tuple[str, str]:
    """The two people who build for an office: the one who files and the one who follows up."""
    found = [m.user for m in MEMBERS if m.office == office and Role.CONSTRUCTION in m.roles]
    return found[0], found[1]


def firm_of(firms: tuple[Firm, ...], index: int) -> Firm:
    return firms[index % len(firms)]


def outsider(code: str, firm: str) -> str:
    """The user name of a firm's person on one project: posts of outside parties are for one project each."""
    return f"{firm}.{code.lower()}"
