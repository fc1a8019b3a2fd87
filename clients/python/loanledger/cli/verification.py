"""`loanledger ledger verify`: the full-book check on the server."""

from __future__ import annotations

from typing import Annotated

import typer

from loanledger.cli import output, progress
from loanledger.cli.command import Result, command
from loanledger.cli.session import Session
from loanledger.v1 import ledger_service_pb2 as pb

PATHS = ("resource", "stripe", "account", "component", "figure", "stored", "computed")


def register(app: typer.Typer) -> None:
    """Adds the command to the group of the ledger."""
    command(app, "verify")(verify)


def verify(
    s: Session,
    *,
    limit: Annotated[int, typer.Option(help="Differences listed; all are counted.")] = 1000,
) -> Result:
    """Fold every loan anew and compare it with the books; fails on any difference."""
    last, found = pb.VerifyLedgerProgress(), list[pb.LedgerDifference]()
    with progress.bar("loans") as shown:
        task = shown.add_task("verifying", total=None, things=0)
        for step in s.client.ledger.verify_ledger(max_differences=limit):
            found += step.found
            last = step
            total = step.stripes + step.loans
            done = step.stripes_done + step.loans_done
            shown.update(task, completed=done, total=total, things=step.loans_done)
    whole = pb.VerifyLedgerProgress()
    whole.CopyFrom(last)
    del whole.found[:]
    facts = output.record("ledger", whole)
    whole.found.extend(found)
    views = (facts, output.table("differences", pb.LedgerDifference, found, PATHS))
    return Result(whole, views if found else views[:1], _problem(last))


def _problem(last: pb.VerifyLedgerProgress) -> str:
    if not last.finished:
        return "the check did not come to its end"
    return f"{last.differences} differences" if last.differences else ""
