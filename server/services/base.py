"""What every servicer shares: the book, the lanes, reading connections, and the catalogue."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple

from google.protobuf import json_format
from google.protobuf.message import Message

from ledger.drafts import Stamp
from ledger.errors import RequestIdReused, RuleBroken
from ledger.lending import rules
from ledger.lending.approvals import Asking, guarded
from ledger.names import SPAN, hashed
from ledger.record import Command, Decision, execute
from ledger.store import catalogue
from ledger.store.loans import LoanRecord, StoredLoan
from ledger.store.records import decoded
from ledger.store.rows import Connection
from ledger.store.stripes import Book
from ledger.view import View
from server.branches import Branches
from server.checks import Checks
from server.clock import microseconds
from server.closers import Closers
from server.database import Database
from server.lanes import Lanes
from server.party_keys import PartyKeys
from server.poster import Shelf
from server.revoked import Revoked
from server.roles import Roles
from server.sealer import Sealer
from server.security import ALLOWED_BY_NAME, Caller

Key = tuple[int, int]
#: What comes in numbers is ruled as what comes one by one.
RULED_AS: Mapping[str, str] = {
    "BatchPostJournals": "PostJournal",
    "ResetRates": "ResetIndexRate",
}


class Method(NamedTuple):
    """An RPC as a servicer has it."""

    call: Callable[[Any, Caller], Any]
    form: type[Message]
    answer: type[Message]


@dataclass(slots=True)
class Room:
    """The parts of a running server that servicers use."""

    database: Database
    book: Book
    lanes: Lanes
    sealer: Sealer
    shelf: Shelf
    closers: Closers
    #: Where days may be closed only once they have begun; nowhere in development.
    zone: str | None = None
    #: The roles that the book gives, where they are not those of the token.
    roles: Roles | None = None
    revoked: Revoked | None = None
    #: What seals and opens personal data.
    keys: PartyKeys = field(default_factory=PartyKeys)
    #: How each RPC is called by its name alone, and its forms.
    methods: Mapping[str, Method] = field(default_factory=dict)

    @property
    def branches(self) -> Branches:
        """What roles that are bounded to branches may do."""
        return Branches(self.database, self.book)

    def checks(self) -> Checks:
        """An empty list of violations for this book."""
        return Checks(self.book)

    def stripe_of(self, text: str) -> int:
        """The stripe of something without a borrower, by hash of its request id."""
        return self.book.number * SPAN + hashed(text, self.book.stripes)

    @property
    def first(self) -> int:
        """The stripe that keeps what belongs to the whole book: chart, products, periods."""
        return self.book.number * SPAN

    async def decoded(self, connection: Connection, rows: list[StoredLoan]) -> list[LoanRecord]:
        """Stored loans with their states."""
        known = await catalogue.covering(connection, self.book.number, self.shelf.known, rows)
        self.shelf.known = known
        return [decoded(row, known) for row in rows]


class Ask(NamedTuple):
    """A command in the making: what to decide, how to answer, what to load."""

    room: Room
    caller: Caller
    method: str
    request: Message
    request_id: str
    stripe: int
    decide: Callable[[View], Decision]
    encode: Callable[[Decision, Stamp], Message]
    loads: Mapping[str, Any] = MappingProxyType({})

    def command(self) -> Command:
        """The command as the lane takes it."""
        return self._made()[0]

    def unguarded(self) -> Command:
        """The command once everybody has agreed whose approval it needs; rules still hold."""
        return self.command()._replace(decide=self._ruled)

    def _made(self) -> tuple[Command, int]:
        """The command, and the bytes of its request."""
        content, encode = self.request.SerializeToString(deterministic=True), self.encode
        digest = sha256(content).digest()
        command = Command(
            self.stripe,
            self.request_id,
            self.caller.actor,
            self.method,
            digest,
            lambda view: self._decided(view, digest),
            lambda decision, stamp: encode(decision, stamp).SerializeToString(),
            **self.loads,
        )
        return command, len(content)

    def _decided(self, view: View, digest: bytes) -> Decision:
        """What the command comes to, that rules refuse it, or that it waits for approval."""
        try:
            return self._guarded(view, digest)
        except RuleBroken as error:
            return rules.refusal(view, self._wish, error)

    def _ruled(self, view: View) -> Decision:
        if not view.stripes[self.stripe].rulebook:
            return self.decide(view)
        return rules.ruled(view, self._wish, self.decide)

    @property
    def _wish(self) -> rules.Wish:
        roles = self.caller.roles & ALLOWED_BY_NAME.get(self._rule, frozenset())
        return rules.Wish(self.stripe, self.request_id, self._rule, self.caller.actor, roles)

    @property
    def _rule(self) -> str:
        return RULED_AS.get(self.method, self.method)

    def _guarded(self, view: View, digest: bytes) -> Decision:
        if not view.stripes[self.stripe].approval_policy:
            return self._ruled(view)
        rule = self._rule
        asked = Asking(
            self.stripe,
            self.request_id,
            self.method,
            self.caller.actor,
            digest.hex(),
            lambda: json_format.MessageToJson(
                self.request, preserving_proto_field_name=True, indent=None
            ),
            self._wish.roles,
            rule,
            waits=rule == self.method,
            dry=self._dry,
        )
        return guarded(view, asked, self._ruled)

    @property
    def _dry(self) -> bool:
        return bool(getattr(self.request, "validate_only", False))

    async def run(self) -> bytes:
        """Records it and returns the answer's bytes; a dry run where the request asks for one."""
        if self.caller.carry:
            return await self.caller.carry(self)
        return await (self.alone() if self._dry else self.submit())

    async def run_bare(self, bare: Message) -> bytes:
        """Records it by the digest of a request from which personal data was taken out.

        What was answered before requests were taken so has the digest of all of it.
        """
        try:
            return await self._replace(request=bare).run()
        except RequestIdReused:
            return await self.run()

    def submit(self, *, fits: bool = False) -> asyncio.Future[bytes]:
        """Hands it to the lane of its stripe; the answer's bytes come with the commit.

        One that `fits` is of a bulk request for which room was required before.
        """
        return self.room.lanes.submit(*self._made(), fits=fits)

    async def alone(self) -> bytes:
        """Records it in a transaction of its own, unless the request only wants to know."""
        if self.caller.carry:
            return await self.caller.carry(self)
        return await executed(self.room, self.command(), commit=not self._dry)


async def executed(room: Room, command: Command, *, commit: bool) -> bytes:
    """One command in a transaction of its own; the answer's bytes, or its error raised."""
    connection = await room.database.connect()
    try:
        outcomes, _ = await execute(
            connection, room.book, room.shelf.known, [command], microseconds(), commit=commit
        )
    finally:
        await connection.close()
    if isinstance(outcomes[0], bytes):
        return outcomes[0]
    raise outcomes[0]
