"""`loanledger ledger periods` and their close: accounting months."""

from __future__ import annotations

from typing import Annotated

import typer

from loanledger.cli import output
from loanledger.cli.command import Result, command
from loanledger.cli.params import Because, DryRun, Reason, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import ledger_service_pb2 as pb

Month = Annotated[str, typer.Argument(help="Such as 2026-01.", metavar="YYYY-MM")]
PERIODS = ("name", "start", "end", "state")


def register(app: typer.Typer) -> None:
    """Adds these commands to the group."""
    command(app, "periods")(periods)
    command(app, "close-period")(close_period)
    command(app, "reopen-period")(reopen_period)
    command(app, "transfer-result")(transfer_result)
    command(app, "reverse-transfer")(reverse_transfer)


def periods(s: Session) -> Result:
    """The accounting months and the business date."""
    found = s.client.ledger.list_periods()
    title = f"periods; business date {output.text_of(found.business_date)}"
    return Result(found, (output.table(title, pb.Period, found.periods, PERIODS),))


def close_period(
    s: Session, month: Month, *, reason: Reason = None, request_id: RequestId = None
) -> Result:
    """Close a month that has ended."""
    period = s.client.ledger.close_period(
        name=s.name("periods", month), reason=reason, request_id=request_id
    )
    return Result(period, (output.record("period", period),))


def reopen_period(
    s: Session, month: Month, *, reason: Because, request_id: RequestId = None
) -> Result:
    """Open the last closed month again."""
    period = s.client.ledger.reopen_period(
        name=s.name("periods", month), reason=reason, request_id=request_id
    )
    return Result(period, (output.record("period", period),))


def transfer_result(
    s: Session,
    month: Month,
    *,
    account: Annotated[str, typer.Option(help="An account of equity; 4103 without.")] = "",
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Bring income and expense as at a month's end to retained earnings."""
    found = s.client.ledger.transfer_result(
        name=s.name("periods", month),
        account=account,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(found, (output.record("transferred", found),))


def reverse_transfer(
    s: Session,
    month: Month,
    *,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Undo the transfers of a month that is open."""
    found = s.client.ledger.reverse_result_transfer(
        name=s.name("periods", month),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(found, (output.record("brought back", found),))
