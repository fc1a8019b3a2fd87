"""LoanService, standing instructions: set, ended and told."""

from __future__ import annotations

from ledger.drafts import Stamp
from ledger.errors import FailedPrecondition, NotFound
from ledger.lending import standing
from ledger.names import event_text, id_text
from ledger.record import Decision
from ledger.store import loans
from ledger.store import standing as store
from ledger.store.standing import Standing
from ledger.view import View
from loanledger.v1 import loan_service_pb2 as pb
from server import convert
from server.security import Caller
from server.services.loan_commands import LoanCommands


class StandingInstructions(LoanCommands):
    """What a borrower lets be taken on due dates."""

    async def SetStandingInstruction(
        self, request: pb.SetStandingInstructionRequest, caller: Caller
    ) -> bytes:
        """Sets or replaces it."""
        check = self.room.checks()
        key = check.key(request.name, "loans")
        check.request_id(request.request_id)
        funds = check.text(request.funds_account, "funds_account", required=True, most=20)
        currency, most = check.amount(request, "limit", required=False)
        reason = check.text(request.reason, "reason")
        check.done()

        def decide(view: View) -> Decision:
            wanted = view.loan(key).state.terms.currency
            if currency and currency != wanted:
                raise FailedPrecondition(f"the loan's currency is {wanted}", currency=wanted)
            return standing.instruct(view, key, funds, most or None, reason)

        return await self._decided(request, caller, key[0], decide, self._told_of, {"loan": key})

    async def EndStandingInstruction(
        self, request: pb.EndStandingInstructionRequest, caller: Caller
    ) -> bytes:
        """Ends it."""
        check = self.room.checks()
        key = check.key(request.name, "loans")
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason")
        check.done()
        return await self._decided(
            request,
            caller,
            key[0],
            lambda view: standing.end(view, key, reason),
            self._told_of,
            {"loan": key},
        )

    async def GetStandingInstruction(
        self, request: pb.GetStandingInstructionRequest, caller: Caller
    ) -> pb.StandingInstruction:
        """The newest one of a loan, active or ended."""
        check = self.room.checks()
        key = check.key(request.name, "loans")
        check.done()
        async with self.room.database.reading() as connection:
            found = await store.of_loan(connection, key)
            stored = await loans.read(connection, [key])
            if found is None or key not in stored:
                raise NotFound("the loan has no standing instruction", resource=request.name)
            [record] = await self.room.decoded(connection, list(stored.values()))
        return self._shown(found, found.number, record.state.terms.currency)

    def _told_of(self, decision: Decision, stamp: Stamp) -> pb.StandingInstruction:
        found, currency = decision.result
        return self._shown(found, stamp.number, currency)

    def _shown(self, found: Standing, number: int, currency: str) -> pb.StandingInstruction:
        prefix = f"books/{self.room.book.code}"
        told = pb.StandingInstruction(
            loan=f"{prefix}/loans/{id_text(*found.key)}",
            funds_account=found.funds,
            active=found.active,
            event=f"{prefix}/events/{event_text(found.stripe, number)}",
        )
        if found.most is not None:
            told.limit.CopyFrom(convert.money(found.most, currency))
        return told
