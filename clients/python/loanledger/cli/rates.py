"""`loanledger rates`: reference rates and their fixings."""

from __future__ import annotations

from typing import Annotated

import typer
from google.type import date_pb2, decimal_pb2

from loanledger.cli import inputs, output
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import Because, DryRun, Limit, Reason, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import common_pb2
from loanledger.v1 import rate_service_pb2 as pb

app = group("Reference rates, which floating loans follow.")
INDEXES = ("code", "title", "valid_days", "create_time")
FIXINGS = ("index", "date", "rate", "corrected", "reason", "actor", "event", "create_time")
Since = Annotated[
    date_pb2.Date | None,
    typer.Option("--from", parser=inputs.day, metavar="YYYY-MM-DD", help="First day."),
]
Until = Annotated[
    date_pb2.Date | None,
    typer.Option("--to", parser=inputs.day, metavar="YYYY-MM-DD", help="Last day."),
]
Index = Annotated[str, typer.Argument(help="An index, such as LPR-5Y.")]


@command(app, "create")
def create(
    s: Session,
    code: Annotated[str, typer.Argument(help="Capitals, digits and hyphens, such as LPR-5Y.")],
    title: Annotated[str, typer.Argument(help="Its name in words.")],
    *,
    valid_days: Annotated[
        int, typer.Option(min=1, help="For how many days a fixing counts when none follows it.")
    ],
    reason: Reason = None,
    request_id: RequestId = None,
) -> Result:
    """Add an index."""
    index = s.client.rates.create_rate_index(
        index=pb.RateIndex(code=code, title=title, valid_days=valid_days),
        reason=reason,
        request_id=request_id,
    )
    return Result(index, (output.record("rate index", index),))


@command(app, "list")
def list_(s: Session, *, limit: Limit = 100) -> Result:
    """List the indexes."""
    found = gather(s.client.rates.list_rate_indexes, pb.ListRateIndexesRequest(), limit)
    return Result(found, (output.table("rate indexes", pb.RateIndex, found.indexes, INDEXES),))


@command(app, "publish")
def publish(
    s: Session,
    index: Index,
    day: Annotated[date_pb2.Date, typer.Argument(parser=inputs.day, metavar="YYYY-MM-DD")],
    rate: Annotated[decimal_pb2.Decimal, typer.Argument(parser=inputs.rate, metavar="RATE")],
    *,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Book the rate of a day, such as 3.45%; a second one of the day corrects the first."""
    fixing = s.client.rates.publish_fixing(
        index=s.name("rateIndexes", index),
        date=day,
        rate=rate,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(fixing, (output.record("fixing", fixing),))


@command(app, "fixings")
def fixings(
    s: Session,
    index: Index,
    *,
    start: Since = None,
    end: Until = None,
    corrected: Annotated[bool, typer.Option(help="Those that were corrected as well.")] = False,
    limit: Limit = 100,
) -> Result:
    """List the fixings of an index by day."""
    request = pb.ListFixingsRequest(
        index=s.name("rateIndexes", index),
        dates=common_pb2.DateRange(start=start, end=end),
        show_corrected=corrected,
    )
    found = gather(s.client.rates.list_fixings, request, limit)
    return Result(found, (output.table("fixings", pb.Fixing, found.fixings, FIXINGS),))


@command(app, "reset")
def reset(
    s: Session,
    index: Index,
    *,
    since: Annotated[
        date_pb2.Date,
        typer.Option(parser=inputs.day, metavar="YYYY-MM-DD", help="First reset day to look at."),
    ],
    reason: Because,
    request_id: RequestId = None,
) -> Result:
    """Work fixings that came late or were corrected into the loans of an index."""
    last = pb.ResetRatesResponse()
    for last in s.client.rates.reset_rates(
        index=s.name("rateIndexes", index), since=since, reason=reason, request_id=request_id
    ):
        output.note(f"{last.loans_seen} loans seen, {last.resets} resets")
    return Result(last, (output.record("resets", last),))
