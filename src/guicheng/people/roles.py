"""The bodies of the regulation as roles. Their names are data (organ names change); these are the defaults."""

from enum import StrEnum


class Role(StrEnum):
    CONSTRUCTION = "construction"
    CYBER_OFFICE = "cyber-office"
    LEADING_GROUP = "leading-group"
    GENERAL_OFFICE = "general-office"
    TECHNOLOGY = "technology"
    LEGAL = "legal"
    DISCIPLINE = "discipline"
    PARTY_GROUP = "party-group"
    OTHER_OFFICE = "other-office"
    CONTRACTOR = "contractor"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ASSESSOR = "assessor"
    EXPERT = "expert"
    EXTERNAL = "external"
    SYSTEM_ADMIN = "system-admin"
    SECURITY_ADMIN = "security-admin"
    AUDIT_ADMIN = "audit-admin"
    CLOCK = "clock"
    SETUP = "setup"


ROLE_ZH = {
    Role.CONSTRUCTION: "建设处室",
    Role.CYBER_OFFICE: "网信办",
    Role.LEADING_GROUP: "网信领导小组",
    Role.GENERAL_OFFICE: "办公室",
    Role.TECHNOLOGY: "网络信息技术处",
    Role.LEGAL: "政策法规处",
    Role.DISCIPLINE: "组织人事处（纪检）",
    Role.PARTY_GROUP: "局党组",
    Role.OTHER_OFFICE: "其他职能处室",
    Role.CONTRACTOR: "承建单位",
    Role.SUPERVISOR: "监理单位",
    Role.AUDITOR: "审计机构",
    Role.ASSESSOR: "测评机构",
    Role.EXPERT: "专家",
    Role.EXTERNAL: "外部评审部门",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
    Role.CLOCK: "时钟",
    Role.SETUP: "初始安装",
}

PROJECT_BOUND = frozenset(
    {Role.OTHER_OFFICE, Role.CONTRACTOR, Role.SUPERVISOR, Role.AUDITOR, Role.ASSESSOR, Role.EXPERT, Role.EXTERNAL}
)
"""Roles that exist only on a project: their holders see and touch that project alone."""

UNIT_BOUND = frozenset({Role.CONSTRUCTION})
"""Roles that act for the unit that owns the project."""

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""三员: no person may hold two of them, and none of them any business role."""
