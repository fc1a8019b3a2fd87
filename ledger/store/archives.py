"""Months of accrual lines that leave the database for files, and the sums that stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.names import SPAN
from ledger.store.rows import Connection, fetch


@dataclass(frozen=True, slots=True)
class Month:
    """The table of a month's accrual lines, and its first and last day."""

    name: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Night:
    """The event under which a stripe's lines of a day stand, and their Merkle root."""

    stripe: int
    number: int
    day: date
    root: bytes


@dataclass(frozen=True, slots=True)
class Archive:
    """A month of a book in a file: days, lines, the file's digest, who archived it and why."""

    book: int
    since: date
    until: date
    lines: int
    sha256: str
    actor: str
    reason: str


async def months(connection: Connection, before: date) -> list[Month]:
    """The months that end before a day, oldest first.

    What stood in one table before there were months counts as one, from the first book's opening.
    """
    rows = await fetch(
        connection,
        "select m.name, greatest(m.since, date_trunc('month', s.opened)::date), m.until - 1"
        " from ledger.accrual_month m, (select min(opened) as opened from ledger.stripe) s"
        " where m.until <= %s order by m.until",
        (before,),
    )
    return [Month(*row) for row in rows]


async def nights(connection: Connection, book: int, month: Month) -> list[Night]:
    """The nights of a book in a month that have lines, by day and stripe."""
    rows = await fetch(
        connection,
        "select stripe, number, value_date, lines_root from ledger.event"
        " where stripe between %s and %s and kind = 'day_closed' and value_date between %s and %s"
        " and lines_root is not null order by value_date, stripe",
        (book * SPAN, book * SPAN + SPAN - 1, month.since, month.until),
    )
    return [Night(*row) for row in rows]


async def bring(connection: Connection, month: Month) -> int:
    """Adds the lines of the oldest month to the sums brought forward; how many lines there are.

    No month's table is made meanwhile: whoever makes one locks the months before the lines, too.
    """
    await connection.execute("lock table ledger.accrual_month in share row exclusive mode")
    rows = await fetch(
        connection,
        "with summed as (select stripe, loan, component, sum(amount) as amount,"
        " max(number) as number, count(*) as lines from ledger.accrual where day <= %(until)s"
        " group by 1, 2, 3), added as (insert into ledger.accrual_brought as b (stripe, loan,"
        " component, day, amount, number) select stripe, loan, component, %(until)s, amount, number"
        " from summed on conflict (stripe, loan, component) do update set day = excluded.day,"
        " amount = b.amount + excluded.amount, number = excluded.number)"
        " select coalesce(sum(lines), 0) from summed",
        {"until": month.until},
    )
    return int(rows[0][0])


async def add(connection: Connection, archive: Archive) -> None:
    """Notes that a month of a book is archived."""
    await connection.execute(
        "insert into ledger.accrual_archive (book, since, until, lines, sha256, actor, reason)"
        " values (%s, %s, %s, %s, %s, %s, %s)",
        (
            archive.book,
            archive.since,
            archive.until,
            archive.lines,
            archive.sha256,
            archive.actor,
            archive.reason,
        ),
    )


async def drop(connection: Connection, month: Month) -> None:
    """Drops the table of a month, as its owner."""
    await connection.execute("select ledger.end_month(%s)", (month.name,))


async def archived_through(connection: Connection, book: int) -> date | None:
    """The last day of a book whose accrual lines are archived."""
    rows = await fetch(
        connection, "select max(until) from ledger.accrual_archive where book = %s", (book,)
    )
    found: date | None = rows[0][0]
    return found


async def kept_since(connection: Connection, stripe: int, loan: int) -> date | None:
    """The first day from which all accrual lines of a loan are kept; None where none is gone."""
    rows = await fetch(
        connection,
        "select max(day) + 1 from ledger.accrual_brought where stripe = %s and loan = %s",
        (stripe, loan),
    )
    found: date | None = rows[0][0]
    return found
