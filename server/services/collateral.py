"""CollateralService: what secures loans, what it is worth, and what becomes of it."""

from __future__ import annotations

import asyncio
import os
from fractions import Fraction
from typing import Any

from ledger.errors import FailedPrecondition, NotFound, RequestIdReused
from ledger.lending import collateral as cases
from ledger.lending import parties
from ledger.lending.coverage import coverage
from ledger.lending.personal import masked
from ledger.names import id_text, new_key
from ledger.store import collateral as store
from ledger.store import loans, stripes
from ledger.store import parties as people
from ledger.store.collateral import Collateral, Figures, Status
from loanledger.v1 import collateral_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.pages import page, token
from server.security import Caller
from server.services.base import Key, Room
from server.services.personal import recorded
from server.services.repossessions import Repossessions, require_currency, shown, valuation


class CollateralService(Repossessions):
    """Registering, valuing, pledging and reading; taking over and selling is inherited."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def RegisterCollateral(
        self, request: pb.RegisterCollateralRequest, caller: Caller
    ) -> pb.Collateral:
        """New collateral; its description is encrypted before anything is recorded."""
        check, book = self.room.checks(), self.room.book
        check.parent(request.parent)
        check.request_id(request.request_id)
        party = check.key(request.party, "parties", "party")
        kind = check.choice(request, "kind", pb.CollateralKind, "COLLATERAL_KIND_", "")
        text = check.text(request.description, "description", required=True, most=1000)
        reference = check.text(request.reference, "reference", most=100)
        figures = _figures(check, request.valuation)
        currency, value = check.money(request.valuation.value, "valuation.value")
        reason = check.text(request.reason, "reason")
        check.done()
        async with self.room.database.reading() as connection:
            owner = (await people.read(connection, [party])).get(party)
            days = await stripes.read(connection, book.number)
        if owner is None:
            raise NotFound(f"no party {request.party}", resource=request.party)
        if not owner.key:
            raise FailedPrecondition("the party was erased: nothing more is kept of it")
        figures.setdefault("valued_on", min(row.business_date for row in days))
        sealed = parties.sealed(text, self.room.keys.ring(owner), os.urandom(parties.NONCE_BYTES))
        new = Collateral(
            stripe=party[0],
            collateral=new_key("collateral", book.code, request.request_id),
            number=0,
            event=cases.REGISTERED,
            party=party[1],
            reference=reference,
            status=Status.FREE,
            description=sealed,
            booked_at=0,
            actor=caller.actor,
            reason=reason,
            figures=Figures(kind=kind, currency=currency, value=value, **figures),
        )
        # Neither the kept answer nor the digest of the request holds personal data.
        bare = pb.RegisterCollateralRequest()
        bare.CopyFrom(request)
        bare.ClearField("description")
        answer = await self._asked(
            request,
            caller,
            "RegisterCollateral",
            new.key,
            lambda view: cases.register(view, new, reason),
            {"party": party},
        ).run_bare(bare)
        told = pb.Collateral.FromString(answer)
        async with self.room.database.reading() as connection:
            kept = (await store.read(connection, [new.key]))[new.key]
        told.description = self.room.keys.opened(kept.description, owner)
        if told.description != text:
            raise RequestIdReused(
                f"request id {request.request_id} was used before, for another description:"
                f" {told.name}",
                resource=told.name,
            )
        return told

    async def GetCollateral(
        self, request: pb.GetCollateralRequest, caller: Caller
    ) -> pb.Collateral:
        """Collateral as it is now."""
        check = self.room.checks()
        key = check.key(request.name, "collaterals")
        reason = check.text(request.reason, "reason")
        check.done()
        found, owner = await self._owned(key, request.name)
        if not reason or not owner.key:
            return self._described(found, owner)
        subject = f"collaterals/{id_text(*key)}", ("description",)
        party = found.stripe, found.party
        await recorded(self.room, caller, request, party, subject)
        return self._described(*await self._owned(key, request.name), clear=True)

    async def _owned(self, key: Key, name: str) -> tuple[Collateral, people.PartyRecord]:
        """Collateral and its owner."""
        async with self.room.database.reading() as connection:
            found = (await store.read(connection, [key])).get(key)
            if found is None:
                raise NotFound(f"no collateral {name}", resource=name)
            owner = found.stripe, found.party
            return found, (await people.read(connection, [owner]))[owner]

    async def ListCollaterals(
        self, request: pb.ListCollateralsRequest, caller: Caller
    ) -> pb.ListCollateralsResponse:
        """Collateral of a borrower or in a status."""
        check = self.room.checks()
        check.parent(request.parent)
        party = check.key(request.party, "parties", "party") if request.party else None
        wanted = check.option(request, "status", pb.CollateralStatus, "COLLATERAL_STATUS_", "", "")
        size, (stripe, number) = page(check, request, 2)
        check.done()
        async with self.room.database.reading() as connection:
            rows = await store.search(
                connection, self.room.book.number, (stripe, number), size + 1, party, wanted
            )
            owners = await people.read(connection, [(row.stripe, row.party) for row in rows])
        told = await asyncio.to_thread(
            lambda: [self._described(row, owners[row.stripe, row.party]) for row in rows[:size]]
        )
        response = pb.ListCollateralsResponse(collaterals=told)
        if len(rows) > size:
            response.next_page_token = token(request, rows[size - 1].key)
        return response

    async def ValueCollateral(self, request: pb.ValueCollateralRequest, caller: Caller) -> bytes:
        """A new valuation in the currency of the first."""
        check = self.room.checks()
        key = check.key(request.name, "collaterals")
        check.request_id(request.request_id)
        figures = _figures(check, request.valuation)
        currency, figures["value"] = check.money(request.valuation.value, "valuation.value")
        reason = check.text(request.reason, "reason")
        check.done()

        def decide(view: Any) -> Any:
            require_currency(currency, cases.find(view, key))
            figures.setdefault("valued_on", view.stripes[key[0]].business_date)
            return cases.value(view, key, figures, reason)

        return await self._asked(request, caller, "ValueCollateral", key, decide).run()

    async def ListValuations(
        self, request: pb.ListValuationsRequest, caller: Caller
    ) -> pb.ListValuationsResponse:
        """Every valuation with who stated it and why, oldest first."""
        check = self.room.checks()
        key = check.key(request.parent, "collaterals", "parent")
        size, (after,) = page(check, request, 1)
        check.done()
        async with self.room.database.reading() as connection:
            rows = await store.versions(connection, key, after, size + 1, cases.VALUATIONS)
        response = pb.ListValuationsResponse(
            valuations=[valuation(self.room.book.code, row) for row in rows[:size]]
        )
        if len(rows) > size:
            response.next_page_token = token(request, (rows[size - 1].number,))
        return response

    async def PledgeCollateral(self, request: pb.PledgeCollateralRequest, caller: Caller) -> bytes:
        """Secures a loan."""
        check, lien = self.room.checks(), request.lien
        key = check.key(request.name, "collaterals")
        check.request_id(request.request_id)
        loan = check.key(lien.loan, "loans", "lien.loan")
        rank = check.integer(lien.rank, "lien.rank", 1, 100)
        currency, most = "", None
        if lien.HasField("limit"):
            currency, most = check.money(lien.limit, "lien.limit")
        reason = check.text(request.reason, "reason")
        same_stripe(check, key, loan, "lien.loan")
        check.done()

        def decide(view: Any) -> Any:
            require_currency(currency, cases.find(view, key))
            return cases.pledge(view, key, loan, rank, most, reason)

        asked = self._asked(request, caller, "PledgeCollateral", key, decide, {"loan": loan})
        return await asked.run()

    async def ReleaseCollateral(
        self, request: pb.ReleaseCollateralRequest, caller: Caller
    ) -> bytes:
        """Ends a lien."""
        check = self.room.checks()
        key = check.key(request.name, "collaterals")
        check.request_id(request.request_id)
        loan = check.key(request.loan, "loans", "loan")
        reason = check.text(request.reason, "reason", required=request.early)
        same_stripe(check, key, loan, "loan")
        check.done()
        return await self._asked(
            request,
            caller,
            "ReleaseCollateral",
            key,
            lambda view: cases.release(view, key, loan, request.early, reason),
            {"loan": loan},
        ).run()

    async def GetCoverage(self, request: pb.GetCoverageRequest, caller: Caller) -> pb.Coverage:
        """What a loan's liens give it."""
        check = self.room.checks()
        key = check.key(request.name, "loans")
        check.done()
        async with self.room.database.reading() as connection:
            found = await store.of_loans(connection, [key])
            keys = {(one.stripe, lien.loan) for one in found for lien in one.figures.liens} | {key}
            stored = await loans.read(connection, sorted(keys))
            records = await self.room.decoded(connection, list(stored.values()))
            rows = await stripes.read(connection, self.room.book.number)
        days = {row.stripe: row.business_date for row in rows}
        owed = {r.loan: sum(r.state.owed(days[r.stripe]).values()) for r in records}
        if key not in stored:
            raise NotFound(f"no loan {request.name}", resource=request.name)
        shares = coverage(key[1], owed, found)
        currency = next(r.state.terms.currency for r in records if r.loan == key[1])
        debt, value = owed[key[1]], sum(share.collateral.figures.value for share in shares)
        covered = min(sum(share.amount for share in shares), max(debt, 0))
        book = self.room.book.code
        answer = pb.Coverage(
            loan=request.name,
            business_date=convert.day(days[key[0]]),
            owed=convert.money(debt, currency),
            covered=convert.money(covered, currency),
            uncovered=convert.money(max(debt, 0) - covered, currency),
            shares=[
                pb.CoverageShare(
                    collateral=f"books/{book}/collaterals/{id_text(*share.collateral.key)}",
                    rank=share.rank,
                    value=convert.money(share.collateral.figures.value, currency),
                    lending_value=convert.money(share.lending_value, currency),
                    share=convert.money(share.amount, currency),
                )
                for share in shares
            ],
        )
        if debt > 0:
            answer.coverage.CopyFrom(convert.decimal(Fraction(covered, debt)))
        if value:
            answer.loan_to_value.CopyFrom(convert.decimal(Fraction(debt, value)))
        return answer

    def _described(
        self, found: Collateral, owner: people.PartyRecord, *, clear: bool = False
    ) -> pb.Collateral:
        """With its description, masked unless `clear`, as long as its owner was not erased."""
        told = shown(self.room.book.code, found)
        text = self.room.keys.opened(found.description, owner)
        told.description = text if clear else masked(text)
        told.masked = bool(text) and not clear
        return told


def _figures(check: Checks, given: pb.Valuation) -> dict[str, Any]:
    """A valuation but for its value."""
    found: dict[str, Any] = {
        "haircut": Fraction(0),
        "method": check.text(given.method, "valuation.method", required=True, most=100),
        "valuer": check.text(given.valuer, "valuation.valuer", most=200),
    }
    if given.HasField("haircut"):
        found["haircut"] = check.rate(given.haircut, "valuation.haircut", 1)
    day = check.date(given, "valued_on", "valuation.")
    return found | ({"valued_on": day} if day else {})


def same_stripe(check: Checks, key: tuple[int, int], loan: tuple[int, int], field: str) -> None:
    """Collateral and the loans that it secures stand with their borrower."""
    if key != (0, 0) and loan != (0, 0) and key[0] != loan[0]:
        check.add(field, "must be a loan of the borrower whose collateral it is")
