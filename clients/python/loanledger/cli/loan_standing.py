"""`loanledger loans`: standing instructions."""

from __future__ import annotations

from typing import Annotated

import typer

from loanledger.cli import output
from loanledger.cli.command import Result, command
from loanledger.cli.params import Currency, Loan, Reason, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import loan_service_pb2 as pb


def register(app: typer.Typer) -> None:
    """Adds these commands to the group."""
    command(app, "collect-from")(collect_from)
    command(app, "stop-collecting")(stop_collecting)
    command(app, "standing-instruction")(standing_instruction)


def collect_from(
    s: Session,
    loan: Loan,
    account: Annotated[str, typer.Argument(help="Such as 2011, the customers' deposits.")],
    *,
    most: Annotated[str | None, typer.Option("--limit", help="At most so much each time.")] = None,
    currency: Currency = "CNY",
    reason: Reason = None,
    request_id: RequestId = None,
) -> Result:
    """Let the close of business take what falls due from an account."""
    found = s.client.loans.set_standing_instruction(
        name=s.name("loans", loan),
        funds_account=account,
        limit=s.some_money(most, currency),
        reason=reason,
        request_id=request_id,
    )
    return _shown(found)


def stop_collecting(
    s: Session, loan: Loan, *, reason: Reason = None, request_id: RequestId = None
) -> Result:
    """End a standing instruction."""
    found = s.client.loans.end_standing_instruction(
        name=s.name("loans", loan), reason=reason, request_id=request_id
    )
    return _shown(found)


def standing_instruction(s: Session, loan: Loan) -> Result:
    """Show a loan's standing instruction."""
    return _shown(s.client.loans.get_standing_instruction(name=s.name("loans", loan)))


def _shown(found: pb.StandingInstruction) -> Result:
    return Result(found, (output.record("standing instruction", found),))
