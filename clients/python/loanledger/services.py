"""The services of the contract: one line an RPC, and a test holds it to the .proto files."""

from __future__ import annotations

from typing import Generic

from loanledger.compliance_service import ComplianceService
from loanledger.methods import Exchange, Paged, Service, Stream, T, Unary
from loanledger.risk_services import (
    AccessService,
    ApprovalService,
    CollateralService,
    RiskService,
    RuleService,
)
from loanledger.v1 import audit_service_pb2 as audit
from loanledger.v1 import calendar_service_pb2 as calendar
from loanledger.v1 import end_of_day_service_pb2 as end_of_day
from loanledger.v1 import ledger_service_pb2 as ledger
from loanledger.v1 import loan_service_pb2 as loan
from loanledger.v1 import party_service_pb2 as party
from loanledger.v1 import product_service_pb2 as product
from loanledger.v1 import rate_service_pb2 as rate
from loanledger.v1 import report_service_pb2 as report


class LedgerService(Service[T]):
    """The double-entry ledger: chart of accounts, journals, balances and accounting periods."""

    service = "loanledger.v1.LedgerService"

    create_account = Unary(ledger.CreateAccountRequest, ledger.Account)
    get_account = Unary(ledger.GetAccountRequest, ledger.Account)
    list_accounts = Paged(ledger.ListAccountsRequest, ledger.ListAccountsResponse, ledger.Account)
    post_journal = Unary(ledger.PostJournalRequest, ledger.Journal)
    batch_post_journals = Unary(ledger.BatchPostJournalsRequest, ledger.BatchPostJournalsResponse)
    stream_post_journals = Exchange(
        ledger.BatchPostJournalsRequest, ledger.BatchPostJournalsResponse
    )
    reverse_journal = Unary(ledger.ReverseJournalRequest, ledger.Journal)
    get_journal = Unary(ledger.GetJournalRequest, ledger.Journal)
    list_journals = Paged(ledger.ListJournalsRequest, ledger.ListJournalsResponse, ledger.Journal)
    list_entries = Paged(ledger.ListEntriesRequest, ledger.ListEntriesResponse, ledger.PostedEntry)
    list_balances = Unary(ledger.ListBalancesRequest, ledger.ListBalancesResponse)
    get_trial_balance = Unary(ledger.GetTrialBalanceRequest, ledger.TrialBalance)
    list_periods = Unary(ledger.ListPeriodsRequest, ledger.ListPeriodsResponse)
    close_period = Unary(ledger.ClosePeriodRequest, ledger.Period)
    reopen_period = Unary(ledger.ReopenPeriodRequest, ledger.Period)
    transfer_result = Unary(ledger.TransferResultRequest, ledger.ResultTransfer)
    reverse_result_transfer = Unary(ledger.ReverseResultTransferRequest, ledger.ResultTransfer)
    verify_ledger = Stream(ledger.VerifyLedgerRequest, ledger.VerifyLedgerProgress)


class ProductService(Service[T]):
    """Products are versions of terms; a published version is never changed."""

    service = "loanledger.v1.ProductService"

    publish_product = Unary(product.PublishProductRequest, product.Product)
    get_product = Unary(product.GetProductRequest, product.Product)
    list_products = Paged(
        product.ListProductsRequest, product.ListProductsResponse, product.Product
    )


class RateIndexService(Service[T]):
    """Reference rates such as LPR-1Y, which finance keeps and floating loans follow."""

    service = "loanledger.v1.RateIndexService"

    create_rate_index = Unary(rate.CreateRateIndexRequest, rate.RateIndex)
    get_rate_index = Unary(rate.GetRateIndexRequest, rate.RateIndex)
    list_rate_indexes = Paged(
        rate.ListRateIndexesRequest, rate.ListRateIndexesResponse, rate.RateIndex
    )
    publish_fixing = Unary(rate.PublishFixingRequest, rate.Fixing)
    list_fixings = Paged(rate.ListFixingsRequest, rate.ListFixingsResponse, rate.Fixing)
    reset_rates = Stream(rate.ResetRatesRequest, rate.ResetRatesResponse)


class CalendarService(Service[T]):
    """Business calendars of the book: a base with days of its own, as versions."""

    service = "loanledger.v1.CalendarService"

    publish_calendar = Unary(calendar.PublishCalendarRequest, calendar.Calendar)
    get_calendar = Unary(calendar.GetCalendarRequest, calendar.Calendar)
    list_calendars = Paged(
        calendar.ListCalendarsRequest, calendar.ListCalendarsResponse, calendar.Calendar
    )


