"""`loanledger calendars`: business days of the book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loanledger.cli import inputs, output
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import DryRun, Limit, Reason, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import calendar_service_pb2 as pb

app = group("Business calendars.")
COLUMNS = ("name", "title", "base", "last_year", "create_time")


@command(app, "publish")
def publish(
    s: Session,
    file: Annotated[Path, typer.Argument(help="JSON: {code, title, base, ...}.", dir_okay=False)],
    *,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Publish the next version of a calendar from a JSON file."""
    calendar = s.client.calendars.publish_calendar(
        calendar=inputs.message_file(file, pb.Calendar),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(calendar, (output.record("calendar", calendar),))


@command(app, "list")
def list_(
    s: Session,
    *,
    code: Annotated[str | None, typer.Option(help="All versions of this one.")] = None,
    limit: Limit = 100,
) -> Result:
    """List the latest version of each calendar."""
    found = gather(s.client.calendars.list_calendars, pb.ListCalendarsRequest(code=code), limit)
    return Result(found, (output.table("calendars", pb.Calendar, found.calendars, COLUMNS),))


@command(app, "show")
def show(
    s: Session,
    calendar: Annotated[str, typer.Argument(help="A calendar, or one version as CODE@3.")],
) -> Result:
    """Show a calendar with its own days."""
    name = s.name("calendars", calendar.replace("@", "/versions/"))
    answer = s.client.calendars.get_calendar(name=name)
    return Result(answer, (output.record("calendar", answer),))
