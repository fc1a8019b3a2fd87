"""The part of the full-book check that goes from rows back to the events that made them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from ledger.audit.canonical import EventRecord
from ledger.lending import provenance as lending
from ledger.lending.branches import PARTY_MOVED
from ledger.lending.collateral_history import EVENTS
from ledger.lending.parties import ERASED
from ledger.lending.verification import Difference
from ledger.names import SPAN
from ledger.store import (
    calendars,
    catalogue,
    collateral,
    events,
    policies,
    provenance,
    rates,
    stripes,
)
from ledger.store.answers import Answer
from ledger.store.rows import Connection
from ledger.store.stripes import Book
from server.database import Database
from server.party_keys import PartyKeys
from server.services.answers import differing

#: Answers that are read and compared at a time.
GROUP = 500


async def of_book(database: Database, book: Book) -> list[Difference]:
    """The catalogue, the periods and the tree."""
    number, first = book.number, book.number * SPAN
    async with database.reading() as connection:
        told = await provenance.told(connection, first, lending.CATALOGUE)
        periods = await provenance.told(connection, first, lending.PERIODS)
        rows = await stripes.read(connection, number)
        tree = await provenance.of_book(connection, number)
        kept = lending.Shelved(
            await stripes.find_book(connection, book.code) or book,
            await catalogue.accounts(connection, number),
            await catalogue.products(connection, number),
            await rates.indexes(connection, number),
            await provenance.fixings(connection, number),
            await calendars.versions(connection, number),
            await policies.CREDIT.versions(connection, number),
            await policies.APPROVAL.versions(connection, number),
            await policies.RULES.versions(connection, number),
            await policies.MONITORING.versions(connection, number),
        )
    return [
        *lending.of_catalogue(told, kept),
        *lending.of_periods(periods, rows),
        *lending.of_rules(kept, rows),
        *lending.of_rows(first, tree),
    ]


async def of_stripe(connection: Connection, stripe: int, keys: PartyKeys) -> list[Difference]:
    """Leaves, answers by their requests, parties, and what stands beside loans."""
    unlike = await provenance.of_stripe(connection, stripe)
    told = await provenance.told(connection, stripe, [lending.PARTY, PARTY_MOVED, ERASED])
    parties = await provenance.parties(connection, stripe)
    pledges = await provenance.told(connection, stripe, EVENTS)
    versions = await collateral.of_stripe(connection, stripe)
    people = await asyncio.to_thread(
        lambda: list(lending.of_parties(stripe, told, parties, keys.told))
    )
    secured = lending.of_collateral(stripe, pledges, versions)
    return [*lending.of_rows(stripe, unlike), *people, *secured]


async def of_answers(database: Database, book: str, stripe: int) -> AsyncIterator[list[Difference]]:
    """What the kept answers of a stripe say, some at a time."""
    after = ""
    while True:
        async with database.reading() as connection:
            found = await provenance.answers(connection, stripe, after, GROUP)
            records = await events.read(connection, book, [(stripe, a.number) for a in found])
        pairs = [
            (answer, records[stripe, answer.number][0])
            for answer in found
            if (stripe, answer.number) in records
        ]
        yield await asyncio.to_thread(_differing, book, stripe, pairs)
        if len(found) < GROUP:
            return
        after = found[-1].request_id


def _differing(book: str, stripe: int, pairs: list[tuple[Answer, EventRecord]]) -> list[Difference]:
    return list(differing(book, stripe, pairs))
