"""VerifyLedger: the full-book check, in short snapshots beside the channels' traffic."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from datetime import date

import psycopg

from ledger.lending.verification import (
    Difference,
    Kept,
    of_control_accounts,
    of_loan,
    of_stripe,
)
from ledger.names import SPAN
from ledger.store import (
    accruals,
    balances,
    catalogue,
    events,
    loan_search,
    loans,
    stripes,
    verification,
)
from ledger.store.catalogue import Catalogue
from ledger.store.loans import ComponentSums
from ledger.store.rows import DAMAGED, REFUSALS, Connection
from ledger.store.stripes import Book
from loanledger.v1 import ledger_service_pb2 as pb
from server import convert
from server.database import Database
from server.errors import storage_damaged
from server.party_keys import PartyKeys
from server.security import Caller
from server.services import provenance
from server.services.base import Key
from server.services.inquiry import Inquiry

#: Loans that are read and folded at a time: what the check holds in memory.
GROUP = 100
LISTED, MOST = 1_000, 100_000


class Verification(Inquiry):
    """Reads everything and changes nothing."""

    async def VerifyLedger(
        self, request: pb.VerifyLedgerRequest, caller: Caller
    ) -> AsyncIterator[pb.VerifyLedgerProgress]:
        """The full-book check, as it goes on."""
        check = self.room.checks()
        check.parent(request.parent)
        listed = check.integer(request.max_differences, "max_differences", 0, MOST) or LISTED
        check.done()
        async for told in FullCheck(
            self.room.database, self.room.book, listed, self.room.keys
        ).run():
            yield told


class FullCheck:
    """The full-book check of a book, which tells so many differences one by one."""

    def __init__(
        self,
        database: Database,
        book: Book,
        listed: int = LISTED,
        keys: PartyKeys | None = None,
    ) -> None:
        self._database, self._book, self._listed = database, book, listed
        self._keys = keys or PartyKeys()

    async def run(self) -> AsyncGenerator[pb.VerifyLedgerProgress, None]:
        """The book, its stripes, then loans; each snapshot is consistent in itself."""
        database, book = self._database, self._book
        async with database.reading() as connection:
            rows = await stripes.read(connection, book.number)
            total = await verification.count(connection, book.number)
            known = await catalogue.load(connection, book.number)
            wrong = await verification.of_days(connection, book.number)
        told = pb.VerifyLedgerProgress(stripes=len(rows), loans=total)
        found = [*of_stripe(rows[0].stripe, wrong)]
        yield self._told(told, found)
        for row in rows:
            async for found in self._of_stripe(row.stripe, known):
                yield self._told(told, found)
            told.stripes_done += 1
        after: Key | None = (-1, -1)
        while after:
            try:
                kept, known, days = await self._group(after, known)
            except DAMAGED as error:
                yield self._told(told, [_unreadable(max(after[0], rows[0].stripe), error)])
                raise
            after = (kept[-1].row.stripe, kept[-1].row.loan) if len(kept) == GROUP else None
            found = await asyncio.to_thread(self._compared, kept, known, days)
            told.loans_done += len(kept)
            told.loans_set_aside += sum(one.row.set_aside is not None for one in kept)
            told.finished = after is None
            yield self._told(told, found)

    async def _of_stripe(self, stripe: int, known: Catalogue) -> AsyncIterator[list[Difference]]:
        """What does not agree in a stripe, and with the first one in the whole book.

        Storage that is damaged is told as well, and the check goes on with the next stripe.
        """
        try:
            if stripe % SPAN == 0:
                yield await provenance.of_book(self._database, self._book)
            yield await self._stripe(stripe, known)
            async for found in provenance.of_answers(self._database, self._book.code, stripe):
                yield found
        except DAMAGED as error:
            yield [_unreadable(stripe, error)]

    async def _stripe(self, stripe: int, known: Catalogue) -> list[Difference]:
        """What does not agree in a stripe, and its control accounts against its loans."""
        async with self._database.reading() as connection:
            await accruals.hold(connection)
            wrong = await verification.of_stripe(connection, stripe)
            held = await balances.of_stripe(connection, stripe)
            found = [
                *of_stripe(stripe, wrong),
                *await provenance.of_stripe(connection, stripe, self._keys),
            ]
            sums = await _sums(connection, stripe)
        if sums is None:
            return [*found, Difference(stripe % SPAN, "", "lines of loans", "damaged", "")]
        return [*found, *of_control_accounts(stripe, sums, held, known)]

    async def _group(
        self, after: Key, known: Catalogue
    ) -> tuple[list[Kept], Catalogue, dict[int, date]]:
        """The next loans with all that is kept of them, in one snapshot."""
        book = self._book.number
        async with self._database.reading() as connection:
            await accruals.hold(connection)
            rows = await loan_search.search(connection, book, after, GROUP)
            keys = [(row.stripe, row.loan) for row in rows]
            known = await catalogue.covering(connection, book, known, rows)
            figures = await verification.figures(connection, keys)
            histories = await events.of_loans(connection, keys)
            booked = await verification.booked(connection, keys)
            days = {s.stripe: s.business_date for s in await stripes.read(connection, book)}
        kept = [
            Kept(row, figures[key], histories.get(key, []), booked.get(key, {}))
            for key, row in zip(keys, rows, strict=True)
        ]
        return kept, known, days

    def _compared(
        self, kept: Iterable[Kept], known: Catalogue, days: dict[int, date]
    ) -> list[Difference]:
        book = self._book.number
        return [
            difference
            for one in kept
            for difference in of_loan(one, known, days[one.row.stripe], book)
        ]

    def _told(
        self, told: pb.VerifyLedgerProgress, found: list[Difference]
    ) -> pb.VerifyLedgerProgress:
        """The progress with what is new, as far as it is listed."""
        book, room = self._book.code, max(self._listed - told.differences, 0)
        told.differences += len(found)
        message = pb.VerifyLedgerProgress(
            found=[
                pb.LedgerDifference(
                    resource=f"books/{book}/{one.resource}" if one.resource else "",
                    stripe=one.stripe,
                    account=one.account,
                    component=convert.COMPONENT.get(one.part) if one.part else None,
                    figure=one.figure,
                    stored=one.stored,
                    computed=one.computed,
                )
                for one in found[:room]
            ]
        )
        message.MergeFrom(told)
        return message


def _unreadable(stripe: int, error: psycopg.Error) -> Difference:
    storage_damaged(error, "VerifyLedger")
    return Difference(stripe % SPAN, "", "storage", "damaged", "")


async def _sums(connection: Connection, stripe: int) -> list[ComponentSums] | None:
    """What the loans of a stripe hold; None where a line cannot be evaluated."""
    try:
        async with connection.transaction():
            return await loans.component_sums(connection, stripe, stripe)
    except REFUSALS:
        return None
