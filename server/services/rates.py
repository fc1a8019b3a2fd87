"""RateIndexService: reference rates, and their fixings as they were known at any time."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date

from ledger.drafts import stamped
from ledger.errors import NotFound
from ledger.lending import rates
from ledger.names import event_text
from ledger.store import rates as store
from ledger.store.rates import Fixing, RateIndex, Wanted
from loanledger.v1 import rate_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.pages import page, token
from server.security import Caller
from server.services.base import Ask, Room
from server.services.inquiry import settle
from server.services.resetting import Run

_CODE = re.compile(r"[A-Z][A-Z0-9-]{0,29}\Z")
#: Fixings below zero have been published; a hundred per cent is beyond any.
LEAST, MOST = -1, 10
MAX_VALID_DAYS = 400


class RateIndexService:
    """Keeping and reading reference rates."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def CreateRateIndex(self, request: pb.CreateRateIndexRequest, caller: Caller) -> bytes:
        """Adds an index."""
        check, asked = self.room.checks(), request.index
        check.parent(request.parent)
        check.request_id(request.request_id)
        if not _CODE.fullmatch(asked.code):
            check.add("index.code", "capitals, digits and hyphens, at most 30, capital first")
        title = check.text(asked.title, "index.title", required=True, most=200)
        days = check.integer(asked.valid_days, "index.valid_days", 1, MAX_VALID_DAYS)
        reason = check.text(request.reason, "reason")
        check.done()
        index, book = RateIndex(asked.code, title, days), self.room.book.code
        return await Ask(
            self.room,
            caller,
            "CreateRateIndex",
            request,
            request.request_id,
            self.room.first,
            lambda view: rates.create(view, index, reason),
            lambda decision, stamp: _index(book, index, stamp.booked_at),
            {"fresh": True},
        ).run()

    async def GetRateIndex(self, request: pb.GetRateIndexRequest, caller: Caller) -> pb.RateIndex:
        """One index."""
        check = self.room.checks()
        code = check.rest(request.name, "rateIndexes", "name")
        check.done()
        known = {index.code: index for index in await self._indexes()}
        if code not in known:
            raise NotFound(f"no rate index {code[:40]!r}", resource=request.name[:200])
        return _index(self.room.book.code, known[code])

    async def ListRateIndexes(
        self, request: pb.ListRateIndexesRequest, caller: Caller
    ) -> pb.ListRateIndexesResponse:
        """All indexes, by code."""
        check = self.room.checks()
        check.parent(request.parent)
        size, (offset,) = page(check, request, 1)
        check.done()
        found, offset = await self._indexes(), max(offset, 0)
        book = self.room.book.code
        shown = [_index(book, index) for index in found[offset : offset + size]]
        response = pb.ListRateIndexesResponse(indexes=shown)
        if offset + size < len(found):
            response.next_page_token = token(request, (offset + size,))
        return response

    async def PublishFixing(self, request: pb.PublishFixingRequest, caller: Caller) -> bytes:
        """Books the rate of a day, or a correction."""
        check, room = self.room.checks(), self.room
        code = check.rest(request.index, "rateIndexes", "index")
        check.request_id(request.request_id)
        day = check.date(request, "date", required=True)
        rate = check.rate(request.rate, "rate", MOST, least=LEAST)
        reason = check.text(request.reason, "reason")
        check.done()
        assert day
        asked = Fixing(code, day, rate, reason)
        return await Ask(
            room,
            caller,
            "PublishFixing",
            request,
            request.request_id,
            room.first,
            lambda view: rates.publish(view, room.first, asked),
            lambda decision, stamp: _fixing(room, stamped(asked, stamp)),
        ).run()

    async def ListFixings(
        self, request: pb.ListFixingsRequest, caller: Caller
    ) -> pb.ListFixingsResponse:
        """Fixings by day, as they are known now or were known at a moment."""
        check = self.room.checks()
        code = check.rest(request.index, "rateIndexes", "index")
        ends = [_end(check, request, name) for name in ("start", "end")]
        known = check.moment(request, "known_at")
        size, (day, number) = page(check, request, 2)
        check.done()
        if known is not None:
            await settle(self.room, known)
        wanted = Wanted(code, ends[0], ends[1], known, request.show_corrected)
        after = date.fromordinal(min(max(day, 1), date.max.toordinal())), number
        async with self.room.database.reading() as connection:
            book = self.room.book.number
            found = await store.search(connection, book, wanted, after, size + 1)
        if not found and code not in {index.code for index in await self._indexes()}:
            raise NotFound(f"no rate index {code[:40]!r}", resource=request.index[:200])
        response = pb.ListFixingsResponse(fixings=[_fixing(self.room, f) for f in found[:size]])
        if len(found) > size:
            last = found[size - 1]
            response.next_page_token = token(request, (last.day.toordinal(), last.number))
        return response

    async def ResetRates(
        self, request: pb.ResetRatesRequest, caller: Caller
    ) -> AsyncIterator[pb.ResetRatesResponse]:
        """Works late and corrected fixings in."""
        check = self.room.checks()
        code = check.rest(request.index, "rateIndexes", "index")
        since = check.date(request, "since", required=True)
        check.request_id(request.request_id)
        check.text(request.reason, "reason", required=True)
        check.done()
        assert since
        if code not in {index.code for index in await self._indexes()}:
            raise NotFound(f"no rate index {code[:40]!r}", resource=request.index[:200])
        async for told in Run(self.room, caller, request, since).progress(code):
            yield told

    async def _indexes(self) -> list[RateIndex]:
        async with self.room.database.reading() as connection:
            return await store.indexes(connection, self.room.book.number)


def _end(check: Checks, request: pb.ListFixingsRequest, name: str) -> date | None:
    if not request.dates.HasField(name):
        return None
    return check.day(getattr(request.dates, name), f"dates.{name}")


def _index(book: str, index: RateIndex, booked_at: int = 0) -> pb.RateIndex:
    return pb.RateIndex(
        name=f"books/{book}/rateIndexes/{index.code}",
        code=index.code,
        title=index.title,
        valid_days=index.valid_days,
        create_time=convert.moment(booked_at or index.booked_at),
    )


def _fixing(room: Room, fixing: Fixing) -> pb.Fixing:
    book = room.book.code
    return pb.Fixing(
        index=f"books/{book}/rateIndexes/{fixing.index}",
        date=convert.day(fixing.day),
        rate=convert.decimal(fixing.rate),
        reason=fixing.reason,
        event=f"books/{book}/events/{event_text(room.first, fixing.number)}",
        actor=fixing.actor,
        create_time=convert.moment(fixing.booked_at),
        corrected=fixing.corrected,
    )
