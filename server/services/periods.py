"""Periods of LedgerService: months that close and open, and the results that leave them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message

from ledger.drafts import Stamp
from ledger.lending import periods, results
from ledger.names import event_text
from ledger.record import Decision
from ledger.store import stripes
from ledger.view import View
from loanledger.v1 import ledger_service_pb2 as pb
from server import convert
from server.security import Caller
from server.services.base import Ask
from server.services.verification import Verification

Decide = Callable[[View], Decision]


class Periods(Verification):
    """What concerns a month of the whole book: each command holds all stripes."""

    async def ListPeriods(
        self, request: pb.ListPeriodsRequest, caller: Caller
    ) -> pb.ListPeriodsResponse:
        """All months of the book."""
        check = self.room.checks()
        check.parent(request.parent)
        check.done()
        async with self.room.database.reading() as connection:
            rows = await stripes.read(connection, self.room.book.number)
        return pb.ListPeriodsResponse(
            periods=[_period(self.room.book.code, found) for found in periods.periods(rows)],
            business_date=convert.day(min(row.business_date for row in rows)),
        )

    async def ClosePeriod(self, request: pb.ClosePeriodRequest, caller: Caller) -> bytes:
        """Closes the next month."""
        return await self._move_period(request, caller, "ClosePeriod")

    async def ReopenPeriod(self, request: pb.ReopenPeriodRequest, caller: Caller) -> bytes:
        """Opens the last closed month again."""
        return await self._move_period(request, caller, "ReopenPeriod")

    async def TransferResult(self, request: pb.TransferResultRequest, caller: Caller) -> bytes:
        """Brings income and expense of a month to retained earnings."""
        check = self.room.checks()
        month = check.month(request.name)
        check.request_id(request.request_id)
        account = check.text(request.account, "account", most=20) or results.DEFAULT_ACCOUNT
        reason = check.text(request.reason, "reason")
        check.done()
        return await self._result(
            request,
            caller,
            "TransferResult",
            lambda view: results.transfer(view, month, account, reason),
        )

    async def ReverseResultTransfer(
        self, request: pb.ReverseResultTransferRequest, caller: Caller
    ) -> bytes:
        """Undoes the transfers of a month."""
        check = self.room.checks()
        month = check.month(request.name)
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        return await self._result(
            request,
            caller,
            "ReverseResultTransfer",
            lambda view: results.reverse(view, month, reason),
        )

    async def _move_period(
        self, request: pb.ClosePeriodRequest | pb.ReopenPeriodRequest, caller: Caller, method: str
    ) -> bytes:
        check, book = self.room.checks(), self.room.book.code
        start = check.month(request.name)
        check.request_id(request.request_id)
        reopening = method == "ReopenPeriod"
        reason = check.text(request.reason, "reason", required=reopening)
        check.done()
        move = periods.reopen if reopening else periods.close
        return await self._whole(
            request,
            caller,
            method,
            lambda view: move(view, start, reason),
            lambda decision, stamp: _period(book, decision.result),
        ).run()

    async def _result(self, request: Any, caller: Caller, method: str, decide: Decide) -> bytes:
        """Balances are read from the database, so no other command may be in the transaction."""
        book = self.room.book.code
        return await self._whole(
            request,
            caller,
            method,
            decide,
            lambda decision, stamp: _transferred(book, decision.result, stamp),
        ).alone()

    def _whole(
        self,
        request: Any,
        caller: Caller,
        method: str,
        decide: Decide,
        encode: Callable[[Decision, Stamp], Message],
    ) -> Ask:
        room = self.room
        every = tuple(range(room.first, room.first + room.book.stripes))
        loads: dict[str, Any] = {"locks": every, "fresh": True}
        return Ask(
            room, caller, method, request, request.request_id, room.first, decide, encode, loads
        )


def _period(book: str, found: periods.Period) -> pb.Period:
    return pb.Period(
        name=f"books/{book}/periods/{found.id}",
        start=convert.day(found.start),
        end=convert.day(found.end),
        state=pb.PERIOD_STATE_CLOSED if found.closed else pb.PERIOD_STATE_OPEN,
    )


def _transferred(book: str, done: results.Transferred, stamp: Stamp) -> pb.ResultTransfer:
    return pb.ResultTransfer(
        period=f"books/{book}/periods/{done.month:%Y-%m}",
        event=f"books/{book}/events/{event_text(stamp.stripe, stamp.number)}",
        posting_date=convert.day(done.posting_date),
        account=done.account,
        result=[convert.money(amount, currency) for currency, amount in done.result.items()],
    )
