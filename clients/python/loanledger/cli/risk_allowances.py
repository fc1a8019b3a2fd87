"""`loanledger risk`: what is set aside for losses."""

from __future__ import annotations

import typer

from loanledger.cli import output
from loanledger.cli.command import Result, command
from loanledger.cli.pages import gather
from loanledger.cli.params import (
    Because,
    Currency,
    Day,
    DryRun,
    Limit,
    Loan,
    RequestId,
    SomeAmount,
)
from loanledger.cli.session import Session
from loanledger.v1 import common_pb2
from loanledger.v1 import risk_service_pb2 as pb

LINES = ("date", "grade_before", "before", "grade", "amount", "cause", "event")
GRADES = (
    *("currency", "grade", "opening", "created", "increased", "released", "transferred"),
    *("written_off", "derecognised", "closing"),
)
ACCOUNTS = (
    *("currency", "opening", "provided", "charged", "written_off", "recovered", "other"),
    *("closing", "difference"),
)
RATIOS = (
    *("currency", "allowance", "loans", "non_performing", "loan_provision_ratio"),
    *("coverage_ratio", "required", "shortfall"),
)


def register(app: typer.Typer) -> None:
    """Adds the commands to `risk`."""
    for name, function in (
        ("allowances", allowances),
        ("assess", assess),
        ("movements", movements),
        ("ratios", ratios),
    ):
        command(app, name)(function)


def allowances(s: Session, loan: Loan, *, limit: Limit = 100) -> Result:
    """List what changed a loan's allowance, by day."""
    request = pb.ListAllowanceLinesRequest(parent=s.name("loans", loan))
    found = gather(s.client.risk.list_allowance_lines, request, limit)
    return Result(found, (output.table("allowances", pb.AllowanceLine, found.lines, LINES),))


def assess(
    s: Session,
    loan: Loan,
    *,
    amount: SomeAmount = None,
    currency: Currency = "CNY",
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Set a large loan's allowance by itself; without an amount leave it to the policy again."""
    found = s.client.risk.assess_allowance(
        loan=s.name("loans", loan),
        amount=s.some_money(amount, currency),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(found, (output.record("credit quality", found),))


def movements(s: Session, *, start: Day = None, end: Day = None) -> Result:
    """Show what moved allowances, by grade and in the ledger; exit code 1 on a difference."""
    found = s.client.risk.get_allowance_movements(dates=common_pb2.DateRange(start=start, end=end))
    tables = (
        output.table("allowances by grade", pb.GradeMovement, found.grades, GRADES),
        output.table("allowance accounts", pb.AccountMovement, found.accounts, ACCOUNTS),
    )
    problem = "" if found.tied else "the lines of allowances are not what the ledger has"
    return Result(found, tables, problem)


def ratios(s: Session) -> Result:
    """Show the loan provision ratio and coverage, with what is required."""
    found = s.client.risk.get_provision_ratios()
    return Result(found, (output.table("ratios", pb.ProvisionRatio, found.ratios, RATIOS),))
