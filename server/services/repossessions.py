"""What becomes of collateral when its loan is not paid: taken over, impaired, sold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger.drafts import Stamp, versioned
from ledger.errors import FailedPrecondition
from ledger.lending import collateral as cases
from ledger.lending.loans import Asked
from ledger.loan.events import Kind
from ledger.names import event_text, id_text
from ledger.record import Decision
from ledger.store import collateral as store
from ledger.store.collateral import Collateral
from ledger.view import View
from loanledger.v1 import collateral_service_pb2 as pb
from server import convert
from server.security import Caller
from server.services.base import Ask, Room

Key = tuple[int, int]
Decide = Callable[[View], Decision]


class Repossessions:
    """Each RPC is one event of the collateral, and where a loan is concerned one of that."""

    room: Room

    async def RepossessCollateral(
        self, request: pb.RepossessCollateralRequest, caller: Caller
    ) -> bytes:
        """The lender takes it over at a value."""
        check = self.room.checks()
        key = check.key(request.name, "collaterals")
        check.request_id(request.request_id)
        loan = check.key(request.loan, "loans", "loan")
        currency, amount = check.amount(request, "value")
        reason = check.text(request.reason, "reason", required=True)
        if key != (0, 0) and loan != (0, 0) and key[0] != loan[0]:
            check.add("loan", "must be a loan that the collateral secures")
        check.done()
        asked = Asked(Kind.REPAID, {"amount": amount}, currency, reason=reason, field="value")
        return await self._asked(
            request,
            caller,
            "RepossessCollateral",
            key,
            lambda view: cases.repossess(view, key, loan, asked, in_full=request.in_full),
            {"loan": loan, "fresh": True},
        ).run()

    async def ReverseRepossession(
        self, request: pb.ReverseRepossessionRequest, caller: Caller
    ) -> bytes:
        """Gives it back to secure its loan."""
        check = self.room.checks()
        key = check.key(request.name, "collaterals")
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        return await self._taken(
            request, caller, "ReverseRepossession", key, lambda v: cases.restore(v, key, reason)
        )

    async def ImpairCollateral(self, request: pb.ImpairCollateralRequest, caller: Caller) -> bytes:
        """Changes what is set aside against it."""
        check = self.room.checks()
        key = check.key(request.name, "collaterals")
        check.request_id(request.request_id)
        currency, amount = check.amount(request, "amount")
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        signed = -amount if request.release else amount

        def decide(view: View) -> Decision:
            require_currency(currency, cases.find(view, key))
            return cases.impair(view, key, signed, reason)

        return await self._taken(request, caller, "ImpairCollateral", key, decide)

    async def DisposeCollateral(
        self, request: pb.DisposeCollateralRequest, caller: Caller
    ) -> bytes:
        """Sells it."""
        check = self.room.checks()
        key = check.key(request.name, "collaterals")
        check.request_id(request.request_id)
        currency, proceeds = check.amount(request, "proceeds")
        taxed, tax = check.amount(request, "tax", required=False)
        funds = check.text(request.funds_account, "funds_account", most=20)
        reason = check.text(request.reason, "reason", required=True)
        if tax > proceeds:
            check.add("tax", "must not pass the proceeds")
        check.done()

        def decide(view: View) -> Decision:
            for given in (currency, taxed):
                require_currency(given, cases.find(view, key))
            return cases.dispose(view, key, proceeds, tax, funds, reason)

        return await self._taken(request, caller, "DisposeCollateral", key, decide)

    async def _taken(
        self, request: Any, caller: Caller, method: str, key: Key, decide: Decide
    ) -> bytes:
        """A command on collateral with the loan that it was taken over for, if it was."""
        async with self.room.database.reading() as connection:
            found = (await store.read(connection, [key])).get(key)
        loan = found.figures.taken_for if found else None
        loads = {"loan": (key[0], loan)} if loan is not None else {}
        return await self._asked(request, caller, method, key, decide, loads).run()

    def _asked(
        self,
        request: Any,
        caller: Caller,
        method: str,
        key: Key,
        decide: Decide,
        loads: dict[str, Any] | None = None,
    ) -> Ask:
        book = self.room.book.code
        return Ask(
            self.room,
            caller,
            method,
            request,
            request.request_id,
            key[0],
            decide,
            lambda decision, stamp: shown(book, stamped(decision, stamp)),
            loads or {},
        )


def stamped(decision: Decision, stamp: Stamp) -> Collateral:
    """The version that a decision makes, as it is recorded."""
    return versioned(decision.result, stamp, decision.draft.kind, decision.draft.reason)


def require_currency(given: str, found: Collateral) -> None:
    """Refuses an amount in another currency than that of the first valuation."""
    if given and given != found.figures.currency:
        raise FailedPrecondition(
            f"the collateral is valued in {found.figures.currency}",
            currency=found.figures.currency,
        )


def valuation(book: str, found: Collateral) -> pb.Valuation:
    """What a version says that it is worth."""
    figures = found.figures
    return pb.Valuation(
        value=convert.money(figures.value, figures.currency),
        valued_on=convert.day(figures.valued_on),
        haircut=convert.decimal(figures.haircut),
        method=figures.method,
        valuer=figures.valuer,
        event=f"books/{book}/events/{event_text(found.stripe, found.number)}",
        actor=found.actor,
        reason=found.reason,
        create_time=convert.moment(found.booked_at),
    )


def shown(book: str, found: Collateral) -> pb.Collateral:
    """Collateral without its description."""
    figures, prefix = found.figures, f"books/{book}"
    told = pb.Collateral(
        name=f"{prefix}/collaterals/{id_text(*found.key)}",
        party=f"{prefix}/parties/{id_text(found.stripe, found.party)}",
        kind=f"COLLATERAL_KIND_{figures.kind.upper()}",
        reference=found.reference,
        status=f"COLLATERAL_STATUS_{found.status.value.upper()}",
        valuation=valuation(book, found),
        event=f"{prefix}/events/{event_text(found.stripe, found.number)}",
    )
    for lien in figures.liens:
        added = told.liens.add(
            loan=f"{prefix}/loans/{id_text(found.stripe, lien.loan)}", rank=lien.rank
        )
        if lien.most is not None:
            added.limit.CopyFrom(convert.money(lien.most, figures.currency))
    if figures.taken_for is not None:
        told.taken_for = f"{prefix}/loans/{id_text(found.stripe, figures.taken_for)}"
        told.carrying_amount.CopyFrom(convert.money(figures.book, figures.currency))
        told.allowance.CopyFrom(convert.money(figures.allowance, figures.currency))
    return told
