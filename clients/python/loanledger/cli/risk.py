"""`loanledger risk`: credit policies, days past due, how loans are classified."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from google.type import date_pb2

from loanledger.cli import inputs, output, risk_allowances, risk_grades
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import Because, Day, DryRun, Limit, Loan, Reason, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import common_pb2
from loanledger.v1 import risk_service_pb2 as pb

app = group("Credit quality.")
POLICIES = ("version", "effective_from", "title", "cure_days", "suspension", "create_time")
SPANS = ("first", "last", "days_past_due", "since", "paused", "bucket")
risk_grades.register(app)
risk_allowances.register(app)
BUCKETS = ("bucket", "currency", "loans", "principal", "overdue")


@command(app, "publish-policy")
def publish_policy(
    s: Session,
    file: Annotated[Path, typer.Argument(help="JSON: {title, effective_from, ...}.")],
    *,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Publish the next version of the credit policy from a JSON file."""
    policy = s.client.risk.publish_credit_policy(
        policy=inputs.message_file(file, pb.CreditPolicy),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(policy, (output.record("credit policy", policy),))


@command(app, "policies")
def policies(s: Session, *, limit: Limit = 100) -> Result:
    """List the versions of the credit policy."""
    found = gather(s.client.risk.list_credit_policies, pb.ListCreditPoliciesRequest(), limit)
    return Result(found, (output.table("policies", pb.CreditPolicy, found.policies, POLICIES),))


@command(app, "policy")
def policy(
    s: Session,
    version: Annotated[str, typer.Argument(help="A version; what is in force by default.")] = (
        "current"
    ),
) -> Result:
    """Show a credit policy."""
    found = s.client.risk.get_credit_policy(name=s.name("creditPolicies", version))
    return Result(found, (output.record("credit policy", found),))


@command(app, "pause")
def pause(
    s: Session,
    loan: Loan,
    *,
    until: Annotated[
        date_pb2.Date,
        typer.Option(parser=inputs.day, metavar="YYYY-MM-DD", help="First day that counts again."),
    ],
    holiday: Annotated[
        bool, typer.Option("--holiday", help="For a payment holiday, not a dispute.")
    ] = False,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Let no day count as past due until a day, while a dispute or a payment holiday lasts."""
    cause = "PAUSE_CAUSE_PAYMENT_HOLIDAY" if holiday else "PAUSE_CAUSE_DISPUTE"
    found = s.client.risk.pause_delinquency(
        loan=s.name("loans", loan),
        cause=cause,
        until=until,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(found, (output.record("pause", found),))


@command(app, "resume")
def resume(
    s: Session,
    loan: Loan,
    *,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Let days past due count again."""
    found = s.client.risk.resume_delinquency(
        loan=s.name("loans", loan), reason=reason, request_id=request_id, validate_only=dry_run
    )
    return Result(found, (output.record("pause", found),))


@command(app, "spans")
def spans(
    s: Session, loan: Loan, *, start: Day = None, end: Day = None, limit: Limit = 100
) -> Result:
    """Show how a loan stood on each day, as spans of days."""
    request = pb.ListDelinquencySpansRequest(
        parent=s.name("loans", loan), dates=common_pb2.DateRange(start=start, end=end)
    )
    found = gather(s.client.risk.list_delinquency_spans, request, limit)
    return Result(found, (output.table("spans", pb.DelinquencySpan, found.spans, SPANS),))


@command(app, "buckets")
def buckets(s: Session, *, day: Day = None) -> Result:
    """Show loans by bucket, today or on any day before."""
    found = s.client.risk.get_delinquency_buckets(date=day)
    title = f"past due on {output.field_text(found, 'date')}"
    return Result(found, (output.table(title, pb.BucketSum, found.buckets, BUCKETS),))
