"""ResetRates: fixings that came or changed after a reset, worked into the loans concerned."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from functools import partial

import structlog

from ledger.errors import LedgerError, Overloaded
from ledger.lending.resets import NothingToReset, fix_again, owing
from ledger.names import id_text
from ledger.store import catalogue, events, resets, stripes
from ledger.store.catalogue import Catalogue
from ledger.store.loans import LoanRecord
from ledger.view import View, answered
from loanledger.v1 import rate_service_pb2 as pb
from server import convert
from server.security import Caller
from server.services.base import Ask, Key, Room

log = structlog.get_logger()
#: Loans looked at before the next progress is told.
GROUP = 64


@dataclass(frozen=True, slots=True)
class Run:
    """One call: who asks for what."""

    room: Room
    caller: Caller
    request: pb.ResetRatesRequest
    since: date

    async def progress(self, code: str) -> AsyncIterator[pb.ResetRatesResponse]:
        """Goes over the loans of an index; the figures grow from one answer to the next."""
        told, after = pb.ResetRatesResponse(), (-1, -1)
        while not told.finished:
            records, owed = await self._look(code, after, told)
            counts = await asyncio.gather(*(self._work(key, days) for key, days in owed))
            told.resets += sum(done for done, _ in counts)
            told.refused += sum(refused for _, refused in counts)
            told.loans_seen += len(records)
            told.finished = len(records) < GROUP
            after = (records[-1].stripe, records[-1].loan) if records else after
            yield told

    async def _look(
        self, code: str, after: Key, told: pb.ResetRatesResponse
    ) -> tuple[list[LoanRecord], list[tuple[Key, list[date]]]]:
        """The next loans of the index, and the resets that each lacks."""
        book = self.room.book.number
        async with self.room.database.reading() as connection:
            known = await catalogue.load(connection, book)
            rows = await resets.of_products(connection, book, _following(known, code), after, GROUP)
            records = await self.room.decoded(connection, rows)
            found = {row.stripe: row for row in await stripes.read(connection, book)}
            view = View(self.room.book, found, known)
            view.loans = {(record.stripe, record.loan): record for record in records}
            view.histories = await events.of_loans(connection, list(view.loans))
            owed = []
            for key in view.loans:
                ask = partial(owing, key=key, since=self.since)
                days, missing = await answered(connection, view, ask)
                told.waiting += len(missing)
                owed += [(key, days)] if days else []
        return records, owed

    async def _work(self, key: Key, days: list[date]) -> tuple[int, int]:
        """Records the resets of one loan in order: (done, refused)."""
        done = refused = 0
        for day in days:
            try:
                await self._record(key, day)
            except NothingToReset:
                continue
            except Overloaded:
                raise
            except LedgerError as error:
                refused += 1
                log.warning(
                    "reset_refused",
                    loan=id_text(*key),
                    reset=day.isoformat(),
                    reason=error.reason,
                )
            else:
                done += 1
        return done, refused

    async def _record(self, key: Key, day: date) -> None:
        request, book = self.request, self.room.book.code
        await Ask(
            self.room,
            self.caller,
            "ResetRates",
            request,
            f"{request.request_id}/{id_text(*key)}/{day.isoformat()}",
            key[0],
            lambda view: fix_again(view, key, day, request.reason),
            lambda d, stamp: convert.command_response(book, d.result, stamp),
            {"loan": key},
        ).run()


def _following(known: Catalogue, code: str) -> list[tuple[str, int]]:
    """The product versions whose loans follow an index."""
    return [
        key
        for key, product in known.products.items()
        if product.terms.floating and product.terms.floating.index == code
    ]
