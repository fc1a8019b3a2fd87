"""Loans of which a due date lies so many days off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

import orjson

from ledger.store.loans import COLUMNS, Key, StoredLoan
from ledger.store.rows import Connection, fetch

#: A product version, and a due date of which it reminds today.
Wanted = tuple[str, int, date]


async def ahead(
    connection: Connection, stripes: Sequence[int], wanted: Sequence[Wanted]
) -> list[StoredLoan]:
    """Loans with something to pay on their next due date, where it is the one named."""
    return await _due(connection, stripes, wanted, "next_due")


async def late(
    connection: Connection, stripes: Sequence[int], wanted: Sequence[Wanted]
) -> list[StoredLoan]:
    """Loans whose oldest unpaid due date is the one named."""
    return await _due(connection, stripes, wanted, "oldest_due")


@dataclass(frozen=True, slots=True)
class Reminder:
    """A recorded reminder of a loan; the amount in minor units of its currency."""

    stripe: int
    number: int
    loan: int
    currency: str
    due: date
    days: int
    amount: int


async def recorded(
    connection: Connection, book: int, day: date, after: Key, limit: int
) -> list[Reminder]:
    """The reminders of a day, in order of stripe and number, beginning after a key."""
    rows = await fetch(
        connection,
        "select e.stripe, e.number, e.loan, l.currency, e.payload from ledger.stripe s"
        " cross join lateral (select * from ledger.event x where x.stripe = s.stripe"
        " and x.kind = 'reminder_due' and x.value_date = %s and (x.stripe, x.number) > (%s, %s)"
        " order by x.number limit %s) e join ledger.loan l on l.stripe = e.stripe"
        " and l.loan = e.loan where s.book = %s order by e.stripe, e.number limit %s",
        (day, *after, limit, book, limit),
    )
    return [Reminder(row[0], row[1], row[2], row[3], *_told(row[4])) for row in rows]


def _told(payload: str) -> tuple[date, int, int]:
    found = orjson.loads(payload)
    details = found["details"]
    return date.fromisoformat(details["due"]), details["days"], found["amounts"]["amount"]


async def _due(
    connection: Connection, stripes: Sequence[int], wanted: Sequence[Wanted], column: LiteralString
) -> list[StoredLoan]:
    if not wanted:
        return []
    codes, versions, days = zip(*wanted, strict=True)
    rows = await fetch(
        connection,
        f"select {COLUMNS} from unnest(%s::int[]) as s (stripe)"
        " cross join (select day, array_agg(code) as codes, array_agg(version) as versions"
        " from unnest(%s::text[], %s::int[], %s::date[]) as w (code, version, day) group by day) p"
        " cross join lateral (select * from ledger.loan x where x.stripe = s.stripe"
        f" and x.{column} = p.day and exists (select from unnest(p.codes, p.versions)"
        " as v (code, version) where v.code = x.product and v.version = x.version) offset 0) l"
        " order by l.stripe, l.loan",
        (list(stripes), list(codes), list(versions), list(days)),
    )
    return [StoredLoan(*row) for row in rows]
