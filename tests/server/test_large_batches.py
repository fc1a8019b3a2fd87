"""A large batch is written in pieces while it is decided: it is still one transaction."""

from __future__ import annotations

from collections import Counter

import psycopg
import pytest

from ledger.errors import Conflict, LedgerError
from ledger.record import PIECE, Decision
from ledger.store import balances
from ledger.view import View
from tests.server.lane import BOOK, GOOD, Decide, command, journal, lane_on, recorded
from tests.server.test_lanes import defect, ending_its_connection

SIZE = 3 * PIECE + 20
#: Where something odd is decided: before the first piece goes, between two, and after the last.
PLACES = [PIECE // 2, PIECE + 1, SIZE - 1]


def asking(view: View) -> Decision:
    """A decision that reads what the database holds, amid the batch, and what it has so far."""
    found = view.read("balances", lambda c: balances.now(c, BOOK.number))
    assert len(view.stripes) == BOOK.stripes
    assert isinstance(found, list)
    return GOOD(view)


def entries(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        row = connection.execute("select count(*), sum(amount) from ledger.entry").fetchone()
    assert row
    assert row[1] == row[0] * 5
    return int(row[0])


@pytest.mark.parametrize("place", PLACES)
async def test_a_decision_may_read_amid_the_pieces(database: str, place: int) -> None:
    async with lane_on(database, batch=1000) as lane:
        futures = [
            lane.submit(command(f"n{n}", asking if n == place else GOOD, 1000 + n % 4))
            for n in range(SIZE)
        ]
        answers = [await future for future in futures]
    numbers = [int(answer) for answer in answers]
    opened = 1  # the first event of the first stripe opened the book
    assert numbers == [n // 4 + 1 + (opened if n % 4 == 0 else 0) for n in range(SIZE)]
    assert entries(database) == 2 * SIZE


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("bad", "error"), [(journal(5, 6), Conflict), (defect, LedgerError)], ids=["refused", "defect"]
)
async def test_one_bad_posting_takes_none_of_the_pieces_with_it(
    database: str, bad: Decide, error: type[LedgerError], place: int
) -> None:
    async with lane_on(database, batch=1000) as lane:
        futures = [
            lane.submit(command(f"n{n}", bad if n == place else GOOD, 1000 + n % 4))
            for n in range(SIZE)
        ]
        for n, future in enumerate(futures):
            if n == place:
                with pytest.raises(error):
                    await future
            else:
                await future
    found = Counter(name for _, _, name in recorded(database))
    assert found == Counter(["open-main", *(f"n{n}" for n in range(SIZE) if n != place)])
    assert entries(database) == 2 * (SIZE - 1)


async def test_a_connection_cut_amid_the_pieces_leaves_nothing_and_is_tried_again(
    database: str,
) -> None:
    cut = ending_its_connection(database)
    tries = Counter[str]()

    def once(view: View) -> Decision:
        tries["n"] += 1
        return cut(view) if tries["n"] == 1 else GOOD(view)

    async with lane_on(database, batch=1000) as lane:
        futures = [
            lane.submit(command(f"n{n}", once if n == 2 * PIECE else GOOD, 1000 + n % 4))
            for n in range(SIZE)
        ]
        for future in futures:
            await future
    assert tries["n"] > 1
    found = Counter(name for _, _, name in recorded(database))
    assert found == Counter(["open-main", *(f"n{n}" for n in range(SIZE))])
    assert entries(database) == 2 * SIZE


async def test_a_request_id_twice_in_a_batch_is_answered_once_across_the_pieces(
    database: str,
) -> None:
    async with lane_on(database, batch=1000) as lane:
        futures = [lane.submit(command(f"n{n % PIECE}")) for n in range(2 * PIECE + 5)]
        answers = [await future for future in futures]
    assert answers[PIECE:] == [*answers[:PIECE], *answers[:5]]
    assert entries(database) == 2 * PIECE