class PartyService(Service[T]):
    """Borrowers. Personal data is encrypted under the party's own key before it enters history."""

    service = "loanledger.v1.PartyService"

    create_party = Unary(party.CreatePartyRequest, party.Party)
    get_party = Unary(party.GetPartyRequest, party.Party)
    list_parties = Paged(party.ListPartiesRequest, party.ListPartiesResponse, party.Party)
    export_party = Stream(party.ExportPartyRequest, party.ExportPartyResponse)
    move_party = Unary(party.MovePartyRequest, party.Party)
    erase_party = Unary(party.ErasePartyRequest, party.Party)


class LoanService(Service[T]):
    """The life of a loan. Every mutation carries a request id and may carry a reason."""

    service = "loanledger.v1.LoanService"

    quote_schedule = Unary(loan.QuoteScheduleRequest, loan.Schedule)
    open_loan = Unary(loan.OpenLoanRequest, loan.Loan)
    import_loans = Unary(loan.ImportLoansRequest, loan.ImportLoansResponse)
    approve_loan = Unary(loan.ApproveLoanRequest, loan.LoanCommandResponse)
    disburse_loan = Unary(loan.DisburseLoanRequest, loan.LoanCommandResponse)
    repay_loan = Unary(loan.RepayLoanRequest, loan.LoanCommandResponse)
    reverse_loan_event = Unary(loan.ReverseLoanEventRequest, loan.LoanCommandResponse)
    waive_loan = Unary(loan.WaiveLoanRequest, loan.LoanCommandResponse)
    charge_loan = Unary(loan.ChargeLoanRequest, loan.LoanCommandResponse)
    adjust_charge = Unary(loan.AdjustChargeRequest, loan.LoanCommandResponse)
    waive_charge = Unary(loan.WaiveChargeRequest, loan.LoanCommandResponse)
    record_down_payment = Unary(loan.RecordDownPaymentRequest, loan.LoanCommandResponse)
    record_refund = Unary(loan.RecordRefundRequest, loan.LoanCommandResponse)
    record_goodwill_credit = Unary(loan.RecordGoodwillCreditRequest, loan.LoanCommandResponse)
    record_chargeback = Unary(loan.RecordChargebackRequest, loan.LoanCommandResponse)
    change_limit = Unary(loan.ChangeLimitRequest, loan.LoanCommandResponse)
    change_rate = Unary(loan.ChangeRateRequest, loan.LoanCommandResponse)
    reset_index_rate = Unary(loan.ResetIndexRateRequest, loan.LoanCommandResponse)
    pause_interest = Unary(loan.PauseInterestRequest, loan.LoanCommandResponse)
    change_due_date = Unary(loan.ChangeDueDateRequest, loan.LoanCommandResponse)
    grant_payment_holiday = Unary(loan.GrantPaymentHolidayRequest, loan.LoanCommandResponse)
    reschedule_loan = Unary(loan.RescheduleLoanRequest, loan.LoanCommandResponse)
    reage_loan = Unary(loan.ReageLoanRequest, loan.LoanCommandResponse)
    reamortize_loan = Unary(loan.ReamortizeLoanRequest, loan.LoanCommandResponse)
    capitalize_interest = Unary(loan.CapitalizeInterestRequest, loan.LoanCommandResponse)
    assume_loan = Unary(loan.AssumeLoanRequest, loan.LoanCommandResponse)
    move_loan = Unary(loan.MoveLoanRequest, loan.LoanCommandResponse)
    suspend_interest = Unary(loan.SuspendInterestRequest, loan.LoanCommandResponse)
    resume_interest = Unary(loan.ResumeInterestRequest, loan.LoanCommandResponse)
    charge_off_loan = Unary(loan.ChargeOffLoanRequest, loan.LoanCommandResponse)
    flag_fraud = Unary(loan.FlagFraudRequest, loan.LoanCommandResponse)
    write_down_loan = Unary(loan.WriteDownLoanRequest, loan.LoanCommandResponse)
    sell_loan = Unary(loan.SellLoanRequest, loan.LoanCommandResponse)
    buy_back_loan = Unary(loan.BuyBackLoanRequest, loan.LoanCommandResponse)
    redenominate_loan = Unary(loan.RedenominateLoanRequest, loan.RedenominateLoanResponse)
    refinance_loan = Unary(loan.RefinanceLoanRequest, loan.RefinanceLoanResponse)
    quote_payoff = Unary(loan.QuotePayoffRequest, loan.PayoffQuote)
    pay_off_loan = Unary(loan.PayOffLoanRequest, loan.LoanCommandResponse)
    write_off_loan = Unary(loan.WriteOffLoanRequest, loan.LoanCommandResponse)
    record_recovery = Unary(loan.RecordRecoveryRequest, loan.LoanCommandResponse)
    refund_credit = Unary(loan.RefundCreditRequest, loan.LoanCommandResponse)
    close_loan = Unary(loan.CloseLoanRequest, loan.LoanCommandResponse)
    get_loan = Unary(loan.GetLoanRequest, loan.Loan)
    list_loans = Paged(loan.ListLoansRequest, loan.ListLoansResponse, loan.Loan)
    get_schedule = Unary(loan.GetScheduleRequest, loan.Schedule)
    list_transactions = Paged(
        loan.ListTransactionsRequest, loan.ListTransactionsResponse, loan.LoanTransaction
    )
    set_standing_instruction = Unary(loan.SetStandingInstructionRequest, loan.StandingInstruction)
    end_standing_instruction = Unary(loan.EndStandingInstructionRequest, loan.StandingInstruction)
    get_standing_instruction = Unary(loan.GetStandingInstructionRequest, loan.StandingInstruction)
    get_statement = Unary(loan.GetStatementRequest, loan.Statement)
    explain_loan = Unary(loan.ExplainLoanRequest, loan.LoanExplanation)


