"""What key risk indicators are counted from: steps of the registers, and the loss accounts."""

from __future__ import annotations

from datetime import date

from ledger.calc.indicators import Version
from ledger.names import SPAN
from ledger.store.rows import Connection, fetch


async def versions(connection: Connection, book: int) -> list[Version]:
    """All steps of all items of a book with their posting dates, by item."""
    rows = await fetch(
        connection,
        "select c.stripe, c.item, c.step, c.kind, c.state, e.posting_date,"
        " (c.content::jsonb ->> 'due')::date from ledger.register_item c"
        " cross join lateral (select x.posting_date from ledger.event x"
        " where x.stripe = c.stripe and x.number = c.number offset 0) e"
        " where c.stripe between %s and %s order by c.stripe, c.item, c.step",
        (book * SPAN, book * SPAN + SPAN - 1),
    )
    return [Version((row[0], row[1]), *row[2:]) for row in rows]


async def net_debits(
    connection: Connection, book: int, accounts: list[str], currency: str, first: date, last: date
) -> int:
    """Debits less credits of some accounts in the posting dates of a time."""
    rows = await fetch(
        connection,
        "select coalesce(sum(case n.side when 'D' then n.amount else -n.amount end), 0)::numeric"
        " from ledger.stripe s cross join unnest(%s::text[]) as a (account)"
        " cross join lateral (select x.side, x.amount from ledger.entry x"
        " where x.stripe = s.stripe and x.account = a.account and x.currency = %s"
        " and x.posting_date between %s and %s offset 0) n where s.book = %s",
        (accounts, currency, first, last, book),
    )
    return int(rows[0][0])
