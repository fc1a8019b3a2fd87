"""LoanService, the commands: each RPC is one event asked for on one loan."""

from __future__ import annotations

from ledger.drafts import Stamp
from ledger.errors import NotFound
from ledger.lending import loans, refinancings
from ledger.lending.applications import NewLoan, open_loan
from ledger.loan.events import Kind
from ledger.names import new_key, parse_id
from ledger.record import Decision
from ledger.store import events
from ledger.view import View
from loanledger.v1 import loan_service_pb2 as pb
from server import convert
from server.security import ALLOWED_BY_NAME, Caller
from server.services.base import Key
from server.services.loan_changes import LoanChanges
from server.services.loan_endings import LoanEndings
from server.services.loan_imports import LoanImports
from server.services.loan_payments import LoanPayments
from server.services.pricing import applicant_of
from server.services.products import named
from server.services.rulebooks import facts_of
from server.services.shapes import agreement_of
from server.services.standing import StandingInstructions


class LoanService(LoanPayments, LoanChanges, LoanEndings, LoanImports, StandingInstructions):
    """The beginning of a loan, and reversals; all else is inherited."""

    async def OpenLoan(self, request: pb.OpenLoanRequest, caller: Caller) -> bytes:
        """Records an application."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        check.request_id(request.request_id)
        party = check.key(request.party, "parties", "party")
        code, version = named(check, request.product, "product")
        agreement, currency = agreement_of(check, request)
        asked = NewLoan(
            party,
            new_key("loan", room.book.code, request.request_id),
            code,
            version,
            agreement,
            currency,
            check.text(request.reference, "reference", most=100),
            check.text(request.reason, "reason"),
            request.HasField("annual_rate"),
            applicant_of(check, request),
            facts_of(check, request.facts, "facts"),
            caller.roles & ALLOWED_BY_NAME["OpenLoan"],
            check.branch(request.branch, "branch", caller.branches if request.branch else None),
        )
        check.done()

        def answer(decision: Decision, stamp: Stamp) -> pb.Loan:
            message = convert.loan(
                room.book.code, decision.result.loan, decision.result.business_date
            )
            message.create_time.CopyFrom(convert.moment(stamp.booked_at))
            return message

        return await self._decided(
            request,
            caller,
            party[0],
            lambda view: open_loan(view, asked),
            answer,
            {"party": party, "fresh": not version},
        )

    async def ApproveLoan(self, request: pb.ApproveLoanRequest, caller: Caller) -> bytes:
        """Approves the amount asked for, or less."""
        return await self._happen(request, caller, Kind.APPROVED, amount_required=False)

    async def DisburseLoan(self, request: pb.DisburseLoanRequest, caller: Caller) -> bytes:
        """Pays out, in full or a tranche."""
        return await self._happen(request, caller, Kind.DISBURSED, amount_required=False)

    async def ReverseLoanEvent(self, request: pb.ReverseLoanEventRequest, caller: Caller) -> bytes:
        """Undoes an event."""
        check, room = self.room.checks(), self.room
        stripe, number = check.event(request.event, "event")
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        async with room.database.reading() as connection:
            found = await events.read(connection, room.book.code, [(stripe, number)])
        record = found.get((stripe, number))
        subject = record[0].subject if record else ""
        if not subject.startswith("loans/"):
            raise NotFound(f"no loan event {request.event}", resource=request.event)
        key = check.key(f"books/{room.book.code}/{subject}", "loans")
        loads: dict[str, Key] = {"loan": key}
        twin = record[0].payload.get("details", {}) if record else {}
        named = (twin.get(name) for name in ("into", "refinances", "redenominates"))
        other = parse_id(next(filter(None, named), ""), room.book.number)
        if other:
            loads["other"] = other

        def decide(view: View) -> Decision:
            if other:
                return refinancings.undo(view, key, number, other, reason)
            return loans.reverse(view, key, number, reason)

        return await self._decided(
            request,
            caller,
            stripe,
            decide,
            lambda d, stamp: convert.command_response(room.book.code, d.result, stamp),
            loads,
        )
