"""Groups of roles that several acts name."""

from guicheng.people.roles import Role

INSIDE = (
    Role.CONSTRUCTION, Role.CYBER_OFFICE, Role.GENERAL_OFFICE, Role.TECHNOLOGY, Role.LEGAL, Role.DISCIPLINE,
    Role.LEADING_GROUP, Role.PARTY_GROUP, Role.OTHER_OFFICE,
)  # fmt: skip
"""The bureau's own bodies."""

OUTSIDE = (Role.CONTRACTOR, Role.SUPERVISOR, Role.AUDITOR, Role.ASSESSOR, Role.EXPERT, Role.EXTERNAL)
"""Bodies and people outside the bureau."""

ANYONE = (*INSIDE, *OUTSIDE)
"""Everyone who works on a project."""
