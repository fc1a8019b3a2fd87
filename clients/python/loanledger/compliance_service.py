"""The method table of the service that compliance works with."""

from __future__ import annotations

from loanledger.methods import Paged, Service, T, Unary
from loanledger.v1 import compliance_service_pb2 as pb


class ComplianceService(Service[T]):
    """What is watched, cases, and the registers of the compliance programme."""

    service = "loanledger.v1.ComplianceService"

    publish_monitoring_policy = Unary(pb.PublishMonitoringPolicyRequest, pb.MonitoringPolicy)
    get_monitoring_policy = Unary(pb.GetMonitoringPolicyRequest, pb.MonitoringPolicy)
    list_monitoring_policies = Paged(
        pb.ListMonitoringPoliciesRequest, pb.ListMonitoringPoliciesResponse, pb.MonitoringPolicy
    )
    list_alerts = Paged(pb.ListAlertsRequest, pb.ListAlertsResponse, pb.RegisterItem)
    get_alert = Unary(pb.GetAlertRequest, pb.RegisterItem)
    dismiss_alert = Unary(pb.DismissAlertRequest, pb.RegisterItem)
    open_case = Unary(pb.OpenCaseRequest, pb.RegisterItem)
    update_case = Unary(pb.UpdateCaseRequest, pb.RegisterItem)
    close_case = Unary(pb.CloseCaseRequest, pb.RegisterItem)
    get_case = Unary(pb.GetCaseRequest, pb.RegisterItem)
    list_cases = Paged(pb.ListCasesRequest, pb.ListCasesResponse, pb.RegisterItem)
    get_suspicion_report = Unary(pb.GetSuspicionReportRequest, pb.SuspicionReport)
    open_register_item = Unary(pb.OpenRegisterItemRequest, pb.RegisterItem)
    update_register_item = Unary(pb.UpdateRegisterItemRequest, pb.RegisterItem)
    get_register_item = Unary(pb.GetRegisterItemRequest, pb.RegisterItem)
    list_register_items = Paged(
        pb.ListRegisterItemsRequest, pb.ListRegisterItemsResponse, pb.RegisterItem
    )
    draw_audit_sample = Unary(pb.DrawAuditSampleRequest, pb.RegisterItem)
    book_risk_amount = Unary(pb.BookRiskAmountRequest, pb.RegisterItem)
    get_risk_indicators = Unary(pb.GetRiskIndicatorsRequest, pb.RiskIndicators)
    run_self_test = Unary(pb.RunSelfTestRequest, pb.RegisterItem)
    list_control_evidence = Paged(
        pb.ListControlEvidenceRequest, pb.ListControlEvidenceResponse, pb.ControlEvidence
    )
