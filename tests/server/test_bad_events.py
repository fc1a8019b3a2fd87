"""Requests for a loan's events that cannot be: every field that is wrong is named, at once."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import decimal_, money
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from tests.server.bad import TODAY, Bad, Stock, asked, cny, day, judge, raw
from tests.server.desk import BOOK

PRECONDITION = "FAILED_PRECONDITION"
ONE: dict[str, Any] = {"amount": cny("1")}
WHY: dict[str, Any] = {"reason": "why"}
RATE: dict[str, Any] = {"annual_rate": decimal_("0.05")}
DUES: dict[str, Any] = {"from_due": day("2024-03-15"), "to_due": day("2024-03-20")}
MONTHLY = pr.Frequency(unit="FREQUENCY_UNIT_MONTH", every=1)
REAGE: dict[str, Any] = {"start": day("2024-04-01"), "frequency": MONTHLY, "instalments": 6}

#: Every event that an active loan takes and others do not, asked for as it should be.
EVENTS: list[tuple[Any, dict[str, Any]]] = [
    (ln.RecordDownPaymentRequest, ONE),
    (ln.RecordRefundRequest, {**ONE, "source": "REFUND_SOURCE_MERCHANT"}),
    (ln.RecordGoodwillCreditRequest, {**ONE, **WHY}),
    (ln.ChangeLimitRequest, {"limit": cny("1200")}),
    (ln.ChangeRateRequest, RATE),
    (ln.ResetIndexRateRequest, {**RATE, "index": "LPR-1Y", "fixing_date": day(TODAY)}),
    (ln.PauseInterestRequest, {"until": day("2024-03-20")}),
    (ln.ChangeDueDateRequest, DUES),
    (ln.GrantPaymentHolidayRequest, {"instalments": 1}),
    (ln.RescheduleLoanRequest, {"extra_instalments": 1}),
    (ln.ReageLoanRequest, REAGE),
    (ln.ReamortizeLoanRequest, {}),
    (ln.CapitalizeInterestRequest, {}),
    (ln.SuspendInterestRequest, {}),
    (ln.ResumeInterestRequest, {}),
    (ln.ChargeOffLoanRequest, WHY),
    (ln.FlagFraudRequest, {**WHY, "value": True}),
    (ln.WriteDownLoanRequest, {**ONE, **WHY}),
    (ln.SellLoanRequest, {"price": cny("1"), "buyer": "Fund"}),
    (ln.BuyBackLoanRequest, ONE),
]
_ALSO_REPAID = (
    ln.RecordDownPaymentRequest,
    ln.RecordRefundRequest,
    ln.RecordGoodwillCreditRequest,
)
STATUSES = [
    Bad(
        f"{kind.DESCRIPTOR.name} when {status}",
        lambda stock, k=kind, f=fields, s=status: asked(k, name=getattr(stock, s), **f),
        PRECONDITION,
        "LOAN_STATUS",
    )
    for kind, fields in EVENTS
    for status in ("applied", "approved", "repaid", "written_off", "closed")
    if status != "repaid" or kind not in _ALSO_REPAID
    if status != "approved" or kind is not ln.ChangeLimitRequest
]


def _event(title: str, kind: Any, fields: str, **given: Any) -> Bad:
    return Bad(title, lambda stock: asked(kind, name=stock.active, **given), fields=fields)


def _naming(title: str, kind: Any, field: str, fields: str = "", **given: Any) -> Bad:
    """An event that names the disbursement where it should name another."""

    def ask(stock: Stock) -> Any:
        return asked(kind, name=stock.active, **{field: stock.disbursement} | given)

    return Bad(title, ask, fields=fields)


FIELDS = [
    _event("refund of nothing from nobody", ln.RecordRefundRequest, "source amount"),
    _event("refund from source 99", ln.RecordRefundRequest, "source", source=99, **ONE),
    _event("goodwill without a reason", ln.RecordGoodwillCreditRequest, "amount reason"),
    _event(
        "down payment with a long reference",
        ln.RecordDownPaymentRequest,
        "amount reference",
        amount=raw(-1),
        reference="x" * 201,
    ),
    _event("chargeback of nothing", ln.RecordChargebackRequest, "repayment amount"),
    _naming(
        "chargeback in euro",
        ln.RecordChargebackRequest,
        "repayment",
        "amount",
        amount=money("1", "EUR"),
    ),
    _event("adjustment of nothing", ln.AdjustChargeRequest, "charge amount"),
    _event("waiver of no charge", ln.WaiveChargeRequest, "charge reason"),
    _event(
        "an event of another stripe",
        ln.WaiveChargeRequest,
        "charge reason",
        charge=f"{BOOK}/journals/1",
    ),
    _event(
        "a charge of principal", ln.ChargeLoanRequest, "part", part="COMPONENT_PRINCIPAL", **ONE
    ),
    _event(
        "a charge due before its value date",
        ln.ChargeLoanRequest,
        "due_date",
        due_date=day("2024-03-09"),
        **ONE,
    ),
    _event(
        "a charge due in a hundred years",
        ln.ChargeLoanRequest,
        "due_date",
        due_date=day("2124-03-09"),
        **ONE,
    ),
    _event("no limit", ln.ChangeLimitRequest, "limit"),
    _event("a limit below zero", ln.ChangeLimitRequest, "limit", limit=cny("-1")),
    _event("no rate", ln.ChangeRateRequest, "annual_rate"),
    _event("a negative rate", ln.ChangeRateRequest, "annual_rate", annual_rate=decimal_("-0.01")),
    _event("a rate of 1,001 %", ln.ChangeRateRequest, "annual_rate", annual_rate=decimal_("10.01")),
    _event("no index", ln.ResetIndexRateRequest, "annual_rate index fixing_date"),
    _event(
        "a fixing of tomorrow",
        ln.ResetIndexRateRequest,
        "fixing_date",
        **RATE,
        index="LPR",
        fixing_date=day("2024-03-11"),
    ),
    _event("a pause without an end", ln.PauseInterestRequest, "until"),
    _event("a pause of nothing", ln.PauseInterestRequest, "until", until=day(TODAY)),
    _event("a pause for good", ln.PauseInterestRequest, "until", until=day("2999-01-01")),
    _event("no due dates", ln.ChangeDueDateRequest, "from_due to_due"),
    _event(
        "due dates that have passed",
        ln.ChangeDueDateRequest,
        "from_due to_due",
        from_due=day("2024-02-15"),
        to_due=day(TODAY),
    ),
    _event("a holiday of nothing", ln.GrantPaymentHolidayRequest, "instalments"),
    _event("a holiday of 601", ln.GrantPaymentHolidayRequest, "instalments", instalments=601),
    _event("a reschedule of nothing", ln.RescheduleLoanRequest, "extra_instalments"),
    _event(
        "a reschedule of one due date",
        ln.RescheduleLoanRequest,
        "to_due annual_rate",
        from_due=day("2024-03-15"),
        annual_rate=decimal_("11"),
    ),
    _event(
        "reageing without terms",
        ln.ReageLoanRequest,
        "start frequency.unit frequency.every instalments",
    ),
    _event(
        "reageing into the past for ages",
        ln.ReageLoanRequest,
        "start instalments",
        start=day(TODAY),
        frequency=pr.Frequency(unit="FREQUENCY_UNIT_MONTH", every=12),
        instalments=600,
    ),
    _event("no new borrower", ln.AssumeLoanRequest, "party reason"),
    _event("fraud without a reason", ln.FlagFraudRequest, "reason"),
    _event("a charge-off without a reason", ln.ChargeOffLoanRequest, "reason"),
    _event("a write-down of nothing", ln.WriteDownLoanRequest, "amount reason"),
    _event("a sale for nothing to nobody", ln.SellLoanRequest, "price buyer"),
    _event("a sale in euro", ln.SellLoanRequest, "price", price=money("1", "EUR"), buyer="Fund"),
    _event("a refinancing into no loan", ln.RefinanceLoanRequest, "into", into=f"{BOOK}/parties/1"),
    Bad(
        "a refinancing into itself",
        lambda stock: asked(ln.RefinanceLoanRequest, name=stock.active, into=stock.active),
        fields="into",
    ),
]


def _refused(title: str, kind: Any, code: str, **given: Any) -> Bad:
    return Bad(title, lambda stock: asked(kind, name=stock.active, **given), PRECONDITION, code)


STATE = [
    _refused("resuming what runs", ln.ResumeInterestRequest, PRECONDITION),
    _refused("buying back what was not sold", ln.BuyBackLoanRequest, "LOAN_STATUS", **ONE),
    _refused(
        "writing down all", ln.WriteDownLoanRequest, "AMOUNT_EXCEEDED", amount=cny("9999"), **WHY
    ),
    _refused("a holiday longer than the loan", ln.GrantPaymentHolidayRequest, PRECONDITION,
             instalments=12),
    Bad(
        "an instalment that is not there",
        lambda stock: asked(
            ln.ChangeDueDateRequest,
            name=stock.active,
            from_due=day("2024-03-16"),
            to_due=day("2024-03-20"),
        ),
        "NOT_FOUND",
        "NOT_FOUND",
    ),
    Bad(
        "a borrower who is not there",
        lambda stock: asked(
            ln.AssumeLoanRequest,
            name=stock.active,
            party=f"{BOOK}/parties/001-000000000000",
            **WHY,
        ),
        "NOT_FOUND",
        "NOT_FOUND",
    ),
    Bad(
        "the borrower who has it",
        lambda stock: asked(ln.AssumeLoanRequest, name=stock.active, party=stock.party, **WHY),
        PRECONDITION,
        PRECONDITION,
    ),
    Bad(
        "a chargeback of a disbursement",
        lambda stock: asked(
            ln.RecordChargebackRequest, name=stock.active, repayment=stock.disbursement, **ONE
        ),
        PRECONDITION,
        PRECONDITION,
    ),
    Bad(
        "a waiver of a charge that is none",
        lambda stock: asked(
            ln.WaiveChargeRequest, name=stock.active, charge=stock.disbursement, **WHY
        ),
        "NOT_FOUND",
        "NOT_FOUND",
    ),
]  # fmt: skip


@pytest.mark.parametrize("bad", [*FIELDS, *STATE, *STATUSES], ids=str)
def test_it_is_refused_for_its_reason_and_nothing_is_written(stock: Stock, bad: Bad) -> None:
    judge(stock, bad)


@pytest.mark.parametrize(("kind", "fields"), EVENTS, ids=lambda x: getattr(x, "__name__", ""))
def test_a_value_date_in_the_future_is_refused(
    stock: Stock, kind: Any, fields: dict[str, Any]
) -> None:
    def ask(stock: Stock) -> Any:
        return asked(kind, name=stock.active, value_date=day("2024-03-11"), **fields)

    judge(stock, Bad("tomorrow", ask, PRECONDITION, "DATE_NOT_OPEN"))
