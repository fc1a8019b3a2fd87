"""EndOfDayService: closes business dates stripe by stripe, and goes on where it stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from datetime import date, timedelta

import structlog

from ledger.end_of_day.steps import NAMES
from ledger.errors import DateNotOpen
from ledger.lending.set_aside import resume
from ledger.names import event_text, id_text
from ledger.store import balances, closes, reminders, set_aside, stripes
from loanledger.v1 import end_of_day_service_pb2 as pb
from server import convert
from server.clock import today
from server.closing import DayClose, Group, Run
from server.pages import page, token
from server.security import Caller
from server.services.base import Ask, Room

log = structlog.get_logger()
MAX_DAYS = 400
_DAY = timedelta(days=1)


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
            self._require_begun(last)
            if last >= day + MAX_DAYS * _DAY:
                raise DateNotOpen(f"at most {MAX_DAYS} days a run; the business date is {day}")
            if last < day:
                yield pb.EndOfDayProgress(
                    business_date=convert.day(last),
                    stripes_done=len(rows),
                    stripes=len(rows),
                    finished=True,
                )
        finally:
            await connection.close()
        names = [row.stripe for row in rows]
        async with room.closers.at_work() as workers:
            while day <= last:
                async for progress in self._day(names, day, workers):
                    yield progress
                day += _DAY

    def _require_begun(self, last: date) -> None:
        """Refuses a day that lies in the future of the book's time zone."""
        if self.room.zone and last > (now := today(self.room.zone)):
            raise DateNotOpen(
                f"{last} has not begun: in {self.room.zone} it is {now}",
                business_date=last,
                today=now,
                time_zone=self.room.zone,
            )

    async def _day(
        self, names: Sequence[int], day: date, workers: Sequence[Run]
    ) -> AsyncIterator[pb.EndOfDayProgress]:
        """Closes one day on all stripes, and seals and signs what it recorded."""
        progress = pb.EndOfDayProgress(business_date=convert.day(day), stripes=len(names))
        async with aclosing(DayClose(names, day).closed(workers)) as groups:
            async for group in groups:
                _count(progress, group)
                if progress.stripes_done == len(names):
                    await self._roll()
                    progress.checkpoint_size = (await self.room.sealer.seal()).size
                    progress.finished = True
                yield progress
        if progress.resets_waiting:
            log.warning(
                "resets_waiting",
                business_date=(day + _DAY).isoformat(),
                loans=progress.resets_waiting,
            )

    async def _roll(self) -> None:
        connection = await self.room.database.connect()
        try:
            await balances.roll_days(connection, self.room.book.number)
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

    async def ListEndOfDaySteps(
        self, request: pb.ListEndOfDayStepsRequest, caller: Caller
    ) -> pb.ListEndOfDayStepsResponse:
        """What the steps of a day did."""
        check, book = self.room.checks(), self.room.book.number
        check.parent(request.parent)
        asked = check.date(request, "business_date")
        check.done()
        async with self.room.database.reading() as connection:
            rows = await stripes.read(connection, book)
            day = asked or max(row.business_date for row in rows) - _DAY
            found = {one.step: one for one in await closes.of_day(connection, book, day)}
        response = pb.ListEndOfDayStepsResponse(business_date=convert.day(day))
        for one in sorted(found.values(), key=lambda one: NAMES.index(one.step)):
            response.steps.add(
                step=one.step, stripes=one.stripes, items=one.items, micros=one.micros
            )
        return response

    async def ListReminders(
        self, request: pb.ListRemindersRequest, caller: Caller
    ) -> pb.ListRemindersResponse:
        """The reminders of a business date."""
        check, book = self.room.checks(), self.room.book
        check.parent(request.parent)
        asked = check.date(request, "business_date")
        size, (stripe, number) = page(check, request, 2)
        check.done()
        async with self.room.database.reading() as connection:
            rows = await stripes.read(connection, book.number)
            day = asked or min(row.business_date for row in rows)
            found = await reminders.recorded(
                connection, book.number, day, (stripe, number), size + 1
            )
        response = pb.ListRemindersResponse(
            reminders=[
                pb.Reminder(
                    loan=f"books/{book.code}/loans/{id_text(one.stripe, one.loan)}",
                    due_date=convert.day(one.due),
                    days=one.days,
                    amount=convert.money(one.amount, one.currency),
                    event=f"books/{book.code}/events/{event_text(one.stripe, one.number)}",
                )
                for one in found[:size]
            ]
        )
        if len(found) > size:
            last = found[size - 1]
            response.next_page_token = token(request, (last.stripe, last.number))
        return response

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


def _count(progress: pb.EndOfDayProgress, group: Group) -> None:
    """Adds a group of stripes to what is told of the day."""
    progress.stripes_done += len(group.stripes)
    steps = {step.step: step for step in progress.steps}
    for name, (items, micros) in group.done.items():
        step = steps.get(name) or progress.steps.add(step=name)
        step.stripes += len(group.stripes)
        step.items += items
        step.micros += micros
    told = {name: items for name, (items, _) in group.done.items()}
    progress.loans_accrued += told.get("accrue", 0)
    progress.loans_advanced += told.get("fall_due", 0)
    progress.loans_reset += told.get("reset_rates", 0)
    progress.resets_waiting += group.resets_waiting
    progress.loans_set_aside += group.set_aside
