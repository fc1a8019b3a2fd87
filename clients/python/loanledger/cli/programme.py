"""`loanledger compliance`, programme: samples, losses, indicators, self-tests, evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from google.protobuf.timestamp_pb2 import Timestamp

from loanledger.cli import output
from loanledger.cli.command import Result, command
from loanledger.cli.compliance import shown
from loanledger.cli.pages import gather
from loanledger.cli.params import (
    Amount,
    Because,
    Currency,
    Day,
    DryRun,
    FundsAccount,
    Limit,
    RequestId,
)
from loanledger.cli.registers import full
from loanledger.cli.session import Session
from loanledger.v1 import compliance_service_pb2 as pb

EVIDENCE = ("create_time", "category", "kind", "subject", "actor", "approvals", "reason", "event")
INDICATORS = ("indicator", "value", "level")
Moment = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="In UTC.")
]


def register(app: typer.Typer) -> None:
    """Adds the commands to their group."""
    for name, func in (
        ("draw-sample", draw_sample),
        ("book", book),
        ("indicators", indicators),
        ("self-test", self_test),
        ("evidence", evidence),
    ):
        command(app, name)(func)


def draw_sample(
    s: Session,
    audit: Annotated[str, typer.Argument(help="An audit: complianceAudits/000-...")],
    *,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Draw the sample of a compliance audit by its seed."""
    found = s.client.compliance.draw_audit_sample(
        name=full(s, audit), reason=reason, request_id=request_id, validate_only=dry_run
    )
    return shown(found)


def book(
    s: Session,
    event: Annotated[str, typer.Argument(help="A risk event: riskEvents/000-...")],
    kind: Annotated[str, typer.Argument(help="loss, provision, provision_used or recovery.")],
    amount: Amount,
    *,
    currency: Currency = "CNY",
    funds_account: FundsAccount = None,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Book an amount of an operational-risk event."""
    found = s.client.compliance.book_risk_amount(
        name=full(s, event),
        kind=kind,
        amount=s.money(amount, currency),
        funds_account=funds_account,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return shown(found)


def indicators(s: Session, *, first: Day = None, last: Day = None) -> Result:
    """Show key risk indicators by month, with their levels."""
    found = s.client.compliance.get_risk_indicators(first_month=first, last_month=last)
    views = [
        output.table(
            output.field_text(month, "month")[:7], pb.RiskIndicator, month.indicators, INDICATORS
        )
        for month in found.months
    ]
    return Result(found, tuple(views))


def self_test(
    s: Session,
    *,
    max_seconds: Annotated[int, typer.Option(min=1, help="It ends after so long.")] = 60,
    reason: Because,
    request_id: RequestId = None,
) -> Result:
    """Check the whole book, and keep what was found as evidence."""
    client = s.client.with_options(timeout=max_seconds + 60.0)
    found = client.compliance.run_self_test(
        max_seconds=max_seconds, reason=reason, request_id=request_id
    )
    return Result(
        found, shown(found).views, "" if found.state == "passed" else f"self-test {found.state}"
    )


def evidence(
    s: Session,
    *,
    category: Annotated[
        str | None,
        typer.Option(help="role, privileged_access, failed_job, configuration or schema."),
    ] = None,
    since: Moment = None,
    until: Moment = None,
    limit: Limit = 100,
) -> Result:
    """List evidence of general IT controls, in order of time."""
    request = pb.ListControlEvidenceRequest(
        category=category or "", start_time=_moment(since), end_time=_moment(until)
    )
    found = gather(s.client.compliance.list_control_evidence, request, limit)
    return Result(found, (output.table("evidence", pb.ControlEvidence, found.evidence, EVIDENCE),))


def _moment(given: datetime | None) -> Timestamp | None:
    if given is None:
        return None
    found = Timestamp()
    found.FromDatetime(given.replace(tzinfo=UTC))
    return found
