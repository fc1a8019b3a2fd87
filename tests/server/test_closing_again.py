"""A day that another process closed meanwhile is not closed again."""

from __future__ import annotations

import asyncio
from datetime import date

from psycopg import AsyncConnection

from ledger.end_of_day.close import Closed, Closing, close_day
from ledger.store import catalogue, stripes
from tests.server.desk import Desk

DAY = date(2024, 1, 15)


async def _closed(dsn: str, times: int) -> list[Closed]:
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        book = await stripes.find_book(connection, "main")
        assert book
        known = await catalogue.load(connection, book.number)
        wanted = [row.stripe for row in await stripes.read(connection, book.number)]
        ask = Closing(book, wanted, DAY, 1_800_000_000_000_000, lambda: 0)
        return [await close_day(connection, ask, known) for _ in range(times)]


def test_a_day_is_closed_once_on_a_stripe_whoever_asks_again(desk: Desk) -> None:
    desk.lent(desk.publish(), "1200")
    first, second = asyncio.run(_closed(desk.server.dsn, 2))
    count = len(desk.rows("select 1 from ledger.stripe"))
    assert (first.stripes, second.stripes) == (count, 0)
    assert desk.rows(
        "select count(*), count(distinct (stripe, posting_date)) from ledger.event"
        " where kind = 'day_closed'"
    ) == [(count, count)]
    assert desk.tied()
