"""LoanService, statements: the two views of a loan's account, read from the history."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from ledger.audit.canonical import EventRecord
from ledger.errors import DateNotOpen
from ledger.lending.histories import inputs
from ledger.loan.retracing import retraced
from ledger.loan.terms import Terms
from ledger.names import event_text
from ledger.store import accruals, archives, events
from ledger.view import History
from loanledger.v1 import loan_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.services.base import Key, Room
from server.services.statements import StatementLine, lines_of, standing_lines, statement

_DAY = timedelta(days=1)
Dates = tuple[date | None, date | None]
Records = Mapping[int, EventRecord]


def dates_of(check: Checks, request: pb.GetStatementRequest) -> Dates:
    """The days of the view that is asked for; those of the other view are refused."""
    known = request.view == pb.STATEMENT_VIEW_AS_NOW_KNOWN
    if request.view not in pb.StatementView.values():
        check.add("view", "is not a view of a statement")
    own, other = ("value_date", "posting_date") if known else ("posting_date", "value_date")
    if request.HasField(other):
        view = "as now known" if known else "as booked"
        check.add(other, f"a statement {view} is asked for by {own}")
    asked = getattr(request, own)
    first = check.date(asked, "start", f"{own}.")
    return first, check.date(asked, "end", f"{own}.")


async def told(
    room: Room, loan: tuple[Key, pb.Loan, Terms], view: int, dates: Dates, business: date
) -> pb.Statement:
    """The statement of a loan, given as key, message and terms."""
    key, message, terms = loan
    async with room.database.reading() as connection:
        await accruals.hold(connection)
        history = (await events.of_loans(connection, [key])).get(key, [])
        keys = [(key[0], item[0]) for item in history]
        found = await events.read(connection, room.book.code, keys)
        accrued = await accruals.of_loan(connection, *key)
        kept = await archives.kept_since(connection, *key)
    if view == pb.STATEMENT_VIEW_AS_NOW_KNOWN:
        kept = None  # it is told by the events, which are all kept
    dates = _kept_dates(dates, kept)
    records = {number: record for (_, number), (record, _) in sorted(found.items())}
    cuts = _cuts(dates)
    if view == pb.STATEMENT_VIEW_AS_NOW_KNOWN:
        lines = await asyncio.to_thread(_standing, (history, terms), records, business, cuts)
    else:
        lines = lines_of(records.values(), accrued, room.book.code, key, cuts)
    named = _naming(room.book.code, key[0], records, view)
    answer = statement(message, lines, dates, named)
    if kept:
        answer.archived_before.CopyFrom(convert.day(kept))
    return answer


def _kept_dates(dates: Dates, kept: date | None) -> Dates:
    """The days of a statement as booked, of which none may lie before the first kept one."""
    first, last = dates
    if kept and any(day and day < kept for day in dates):
        raise DateNotOpen(
            f"the loan's accruals before {kept} are archived: a statement as booked begins on that"
            " day; as now known it reaches back to the beginning",
            archived_before=kept,
        )
    return first or kept, last


def _cuts(dates: Dates) -> list[date]:
    first, last = dates
    return [*([first - _DAY] if first else []), *([last] if last else [])]


def _standing(
    told_by: tuple[History, Terms], records: Records, business: date, cuts: list[date]
) -> list[StatementLine]:
    opened, standing = inputs(*told_by)
    references = {number: record.reference for number, record in records.items()}
    return standing_lines(retraced(opened, standing, business), business, references, cuts)


def _naming(
    book: str, stripe: int, records: Records, view: int
) -> Callable[[StatementLine], tuple[str, date | None]]:
    """The event of a line, and the day on which it was posted."""

    def named(line: StatementLine) -> tuple[str, date | None]:
        name = f"books/{book}/events/{event_text(stripe, line.number)}"
        if view != pb.STATEMENT_VIEW_AS_NOW_KNOWN:
            return name, line.posting_date
        record = records.get(line.number)
        return (name, date.fromisoformat(record.posting_date)) if record else ("", None)

    return named
