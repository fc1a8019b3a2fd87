"""EndOfDayService: closes business dates stripe by stripe, and goes on where it stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import structlog

from ledger.end_of_day.close import close_day
from ledger.errors import DateNotOpen
from ledger.store import stripes
from loanledger.v1 import end_of_day_service_pb2 as pb
from server import convert
from server.clock import microseconds
from server.security import Caller
from server.services.base import Room

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
                    progress.loans_accrued += closed.loans_accrued
                    progress.loans_advanced += closed.loans_advanced
                    progress.loans_reset += closed.loans_reset
                    progress.resets_waiting += closed.resets_waiting
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
        day = min(row.business_date for row in rows)
        return pb.EndOfDayStatus(
            business_date=convert.day(day),
            stripes_ahead=sum(row.business_date > day for row in rows),
            stripes=len(rows),
        )
