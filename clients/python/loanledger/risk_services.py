"""The services of collateral, credit risk and control, in the way of `services`."""

from __future__ import annotations

from loanledger.methods import Paged, Service, Stream, T, Unary
from loanledger.v1 import access_service_pb2 as access
from loanledger.v1 import approval_service_pb2 as approval
from loanledger.v1 import collateral_service_pb2 as collateral
from loanledger.v1 import risk_service_pb2 as risk
from loanledger.v1 import rule_service_pb2 as rule


class CollateralService(Service[T]):
    """Collateral: what it is worth, which loans it secures, and what becomes of it."""

    service = "loanledger.v1.CollateralService"

    register_collateral = Unary(collateral.RegisterCollateralRequest, collateral.Collateral)
    get_collateral = Unary(collateral.GetCollateralRequest, collateral.Collateral)
    list_collaterals = Paged(
        collateral.ListCollateralsRequest,
        collateral.ListCollateralsResponse,
        collateral.Collateral,
    )
    value_collateral = Unary(collateral.ValueCollateralRequest, collateral.Collateral)
    list_valuations = Paged(
        collateral.ListValuationsRequest, collateral.ListValuationsResponse, collateral.Valuation
    )
    pledge_collateral = Unary(collateral.PledgeCollateralRequest, collateral.Collateral)
    release_collateral = Unary(collateral.ReleaseCollateralRequest, collateral.Collateral)
    get_coverage = Unary(collateral.GetCoverageRequest, collateral.Coverage)
    repossess_collateral = Unary(collateral.RepossessCollateralRequest, collateral.Collateral)
    reverse_repossession = Unary(collateral.ReverseRepossessionRequest, collateral.Collateral)
    impair_collateral = Unary(collateral.ImpairCollateralRequest, collateral.Collateral)
    dispose_collateral = Unary(collateral.DisposeCollateralRequest, collateral.Collateral)


class RiskService(Service[T]):
    """Credit quality: how loans age, are classified, and what is set aside for losses."""

    service = "loanledger.v1.RiskService"

    publish_credit_policy = Unary(risk.PublishCreditPolicyRequest, risk.CreditPolicy)
    get_credit_policy = Unary(risk.GetCreditPolicyRequest, risk.CreditPolicy)
    list_credit_policies = Paged(
        risk.ListCreditPoliciesRequest, risk.ListCreditPoliciesResponse, risk.CreditPolicy
    )
    pause_delinquency = Unary(risk.PauseDelinquencyRequest, risk.DelinquencyPause)
    resume_delinquency = Unary(risk.ResumeDelinquencyRequest, risk.DelinquencyPause)
    list_delinquency_spans = Paged(
        risk.ListDelinquencySpansRequest, risk.ListDelinquencySpansResponse, risk.DelinquencySpan
    )
    get_delinquency_buckets = Unary(risk.GetDelinquencyBucketsRequest, risk.DelinquencyBuckets)
    set_credit_marks = Unary(risk.SetCreditMarksRequest, risk.CreditQuality)
    record_restructuring = Unary(risk.RecordRestructuringRequest, risk.CreditQuality)
    propose_classification = Unary(risk.ProposeClassificationRequest, risk.ClassificationProposal)
    approve_classification = Unary(risk.ApproveClassificationRequest, risk.CreditQuality)
    get_credit_quality = Unary(risk.GetCreditQualityRequest, risk.CreditQuality)
    list_classifications = Paged(
        risk.ListClassificationsRequest, risk.ListClassificationsResponse, risk.Classification
    )
    get_quality_report = Unary(risk.GetQualityReportRequest, risk.QualityReport)
    assess_allowance = Unary(risk.AssessAllowanceRequest, risk.CreditQuality)
    list_allowance_lines = Paged(
        risk.ListAllowanceLinesRequest, risk.ListAllowanceLinesResponse, risk.AllowanceLine
    )
    get_allowance_movements = Unary(risk.GetAllowanceMovementsRequest, risk.AllowanceMovements)
    get_provision_ratios = Unary(risk.GetProvisionRatiosRequest, risk.ProvisionRatios)


class ApprovalService(Service[T]):
    """Four eyes: which commands wait for others, and what becomes of those that wait."""

    service = "loanledger.v1.ApprovalService"

    publish_approval_policy = Unary(approval.PublishApprovalPolicyRequest, approval.ApprovalPolicy)
    get_approval_policy = Unary(approval.GetApprovalPolicyRequest, approval.ApprovalPolicy)
    list_approval_policies = Paged(
        approval.ListApprovalPoliciesRequest,
        approval.ListApprovalPoliciesResponse,
        approval.ApprovalPolicy,
    )
    get_pending_command = Unary(approval.GetPendingCommandRequest, approval.PendingCommand)
    list_pending_commands = Paged(
        approval.ListPendingCommandsRequest,
        approval.ListPendingCommandsResponse,
        approval.PendingCommand,
    )
    approve_pending_command = Unary(approval.ApprovePendingCommandRequest, approval.PendingCommand)
    reject_pending_command = Unary(approval.RejectPendingCommandRequest, approval.PendingCommand)
    withdraw_pending_command = Unary(
        approval.WithdrawPendingCommandRequest, approval.PendingCommand
    )


class RuleService(Service[T]):
    """Rules as data, the facts that they look at, contacts, and what was refused."""

    service = "loanledger.v1.RuleService"

    publish_rulebook = Unary(rule.PublishRulebookRequest, rule.Rulebook)
    get_rulebook = Unary(rule.GetRulebookRequest, rule.Rulebook)
    list_rulebooks = Paged(rule.ListRulebooksRequest, rule.ListRulebooksResponse, rule.Rulebook)
    try_rulebook = Stream(rule.TryRulebookRequest, rule.TryRulebookResponse)
    list_known_facts = Unary(rule.ListKnownFactsRequest, rule.ListKnownFactsResponse)
    record_facts = Unary(rule.RecordFactsRequest, rule.SubjectFacts)
    get_facts = Unary(rule.GetFactsRequest, rule.SubjectFacts)
    list_fact_versions = Unary(rule.ListFactVersionsRequest, rule.ListFactVersionsResponse)
    record_contact = Unary(rule.RecordContactRequest, rule.Contact)
    list_contacts = Unary(rule.ListContactsRequest, rule.ListContactsResponse)
    list_refusals = Paged(rule.ListRefusalsRequest, rule.ListRefusalsResponse, rule.Refusal)


class AccessService(Service[T]):
    """Who has which role, from when until when, and by whom."""

    service = "loanledger.v1.AccessService"

    assign_role = Unary(access.AssignRoleRequest, access.RoleAssignment)
    end_role_assignment = Unary(access.EndRoleAssignmentRequest, access.RoleAssignment)
    delegate_role = Unary(access.DelegateRoleRequest, access.RoleAssignment)
    list_role_assignments = Paged(
        access.ListRoleAssignmentsRequest,
        access.ListRoleAssignmentsResponse,
        access.RoleAssignment,
    )
    get_access = Unary(access.GetAccessRequest, access.Access)
    list_role_conflicts = Unary(access.ListRoleConflictsRequest, access.ListRoleConflictsResponse)
    revoke_tokens = Unary(access.RevokeTokensRequest, access.TokenRevocation)
