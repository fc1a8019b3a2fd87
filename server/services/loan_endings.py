"""LoanService, trouble and the end: suspension, charge-off, write-off, sale, refinancing."""

from __future__ import annotations

from typing import Any

from ledger.drafts import Stamp
from ledger.lending.redenominations import NewCurrency, redenominate
from ledger.lending.refinancings import refinance
from ledger.loan.events import Kind
from ledger.names import new_key
from ledger.record import Decision
from loanledger.v1 import loan_service_pb2 as pb
from server import convert
from server.security import Caller
from server.services.loan_commands import LoanCommands, Wish, amount_of
from server.services.products import named

#: Units of a currency for one of another; more is a slip of the decimal point.
MAX_EXCHANGE_RATE = 1_000_000


class LoanEndings(LoanCommands):
    """Each RPC is one event; a refinancing or a redenomination is one on each of two loans."""

    async def SuspendInterest(self, request: pb.SuspendInterestRequest, caller: Caller) -> bytes:
        """Interest is no income any more."""
        return await self._happen(request, caller, Kind.SUSPENDED)

    async def ResumeInterest(self, request: pb.ResumeInterestRequest, caller: Caller) -> bytes:
        """Interest is income again."""
        return await self._happen(request, caller, Kind.RESUMED)

    async def ChargeOffLoan(self, request: pb.ChargeOffLoanRequest, caller: Caller) -> bytes:
        """All that is owed leaves the balance sheet."""
        return await self._happen(request, caller, Kind.CHARGED_OFF, reason_required=True)

    async def FlagFraud(self, request: pb.FlagFraudRequest, caller: Caller) -> bytes:
        """Sets the mark of fraud, or takes it away."""
        details = {"value": request.value}
        return await self._happen(
            request, caller, Kind.FRAUD_FLAGGED, details, reason_required=True
        )

    async def WriteOffLoan(self, request: pb.WriteOffLoanRequest, caller: Caller) -> bytes:
        """Writes off all that is owed."""
        return await self._happen(request, caller, Kind.WRITTEN_OFF, reason_required=True)

    async def WriteDownLoan(self, request: pb.WriteDownLoanRequest, caller: Caller) -> bytes:
        """Gives up a part of what is owed."""
        return await self._happen(request, caller, Kind.WRITTEN_DOWN, reason_required=True)

    async def SellLoan(self, request: pb.SellLoanRequest, caller: Caller) -> bytes:
        """Sells the loan, with recourse or without."""
        check = self.room.checks()
        details: dict[str, Any] = {
            "buyer": check.text(request.buyer, "buyer", required=True, most=200)
        }
        details |= {"recourse": True} if request.recourse else {}
        price = amount_of(check, request, "price")
        wish = Wish(Kind.SOLD, price, details, money="price")
        return await self._ask(check, request, caller, wish)

    async def BuyBackLoan(self, request: pb.BuyBackLoanRequest, caller: Caller) -> bytes:
        """Pays back what was received with recourse."""
        return await self._happen(request, caller, Kind.BOUGHT_BACK)

    async def CloseLoan(self, request: pb.CloseLoanRequest, caller: Caller) -> bytes:
        """Closes a loan on which nothing is owed or held."""
        return await self._happen(request, caller, Kind.CLOSED)

    async def RedenominateLoan(self, request: pb.RedenominateLoanRequest, caller: Caller) -> bytes:
        """Lets a loan go on in another currency."""
        check, room = self.room.checks(), self.room
        old = check.key(request.name, "loans")
        code, version = named(check, request.product, "product")
        key = new_key("loan", room.book.code, request.request_id)
        rate = check.rate(request.exchange_rate, "exchange_rate", MAX_EXCHANGE_RATE)
        if not rate:
            check.add("exchange_rate", "must be greater than zero")
        asked = self._asked(check, request, Wish(Kind.REDENOMINATED, reason_required=True))
        check.done()

        def answer(decision: Decision, stamp: Stamp) -> pb.RedenominateLoanResponse:
            book, last = room.book.code, stamp._replace(number=stamp.number + 2)
            return pb.RedenominateLoanResponse(
                departure=convert.command_response(book, decision.result, stamp),
                continuation=convert.command_response(book, decision.also[1].result, last),
            )

        return await self._decided(
            request,
            caller,
            old[0],
            lambda view: redenominate(view, old, asked, NewCurrency(code, version, key, rate)),
            answer,
            {"loan": old, "fresh": not version},
        )

    async def RefinanceLoan(self, request: pb.RefinanceLoanRequest, caller: Caller) -> bytes:
        """Settles one loan by another."""
        check, room = self.room.checks(), self.room
        old, new = check.key(request.name, "loans"), check.key(request.into, "loans", "into")
        if old[0] != new[0]:
            check.add("into", "must be a loan of the same borrower, in the stripe of the old loan")
        amounts = amount_of(check, request, "amount", required=False)
        asked = self._asked(check, request, Wish(Kind.REFINANCED, amounts))
        check.done()

        def answer(decision: Decision, stamp: Stamp) -> pb.RefinanceLoanResponse:
            book, second = room.book.code, stamp._replace(number=stamp.number + 1)
            return pb.RefinanceLoanResponse(
                settlement=convert.command_response(book, decision.result, stamp),
                disbursement=convert.command_response(book, decision.also[0].result, second),
            )

        return await self._decided(
            request,
            caller,
            old[0],
            lambda view: refinance(view, old, asked, new),
            answer,
            {"loan": old, "other": new},
        )
