"""Lanes: one bad posting fails by itself, its neighbours stand, and the lane goes on."""

from __future__ import annotations

import psycopg
import pytest

from ledger.book.journal import Entry, Journal
from ledger.drafts import Draft
from ledger.errors import AmountExceeded, Conflict, LedgerError
from ledger.record import Decision
from ledger.view import View
from server.errors import Unavailable
from tests.server.lane import DAY, GOOD, Decide, command, journal, lane_on, recorded


def defect(view: View) -> Decision:
    """A decision with a programming error."""
    raise LookupError("a defect")


def ending_its_connection(dsn: str) -> Decide:
    """A decision in the course of which its own connection is cut, whenever it is tried."""

    def decide(view: View) -> Decision:
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        return GOOD(view)

    return decide


@pytest.mark.parametrize(
    ("bad", "error"), [(journal(5, 6), Conflict), (defect, LedgerError)], ids=["refused", "defect"]
)
async def test_one_bad_posting_fails_alone_and_the_lane_goes_on(
    database: str, bad: Decide, error: type[LedgerError]
) -> None:
    async with lane_on(database) as lane:
        futures = [
            lane.submit(command("first")),
            lane.submit(command("bad", bad)),
            lane.submit(command("second", journal(7, 7), 1001)),
        ]
        assert await futures[0] == b"2"  # the first event opened the book
        with pytest.raises(error):
            await futures[1]
        assert await futures[2] == b"1"
        assert await lane.submit(command("third", journal(1, 1))) == b"3"
    found = [name for _, _, name in recorded(database)]
    assert found == ["open-main", "first", "third", "second"]


async def test_bad_postings_are_found_by_halves_and_neighbours_keep_their_order(
    database: str,
) -> None:
    bad = {3, 17, 63}
    async with lane_on(database) as lane:
        futures = [
            lane.submit(command(f"n{n}", journal(5, 6) if n in bad else GOOD, 1000 + n % 2))
            for n in range(64)
        ]
        for number, future in enumerate(futures):
            if number in bad:
                with pytest.raises(Conflict):
                    await future
            else:
                assert await future
    names = [name for _, _, name in recorded(database) if name != "open-main"]
    good = [f"n{n}" for n in range(64) if n not in bad]
    assert names == sorted(good, key=lambda name: (int(name[1:]) % 2, int(name[1:])))
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("select pg_stat_force_next_flush()")
        row = connection.execute(
            "select xact_rollback from pg_stat_database where datname = current_database()"
        ).fetchone()
    assert row
    assert row[0] < 25  # one by one it would be more, and each good one its own transaction


async def test_a_posting_that_breaks_its_connection_takes_no_neighbour_with_it(
    database: str,
) -> None:
    async with lane_on(database) as lane:
        futures = [lane.submit(command(f"n{n}")) for n in range(3)]
        poison = lane.submit(command("poison", ending_its_connection(database)))
        futures += [lane.submit(command(f"n{n}")) for n in range(3, 6)]
        assert [await future for future in futures] == [b"2", b"3", b"4", b"5", b"6", b"7"]
        with pytest.raises(Unavailable):
            await poison


async def test_a_lane_outlives_its_connection(database: str) -> None:
    async with lane_on(database) as lane:
        assert await lane.submit(command("before")) == b"2"
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        assert await lane.submit(command("before")) == b"2"
        assert await lane.submit(command("after")) == b"3"


async def test_a_balance_beyond_the_books_is_refused_for_good_and_not_for_a_retry(
    database: str,
) -> None:
    pair = (Entry("1001", "D", "EUR", 10**15), Entry("2011", "C", "EUR", 10**15))
    draft = Draft("journal_posted", "journals/x", {}, (Journal(DAY, pair * 500),))
    async with lane_on(database) as lane:
        for number in range(18):
            await lane.submit(command(str(number), lambda view: Decision(draft)))
        with pytest.raises(AmountExceeded):
            await lane.submit(command("19", lambda view: Decision(draft)))
        assert await lane.submit(command("20", journal(1, 1), 1001)) == b"1"
