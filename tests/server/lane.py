"""A lane on a book of its own, and commands for it that are decided here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date

import psycopg

from ledger.book.journal import Entry, Journal
from ledger.drafts import Draft, Stamp
from ledger.lending.books import open_book
from ledger.record import Command, Decision
from ledger.store import catalogue
from ledger.store.stripes import Book
from ledger.view import View
from server.database import Database
from server.lanes import Lane
from server.poster import Shelf
from server.queue import Queue

DAY = date(2024, 1, 1)
BOOK = Book(1, "main", "Test", "EUR", 4)
Decide = Callable[[View], Decision]


def journal(debit: int, credit: int) -> Decide:
    """A decision to post two entries, balanced or not."""
    entries = (Entry("1001", "D", "EUR", debit), Entry("2011", "C", "EUR", credit))
    draft = Draft("journal_posted", "journals/x", {}, (Journal(DAY, entries),))
    return lambda view: Decision(draft)


GOOD = journal(5, 5)


def command(
    name: str,
    decide: Decide = GOOD,
    stripe: int = 1000,
    *,
    actor: str = "tester",
    locks: tuple[int, ...] = (),
) -> Command:
    """A command whose answer is its event's number."""

    def encode(decision: Decision, stamp: Stamp) -> bytes:
        return str(stamp.number).encode()

    return Command(stripe, name, actor, "Test", b"digest", decide, encode, locks=locks)


@asynccontextmanager
async def lane_on(dsn: str, batch: int = 100, queue: Queue | None = None) -> AsyncIterator[Lane]:
    """A lane on a new book."""
    place = Database(dsn, "loanledger_app")
    connection = await place.connect()
    await place.serve(connection, BOOK.number)
    await open_book(connection, BOOK, DAY, "tester", 1)
    shelf = Shelf(await catalogue.load(connection, BOOK.number))
    await connection.close()
    lane = Lane(place, BOOK, shelf, batch, queue or Queue(5000, 2**30))
    try:
        yield lane
    finally:
        await lane.stop()


@contextmanager
def held(dsn: str, *stripes: int) -> Iterator[psycopg.Connection]:
    """Stripes that another transaction holds until the block ends, or it commits."""
    with psycopg.connect(dsn) as connection:
        connection.execute(
            "select stripe from ledger.stripe where stripe = any(%s) order by stripe for update",
            (list(stripes),),
        )
        yield connection


def recorded(dsn: str) -> list[tuple[int, int, str]]:
    """(stripe, number, request id) of all events, in order."""
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "select stripe, number, request_id from ledger.event order by stripe, number"
        ).fetchall()
    return [(row[0], row[1], row[2]) for row in rows]
