"""Who calls, and what they may call: roles to RPCs in one table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.errors import PermissionDenied

CHANNEL, CREDIT, FINANCE = "channel", "credit_officer", "finance"
AUDITOR, OPERATOR, COMPLIANCE = "auditor", "operator", "compliance"
_ALL = frozenset({CHANNEL, CREDIT, FINANCE, AUDITOR, OPERATOR, COMPLIANCE})
_READ = frozenset({CREDIT, FINANCE, AUDITOR, OPERATOR, COMPLIANCE})
_DECIDE = frozenset({CREDIT, FINANCE, OPERATOR, COMPLIANCE})
_SERVE = frozenset({CHANNEL, CREDIT})
_BOOKS = frozenset({FINANCE})
_COMPLY = frozenset({COMPLIANCE})
#: Who may know that a borrower is under suspicion: nobody else, who might tell them.
DISCREET = frozenset({COMPLIANCE, AUDITOR})

#: Every RPC and the roles that may call it; a method that is missing here may be called by nobody.
ALLOWED: Mapping[str, frozenset[str]] = {
    "LedgerService/CreateAccount": _BOOKS,
    "LedgerService/GetAccount": _READ,
    "LedgerService/ListAccounts": _READ,
    "LedgerService/PostJournal": _BOOKS,
    "LedgerService/BatchPostJournals": _BOOKS,
    "LedgerService/StreamPostJournals": _BOOKS,
    "LedgerService/ReverseJournal": _BOOKS,
    "LedgerService/GetJournal": _READ,
    "LedgerService/ListJournals": _READ,
    "LedgerService/ListEntries": _READ,
    "LedgerService/ListBalances": _READ,
    "LedgerService/GetTrialBalance": _READ,
    "LedgerService/ListPeriods": _READ,
    "LedgerService/ClosePeriod": _BOOKS,
    "LedgerService/ReopenPeriod": _BOOKS,
    "LedgerService/TransferResult": _BOOKS,
    "LedgerService/ReverseResultTransfer": _BOOKS,
    "LedgerService/VerifyLedger": frozenset({FINANCE, AUDITOR, OPERATOR}),
    "ProductService/PublishProduct": frozenset({CREDIT}),
    "ProductService/GetProduct": _ALL,
    "ProductService/ListProducts": _ALL,
    "RateIndexService/CreateRateIndex": _BOOKS,
    "RateIndexService/GetRateIndex": _ALL,
    "RateIndexService/ListRateIndexes": _ALL,
    "RateIndexService/PublishFixing": _BOOKS,
    "RateIndexService/ListFixings": _ALL,
    "RateIndexService/ResetRates": _BOOKS,
    "CalendarService/PublishCalendar": _BOOKS,
    "CalendarService/GetCalendar": _ALL,
    "CalendarService/ListCalendars": _ALL,
    "PartyService/CreateParty": _SERVE,
    "PartyService/GetParty": _ALL,
    "PartyService/ListParties": _ALL,
    "PartyService/ExportParty": frozenset({COMPLIANCE}),
    "PartyService/MoveParty": frozenset({OPERATOR, COMPLIANCE}),
    "PartyService/EraseParty": frozenset({COMPLIANCE}),
    "LoanService/QuoteSchedule": _ALL,
    "LoanService/OpenLoan": _SERVE,
    "LoanService/ImportLoans": _BOOKS,
    "LoanService/ApproveLoan": frozenset({CREDIT}),
    "LoanService/DisburseLoan": _SERVE,
    "LoanService/RepayLoan": _SERVE,
    "LoanService/ReverseLoanEvent": frozenset({CREDIT, FINANCE}),
    "LoanService/WaiveLoan": frozenset({CREDIT}),
    "LoanService/ChargeLoan": _SERVE,
    "LoanService/AdjustCharge": frozenset({CREDIT}),
    "LoanService/WaiveCharge": frozenset({CREDIT}),
    "LoanService/RecordDownPayment": _SERVE,
    "LoanService/RecordRefund": _SERVE,
    "LoanService/RecordGoodwillCredit": frozenset({CREDIT}),
    "LoanService/RecordChargeback": frozenset({CREDIT, FINANCE}),
    "LoanService/ChangeLimit": frozenset({CREDIT}),
    "LoanService/ChangeRate": frozenset({CREDIT}),
    "LoanService/ResetIndexRate": frozenset({CREDIT, OPERATOR}),
    "LoanService/PauseInterest": frozenset({CREDIT}),
    "LoanService/ChangeDueDate": frozenset({CREDIT}),
    "LoanService/GrantPaymentHoliday": frozenset({CREDIT}),
    "LoanService/RescheduleLoan": frozenset({CREDIT}),
    "LoanService/ReageLoan": frozenset({CREDIT}),
    "LoanService/ReamortizeLoan": frozenset({CREDIT}),
    "LoanService/CapitalizeInterest": frozenset({CREDIT}),
    "LoanService/AssumeLoan": frozenset({CREDIT}),
    "LoanService/SuspendInterest": frozenset({CREDIT, FINANCE}),
    "LoanService/ResumeInterest": frozenset({CREDIT, FINANCE}),
    "LoanService/ChargeOffLoan": frozenset({CREDIT, FINANCE}),
    "LoanService/FlagFraud": frozenset({CREDIT}),
    "LoanService/WriteDownLoan": frozenset({CREDIT, FINANCE}),
    "LoanService/SellLoan": _BOOKS,
    "LoanService/BuyBackLoan": _BOOKS,
    "LoanService/RedenominateLoan": frozenset({CREDIT}),
    "LoanService/RefinanceLoan": frozenset({CREDIT}),
    "LoanService/QuotePayoff": _ALL,
    "LoanService/PayOffLoan": _SERVE,
    "LoanService/WriteOffLoan": frozenset({CREDIT, FINANCE}),
    "LoanService/RecordRecovery": _SERVE | _BOOKS,
    "LoanService/RefundCredit": _SERVE,
    "LoanService/CloseLoan": _SERVE,
    "LoanService/GetLoan": _ALL,
    "LoanService/ListLoans": _ALL,
    "LoanService/GetSchedule": _ALL,
    "LoanService/ListTransactions": _ALL,
    "LoanService/MoveLoan": frozenset({OPERATOR, COMPLIANCE}),
    "LoanService/SetStandingInstruction": _SERVE,
    "LoanService/EndStandingInstruction": _SERVE,
    "LoanService/GetStandingInstruction": _ALL,
    "LoanService/GetStatement": _ALL,
    "LoanService/ExplainLoan": _ALL,
    "CollateralService/RegisterCollateral": frozenset({CREDIT}),
    "CollateralService/GetCollateral": _READ,
    "CollateralService/ListCollaterals": _READ,
    "CollateralService/ValueCollateral": frozenset({CREDIT}),
    "CollateralService/ListValuations": _READ,
    "CollateralService/PledgeCollateral": frozenset({CREDIT}),
    "CollateralService/ReleaseCollateral": frozenset({CREDIT}),
    "CollateralService/GetCoverage": _READ,
    "CollateralService/RepossessCollateral": frozenset({CREDIT, FINANCE}),
    "CollateralService/ReverseRepossession": frozenset({CREDIT, FINANCE}),
    "CollateralService/ImpairCollateral": _BOOKS,
    "CollateralService/DisposeCollateral": _BOOKS,
    "EndOfDayService/RunEndOfDay": frozenset({OPERATOR, FINANCE}),
    "EndOfDayService/ListEndOfDaySteps": frozenset({FINANCE, AUDITOR, OPERATOR}),
    "EndOfDayService/GetEndOfDay": _ALL,
    "EndOfDayService/ListReminders": _ALL,
    "EndOfDayService/ListSetAsideLoans": _READ,
    "EndOfDayService/ResumeLoan": frozenset({OPERATOR, FINANCE}),
    "AuditService/ListEvents": frozenset({AUDITOR}),
    "AuditService/StreamEvents": frozenset({AUDITOR}),
    "AuditService/GetEvent": _READ,
    "AuditService/CreateCheckpoint": frozenset({AUDITOR, FINANCE, OPERATOR}),
    "AuditService/GetCheckpoint": _ALL,
    "AuditService/ListCheckpoints": _ALL,
    "AuditService/GetInclusionProof": _ALL,
    "AuditService/GetConsistencyProof": _ALL,
    "AuditService/ExportHistory": frozenset({AUDITOR}),
    "ReportService/GetTrialBalance": _READ,
    "ReportService/GetTieOut": _READ,
    "ReportService/GetDelinquency": _READ,
    "RiskService/PublishCreditPolicy": _BOOKS,
    "RiskService/GetCreditPolicy": _READ,
    "RiskService/ListCreditPolicies": _READ,
    "RiskService/PauseDelinquency": frozenset({CREDIT}),
    "RiskService/ResumeDelinquency": frozenset({CREDIT}),
    "RiskService/ListDelinquencySpans": _READ,
    "RiskService/GetDelinquencyBuckets": _READ,
    "RiskService/SetCreditMarks": frozenset({CREDIT}),
    "RiskService/RecordRestructuring": frozenset({CREDIT}),
    "RiskService/ProposeClassification": frozenset({CREDIT}),
    "RiskService/ApproveClassification": frozenset({CREDIT}),
    "RiskService/GetCreditQuality": _READ,
    "RiskService/ListClassifications": _READ,
    "RiskService/GetQualityReport": _READ,
    "RiskService/AssessAllowance": _BOOKS,
    "RiskService/ListAllowanceLines": _READ,
    "RiskService/GetAllowanceMovements": _READ,
    "RiskService/GetProvisionRatios": _READ,
    "AccessService/AssignRole": frozenset({COMPLIANCE}),
    "AccessService/EndRoleAssignment": frozenset({COMPLIANCE}),
    "AccessService/DelegateRole": _ALL,
    "AccessService/ListRoleAssignments": frozenset({COMPLIANCE, AUDITOR}),
    "AccessService/GetAccess": _ALL,
    "AccessService/RevokeTokens": frozenset({COMPLIANCE, OPERATOR}),
    "AccessService/ListRoleConflicts": frozenset({COMPLIANCE, AUDITOR}),
    "RuleService/PublishRulebook": frozenset({COMPLIANCE}),
    "RuleService/GetRulebook": _ALL,
    "RuleService/ListRulebooks": _ALL,
    "RuleService/TryRulebook": frozenset({COMPLIANCE, AUDITOR}),
    "RuleService/ListKnownFacts": _ALL,
    "RuleService/RecordFacts": _SERVE | frozenset({FINANCE, OPERATOR, COMPLIANCE}),
    "RuleService/GetFacts": _READ,
    "RuleService/ListFactVersions": _READ,
    "RuleService/RecordContact": _SERVE,
    "RuleService/ListContacts": _ALL,
    "RuleService/ListRefusals": frozenset({COMPLIANCE, AUDITOR}),
    "ComplianceService/PublishMonitoringPolicy": _COMPLY,
    "ComplianceService/GetMonitoringPolicy": DISCREET,
    "ComplianceService/ListMonitoringPolicies": DISCREET,
    "ComplianceService/ListAlerts": DISCREET,
    "ComplianceService/GetAlert": DISCREET,
    "ComplianceService/DismissAlert": _COMPLY,
    "ComplianceService/OpenCase": _COMPLY,
    "ComplianceService/UpdateCase": _COMPLY,
    "ComplianceService/CloseCase": _COMPLY,
    "ComplianceService/GetCase": DISCREET,
    "ComplianceService/ListCases": DISCREET,
    "ComplianceService/GetSuspicionReport": DISCREET,
    "ComplianceService/OpenRegisterItem": _DECIDE,
    "ComplianceService/UpdateRegisterItem": _DECIDE,
    "ComplianceService/GetRegisterItem": _READ,
    "ComplianceService/ListRegisterItems": _READ,
    "ComplianceService/DrawAuditSample": _COMPLY,
    "ComplianceService/BookRiskAmount": _BOOKS,
    "ComplianceService/GetRiskIndicators": _READ,
    "ComplianceService/RunSelfTest": frozenset({COMPLIANCE, FINANCE, OPERATOR}),
    "ComplianceService/ListControlEvidence": DISCREET,
    "ApprovalService/PublishApprovalPolicy": frozenset({COMPLIANCE}),
    "ApprovalService/GetApprovalPolicy": _ALL,
    "ApprovalService/ListApprovalPolicies": _ALL,
    "ApprovalService/GetPendingCommand": _ALL,
    "ApprovalService/ListPendingCommands": _ALL,
    "ApprovalService/ApprovePendingCommand": _DECIDE,
    "ApprovalService/RejectPendingCommand": _DECIDE,
    "ApprovalService/WithdrawPendingCommand": _ALL,
}
#: By roles that are bounded to branches: what tells nothing of a borrower, what is about the loan,
#: party, collateral, event or pending command that it names, and lists that are narrowed. All else
#: is of the whole book, and such roles do not count there.
OPEN = frozenset(
    {
        *("ProductService/GetProduct", "ProductService/ListProducts", "LoanService/QuoteSchedule"),
        *("RateIndexService/GetRateIndex", "RateIndexService/ListRateIndexes"),
        *("RateIndexService/ListFixings", "CalendarService/GetCalendar"),
        *("CalendarService/ListCalendars", "EndOfDayService/GetEndOfDay"),
        *("AuditService/GetCheckpoint", "AuditService/ListCheckpoints"),
        *("AuditService/GetConsistencyProof", "AccessService/GetAccess"),
        *("AccessService/DelegateRole", "ApprovalService/GetApprovalPolicy"),
        *("ApprovalService/ListApprovalPolicies", "RuleService/GetRulebook"),
        *("RuleService/ListRulebooks", "RuleService/ListKnownFacts"),
    }
)
LISTING = frozenset(
    {
        *("LoanService/ListLoans", "PartyService/ListParties", "PartyService/CreateParty"),
        "ApprovalService/ListPendingCommands",
    }
)
_WHOLE = frozenset({"ImportLoans", "MoveLoan", "MoveParty", "ExportParty", "EraseParty"})
_BESIDE = frozenset(
    {
        *("AuditService/GetEvent", "AuditService/GetInclusionProof"),
        *("RiskService/PauseDelinquency", "RiskService/ResumeDelinquency"),
        *("RiskService/ListDelinquencySpans", "RiskService/SetCreditMarks"),
        *("RiskService/RecordRestructuring", "RiskService/ProposeClassification"),
        *("RiskService/ApproveClassification", "RiskService/GetCreditQuality"),
        *("RiskService/ListClassifications", "ApprovalService/GetPendingCommand"),
        *("ApprovalService/ApprovePendingCommand", "ApprovalService/RejectPendingCommand"),
        *("ApprovalService/WithdrawPendingCommand", "RuleService/RecordFacts"),
        *("RuleService/GetFacts", "RuleService/ListFactVersions", "RuleService/RecordContact"),
        "RuleService/ListContacts",
    }
)
NAMING = _BESIDE | {
    name
    for name in ALLOWED
    if name.startswith(("LoanService/", "PartyService/", "CollateralService/"))
    and name.partition("/")[2] not in _WHOLE
    and name not in OPEN | LISTING
}
#: Who may see personal data in clear, for a reason that is recorded; to others it is masked.
IN_CLEAR = frozenset({CHANNEL, CREDIT})
ROLES = sorted({role for roles in ALLOWED.values() for role in roles})
#: The same by the name of the method alone.
ALLOWED_BY_NAME: Mapping[str, frozenset[str]] = {
    name.partition("/")[2]: roles for name, roles in ALLOWED.items()
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a valid token names; `actor` goes into the history.

    Some of the roles may be bounded to branches: `reach`. `branches` are those that the call may
    tell of, None for the whole book. `carry` takes a command over before it is recorded: when it
    was asked for earlier, and is now done for its caller, or only looked at.
    """

    actor: str
    roles: frozenset[str]
    expires: int
    carry: Callable[[Any], Awaitable[bytes]] | None = None
    reach: Mapping[str, frozenset[str]] = field(default_factory=dict)
    branches: frozenset[str] | None = None


def require_role(caller: Caller, method: str) -> None:
    """Refuses a method that none of the caller's roles includes."""
    allowed = ALLOWED.get(method, frozenset())
    if not caller.roles & allowed:
        needed = ", ".join(sorted(allowed)) or "nobody"
        raise PermissionDenied(f"{method} needs one of: {needed}", method=method)
