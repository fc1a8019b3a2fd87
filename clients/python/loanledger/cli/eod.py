"""`loanledger eod`: close of business."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer
from google.type import date_pb2
from rich.progress import Progress, TaskID

from loanledger.cli import inputs, output, progress
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import DryRun, Limit, Reason, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import end_of_day_service_pb2 as pb

app = group("Close of business.")
DAYS = (
    *("business_date", "loans_accrued", "loans_advanced", "loans_reset", "resets_waiting"),
    *("loans_set_aside", "finished"),
)


@command(app, "run")
def run(
    s: Session,
    *,
    day: Annotated[
        date_pb2.Date | None,
        typer.Option("--date", parser=inputs.day, metavar="YYYY-MM-DD", help="Last day to close."),
    ] = None,
) -> Result | None:
    """Close business days up to the given one, or the present one; run again it goes on."""
    stream = s.client.end_of_day.run_end_of_day(business_date=day)
    if s.as_json:
        for step in stream:
            output.print_json(step, indent=None)
        return None
    with progress.bar("loans") as shown:
        last = _follow(stream, shown)
    aside = sum(step.loans_set_aside for step in last.values())
    if aside:
        output.note(f"{aside} loans were set aside: see `loanledger eod set-aside`")
    days = output.table("closed", pb.EndOfDayProgress, last.values(), DAYS)
    return Result(pb.EndOfDayProgress(), (days,))


def _follow(
    stream: Iterator[pb.EndOfDayProgress], shown: Progress
) -> dict[str, pb.EndOfDayProgress]:
    """Draws each day's progress and returns the last word on each."""
    tasks: dict[str, TaskID] = {}
    last: dict[str, pb.EndOfDayProgress] = {}
    for step in stream:
        day = output.text_of(step.business_date)
        if day not in tasks:
            tasks[day] = shown.add_task(day, total=step.stripes or None, things=0)
        loans = step.loans_accrued + step.loans_advanced
        shown.update(tasks[day], completed=step.stripes_done, things=loans)
        last[day] = step
    return last


@command(app, "status")
def status(s: Session) -> Result:
    """The business date, and how far its close has come."""
    answer = s.client.end_of_day.get_end_of_day()
    return Result(answer, (output.record("end of day", answer),))


@command(app, "steps")
def steps(
    s: Session,
    *,
    day: Annotated[
        date_pb2.Date | None,
        typer.Option("--date", parser=inputs.day, metavar="YYYY-MM-DD", help="A closed day."),
    ] = None,
) -> Result:
    """What each step of a day's close did; without a date, of the last one that was closed."""
    answer = s.client.end_of_day.list_end_of_day_steps(business_date=day)
    paths = ("step", "stripes", "items", "micros")
    title = f"close of {output.text_of(answer.business_date)}"
    return Result(answer, (output.table(title, pb.EndOfDayStep, answer.steps, paths),))


@command(app, "reminders")
def reminders(
    s: Session,
    *,
    day: Annotated[
        date_pb2.Date | None,
        typer.Option("--date", parser=inputs.day, metavar="YYYY-MM-DD", help="A business date."),
    ] = None,
    limit: Limit = 0,
) -> Result:
    """Whom to remind of a due date; without a date, today."""
    request = pb.ListRemindersRequest(business_date=day)
    found = gather(s.client.end_of_day.list_reminders, request, limit)
    paths = ("loan", "due_date", "days", "amount", "event")
    return Result(found, (output.table("reminders", pb.Reminder, found.reminders, paths),))


@command(app, "set-aside")
def set_aside(s: Session, *, limit: Limit = 0) -> Result:
    """Loans that a close could not bring forward, with the reason; each waits to be resumed."""
    request = pb.ListSetAsideLoansRequest()
    found = gather(s.client.end_of_day.list_set_aside_loans, request, limit)
    paths = ("loan", "since", "reason", "event")
    return Result(found, (output.table("set aside", pb.SetAsideLoan, found.loans, paths),))


@command(app, "resume")
def resume(
    s: Session,
    loan: Annotated[str, typer.Argument(help="A loan: its short id or full name.")],
    *,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Try a loan that is set aside again: it catches up over all missed days."""
    answer = s.client.end_of_day.resume_loan(
        name=s.name("loans", loan),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(answer, (output.record("resumed", answer.transaction),))
