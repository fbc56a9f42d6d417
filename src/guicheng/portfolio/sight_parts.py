"""Whose part is what, by hand: the sections and acts that outside parties and assisting offices see of their one project.

Never theirs: bids of others, deliberation of the party group, evaluation of suppliers, the discipline office's acts."""

from guicheng.people.roles import Role

SECTIONS = frozenset(
    {
        "overview", "money", "contracts", "assessments", "trial", "operation", "changes", "assets", "papers", "history",
        "findings", "people",
    }
)  # fmt: skip
"""Everything, as the bureau's own bodies see it."""

_COMMON = frozenset({"overview", "papers", "history"})
SECTIONS_SEEN: dict[Role, frozenset[str]] = {
    Role.CONTRACTOR: _COMMON | {"contracts", "assessments", "trial", "operation", "changes"},
    Role.SUPERVISOR: _COMMON | {"contracts", "assessments", "trial", "changes"},
    Role.AUDITOR: _COMMON | {"contracts", "money", "changes", "assets"},
    Role.ASSESSOR: _COMMON | {"assessments"},
    Role.EXPERT: _COMMON,
    Role.EXTERNAL: _COMMON,
    Role.OTHER_OFFICE: _COMMON | {"contracts", "trial", "operation"},
}

_BEGINNING = frozenset({"file-project", "refile-project", "complete-filing"})
_WORK = frozenset(
    {
        "start-implementation", "report-progress", "list-software", "report-supervision", "accept-trial-run", "start-trial",
        "log-trial-event", "confirm-restart", "apply-for-acceptance", "endorse-application", "refuse-application",
        "conclude-acceptance", "notify-reconsideration", "order-rectification", "report-rectification",
        "put-into-operation", "suspend", "resume", "terminate",
    }
)  # fmt: skip
_CONTRACT = frozenset({"record-award", "sign-contract", "publish-contract", "reach-milestone"})
_CHANGES = frozenset({"plan-change", "file-change", "finish-change", "withdraw-change"})
_ASSESSMENTS = frozenset(
    {
        "grade-system",
        "file-grading",
        "record-assessment",
        "rectify-finding",
        "waive-assessment",
        "confirm-security-lines",
    }
)
_MONEY = frozenset(
    {
        "appropriate", "request-payment", "check-payment", "refuse-payment", "pay", "return-payment", "settle",
        "audit-settlement", "submit-estimate", "final-accounts", "register-asset",
    }
)  # fmt: skip
_STUDIES = frozenset(
    {
        "submit-requirement",
        "submit-feasibility",
        "submit-plan",
        "submit-estimate",
        "submit-security-chapter",
        "dispatch-review",
    }
)

ACTS_SEEN: dict[Role, frozenset[str]] = {
    Role.CONTRACTOR: _WORK
    | _CONTRACT
    | _CHANGES
    | _ASSESSMENTS
    | {"claim-warranty", "answer-claim", "record-upkeep", "hand-over-results"},
    Role.SUPERVISOR: _WORK | _CONTRACT | _CHANGES | {"record-assessment", "rectify-finding"},
    Role.AUDITOR: _CONTRACT | _CHANGES | _MONEY | {"approve-project", "conclude-acceptance"},
    Role.ASSESSOR: _ASSESSMENTS | {"start-trial"},
    Role.EXPERT: _BEGINNING | _STUDIES,
    Role.EXTERNAL: _BEGINNING | _STUDIES | {"record-review"},
    Role.OTHER_OFFICE: _BEGINNING | _WORK | _STUDIES | {"assist", "divide-duties", "train-users"},
}
"""The acts whose entries these roles read, beside their own."""

DISCIPLINE_ACTS = frozenset({"note-integrity", "read-for-integrity"})
DISCIPLINE_READERS = frozenset({Role.DISCIPLINE, Role.PARTY_GROUP, Role.LEADING_GROUP})
