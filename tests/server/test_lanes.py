"""Lanes: one bad posting fails by itself, its neighbours stand, and the lane goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import psycopg
import pytest

from ledger.batch import Draft, Stamp
from ledger.book.journal import Entry, Journal
from ledger.errors import AmountExceeded, Conflict, LedgerError
from ledger.lending.books import open_book
from ledger.record import Command, Decision, View
from ledger.store import catalogue
from ledger.store.stripes import Book
from server.database import Database
from server.lanes import Lane, Shelf

DAY = date(2024, 1, 1)
BOOK = Book(1, "main", "Test", "EUR", 2)
Decide = Callable[[View], Decision]


def journal(debit: int, credit: int) -> Decide:
    """A decision to post two entries, balanced or not."""
    entries = (Entry("1001", "D", "EUR", debit), Entry("2011", "C", "EUR", credit))
    draft = Draft("journal_posted", "journals/x", {}, (Journal(DAY, entries),))
    return lambda view: Decision(draft)


def defect(view: View) -> Decision:
    """A decision with a programming error."""
    raise LookupError("a defect")


def command(name: str, decide: Decide, stripe: int = 1000) -> Command:
    """A command whose answer is its event's number."""

    def encode(decision: Decision, stamp: Stamp) -> bytes:
        return str(stamp.number).encode()

    return Command(stripe, name, "tester", "Test", b"digest", decide, encode)


async def lane_on(dsn: str) -> Lane:
    """A lane on a new book."""
    place = Database(dsn, "loanledger_app")
    connection = await place.connect()
    await open_book(connection, BOOK, DAY, "tester", 1)
    shelf = Shelf(await catalogue.load(connection, BOOK.number))
    await connection.close()
    return Lane(place, BOOK, shelf, 100, 1000)


@pytest.mark.parametrize(
    ("bad", "error"), [(journal(5, 6), Conflict), (defect, LedgerError)], ids=["refused", "defect"]
)
async def test_one_bad_posting_fails_alone_and_the_lane_goes_on(
    database: str, bad: Decide, error: type[LedgerError]
) -> None:
    lane = await lane_on(database)
    futures = [
        lane.submit(command("first", journal(5, 5))),
        lane.submit(command("bad", bad)),
        lane.submit(command("second", journal(7, 7), 1001)),
    ]
    assert await futures[0] == b"2"  # the first event opened the book
    with pytest.raises(error):
        await futures[1]
    assert await futures[2] == b"1"
    assert await lane.submit(command("third", journal(1, 1))) == b"3"
    await lane.stop()
    with psycopg.connect(database) as connection:
        rows = connection.execute("select request_id from ledger.event order by stripe, number")
        assert [row[0] for row in rows] == ["open-main", "first", "third", "second"]


async def test_a_lane_outlives_its_connection(database: str) -> None:
    lane = await lane_on(database)
    assert await lane.submit(command("before", journal(5, 5))) == b"2"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    assert await lane.submit(command("before", journal(5, 5))) == b"2"
    assert await lane.submit(command("after", journal(5, 5))) == b"3"
    await lane.stop()


async def test_a_balance_beyond_the_books_is_refused_for_good_and_not_for_a_retry(
    database: str,
) -> None:
    lane = await lane_on(database)
    pair = (Entry("1001", "D", "EUR", 10**15), Entry("2011", "C", "EUR", 10**15))
    draft = Draft("journal_posted", "journals/x", {}, (Journal(DAY, pair * 500),))
    for number in range(18):
        await lane.submit(command(str(number), lambda view: Decision(draft)))
    with pytest.raises(AmountExceeded):
        await lane.submit(command("19", lambda view: Decision(draft)))
    assert await lane.submit(command("20", journal(1, 1), 1001)) == b"1"
    await lane.stop()
