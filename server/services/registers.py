"""Items of the registers between contract and domain: read, sealed, asked for and shown."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from google.protobuf.message import Message

from ledger.calc.registers import MAX_FACT, MAX_LINKS, MAX_PAPERS
from ledger.drafts import Stamp, attributed
from ledger.errors import FailedPrecondition, NotFound, RequestIdReused
from ledger.lending import parties
from ledger.names import event_text, id_text, parse_id
from ledger.record import Decision
from ledger.store import parties as people
from ledger.store import registers, stripes
from ledger.store.parties import PartyRecord
from ledger.store.registers import Item, Key, Paper
from ledger.view import View
from loanledger.v1 import compliance_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.pages import page, token
from server.security import COMPLIANCE, CREDIT, Caller
from server.services.base import Ask, Room

MAX_NOTE = 4000
#: Who reads notes about a borrower.
READERS = frozenset({COMPLIANCE, CREDIT})


class Note(NamedTuple):
    """A note in clear, or sealed under a borrower's key."""

    note: str = ""
    sealed: str = ""


class Registers:
    """What all RPCs on items share."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def _item(self, key: Key, collection: str) -> Item:
        """An item as it is now."""
        async with self.room.database.reading() as connection:
            found = await registers.read(connection, key)
        if found is None or found.form.collection != collection:
            name = f"{collection}/{id_text(*key)}"
            raise NotFound(f"no {name}", resource=name)
        return found

    async def _party(self, party: str) -> PartyRecord | None:
        """The borrower of an item, if it is about one."""
        key = parse_id(party, self.room.book.number) if party else None
        if key is None:
            return None
        async with self.room.database.reading() as connection:
            found = await people.read(connection, [key])
        if key not in found:
            raise NotFound(f"no parties/{party}", resource=f"parties/{party}")
        return found[key]

    async def _noted(self, party: str, note: str) -> Note:
        """A note as the history may keep it."""
        owner = await self._party(party)
        if not note or owner is None:
            return Note(note)
        if not owner.key:
            raise FailedPrecondition("the party was erased: nothing more is kept of it")
        sealed = parties.sealed(note, self.room.keys.ring(owner), os.urandom(parties.NONCE_BYTES))
        return Note(sealed=b64encode(sealed).decode())

    async def _shown(self, key: Key, collection: str, caller: Caller) -> pb.RegisterItem:
        """An item with its log; notes about a borrower for those who may read them."""
        async with self.room.database.reading() as connection:
            log = await registers.steps(connection, key)
        if not log or log[-1].form.collection != collection:
            name = f"{collection}/{id_text(*key)}"
            raise NotFound(f"no {name}", resource=name)
        owner = await self._party(log[-1].content.party) if caller.roles & READERS else None
        told = message(self.room.book.code, log[-1])
        told.log.extend(_step(self.room, one, owner) for one in log)
        return told

    async def _today(self) -> date:
        """The business date: the earliest where stripes differ."""
        async with self.room.database.reading() as connection:
            rows = await stripes.read(connection, self.room.book.number)
        return min(row.business_date for row in rows)

    async def _listed(
        self, check: Checks, request: Any, kinds: Sequence[str], **only: Any
    ) -> tuple[list[pb.RegisterItem], str]:
        """A page of items, and the token of the next one."""
        check.parent(request.parent)
        size, after = page(check, request, 2)
        state = check.text(getattr(request, "state", ""), "state", most=40)
        check.done()
        book = self.room.book
        async with self.room.database.reading() as connection:
            found = await registers.search(
                connection, book.number, kinds, (after[0], after[1]), size + 1, state=state, **only
            )
        shown = [message(book.code, one) for one in found[:size]]
        return shown, token(request, found[size - 1].key) if len(found) > size else ""

    async def _stepped(
        self,
        request: Any,
        caller: Caller,
        item: Item,
        decide: Callable[[View, Note], Decision],
        locks: Iterable[int] = (),
    ) -> bytes:
        """A command on an item; neither the kept answer nor the digest holds a sealed note."""
        room, note = self.room, getattr(request, "note", "")
        kept = await self._noted(item.content.party, note)
        ask = Ask(
            room,
            caller,
            type(request).__name__.removesuffix("Request"),
            request,
            request.request_id,
            item.stripe,
            lambda view: decide(view, kept),
            self._answer,
            {"locks": tuple(locks)} if locks else {},
        )
        if not item.content.party or "note" not in request.DESCRIPTOR.fields_by_name:
            return await ask.run()
        bare = type(request)()
        bare.CopyFrom(request)
        bare.ClearField("note")
        answer = await ask.run_bare(bare)
        if not request.validate_only:
            await self._require_same(pb.RegisterItem.FromString(answer), item, note)
        return answer

    async def _require_same(self, told: pb.RegisterItem, item: Item, note: str) -> None:
        """A retry says the same as the first attempt did."""
        async with self.room.database.reading() as connection:
            log = await registers.steps(connection, item.key)
        sealed = next(one.content.sealed for one in log if one.step == told.step)
        owner = await self._party(item.content.party)
        if owner is None or not owner.key:
            return
        if (self.room.keys.opened(b64decode(sealed), owner) if sealed else "") != note:
            text = f"the request id was used before, with another note: {told.name}"
            raise RequestIdReused(text, resource=told.name)

    def _answer(self, decision: Decision, stamp: Stamp) -> Message:
        return message(
            self.room.book.code, attributed(decision.result, stamp, decision.draft.reason)
        )


def with_note(item: Item, note: Note) -> Item:
    """A new item with the note of its first step."""
    return replace(item, content=replace(item.content, **note._asdict()))


def common(check: Checks, request: Any) -> str:
    """What every step is asked with: its reason."""
    check.request_id(request.request_id)
    check.text(getattr(request, "note", ""), "note", most=MAX_NOTE)
    return check.text(request.reason, "reason", required=True)


def papers(check: Checks, given: Iterable[pb.Workpaper]) -> tuple[Paper, ...]:
    """The workpapers of a request; their hashes are looked at with the rest of the step."""
    found = list(given)[: MAX_PAPERS + 1]
    return tuple(Paper(check.text(p.title, "workpapers", most=200), p.sha256[:64]) for p in found)


def facts(check: Checks, given: Mapping[str, str], field: str = "facts") -> dict[str, str]:
    """Facts by name."""
    if len(given) > MAX_PAPERS:
        check.add(field, f"at most {MAX_PAPERS}")
        return {}
    found = sorted(given.items())
    return {n[:40]: check.text(text, f"{field}[{n[:40]}]", most=MAX_FACT) for n, text in found}


def links(check: Checks, given: Sequence[str], field: str) -> tuple[str, ...]:
    """Names of other items within the book."""
    prefix, found = f"books/{check.book.code}/", given[: MAX_LINKS + 1]
    for index, name in enumerate(found):
        if not name.startswith(prefix):
            check.add(f"{field}[{index}]", f"must be the name of an item: {prefix}findings/...")
    return tuple(name.removeprefix(prefix)[:100] for name in found)


def message(book: str, item: Item) -> pb.RegisterItem:
    """An item as the contract tells it, without its log."""
    content = item.content
    told = pb.RegisterItem(
        name=f"books/{book}/{item.resource}",
        kind=item.kind,
        state=item.state,
        title=content.title,
        owner=content.owner,
        party=f"books/{book}/parties/{content.party}" if content.party else "",
        facts=content.facts,
        links=[f"books/{book}/{name}" for name in content.links],
        causes=[f"books/{book}/events/{name}" for name in content.causes],
        amounts=[
            pb.NamedAmount(name=name, amount=convert.money(amount, currency))
            for name, amounts in sorted(content.amounts.items())
            for currency, amount in sorted(amounts.items())
        ],
        step=item.step,
        actor=item.actor,
        update_time=convert.moment(item.booked_at),
        reason=item.reason,
        event=f"books/{book}/events/{event_text(item.stripe, item.number)}",
    )
    if content.due:
        told.due_date.CopyFrom(convert.day(content.due))
    return told


def _step(room: Room, item: Item, owner: PartyRecord | None) -> pb.RegisterStep:
    content, book = item.content, room.book.code
    note = content.note
    if content.sealed and owner:
        note = room.keys.opened(b64decode(content.sealed), owner)
    return pb.RegisterStep(
        step=item.step,
        state=item.state,
        owner=content.owner,
        note=note,
        workpapers=[pb.Workpaper(title=one.title, sha256=one.sha256) for one in content.papers],
        actor=item.actor,
        create_time=convert.moment(item.booked_at),
        reason=item.reason,
        event=f"books/{book}/events/{event_text(item.stripe, item.number)}",
    )
