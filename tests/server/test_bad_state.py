"""Requests that are well formed and cannot be done: dates, statuses, limits, accounts."""

from __future__ import annotations

from typing import Any

import pytest
from google.type import date_pb2

from loanledger import decimal_, money
from loanledger.v1 import audit_service_pb2 as au
from loanledger.v1 import end_of_day_service_pb2 as ed
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.bad import Bad, Stock, asked, cny, day, judge, post, repay
from tests.server.desk import BOOK

PRECONDITION = "FAILED_PRECONDITION"


def _no_day(title: str, year: int, month: int, dom: int) -> Bad:
    value = date_pb2.Date(year=year, month=month, day=dom)
    return Bad(f"date {title}", repay(cny("1"), value_date=value), fields="value_date")


def _unopen(title: str, text: str, **fields: Any) -> Bad:
    asking = repay(cny("1"), value_date=day(text), **fields)
    return Bad(title, asking, PRECONDITION, "DATE_NOT_OPEN")


def _journal_on(title: str, reason: str, **dates: str) -> Bad:
    days = {field: day(text) for field, text in dates.items()}
    return Bad(title, post(**days), PRECONDITION, reason)


def _period(title: str, month: str, kind: Any = lg.ClosePeriodRequest) -> Bad:
    name = f"{BOOK}/periods/{month}"
    return Bad(
        title, lambda stock: asked(kind, name=name, reason="why"), PRECONDITION, PRECONDITION
    )


def _month(month: str) -> Bad:
    name = f"{BOOK}/periods/{month}"
    return Bad(
        f"month {month!r}", lambda stock: asked(lg.ClosePeriodRequest, name=name), fields="name"
    )


DATES = [
    _no_day("0000-00-00", 0, 0, 0),
    _no_day("Feb 30", 2024, 2, 30),
    _no_day("Feb 29 of no leap year", 2023, 2, 29),
    _no_day("month 13", 2024, 13, 1),
    _no_day("a year only", 2024, 0, 0),
    _no_day("year 9999", 9999, 12, 31),
    _no_day("1899", 1899, 12, 31),
    _no_day("int32 max", 2**31 - 1, 1, 1),
    _no_day("negative", -1, -1, -1),
    _unopen("tomorrow", "2024-03-11"),
    _unopen("before disbursement", "2024-01-14"),
    _unopen("1900", "1900-01-01"),
    _journal_on("posting in a closed period", "PERIOD_CLOSED", posting_date="2024-01-31"),
    _journal_on("posting before the book opened", "PERIOD_CLOSED", posting_date="2023-12-31"),
    _journal_on("posting tomorrow", "DATE_NOT_OPEN", posting_date="2024-03-11"),
    _journal_on("value tomorrow", "DATE_NOT_OPEN", value_date="2024-03-11"),
    _period("closing a month that runs", "2024-03"),
    _period("closing out of order", "2024-04"),
    _period("closing twice", "2024-01"),
    _period("closing before the book", "2023-12"),
    _period("reopening an open month", "2024-02", lg.ReopenPeriodRequest),
    *map(
        _month,
        (
            "",
            "2024",
            "2024-13",
            "2024-1",
            "0000-01",
            "２０２４-01",
            "2024-01-01",
            "9999-12",
            "x" * 9999,
        ),
    ),
    Bad(
        "reversal into a closed period",
        lambda stock: asked(
            lg.ReverseJournalRequest,
            name=stock.journal,
            reason="why",
            posting_date=day("2024-01-31"),
        ),
        PRECONDITION,
        "PERIOD_CLOSED",
    ),
    Bad(
        "an end of day years ahead",
        lambda stock: asked(ed.RunEndOfDayRequest, business_date=day("2999-12-31")),
        PRECONDITION,
        "DATE_NOT_OPEN",
    ),
    Bad(
        "a payoff quote of yesterday",
        lambda stock: ln.QuotePayoffRequest(name=stock.active, value_date=day("2024-03-09")),
        PRECONDITION,
        "DATE_NOT_OPEN",
    ),
]

#: (request, its fields, the statuses of a loan that refuse it)
_ONE: dict[str, Any] = {"amount": cny("1")}
ACTIONS: list[tuple[Any, dict[str, Any], str]] = [
    (ln.ApproveLoanRequest, {}, "approved active repaid written_off closed"),
    (ln.DisburseLoanRequest, {}, "applied repaid written_off closed"),
    (ln.RepayLoanRequest, _ONE, "applied approved written_off closed"),
    (ln.PayOffLoanRequest, _ONE, "applied approved repaid written_off closed"),
    (ln.ChargeLoanRequest, _ONE, "applied approved repaid written_off closed"),
    (
        ln.WaiveLoanRequest,
        {"fee": cny("1"), "reason": "why"},
        "applied approved repaid written_off closed",
    ),
    (ln.WriteOffLoanRequest, {"reason": "why"}, "applied approved repaid written_off closed"),
    (ln.RecordRecoveryRequest, _ONE, "applied approved active repaid closed"),
    (ln.RefundCreditRequest, _ONE, "applied approved written_off closed"),
    (ln.CloseLoanRequest, {}, "active closed"),
    (ln.QuotePayoffRequest, {}, "applied approved repaid written_off closed"),
]
STATUSES = [
    Bad(
        f"{kind.DESCRIPTOR.name} when {status}",
        lambda stock, k=kind, f=fields, s=status: asked(k, name=getattr(stock, s), **f),
        PRECONDITION,
        "LOAN_STATUS",
    )
    for kind, fields, statuses in ACTIONS
    for status in statuses.split()
]


