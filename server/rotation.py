"""Rotating keys of parties, at the machine: under the newest wrapping key, or with new keys too."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from ledger.errors import LedgerError
from ledger.lending.parties import KEY_BYTES, rotated
from ledger.record import Command, Decision, execute
from ledger.store import catalogue, parties, stripes
from ledger.store.catalogue import Catalogue
from ledger.store.parties import Key, PartyRecord
from ledger.store.rows import Connection
from ledger.store.stripes import Book
from ledger.view import View
from server.clock import microseconds
from server.config import Config
from server.database import Database
from server.errors import StartError
from server.party_keys import PartyKeys, provider_of

#: Parties of one event: so long a stripe is held.
GROUP = 200


@dataclass(frozen=True, slots=True)
class Rotation:
    """What an operator asks for; `renew` puts a new key before those that a party has."""

    actor: str
    reason: str
    renew: bool = False


async def rotate(config: Config, asked: Rotation) -> int:
    """Rotates the keys of a book, some at a time; how many. Asked again it goes on."""
    keys = PartyKeys(provider_of(config))
    database = Database(config.dsn.get_secret_value(), config.database_role)
    connection = await database.connect()
    try:
        book = await stripes.find_book(connection, config.book)
        if book is None:
            raise StartError(f"no book {config.book}: a server opens it when it first starts")
        await database.serve(connection, book.number)
        work = _Work(connection, book, await catalogue.load(connection, book.number), keys, asked)
        return sum([await work.of_stripe(row.stripe) for row in await _rows(connection, book)])
    finally:
        await connection.close()


async def _rows(connection: Connection, book: Book) -> list[stripes.Stripe]:
    return await stripes.read(connection, book.number)


@dataclass(frozen=True, slots=True)
class _Work:
    connection: Connection
    book: Book
    known: Catalogue
    keys: PartyKeys
    asked: Rotation

    async def of_stripe(self, stripe: int) -> int:
        """All keys of a stripe that are not as they should be."""
        done, after = 0, -1
        under = None if self.asked.renew else self.keys.provider.newest
        while found := await parties.keyed(self.connection, stripe, after, under, GROUP):
            command = Command(
                stripe,
                f"rotate-{uuid4()}",
                self.asked.actor,
                "RotatePartyKeys",
                b"",
                partial(self._decided, [(stripe, party) for party in found]),
                lambda decision, stamp: b"",
            )
            (outcome,), _ = await execute(
                self.connection, self.book, self.known, [command], microseconds()
            )
            if isinstance(outcome, LedgerError):
                raise StartError(outcome.message)
            done, after = done + len(found), found[-1]
        return done

    def _decided(self, wanted: list[Key], view: View) -> Decision:
        """Under the stripe's lock: whoever was erased meanwhile has no key any more."""
        found = view.read(("keys", wanted[0]), partial(parties.read, keys=wanted))
        rows = [self._turned(one) for one in found.values() if one.key]
        newest = self.keys.provider.newest
        return rotated(rows, newest, self.asked.reason, renewed=self.asked.renew)

    def _turned(self, one: PartyRecord) -> PartyRecord:
        ring = self.keys.ring(one)
        return self.keys.wrapped(one, os.urandom(KEY_BYTES) + ring if self.asked.renew else ring)
