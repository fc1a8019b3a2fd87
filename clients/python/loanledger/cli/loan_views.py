"""`loanledger loans`: quotes, lists and statements; nothing here changes the books."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from loanledger.cli import agreed, inputs, output
from loanledger.cli.agreed import Bent, DueDates, FixedInstalment, RateSteps
from loanledger.cli.command import Result, command
from loanledger.cli.loan_explanations import explain
from loanledger.cli.pages import gather
from loanledger.cli.params import (
    AgreedRate,
    Amount,
    Currency,
    Day,
    Instalments,
    Limit,
    Loan,
    Reference,
    Score,
    Segment,
    Since,
    Until,
    ValueDate,
)
from loanledger.cli.session import Session
from loanledger.errors import FailedPrecondition
from loanledger.money import format_money, to_date
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as pb

LOANS = (
    *("name", "party", "product", "status", "amount", "annual_rate"),
    *("owed=balance.principal", "overdue", "days_past_due", "next_due", "reference"),
)
INSTALMENTS = (
    *("number", "start", "due", "opening", "principal", "interest", "total", "closing"),
    *("fee", "penalty", "outstanding", "settled"),
)
TRANSACTIONS = (
    *("event", "kind", "value_date", "posting_date", "amount", "principal=allocation.principal"),
    *("interest=allocation.interest", "fee=allocation.fee", "penalty=allocation.penalty"),
    *("credit=allocation.credit", "reference", "actor", "reversed_by"),
)
LINES = (
    *("value_date", "posting_date", "kind", "event", "principal=movement.principal"),
    *("interest=movement.interest", "fee=movement.fee", "penalty=movement.penalty"),
    *("credit=movement.credit", "balance", "reference"),
)


def register(app: typer.Typer) -> None:
    """Adds these commands to the group."""
    commands = (
        *(("quote", quote), ("payoff-quote", payoff_quote), ("show", show), ("list", list_)),
        *(("schedule", schedule), ("transactions", transactions), ("statement", statement)),
        ("explain", explain),
    )
    for name, func in commands:
        command(app, name)(func)


def _schedule(title: str, plan: pb.Schedule) -> Result:
    rows = output.table(title, pb.Instalment, plan.instalments, INSTALMENTS)
    totals = (plan.total_principal, plan.total_interest, plan.total)
    rows.add_section()
    sums = [format_money(total) for total in totals]
    rows.add_row("total", "", "", "", *sums, *[""] * 5, style="bold")
    cost = (output.record("cost", plan.disclosure),) if plan.HasField("disclosure") else ()
    return Result(plan, (rows, *cost))


def quote(
    s: Session,
    product: Annotated[str, typer.Argument(help="A product, or one version as CODE@3.")],
    amount: Amount,
    *,
    rate: AgreedRate = None,
    instalments: Instalments,
    start: Day = None,
    first_due: Day = None,
    shape: Bent = None,
    fixed_instalment: FixedInstalment = None,
    rate_step: RateSteps = None,
    due: DueDates = None,
    segment: Segment = None,
    score: Score = None,
    currency: Currency = "CNY",
) -> Result:
    """The schedule that a loan would have from today on, or another start; nothing is saved."""
    plan = s.client.loans.quote_schedule(
        product=s.product(product),
        amount=s.money(amount, currency),
        annual_rate=rate,
        segment=segment,
        score=score,
        instalments=instalments,
        start=start or s.client.end_of_day.get_end_of_day().business_date,
        first_due=first_due,
        shape=agreed.shape_of(shape),
        fixed_instalment=s.some_money(fixed_instalment, currency),
        rate_steps=agreed.rate_steps_of(rate_step),
        due_dates=agreed.dates_of(due),
    )
    return _schedule("quote", plan)


def payoff_quote(s: Session, loan: Loan, *, value_date: ValueDate = None) -> Result:
    """What has to be paid to settle the loan on a day."""
    answer = s.client.loans.quote_payoff(name=s.name("loans", loan), value_date=value_date)
    return Result(answer, (output.record("payoff", answer),))


def show(s: Session, loan: Loan) -> Result:
    """Show a loan."""
    answer = s.client.loans.get_loan(name=s.name("loans", loan))
    return Result(answer, (output.record("loan", answer),))


def list_(
    s: Session,
    *,
    status: Annotated[str | None, typer.Option(help="Such as active.")] = None,
    party: Annotated[str | None, typer.Option(help="Of this borrower.")] = None,
    product: Annotated[str | None, typer.Option(help="A product code.")] = None,
    reference: Reference = None,
    past_due: Annotated[int | None, typer.Option(help="At least so many days.")] = None,
    limit: Limit = 100,
) -> Result:
    """List loans."""
    request = pb.ListLoansRequest(
        status=inputs.enum_of("LOAN_STATUS", status),
        party=s.optional("parties", party),
        product=product,
        reference=reference,
        min_days_past_due=past_due,
    )
    found = gather(s.client.loans.list_loans, request, limit)
    return Result(found, (output.table("loans", pb.Loan, found.loans, LOANS),))


def schedule(s: Session, loan: Loan) -> Result:
    """The instalments of a loan."""
    plan = s.client.loans.get_schedule(name=s.name("loans", loan))
    return _schedule("schedule", plan)


def transactions(s: Session, loan: Loan, *, limit: Limit = 100) -> Result:
    """What happened to a loan, as it was booked."""
    request = pb.ListTransactionsRequest(parent=s.name("loans", loan))
    found = gather(s.client.loans.list_transactions, request, limit)
    view = output.table("transactions", pb.LoanTransaction, found.transactions, TRANSACTIONS)
    return Result(found, (view,))


def statement(
    s: Session,
    loan: Loan,
    *,
    since: Since = None,
    until: Until = None,
    as_now_known: Annotated[
        bool,
        typer.Option("--as-now-known", help="By value date, after reversals and corrections."),
    ] = False,
    proofs: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Write the proofs of its lines, for `audit check`."),
    ] = None,
) -> Result:
    """The account of a loan between two days: as booked, or by value date as now known."""
    dates = common_pb2.DateRange(start=since, end=until)
    answer = s.client.loans.get_statement(
        name=s.name("loans", loan),
        view="STATEMENT_VIEW_AS_NOW_KNOWN" if as_now_known else "STATEMENT_VIEW_AS_BOOKED",
        posting_date=None if as_now_known else dates,
        value_date=dates if as_now_known else None,
    )
    lines = output.table("statement", pb.StatementLine, answer.lines, LINES)
    shown = [
        ("opening balance", format_money(answer.opening_balance)),
        ("closing balance", format_money(answer.closing_balance)),
    ]
    if answer.HasField("archived_before"):
        shown.append(("archived before", str(to_date(answer.archived_before))))
    if proofs:
        shown.append(("proofs", _proofs(s, loan, answer, proofs)))
    ends = output.facts("", shown)
    return Result(answer, (output.record("loan", answer.loan), lines, ends))


def _proofs(s: Session, loan: str, statement: pb.Statement, file: Path) -> str:
    """Writes the proof of each event that the statement's lines name, with the loan's own lines."""
    found, later = [], 0
    named = [name for line in statement.lines for name in line.nights or (line.event,)]
    for event in filter(None, dict.fromkeys(named)):
        try:
            proof = s.client.audit.get_inclusion_proof(name=event, loan=s.name("loans", loan))
        except FailedPrecondition:
            later += 1
        else:
            found.append(output.as_data(proof))
    file.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    text = f"{len(found)} events to {file}"
    return f"{text}; {later} have none: not sealed yet, or archived" if later else text
