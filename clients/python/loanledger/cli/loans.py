"""`loanledger loans`: the beginning, and what undoes, forgives, pays back and closes.

Other events are in `loan_payments.py` and `loan_changes.py`; what only reads in `loan_views.py`.
"""

from __future__ import annotations

from typing import Annotated

import typer

from loanledger.cli import agreed as options
from loanledger.cli import output
from loanledger.cli.agreed import Bent, DueDates, FixedInstalment, RateSteps
from loanledger.cli.command import Result, command, group
from loanledger.cli.loan_events import done
from loanledger.cli.params import (
    AgreedRate,
    Amount,
    Because,
    Branch,
    Currency,
    Day,
    DryRun,
    Event,
    FundsAccount,
    Instalments,
    Loan,
    Reason,
    Reference,
    RequestId,
    Score,
    Segment,
    SomeAmount,
    ValueDate,
)
from loanledger.cli.session import Session

app = group("The life of a loan.")
Figure = Annotated[str | None, typer.Option(help='Such as 12.30, or "CNY 12.30".')]


@command(app, "open")
def open_(
    s: Session,
    party: Annotated[str, typer.Argument(help="The borrower: short id or full name.")],
    product: Annotated[str, typer.Argument(help="A product, or one version as CODE@3.")],
    amount: Amount,
    *,
    rate: AgreedRate = None,
    instalments: Instalments,
    first_due: Day = None,
    shape: Bent = None,
    fixed_instalment: FixedInstalment = None,
    rate_step: RateSteps = None,
    due: DueDates = None,
    segment: Segment = None,
    score: Score = None,
    branch: Branch = None,
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
        segment=segment,
        score=score,
        branch=branch,
        instalments=instalments,
        first_due=first_due,
        shape=options.shape_of(shape),
        fixed_instalment=s.some_money(fixed_instalment, currency),
        rate_steps=options.rate_steps_of(rate_step),
        due_dates=options.dates_of(due),
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
    funds_account: FundsAccount = None,
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
            funds_account=funds_account,
            reason=reason,
            request_id=request_id,
            validate_only=dry_run,
        )
    )


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
