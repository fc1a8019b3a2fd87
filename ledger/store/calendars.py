"""A book's own calendars, as versions: each says all of its own days anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.store.rows import Connection, Writes, fetch, put


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """A base calendar with days of the book's own; `last_year` goes beyond what the base knows."""

    code: str
    version: int
    title: str
    base: str
    closed: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()
    last_year: int = 0
    booked_at: int = 0


async def versions(connection: Connection, book: int) -> list[OwnCalendar]:
    """All versions of all calendars."""
    rows = await fetch(
        connection,
        "select code, version, title, base, closed, worked, last_year, booked_at"
        ' from ledger.calendar where book = %s order by code collate "C", version',
        (book,),
    )
    return [
        OwnCalendar(row[0], row[1], row[2], row[3], _days(row[4]), _days(row[5]), row[6], row[7])
        for row in rows
    ]


def add(writes: Writes, book: int, added: Sequence[OwnCalendar]) -> None:
    """Publishes versions; the key refuses a version that exists."""
    put(
        writes,
        "insert into ledger.calendar (book, code, version, title, base, closed, worked, last_year,"
        " booked_at) select * from unnest(%s::int[], %s::text[], %s::int[], %s::text[], %s::text[],"
        " %s::text[], %s::text[], %s::int[], %s::bigint[])",
        [
            (
                book,
                c.code,
                c.version,
                c.title,
                c.base,
                days_text(c.closed),
                days_text(c.worked),
                c.last_year,
                c.booked_at,
            )
            for c in added
        ],
    )


def days_text(days: Sequence[date]) -> str:
    """Days as ISO 8601, with spaces between."""
    return " ".join(day.isoformat() for day in days)


def _days(text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in text.split())