class EndOfDayService(Service[T]):
    """Close of business: accrue, make due, assess, advance the business date."""

    service = "loanledger.v1.EndOfDayService"

    run_end_of_day = Stream(end_of_day.RunEndOfDayRequest, end_of_day.EndOfDayProgress)
    get_end_of_day = Unary(end_of_day.GetEndOfDayRequest, end_of_day.EndOfDayStatus)
    list_end_of_day_steps = Unary(
        end_of_day.ListEndOfDayStepsRequest, end_of_day.ListEndOfDayStepsResponse
    )
    list_reminders = Paged(
        end_of_day.ListRemindersRequest, end_of_day.ListRemindersResponse, end_of_day.Reminder
    )
    list_set_aside_loans = Paged(
        end_of_day.ListSetAsideLoansRequest,
        end_of_day.ListSetAsideLoansResponse,
        end_of_day.SetAsideLoan,
    )
    resume_loan = Unary(end_of_day.ResumeLoanRequest, loan.LoanCommandResponse)


class AuditService(Service[T]):
    """The immutable history and its proofs."""

    service = "loanledger.v1.AuditService"

    list_events = Paged(audit.ListEventsRequest, audit.ListEventsResponse, audit.Event)
    stream_events = Stream(audit.StreamEventsRequest, audit.Event)
    get_event = Unary(audit.GetEventRequest, audit.Event)
    create_checkpoint = Unary(audit.CreateCheckpointRequest, audit.Checkpoint)
    get_checkpoint = Unary(audit.GetCheckpointRequest, audit.Checkpoint)
    list_checkpoints = Paged(
        audit.ListCheckpointsRequest, audit.ListCheckpointsResponse, audit.Checkpoint
    )
    get_inclusion_proof = Unary(audit.GetInclusionProofRequest, audit.InclusionProof)
    get_consistency_proof = Unary(audit.GetConsistencyProofRequest, audit.ConsistencyProof)
    export_history = Stream(audit.ExportHistoryRequest, audit.ExportHistoryResponse)


class ReportService(Service[T]):
    """What finance reads."""

    service = "loanledger.v1.ReportService"

    get_trial_balance = Unary(ledger.GetTrialBalanceRequest, ledger.TrialBalance)
    get_tie_out = Unary(report.GetTieOutRequest, report.TieOut)
    get_delinquency = Unary(report.GetDelinquencyRequest, report.Delinquency)


class Services(Generic[T]):
    """All services over one transport."""

    def __init__(self, transport: T) -> None:
        self.transport = transport
        self.ledger = LedgerService(transport)
        self.products = ProductService(transport)
        self.rates = RateIndexService(transport)
        self.calendars = CalendarService(transport)
        self.parties = PartyService(transport)
        self.loans = LoanService(transport)
        self.collateral = CollateralService(transport)
        self.end_of_day = EndOfDayService(transport)
        self.audit = AuditService(transport)
        self.reports = ReportService(transport)
        self.risk = RiskService(transport)
        self.approvals = ApprovalService(transport)
        self.access = AccessService(transport)
        self.rules = RuleService(transport)
        self.compliance = ComplianceService(transport)
