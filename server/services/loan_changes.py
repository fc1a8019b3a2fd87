"""LoanService, changes of the contract: rates, dates, term, arrears, and who owes it."""

from __future__ import annotations

from typing import Any

from ledger.lending.assumptions import assume
from ledger.lending.branches import move_loan
from ledger.lending.products import MAX_INSTALMENTS
from ledger.loan.events import Kind
from loanledger.v1 import loan_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.security import Caller
from server.services.loan_commands import (
    LoanCommands,
    Wish,
    text_date,
    text_rate,
    with_,
)
from server.services.terms import frequency_of

_TOGETHER = "from_due and to_due must be given together"


class LoanChanges(LoanCommands):
    """Each RPC is one event."""

    async def ChangeLimit(self, request: pb.ChangeLimitRequest, caller: Caller) -> bytes:
        """What may be drawn."""
        check = self.room.checks()
        currency, limit = "", 0
        if request.HasField("limit"):
            currency, limit = check.money(request.limit, "limit", zero=True)
        else:
            check.add("limit", "is required; zero gives up what is not drawn")
        wish = Wish(Kind.LIMIT_CHANGED, ({"amount": limit}, currency), money="limit")
        return await self._ask(check, request, caller, wish)

    async def ChangeRate(self, request: pb.ChangeRateRequest, caller: Caller) -> bytes:
        """Another annual rate."""
        check = self.room.checks()
        details: dict[str, Any] = text_rate(check, request)
        details |= {"keep_instalment": True} if request.keep_instalment else {}
        return await self._happen(request, caller, Kind.RATE_CHANGED, details, check)

    async def ResetIndexRate(self, request: pb.ResetIndexRateRequest, caller: Caller) -> bytes:
        """The rate that follows from an index."""
        check = self.room.checks()
        details = {
            **text_rate(check, request),
            "index": check.text(request.index, "index", required=True, most=60),
            **text_date(check, request, "fixing_date", required=True),
        }
        return await self._happen(request, caller, Kind.INDEX_RESET, details, check)

    async def PauseInterest(self, request: pb.PauseInterestRequest, caller: Caller) -> bytes:
        """No interest until a day."""
        check = self.room.checks()
        details = text_date(check, request, "until", required=True)
        return await self._happen(request, caller, Kind.INTEREST_PAUSED, details, check)

    async def ChangeDueDate(self, request: pb.ChangeDueDateRequest, caller: Caller) -> bytes:
        """Moves a due date and those after it."""
        check = self.room.checks()
        details = {
            **text_date(check, request, "from_due", required=True),
            **text_date(check, request, "to_due", required=True),
        }
        return await self._happen(request, caller, Kind.DUE_DATE_CHANGED, details, check)

    async def GrantPaymentHoliday(
        self, request: pb.GrantPaymentHolidayRequest, caller: Caller
    ) -> bytes:
        """Leaves out the next instalments."""
        check = self.room.checks()
        count = check.integer(request.instalments, "instalments", 1, MAX_INSTALMENTS)
        details: dict[str, Any] = {"instalments": count}
        details |= {name: True for name in ("interest_free", "extend") if getattr(request, name)}
        return await self._happen(request, caller, Kind.HOLIDAY_GRANTED, details, check)

    async def RescheduleLoan(self, request: pb.RescheduleLoanRequest, caller: Caller) -> bytes:
        """Term, due dates and rate, planned once."""
        check = self.room.checks()
        extra = check.integer(request.extra_instalments, "extra_instalments", 0, MAX_INSTALMENTS)
        moved = _moved(check, request)
        rate = text_rate(check, request) if request.HasField("annual_rate") else {}
        details: dict[str, Any] = {**moved, **rate}
        details |= {"extra_instalments": extra} if extra else {}
        if not details:
            check.add(
                "extra_instalments", "one of extra_instalments, to_due and annual_rate is required"
            )
        return await self._happen(request, caller, Kind.RESCHEDULED, details, check)

    async def ReageLoan(self, request: pb.ReageLoanRequest, caller: Caller) -> bytes:
        """New instalments for all that is owed of the principal."""
        check = self.room.checks()
        frequency = frequency_of(check, request.frequency, "frequency")
        if request.frequency.days:
            check.add("frequency.days", "must be left out: new half months end on the 1st and 15th")
        details = {
            **text_date(check, request, "start", required=True),
            "unit": frequency.unit.value,
            "every": frequency.every,
            "instalments": check.integer(request.instalments, "instalments", 1, MAX_INSTALMENTS),
        }
        return await self._happen(request, caller, Kind.REAGED, details, check)

    async def ReamortizeLoan(self, request: pb.ReamortizeLoanRequest, caller: Caller) -> bytes:
        """Arrears go into the instalments to come."""
        return await self._happen(request, caller, Kind.REAMORTIZED)

    async def CapitalizeInterest(
        self, request: pb.CapitalizeInterestRequest, caller: Caller
    ) -> bytes:
        """Interest owed becomes principal."""
        return await self._happen(request, caller, Kind.CAPITALIZED)

    async def MoveLoan(self, request: pb.MoveLoanRequest, caller: Caller) -> bytes:
        """The loan goes to another branch."""
        check, book = self.room.checks(), self.room.book.code
        key = check.key(request.name, "loans")
        check.request_id(request.request_id)
        branch = check.branch(request.branch, "branch")
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        return await self._decided(
            request,
            caller,
            key[0],
            lambda view: move_loan(view, key, branch, reason),
            lambda d, stamp: convert.command_response(book, d.result, stamp),
            {"loan": key},
        )

    async def AssumeLoan(self, request: pb.AssumeLoanRequest, caller: Caller) -> bytes:
        """Another borrower owes the loan."""
        check = self.room.checks()
        party = check.key(request.party, "parties", "party")
        wish = Wish(
            Kind.ASSUMED, reason_required=True, decide=with_(assume, party), loads={"party": party}
        )
        return await self._ask(check, request, caller, wish)


def _moved(check: Checks, request: pb.RescheduleLoanRequest) -> dict[str, str]:
    found = {**text_date(check, request, "from_due"), **text_date(check, request, "to_due")}
    if request.HasField("from_due") != request.HasField("to_due"):
        check.add("to_due" if request.HasField("from_due") else "from_due", _TOGETHER)
    return found
