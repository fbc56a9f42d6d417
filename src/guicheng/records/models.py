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
from guicheng.records.asset import Asset, ClosingAccounts, HandOver, RightOf
from guicheng.records.bureau import EditionOf, Interpretation
from guicheng.records.deliberation import (
    Attendance,
    Comment,
    Condition,
    Discussion,
    PartyDecision,
    PartySubmission,
    ProcessOpinion,
    Review,
)
from guicheng.records.implementation import (
    Assignment,
    Division,
    Guidance,
    ProgressReport,
    SoftwareItem,
    SoftwareList,
    Start,
    SupervisionReport,
)
from guicheng.records.initiation import (
    Approval,
    BudgetCheck,
    Component,
    Ending,
    Estimate,
    EstimateLine,
    Filing,
)
from guicheng.records.integrity import Assistance, IntegrityNote, IntegrityRead, Interest
from guicheng.records.money import (
    Appropriation,
    FundsInspection,
    Payment,
    PaymentRequest,
    Refund,
    Settlement,
    SettlementAudit,
)
from guicheng.records.operation import Change, Commissioning, Evaluation, OperationBudget, WarrantyClaim
from guicheng.records.planning import (
    AnnualPlan,
    AnnualPlanLine,
    LeadingDecision,
    MajorFlag,
    Planning,
    RegulationDraft,
    SupervisedMatter,
    SupervisedProgress,
)
from guicheng.records.procurement import (
    Award,
    Competence,
    Contract,
    ContractDraft,
    ContractOpinion,
    Milestone,
    ProcurementPlan,
    Tender,
    TenderDemand,
)
from guicheng.records.project import DutyOf, Exemption, Explanation, PaperOf, Project
from guicheng.records.security import Assessment, Finding, Grading, System
from guicheng.records.study import (
    Feasibility,
    FeasibilityExemption,
    Plan,
    Requirement,
    SecurityChapter,
    SecurityItem,
    Standard,
)
from guicheng.records.trial import Trial, TrialAcceptance, TrialEvent
from guicheng.records.upkeep import Drill, Incident, Inspection, Retirement, Training, Transfer, Upkeep, Usage

__all__ = [
    "Acceptance", "AnnualPlan", "AnnualPlanLine", "Application", "Appropriation", "Approval", "Assessment", "Asset",
    "Assignment", "Assistance", "Attendance", "Award", "BudgetCheck", "Change", "CheckItem", "ClosingAccounts",
    "Comment", "Commissioning", "Competence", "Component", "Condition", "Contract", "ContractDraft",
    "ContractOpinion", "Discussion", "Division", "Drill", "DutyOf", "EditionOf", "Ending", "Estimate",
    "EstimateLine", "Evaluation", "Exemption", "Explanation", "Feasibility", "FeasibilityExemption", "Filing",
    "Finding", "FundsInspection", "Grading", "Guidance", "HandOver", "Incident", "Inspection", "IntegrityNote",
    "IntegrityRead", "Interest", "Interpretation", "LeadingDecision", "MajorFlag", "Member", "Milestone",
    "OperationBudget", "PaperOf", "PartyDecision", "PartySubmission", "Payment", "PaymentRequest", "Plan",
    "Planning", "ProcessOpinion", "ProcurementPlan", "ProgressReport", "Project", "Reconsideration",
    "Rectification", "Refund", "RegulationDraft", "Requirement", "Retirement", "Review", "RightOf",
    "SecurityChapter", "SecurityItem", "Settlement", "SettlementAudit", "SoftwareItem", "SoftwareList", "Standard",
    "Start", "SupervisedMatter", "SupervisedProgress", "SupervisionReport", "System", "Tender", "TenderDemand",
    "TestReport", "Training", "Transfer", "Trial", "TrialAcceptance", "TrialEvent", "Upkeep", "Usage",
    "WarrantyClaim",
]  # fmt: skip