def _limit(title: str, kind: Any, status: str, code: str = "AMOUNT_EXCEEDED", **f: Any) -> Bad:
    return Bad(
        title, lambda stock: asked(kind, name=getattr(stock, status), **f), PRECONDITION, code
    )


LIMITS = [
    _limit(
        "approval above what was asked", ln.ApproveLoanRequest, "applied", amount=cny("1200.01")
    ),
    _limit("payout above the approval", ln.DisburseLoanRequest, "approved", amount=cny("1200.01")),
    _limit("a second payout", ln.DisburseLoanRequest, "active", amount=cny("0.01")),
    _limit("a second full payout", ln.DisburseLoanRequest, "active", PRECONDITION),
    _limit("a payoff that is too small", ln.PayOffLoanRequest, "active", amount=cny("1200")),
    _limit(
        "recovery above the loss", ln.RecordRecoveryRequest, "written_off", amount=cny("1200.01")
    ),
    _limit("waiver of what is not owed", ln.WaiveLoanRequest, "active", fee=cny("1"), reason="why"),
    _limit(
        "refund of what is not held",
        ln.RefundCreditRequest,
        "active",
        "INSUFFICIENT_BALANCE",
        amount=cny("1"),
    ),
    _limit("refund of nothing", ln.RefundCreditRequest, "repaid", PRECONDITION),
]


def _terms_of_loan(title: str, fields: str, **given: Any) -> Bad:
    plain = {
        "product": f"{BOOK}/products/plain",
        "amount": cny("5"),
        "annual_rate": decimal_("0.06"),
        "instalments": 12,
    }
    return Bad(
        title,
        lambda stock: asked(ln.OpenLoanRequest, party=stock.party, **plain | given),
        fields=fields,
    )


LOANS = [
    _terms_of_loan("product's currency is another", "amount", amount=money("5", "EUR")),
    _terms_of_loan(
        "rate and term beyond the product",
        "annual_rate instalments",
        annual_rate=decimal_("1.5"),
        instalments=361,
    ),
    _terms_of_loan("term of nothing", "instalments", instalments=0),
    _terms_of_loan("negative term", "instalments", instalments=-1),
    _terms_of_loan("term of 10^9", "instalments", instalments=10**9),
    Bad(
        "party that is not there",
        lambda stock: asked(
            ln.OpenLoanRequest,
            party=f"{BOOK}/parties/001-000000000000",
            product=f"{BOOK}/products/plain",
            amount=cny("5"),
            annual_rate=decimal_("0.06"),
            instalments=12,
        ),
        "NOT_FOUND",
        "NOT_FOUND",
    ),
    Bad(
        "waiver in a currency that is not the loan's",
        lambda stock: asked(
            ln.WaiveLoanRequest, name=stock.active, fee=money("1", "EUR"), reason="why"
        ),
        fields="fee",
    ),
    Bad(
        "waiver in two currencies",
        lambda stock: asked(
            ln.WaiveLoanRequest,
            name=stock.active,
            fee=money("1", "EUR"),
            interest=cny("1"),
            reason="why",
        ),
        fields="interest",
    ),
    Bad(
        "waiver of nothing without a reason",
        lambda stock: asked(ln.WaiveLoanRequest, name=stock.active),
        fields="interest reason",
    ),
    Bad(
        "a quote whose first due date is its start",
        lambda stock: ln.QuoteScheduleRequest(
            product=f"{BOOK}/products/plain",
            amount=cny("5"),
            annual_rate=decimal_("0.06"),
            instalments=3,
            start=day("2024-03-10"),
            first_due=day("2024-03-10"),
        ),
        fields="first_due",
    ),
    Bad(
        "reversal of an event that is no loan's",
        lambda stock: asked(
            ln.ReverseLoanEventRequest,
            event=stock.journal.replace("journals", "events").removesuffix("-1"),
            reason="why",
        ),
        "NOT_FOUND",
        "NOT_FOUND",
    ),
    Bad(
        "reversal of an event that is not there",
        lambda stock: asked(
            ln.ReverseLoanEventRequest, event=f"{BOOK}/events/000-{10**17}", reason="why"
        ),
        "NOT_FOUND",
        "NOT_FOUND",
    ),
]


PROOFS = [
    Bad(
        "consistency from nothing",
        lambda stock: au.GetConsistencyProofRequest(parent=BOOK, old_size=0, new_size=1),
        fields="old_size",
    ),
    Bad(
        "consistency of trees that are not there",
        lambda stock: au.GetConsistencyProofRequest(parent=BOOK, old_size=1, new_size=10**9),
        "NOT_FOUND",
        "NOT_FOUND",
    ),
    Bad(
        "inclusion of what is not sealed",
        lambda stock: au.GetInclusionProofRequest(name=stock.latest()),
        PRECONDITION,
        PRECONDITION,
    ),
    Bad(
        "a stream from before the first leaf",
        lambda stock: au.StreamEventsRequest(parent=BOOK, start_index=-1),
        fields="start_index",
    ),
]


@pytest.mark.parametrize("bad", [*DATES, *STATUSES, *LIMITS, *LOANS, *PROOFS], ids=str)
def test_it_is_refused_for_its_reason_and_nothing_is_written(stock: Stock, bad: Bad) -> None:
    judge(stock, bad)


def test_the_status_is_checked_for_every_kind_of_command() -> None:
    assert len({kind.DESCRIPTOR.name for kind, _, _ in ACTIONS}) == 11
