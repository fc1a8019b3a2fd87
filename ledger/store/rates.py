"""Rate indexes and their fixings; a correction is a later row of the same day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from psycopg.rows import TupleRow

from ledger.store.rows import Connection, Writes, fetch, put


@dataclass(frozen=True, slots=True)
class RateIndex:
    """A named series; a fixing counts for `valid_days` days unless another follows it."""

    code: str
    title: str
    valid_days: int
    booked_at: int = 0


@dataclass(frozen=True, slots=True)
class Fixing:
    """The rate a year of an index on a day; `number` is that of its event."""

    index: str
    day: date
    rate: Fraction
    reason: str = ""
    number: int = 0
    actor: str = ""
    booked_at: int = 0
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which fixings of an index are asked for; `known_at` in microseconds since the epoch."""

    index: str
    first: date | None
    last: date | None
    known_at: int | None
    corrected: bool


async def indexes(connection: Connection, book: int) -> list[RateIndex]:
    """All indexes, by code."""
    rows = await fetch(
        connection,
        "select code, title, valid_days, booked_at from ledger.rate_index where book = %s"
        ' order by code collate "C"',
        (book,),
    )
    return [RateIndex(*row) for row in rows]


def add_indexes(writes: Writes, book: int, added: Sequence[RateIndex]) -> None:
    """Adds indexes; the key refuses one that exists."""
    put(
        writes,
        "insert into ledger.rate_index (book, code, title, valid_days, booked_at) select * from"
        " unnest(%s::int[], %s::text[], %s::text[], %s::int[], %s::bigint[])",
        [(book, i.code, i.title, i.valid_days, i.booked_at) for i in added],
    )


def add_fixings(writes: Writes, book: int, added: Sequence[Fixing]) -> None:
    """Appends fixings."""
    put(
        writes,
        "insert into ledger.fixing (book, index, day, number, rate, reason, actor, booked_at)"
        " select * from unnest(%s::int[], %s::text[], %s::date[], %s::bigint[], %s::text[],"
        " %s::text[], %s::text[], %s::bigint[])",
        [
            (book, f.index, f.day, f.number, str(f.rate), f.reason, f.actor, f.booked_at)
            for f in added
        ],
    )


async def in_force(connection: Connection, book: int, index: str, day: date) -> Fixing | None:
    """The fixing of the latest day up to one, as it was booked last."""
    rows = await fetch(
        connection,
        "select index, day, rate, reason, number, actor, booked_at, false from ledger.fixing"
        " where book = %s and index = %s and day <= %s order by day desc, number desc limit 1",
        (book, index, day),
    )
    return fixing_of(rows[0]) if rows else None


async def search(
    connection: Connection, book: int, wanted: Wanted, after: tuple[date, int], limit: int
) -> list[Fixing]:
    """Fixings by day and the order of booking, beginning after one."""
    rows = await fetch(
        connection,
        "select * from (select index, day, rate, reason, number, actor, booked_at,"
        " lead(number) over (partition by day order by number) is not null as corrected"
        " from ledger.fixing where book = %s and index = %s and (%s::date is null or day >= %s)"
        " and (%s::date is null or day <= %s) and (%s::bigint is null or booked_at <= %s)) f"
        " where (f.day, f.number) > (%s, %s) and (%s or not f.corrected)"
        " order by f.day, f.number limit %s",
        (
            book,
            wanted.index,
            wanted.first,
            wanted.first,
            wanted.last,
            wanted.last,
            wanted.known_at,
            wanted.known_at,
            *after,
            wanted.corrected,
            limit,
        ),
    )
    return [fixing_of(row) for row in rows]


def fixing_of(row: TupleRow) -> Fixing:
    """A fixing from its row."""
    return Fixing(row[0], row[1], Fraction(row[2]), *row[3:])


@dataclass(slots=True)
class Fixings:
    """What a batch has read of the fixings, one a day asked for, and those that it adds."""

    found: dict[tuple[str, date], Fixing | None] = field(default_factory=dict)
    added: list[Fixing] = field(default_factory=list)
    wanted: tuple[str, date] | None = None

    def covers(self, index: str, day: date) -> bool:
        """Whether the day was read; else it is wanted."""
        self.wanted = None if (index, day) in self.found else (index, day)
        return self.wanted is None

    def latest(self, index: str, day: date) -> Fixing | None:
        """The fixing of the latest day up to one, as it was booked last."""
        known = self.found[index, day]
        candidates = [f for f in self.added if f.index == index and f.day <= day]
        candidates += [known] if known else []
        return max(candidates, key=lambda fixing: (fixing.day, fixing.number), default=None)

    async def load(self, connection: Connection, book: int) -> None:
        """Reads what is wanted."""
        if self.wanted:
            self.found[self.wanted] = await in_force(connection, book, *self.wanted)
        self.wanted = None
