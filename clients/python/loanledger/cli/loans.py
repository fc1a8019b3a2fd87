"""`loanledger loans`: what changes a loan. What only reads is in `loan_views.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from loanledger.cli import output
from loanledger.cli.command import Result, command, group
from loanledger.cli.params import (
    Amount,
    Because,
    Currency,
    Day,
    DryRun,
    Event,
    Instalments,
    Loan,
    Rate,
    Reason,
    Reference,
    RequestId,
    SomeAmount,
    ValueDate,
)
from loanledger.cli.session import Session
from loanledger.v1 import loan_service_pb2 as pb

app = group("The life of a loan.")
Figure = Annotated[str | None, typer.Option(help='Such as 12.30, or "CNY 12.30".')]


def done(response: pb.LoanCommandResponse) -> Result:
    """The transaction and the loan after it."""
    views = (
        output.record("transaction", response.transaction),
        output.record("loan", response.loan),
    )
    return Result(response, views)


@command(app, "open")
def open_(
    s: Session,
    party: Annotated[str, typer.Argument(help="The borrower: short id or full name.")],
    product: Annotated[str, typer.Argument(help="A product, or one version as CODE@3.")],
    amount: Amount,
    *,
    rate: Rate,
    instalments: Instalments,
    first_due: Day = None,
    currency: Currency = "CNY",
    reference: Reference = None,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Open a loan for a borrower; it is then to be approved."""
    loan = s.client.loans.open_loan(
        party=s.name("parties", party),
        product=s.product(product),
        amount=s.money(amount, currency),
        annual_rate=rate,
        instalments=instalments,
        first_due=first_due,
        reference=reference,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(loan, (output.record("loan", loan),))


@command(app, "approve")
def approve(
    s: Session,
    loan: Loan,
    *,
    amount: SomeAmount = None,
    currency: Currency = "CNY",
    reason: Reason = None,
    request_id: RequestId = None,
) -> Result:
    """Approve the amount asked for, or less."""
    return done(
        s.client.loans.approve_loan(
            name=s.name("loans", loan),
            amount=s.some_money(amount, currency),
            reason=reason,
            request_id=request_id,
        )
    )


@command(app, "disburse")
def disburse(
    s: Session,
    loan: Loan,
    *,
    amount: SomeAmount = None,
    currency: Currency = "CNY",
    value_date: ValueDate = None,
    reference: Reference = None,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Pay out what is approved, or a part of it."""
    return done(
        s.client.loans.disburse_loan(
            name=s.name("loans", loan),
            amount=s.some_money(amount, currency),
            value_date=value_date,
            reference=reference,
            reason=reason,
            request_id=request_id,
            validate_only=dry_run,
        )
    )


def _payment(name: str, kind: type, rpc: str, text: str) -> None:
    """A command that takes an amount: these RPCs differ in their name only."""

    def run(
        s: Session,
        loan: Loan,
        amount: Amount,
        *,
        currency: Currency = "CNY",
        value_date: ValueDate = None,
        reference: Reference = None,
        reason: Reason = None,
        request_id: RequestId = None,
        dry_run: DryRun = False,
    ) -> Result:
        request = kind(
            name=s.name("loans", loan),
            amount=s.money(amount, currency),
            value_date=value_date,
            reference=reference,
            reason=reason,
            request_id=request_id,
            validate_only=dry_run,
        )
        return done(getattr(s.client.loans, rpc)(request))

    run.__doc__ = text
    command(app, name)(run)


_payment("repay", pb.RepayLoanRequest, "repay_loan", "Record a repayment.")
_payment("charge", pb.ChargeLoanRequest, "charge_loan", "Charge a fee.")
_payment("payoff", pb.PayOffLoanRequest, "pay_off_loan", "Pay all that is owed; see payoff-quote.")
_payment("recover", pb.RecordRecoveryRequest, "record_recovery", "Record money after a write-off.")


@command(app, "reverse")
def reverse(
    s: Session,
    event: Event,
    *,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Undo an event by a new one; what followed is worked out again."""
    return done(
        s.client.loans.reverse_loan_event(
            event=s.name("events", event),
            reason=reason,
            request_id=request_id,
            validate_only=dry_run,
        )
    )


@command(app, "waive")
def waive(
    s: Session,
    loan: Loan,
    *,
    reason: Because,
    interest: Figure = None,
    fee: Figure = None,
    penalty: Figure = None,
    currency: Currency = "CNY",
    value_date: ValueDate = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Forgive interest, fees or penalties that are owed."""
    if not (interest or fee or penalty):
        raise ValueError("give --interest, --fee or --penalty")
    return done(
        s.client.loans.waive_loan(
            name=s.name("loans", loan),
            interest=s.some_money(interest, currency),
            fee=s.some_money(fee, currency),
            penalty=s.some_money(penalty, currency),
            value_date=value_date,
            reason=reason,
            request_id=request_id,
            validate_only=dry_run,
        )
    )


@command(app, "write-off")
def write_off(
    s: Session,
    loan: Loan,
    *,
    reason: Because,
    value_date: ValueDate = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Write off all that is owed; it is kept as a memorandum."""
    return done(
        s.client.loans.write_off_loan(
            name=s.name("loans", loan),
            value_date=value_date,
            reason=reason,
            request_id=request_id,
            validate_only=dry_run,
        )
    )


@command(app, "refund")
def refund(
    s: Session,
    loan: Loan,
    *,
    amount: SomeAmount = None,
    currency: Currency = "CNY",
    reference: Reference = None,
    reason: Reason = None,
    request_id: RequestId = None,
) -> Result:
    """Pay the borrower's held credit back, all or a part."""
    return done(
        s.client.loans.refund_credit(
            name=s.name("loans", loan),
            amount=s.some_money(amount, currency),
            reference=reference,
            reason=reason,
            request_id=request_id,
        )
    )


@command(app, "close")
def close(s: Session, loan: Loan, *, reason: Reason = None, request_id: RequestId = None) -> Result:
    """Close a loan that is repaid or written off."""
    return done(
        s.client.loans.close_loan(name=s.name("loans", loan), reason=reason, request_id=request_id)
    )
