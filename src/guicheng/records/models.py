"""All record tables, gathered for Django; each branch of the work has its own module."""

from guicheng.records.acceptance import (
    Acceptance,
    Application,
    CheckItem,
    Member,
    Reconsideration,
    Rectification,
    TestReport,
)
from guicheng.records.bureau import EditionOf, Interpretation
from guicheng.records.initiation import Approval, Component, EstimateLine, Filing
from guicheng.records.money import Payment, Settlement
from guicheng.records.operation import Change, Commissioning
from guicheng.records.procurement import Contract, Milestone
from guicheng.records.project import DutyOf, Exemption, Explanation, PaperOf, Project
from guicheng.records.security import Assessment, Finding, Grading, System
from guicheng.records.trial import Trial, TrialAcceptance, TrialEvent

__all__ = [
    "Acceptance", "Application", "Approval", "Assessment", "Change", "CheckItem", "Commissioning", "Component",
    "Contract", "DutyOf", "EditionOf", "EstimateLine", "Exemption", "Explanation", "Filing", "Finding", "Grading",
    "Interpretation", "Member", "Milestone", "PaperOf", "Payment", "Project", "Reconsideration", "Rectification",
    "Settlement", "System", "TestReport", "Trial", "TrialAcceptance", "TrialEvent",
]  # fmt: skip
