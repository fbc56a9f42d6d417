"""All record tables, gathered for Django; each branch of the work has its own module."""

from guicheng.records.acceptance import Acceptance
from guicheng.records.bureau import EditionOf, Interpretation
from guicheng.records.initiation import Approval, Component, EstimateLine, Filing
from guicheng.records.money import Payment, Settlement
from guicheng.records.operation import Change, Commissioning
from guicheng.records.procurement import Contract, Milestone
from guicheng.records.project import DutyOf, Exemption, Explanation, PaperOf, Project

__all__ = [
    "Acceptance", "Approval", "Change", "Commissioning", "Component", "Contract", "DutyOf", "EditionOf", "EstimateLine",
    "Exemption", "Explanation", "Filing", "Interpretation", "Milestone", "PaperOf", "Payment", "Project", "Settlement",
]  # fmt: skip
