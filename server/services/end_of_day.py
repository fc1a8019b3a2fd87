"""EndOfDayService: closes business dates stripe by stripe, and goes on where it stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta

import structlog

from ledger.end_of_day.close import Closed, close_day
from ledger.end_of_day.set_aside import told
from ledger.errors import DateNotOpen
from ledger.lending.set_aside import resume
from ledger.names import event_text, id_text
from ledger.store import set_aside, stripes
from loanledger.v1 import end_of_day_service_pb2 as pb
from server import convert
from server.clock import microseconds
from server.pages import page, token
from server.security import Caller
from server.services.base import Ask, Room

log = structlog.get_logger()
#: Stripes closed in one transaction: few locks held at a time, few commits a day.
GROUP = 16
MAX_DAYS = 400


class EndOfDayService:
    """Runs and shows the close of business."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def RunEndOfDay(
        self, request: pb.RunEndOfDayRequest, caller: Caller
    ) -> AsyncIterator[pb.EndOfDayProgress]:
        """Closes days up to the one asked for; progress after each transaction."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        last = check.date(request, "business_date")
        check.done()
        connection = await room.database.connect()
        try:
            rows = await stripes.read(connection, room.book.number)
            day = min(row.business_date for row in rows)
            last = last or day
            if last >= day + timedelta(days=MAX_DAYS):
                raise DateNotOpen(f"at most {MAX_DAYS} days a run; the business date is {day}")
            if last < day:
                yield pb.EndOfDayProgress(
                    business_date=convert.day(last),
                    stripes_done=len(rows),
                    stripes=len(rows),
                    finished=True,
                )
            names = [row.stripe for row in rows]
            while day <= last:
                progress = pb.EndOfDayProgress(business_date=convert.day(day), stripes=len(names))
                for begin in range(0, len(names), GROUP):
                    group = names[begin : begin + GROUP]
                    closed = await close_day(
                        connection, room.book, room.shelf.known, group, day, microseconds()
                    )
                    progress.stripes_done += len(group)
                    _count(progress, closed)
                    _log_set_aside(closed, day)
                    progress.finished = progress.stripes_done == len(names)
                    yield progress
                if progress.resets_waiting:
                    log.warning(
                        "resets_waiting",
                        business_date=(day + timedelta(days=1)).isoformat(),
                        loans=progress.resets_waiting,
                    )
                day += timedelta(days=1)
        finally:
            await connection.close()

    async def GetEndOfDay(
        self, request: pb.GetEndOfDayRequest, caller: Caller
    ) -> pb.EndOfDayStatus:
        """Where the book stands."""
        check = self.room.checks()
        check.parent(request.parent)
        check.done()
        async with self.room.database.reading() as connection:
            rows = await stripes.read(connection, self.room.book.number)
            aside = await set_aside.count(connection, self.room.book.number)
        day = min(row.business_date for row in rows)
        return pb.EndOfDayStatus(
            business_date=convert.day(day),
            stripes_ahead=sum(row.business_date > day for row in rows),
            stripes=len(rows),
            loans_set_aside=aside,
        )

    async def ListSetAsideLoans(
        self, request: pb.ListSetAsideLoansRequest, caller: Caller
    ) -> pb.ListSetAsideLoansResponse:
        """What waits for somebody to look at it."""
        check, book = self.room.checks(), self.room.book
        check.parent(request.parent)
        size, (stripe, loan) = page(check, request, 2)
        check.done()
        async with self.room.database.reading() as connection:
            rows = await set_aside.of_book(connection, book.number, (stripe, loan), size + 1)
        response = pb.ListSetAsideLoansResponse(
            loans=[
                pb.SetAsideLoan(
                    loan=f"books/{book.code}/loans/{id_text(row.stripe, row.loan)}",
                    since=convert.day(row.since),
                    reason=row.reason,
                    event=f"books/{book.code}/events/{event_text(row.stripe, row.number)}",
                )
                for row in rows[:size]
            ]
        )
        if len(rows) > size:
            response.next_page_token = token(request, (rows[size - 1].stripe, rows[size - 1].loan))
        return response

    async def ResumeLoan(self, request: pb.ResumeLoanRequest, caller: Caller) -> bytes:
        """Brings a loan that is set aside up to the business date."""
        check, book = self.room.checks(), self.room.book.code
        key = check.key(request.name, "loans")
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason")
        check.done()
        return await Ask(
            self.room,
            caller,
            "ResumeLoan",
            request,
            request.request_id,
            key[0],
            lambda view: resume(view, key, reason),
            lambda d, stamp: convert.command_response(book, d.result, stamp),
            {"loan": key, "fresh": True},
        ).run()


def _count(progress: pb.EndOfDayProgress, closed: Closed) -> None:
    progress.loans_accrued += closed.loans_accrued
    progress.loans_advanced += closed.loans_advanced
    progress.loans_reset += closed.loans_reset
    progress.resets_waiting += closed.resets_waiting
    progress.loans_set_aside += len(closed.set_aside)


def _log_set_aside(closed: Closed, day: date) -> None:
    for key, error in closed.set_aside.items():
        log.error(
            "loan_set_aside",
            loan=id_text(*key),
            business_date=day.isoformat(),
            reason=told(error),
            exc_info=error,
        )
