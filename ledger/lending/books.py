"""Opening a lender's book, the first event of its history, and how its schema moved on since."""

from __future__ import annotations

from datetime import date, timedelta

from ledger.batch import Batch
from ledger.book.chart import DEFAULT_CHART
from ledger.drafts import Changes, Draft
from ledger.lending.accounts import account_object
from ledger.names import SPAN
from ledger.store import commits, controls, stripes
from ledger.store.rows import Connection
from ledger.store.stripes import Book


async def open_book(
    connection: Connection, book: Book, business_date: date, actor: str, now: int
) -> None:
    """Creates a book with the default chart; the month of its first business date is open."""
    before = business_date.replace(day=1) - timedelta(days=1)
    async with commits.transaction(connection):
        await stripes.add_book(connection, book, business_date, before)
        first = book.number * 1000
        batch = Batch(book, await stripes.lock(connection, [first]), now)
        draft = Draft(
            kind="book_opened",
            subject="book",
            payload={
                "accounts": [account_object(account) for account in DEFAULT_CHART],
                "currency": book.currency,
                "lender": book.lender,
                "stripes": book.stripes,
            },
            reason="opening of the book",
        )
        stamp = batch.add(first, draft, actor, f"open-{book.code}")
        batch.change(stamp, Changes(accounts=DEFAULT_CHART))
        await batch.writes().run(connection)


async def tell_schema(connection: Connection, book: Book, now: int) -> None:
    """Records the revisions to which the schema came since the book was opened, each once."""
    first = book.number * SPAN
    if not await controls.untold(connection, first):
        return
    async with commits.transaction(connection):
        batch = Batch(book, await stripes.lock(connection, [first]), now)
        for one in await controls.untold(connection, first):
            payload = {"changed_at": one.at, "login": one.actor, "revision": one.kind}
            draft = Draft(controls.CHANGED, f"schema/{one.kind}", payload, reason="migration")
            batch.add(first, draft, "system:start", f"schema-{one.kind}")
        if batch.counted:
            await batch.writes().run(connection)
