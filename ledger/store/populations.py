"""The sealed history as the population of a sample: a chunk of leaves at a time."""

from __future__ import annotations

from ledger.audit.history import event_name
from ledger.audit.sampling import Unit
from ledger.names import SPAN
from ledger.store.rows import Connection, fetch

CHUNK = 10_000


async def units(
    connection: Connection, book: int, first: int, last: int, kind: str, days: tuple[str, str]
) -> list[Unit]:
    """Events of leaves from one index to before another: of a kind, if any, and posted in a time.

    Either day may be empty. Amounts are left out: each event counts once.
    """
    rows = await fetch(
        connection,
        "select e.stripe, e.number, e.kind, e.actor, e.value_date, e.posting_date"
        " from ledger.leaf l cross join lateral (select x.* from ledger.event x"
        " where x.stripe = l.stripe and x.number = l.number offset 0) e"
        " where l.book = %s and l.index >= %s and l.index < %s and %s in ('', e.kind)"
        " and e.posting_date between coalesce(nullif(%s, '')::date, '-infinity')"
        " and coalesce(nullif(%s, '')::date, 'infinity') order by l.index",
        (book, first, last, kind, *days),
    )
    return [
        Unit(event_name(row[0], row[1]), row[2], row[3], str(row[4]), str(row[5]), 0)
        for row in rows
    ]


def key_of(unit: Unit, book: int) -> tuple[int, int]:
    """(stripe, number) of a unit."""
    stripe, _, number = unit.name.partition("-")
    assert int(stripe) // SPAN == book
    return int(stripe), int(number)
