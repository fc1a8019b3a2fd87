"""LoanService, the commands: each RPC is one event asked for on one loan."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.batch import Stamp
from ledger.errors import NotFound
from ledger.lending import loans
from ledger.lending.applications import NewLoan, open_loan
from ledger.lending.loans import Asked
from ledger.loan.events import Kind
from ledger.loan.terms import Agreement
from ledger.names import new_key
from ledger.record import Decision
from ledger.store import events
from loanledger.v1 import loan_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.security import Caller
from server.services.base import Ask
from server.services.loan_reading import LoanReading
from server.services.pricing import applicant_of
from server.services.products import named


class LoanService(LoanReading):
    """The writing side; reading is inherited."""

    async def OpenLoan(self, request: pb.OpenLoanRequest, caller: Caller) -> bytes:
        """Records an application."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        check.request_id(request.request_id)
        party = check.key(request.party, "parties", "party")
        code, version = named(check, request.product, "product")
        currency, amount = check.amount(request, "amount")
        first_due = check.date(request, "first_due")
        agreement = Agreement(
            amount,
            check.rate_or_none(request, "annual_rate"),
            check.integer(request.instalments, "instalments", 1, 600),
            first_due,
        )
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
        )
        check.done()

        def answer(decision: Decision, stamp: Stamp) -> pb.Loan:
            message = convert.loan(
                room.book.code, decision.result.loan, decision.result.business_date
            )
            message.create_time.CopyFrom(convert.moment(stamp.booked_at))
            return message

        return await Ask(
            room,
            caller,
            "OpenLoan",
            request,
            request.request_id,
            party[0],
            lambda view: open_loan(view, asked),
            answer,
            {"party": party, "fresh": not version},
        ).run()

    async def ApproveLoan(self, request: pb.ApproveLoanRequest, caller: Caller) -> bytes:
        """Approves the amount asked for, or less."""
        return await self._happen(request, caller, Kind.APPROVED, amount_required=False)

    async def DisburseLoan(self, request: pb.DisburseLoanRequest, caller: Caller) -> bytes:
        """Pays out, in full or a tranche."""
        return await self._happen(request, caller, Kind.DISBURSED, amount_required=False)

    async def RepayLoan(self, request: pb.RepayLoanRequest, caller: Caller) -> bytes:
        """Receives money from the borrower."""
        return await self._happen(request, caller, Kind.REPAID)

    async def ChargeLoan(self, request: pb.ChargeLoanRequest, caller: Caller) -> bytes:
        """Charges a fee."""
        return await self._happen(request, caller, Kind.CHARGED)

    async def PayOffLoan(self, request: pb.PayOffLoanRequest, caller: Caller) -> bytes:
        """Settles all that is owed."""
        return await self._happen(request, caller, Kind.PAID_OFF)

    async def RecordRecovery(self, request: pb.RecordRecoveryRequest, caller: Caller) -> bytes:
        """Receives money on a loan that was written off."""
        return await self._happen(request, caller, Kind.RECOVERED)

    async def RefundCredit(self, request: pb.RefundCreditRequest, caller: Caller) -> bytes:
        """Pays held credit back."""
        return await self._happen(request, caller, Kind.REFUNDED, amount_required=False)

    async def WriteOffLoan(self, request: pb.WriteOffLoanRequest, caller: Caller) -> bytes:
        """Writes off all that is owed."""
        return await self._happen(request, caller, Kind.WRITTEN_OFF, reason_required=True)

    async def CloseLoan(self, request: pb.CloseLoanRequest, caller: Caller) -> bytes:
        """Closes a loan on which nothing is owed or held."""
        return await self._happen(request, caller, Kind.CLOSED)

    async def WaiveLoan(self, request: pb.WaiveLoanRequest, caller: Caller) -> bytes:
        """Forgives interest, fees or penalties."""
        check = self.room.checks()
        amounts, currencies = {}, set()
        for part in ("interest", "fee", "penalty"):
            currency, minor = check.amount(request, part, required=False)
            if minor:
                amounts[part] = minor
                currencies.add(currency)
        if not amounts:
            check.add("interest", "at least one of interest, fee and penalty is required")
        if len(currencies) > 1:
            check.add("interest", "all amounts must have the loan's currency")
        asked = (amounts, next(iter(currencies), ""))
        return await self._ask(check, request, caller, Kind.WAIVED, asked, reason_required=True)

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
        return await Ask(
            room,
            caller,
            "ReverseLoanEvent",
            request,
            request.request_id,
            stripe,
            lambda view: loans.reverse(view, key, number, reason),
            lambda d, stamp: convert.command_response(room.book.code, d.result, stamp),
            {"loan": key},
        ).run()

    async def _happen(
        self,
        request: Any,
        caller: Caller,
        kind: Kind,
        *,
        amount_required: bool = True,
        reason_required: bool = False,
    ) -> bytes:
        """A command with one amount, or none where the message has no such field."""
        check = self.room.checks()
        currency, minor, amounts = "", 0, {}
        if "amount" in request.DESCRIPTOR.fields_by_name:
            currency, minor = check.amount(request, "amount", required=amount_required)
            amounts = {"amount": minor}
        return await self._ask(
            check, request, caller, kind, (amounts, currency), reason_required=reason_required
        )

    async def _ask(
        self,
        check: Checks,
        request: Any,
        caller: Caller,
        kind: Kind,
        amounts: tuple[dict[str, int], str],
        *,
        reason_required: bool,
    ) -> bytes:
        room, fields = self.room, request.DESCRIPTOR.fields_by_name
        key = check.key(request.name, "loans")
        check.request_id(request.request_id)
        day: date | None = check.date(request, "value_date") if "value_date" in fields else None
        reference = request.reference if "reference" in fields else ""
        asked = Asked(
            kind,
            amounts[0],
            amounts[1],
            day,
            check.text(reference, "reference", most=200),
            check.text(request.reason, "reason", required=reason_required),
        )
        check.done()
        return await Ask(
            room,
            caller,
            type(request).__name__.removesuffix("Request"),
            request,
            request.request_id,
            key[0],
            lambda view: loans.happen(view, key, asked),
            lambda d, stamp: convert.command_response(room.book.code, d.result, stamp),
            {"loan": key},
        ).run()
