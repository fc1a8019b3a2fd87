"""PartyService: borrowers, minimal."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

from ledger.errors import NotFound, RequestIdReused
from ledger.lending import parties, personal
from ledger.lending.branches import move_party
from ledger.names import SPAN, id_text, new_key
from ledger.store import parties as store
from ledger.store.parties import PartyRecord
from loanledger.v1 import party_service_pb2 as pb
from server import convert
from server.pages import page, token
from server.party_keys import PartyKeys
from server.security import Caller
from server.services.base import Ask, Key, Room
from server.services.personal import everything, recorded


class PartyService:
    """Creating and reading parties."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def CreateParty(self, request: pb.CreatePartyRequest, caller: Caller) -> pb.Party:
        """A new party; its key is made here and never leaves the database."""
        check, asked = self.room.checks(), request.party
        check.parent(request.parent)
        check.request_id(request.request_id)
        name = check.text(asked.display_name, "party.display_name", required=True, most=200)
        reference = check.text(asked.reference, "party.reference", most=100)
        if not asked.kind or asked.kind not in pb.PartyKind.values():
            check.add("party.kind", "must be PARTY_KIND_PERSON or PARTY_KIND_ORGANISATION")
        reason = check.text(request.reason, "reason")
        branch = check.branch(asked.branch, "party.branch", caller.branches)
        check.done()
        book = self.room.book
        number = new_key("party", book.code, request.request_id)
        stripe = book.number * SPAN + number % book.stripes
        ring = os.urandom(parties.KEY_BYTES)
        record = PartyRecord(
            stripe,
            number,
            pb.PartyKind.Name(asked.kind).removeprefix("PARTY_KIND_").lower(),
            parties.sealed(name, ring, os.urandom(parties.NONCE_BYTES)),
            reference,
            0,
            ring,
            branch,
        )
        record = self.room.keys.wrapped(record, ring)
        # Neither the kept answer nor the digest of the request holds personal data: after the party
        # was erased nobody can try names against them. So the name is compared with what is kept.
        bare = pb.CreatePartyRequest()
        bare.CopyFrom(request)
        bare.party.ClearField("display_name")
        answer = await Ask(
            self.room,
            caller,
            "CreateParty",
            request,
            request.request_id,
            stripe,
            lambda view: parties.create(view, record, reason),
            lambda decision, stamp: _message(book.code, replace(record, booked_at=stamp.booked_at)),
        ).run_bare(bare)
        party = pb.Party.FromString(answer)
        async with self.room.database.reading() as connection:
            kept = (await store.read(connection, [(stripe, number)]))[stripe, number]
        party.display_name = self.room.keys.opened(kept.display_name, kept)
        if kept.key and party.display_name != name:
            raise RequestIdReused(
                f"request id {request.request_id} was used before, for another name: {party.name}",
                resource=party.name,
            )
        party.erased = not kept.key
        return party

    async def MoveParty(self, request: pb.MovePartyRequest, caller: Caller) -> bytes:
        """The party goes to another branch."""
        check, book = self.room.checks(), self.room.book.code
        key = check.key(request.name, "parties")
        check.request_id(request.request_id)
        branch = check.branch(request.branch, "branch")
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        return await Ask(
            self.room,
            caller,
            "MoveParty",
            request,
            request.request_id,
            key[0],
            lambda view: move_party(view, key, branch, reason),
            lambda decision, stamp: _message(book, decision.result),
            {"party": key},
        ).run()

    async def EraseParty(self, request: pb.ErasePartyRequest, caller: Caller) -> bytes:
        """Destroys the party's key."""
        check, room = self.room.checks(), self.room
        key = check.key(request.name, "parties")
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        return await Ask(
            room,
            caller,
            "EraseParty",
            request,
            request.request_id,
            key[0],
            lambda view: parties.erase(view, key, reason),
            lambda decision, stamp: _message(room.book.code, decision.result),
            {"party": key},
        ).run()

    async def GetParty(self, request: pb.GetPartyRequest, caller: Caller) -> pb.Party:
        """One party; in clear once it is recorded that somebody sees it so."""
        check, book = self.room.checks(), self.room.book.code
        key = check.key(request.name, "parties")
        reason = check.text(request.reason, "reason")
        check.done()
        found = await self._found(key, request.name)
        if not reason or not found.key:
            return await asyncio.to_thread(_masked, self.room.keys, book, found)
        subject = f"parties/{id_text(*key)}", ("display_name",)
        await recorded(self.room, caller, request, key, subject)
        found = await self._found(key, request.name)
        name = await asyncio.to_thread(self.room.keys.opened, found.display_name, found)
        return _message(book, found, name)

    async def ExportParty(
        self, request: pb.ExportPartyRequest, caller: Caller
    ) -> AsyncIterator[pb.ExportPartyResponse]:
        """All that the books hold of a party."""
        check, room = self.room.checks(), self.room
        key = check.key(request.name, "parties")
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        await Ask(
            room,
            caller,
            "ExportParty",
            request,
            request.request_id,
            key[0],
            lambda view: personal.export(view, key, reason),
            lambda decision, stamp: _message(room.book.code, decision.result),
            {"party": key},
        ).run()
        async for row in everything(room, key):
            yield row

    async def _found(self, key: Key, name: str) -> PartyRecord:
        async with self.room.database.reading() as connection:
            found = await store.read(connection, [key])
        if key not in found:
            raise NotFound(f"no party {name}", resource=name)
        return found[key]

    async def ListParties(
        self, request: pb.ListPartiesRequest, caller: Caller
    ) -> pb.ListPartiesResponse:
        """Parties, by reference if one is given."""
        check = self.room.checks()
        check.parent(request.parent)
        reference = check.text(request.reference, "reference", most=100)
        size, (stripe, number) = page(check, request, 2)
        check.done()
        async with self.room.database.reading() as connection:
            rows = await store.search(
                connection,
                self.room.book.number,
                (stripe, number),
                size + 1,
                reference,
                sorted(caller.branches) if caller.branches is not None else None,
            )
        shown = partial(_masked, self.room.keys, self.room.book.code)
        masked = await asyncio.to_thread(lambda: list(map(shown, rows[:size])))
        response = pb.ListPartiesResponse(parties=masked)
        if len(rows) > size:
            last = rows[size - 1]
            response.next_page_token = token(request, (last.stripe, last.party))
        return response


def _masked(keys: PartyKeys, book: str, record: PartyRecord) -> pb.Party:
    """As anybody may see it who may see the party at all."""
    told = _message(book, record, personal.masked(keys.opened(record.display_name, record)))
    told.masked = not told.erased
    return told


def _message(book: str, record: PartyRecord, name: str = "") -> pb.Party:
    """A party with the name that is to be told."""
    return pb.Party(
        name=f"books/{book}/parties/{id_text(record.stripe, record.party)}",
        kind=f"PARTY_KIND_{record.kind.upper()}",
        display_name=name,
        reference=record.reference,
        create_time=convert.moment(record.booked_at),
        erased=not record.key,
        branch=record.branch,
    )
