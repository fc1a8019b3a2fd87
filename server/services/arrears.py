"""RiskService's commands on a loan's days past due."""

from __future__ import annotations

from collections.abc import Callable

from ledger.drafts import Stamp
from ledger.lending import delinquency
from ledger.names import event_text, id_text
from ledger.record import Decision
from ledger.view import View
from loanledger.v1 import risk_service_pb2 as pb
from server import convert
from server.security import Caller
from server.services.base import Ask, Key, Room


class ArrearsCommands:
    """Pausing and resuming."""

    room: Room

    async def PauseDelinquency(self, request: pb.PauseDelinquencyRequest, caller: Caller) -> bytes:
        """Stops the count until a day."""
        check = self.room.checks()
        key = check.key(request.loan, "loans", "loan")
        cause = check.choice(request, "cause", pb.PauseCause, "PAUSE_CAUSE_", "")
        until = check.date(request, "until", required=True)
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        assert until
        return await self._paused(
            request, caller, key, lambda view: delinquency.pause(view, key, until, cause, reason)
        )

    async def ResumeDelinquency(
        self, request: pb.ResumeDelinquencyRequest, caller: Caller
    ) -> bytes:
        """Lets days count again."""
        check = self.room.checks()
        key = check.key(request.loan, "loans", "loan")
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        return await self._paused(
            request, caller, key, lambda view: delinquency.resume(view, key, reason)
        )

    async def _paused(
        self,
        request: pb.PauseDelinquencyRequest | pb.ResumeDelinquencyRequest,
        caller: Caller,
        key: Key,
        decide: Callable[[View], Decision],
    ) -> bytes:
        method = type(request).__name__.removesuffix("Request")
        return await Ask(
            self.room,
            caller,
            method,
            request,
            request.request_id,
            key[0],
            decide,
            self._pause,
            {"loan": key},
        ).run()

    def _pause(self, decision: Decision, stamp: Stamp) -> pb.DelinquencyPause:
        book, found = self.room.book.code, decision.result
        return pb.DelinquencyPause(
            loan=f"books/{book}/loans/{id_text(found.stripe, found.loan)}",
            cause=f"PAUSE_CAUSE_{found.cause.upper()}",
            first=convert.day(found.first),
            until=convert.day(found.until),
            event=f"books/{book}/events/{event_text(stamp.stripe, stamp.number)}",
        )
