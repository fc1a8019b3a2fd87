"""What people recorded about parties, loans and the book; contacts; commands that rules refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from ledger.calc.rules import About
from ledger.names import SPAN, id_text
from ledger.store.rows import Connection, Writes, fetch, put

Key = tuple[int, int]
#: (what it is about, stripe, key); the book itself is 0 in its first stripe.
Subject = tuple[About, int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """One version of a fact as text; an empty value takes it back."""

    about: About
    stripe: int
    subject: int
    name: str
    value: str
    number: int = 0
    booked_at: int = 0
    actor: str = ""
    reason: str = ""

    @property
    def of(self) -> Subject:
        """What it is about."""
        return self.about, self.stripe, self.subject

    @property
    def key(self) -> Key:
        """The party or the loan."""
        return self.stripe, self.subject


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact with a loan's borrower: its moment in microseconds, and what clocks there said.

    `recorded_on` is the business date on which it was recorded.
    """

    stripe: int
    loan: int
    channel: str
    purpose: str
    moment: int
    local: str
    number: int = 0
    booked_at: int = 0
    actor: str = ""
    reason: str = ""
    recorded_on: date | None = None

    @property
    def key(self) -> Key:
        """The loan."""
        return self.stripe, self.loan


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command that rules refused: what it was about, and by which rules on which facts."""

    stripe: int
    refusal: int
    subject: str
    content: dict[str, Any]
    number: int = 0
    booked_at: int = 0
    actor: str = ""

    @property
    def key(self) -> Key:
        """(stripe, key)."""
        return self.stripe, self.refusal

    @property
    def resource(self) -> str:
        """Its name within the book."""
        return f"refusals/{id_text(*self.key)}"


def add(writes: Writes, found: Sequence[Fact]) -> None:
    """Adds versions of facts."""
    put(
        writes,
        "insert into ledger.fact (about, stripe, subject, name, value, number, booked_at, actor,"
        " reason) select * from unnest(%s::text[], %s::int[], %s::bigint[], %s::text[],"
        " %s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::text[])",
        [
            (
                *(one.about.value, one.stripe, one.subject, one.name, one.value, one.number),
                *(one.booked_at, one.actor, one.reason),
            )
            for one in found
        ],
    )


def add_contacts(writes: Writes, found: Sequence[Contact]) -> None:
    """Adds contacts."""
    put(
        writes,
        "insert into ledger.contact (stripe, loan, channel, purpose, contacted_at, local_time,"
        " number, booked_at, actor, reason) select * from unnest(%s::int[], %s::bigint[],"
        " %s::text[], %s::text[], %s::bigint[], %s::text[], %s::bigint[], %s::bigint[],"
        " %s::text[], %s::text[])",
        [
            (
                *(one.stripe, one.loan, one.channel, one.purpose, one.moment, one.local),
                *(one.number, one.booked_at, one.actor, one.reason),
            )
            for one in found
        ],
    )


def add_refusals(writes: Writes, found: Sequence[Refusal]) -> None:
    """Adds refusals."""
    put(
        writes,
        "insert into ledger.refusal (stripe, refusal, number, subject, content, booked_at, actor)"
        " select * from unnest(%s::int[], %s::bigint[], %s::bigint[], %s::text[], %s::text[],"
        " %s::bigint[], %s::text[])",
        [
            (
                *(one.stripe, one.refusal, one.number, one.subject),
                orjson.dumps(one.content, option=orjson.OPT_SORT_KEYS).decode(),
                *(one.booked_at, one.actor),
            )
            for one in found
        ],
    )


async def latest(
    connection: Connection, subject: Subject, until: int | None = None
) -> dict[str, str]:
    """The facts of a subject by name, as they were known at a moment; without one, now."""
    about, stripe, key = subject
    rows = await fetch(
        connection,
        "select distinct on (f.name) f.name, f.value from ledger.fact f where f.stripe = %s"
        " and f.about = %s and f.subject = %s and (%s::bigint is null or f.booked_at <= %s)"
        " order by f.name, f.number desc",
        (stripe, about.value, key, until, until),
    )
    return {name: value for name, value in rows if value}


async def versions(connection: Connection, subject: Subject, name: str, limit: int) -> list[Fact]:
    """The last versions of a subject's facts, newest first; of one name, or of all."""
    about, stripe, key = subject
    rows = await fetch(
        connection,
        "select f.name, f.value, f.number, f.booked_at, f.actor, f.reason from ledger.fact f"
        " where f.stripe = %s and f.about = %s and f.subject = %s and %s in ('', f.name)"
        " order by f.number desc, f.name limit %s",
        (stripe, about.value, key, name, limit),
    )
    return [Fact(about, stripe, key, *row) for row in rows]


async def group(
    connection: Connection, book: int, value: str, until: int | None = None
) -> list[Key]:
    """The parties of a group: those whose fact `group` has this value, now or at a moment."""
    rows = await fetch(
        connection,
        "select distinct k.stripe, k.subject from ledger.fact k cross join lateral"
        " (select f.value from ledger.fact f where f.stripe = k.stripe and f.about = 'party'"
        " and f.subject = k.subject and f.name = 'group'"
        " and (%(until)s::bigint is null or f.booked_at <= %(until)s)"
        " order by f.number desc limit 1) n where k.about = 'party' and k.name = 'group'"
        " and k.value = %(value)s and k.stripe between %(first)s and %(last)s"
        " and n.value = %(value)s order by 1, 2",
        {
            "until": until,
            "value": value,
            "first": book * SPAN,
            "last": book * SPAN + SPAN - 1,
        },
    )
    return [(row[0], row[1]) for row in rows]


async def contacts(
    connection: Connection, loan: Key, limit: int, until: int | None = None
) -> list[Contact]:
    """The last contacts about a loan, newest first, as they were known at a moment."""
    rows = await fetch(
        connection,
        "select c.stripe, c.loan, c.channel, c.purpose, c.contacted_at, c.local_time, c.number,"
        " c.booked_at, c.actor, c.reason, e.posting_date from ledger.contact c cross join lateral"
        " (select x.posting_date from ledger.event x where x.stripe = c.stripe"
        " and x.number = c.number offset 0) e where c.stripe = %s and c.loan = %s"
        " and (%s::bigint is null or c.booked_at <= %s) order by c.number desc limit %s",
        (*loan, until, until, limit),
    )
    return [Contact(*row) for row in rows]


_REFUSALS = (
    "select c.stripe, c.refusal, c.subject, c.content, c.number, c.booked_at, c.actor"
    " from ledger.refusal c"
)


async def refusal(connection: Connection, key: Key) -> Refusal | None:
    """What was refused last under a request id."""
    rows = await fetch(
        connection,
        f"{_REFUSALS} where c.stripe = %s and c.refusal = %s order by c.number desc limit 1",
        key,
    )
    return _refusal(rows[0]) if rows else None


async def refusals(
    connection: Connection, book: int, after: tuple[int, int, int], limit: int
) -> list[Refusal]:
    """Refusals in order of key and number, beginning after one."""
    rows = await fetch(
        connection,
        f"{_REFUSALS} where (c.stripe, c.refusal, c.number) > (%s, %s, %s)"
        " and c.stripe between %s and %s order by c.stripe, c.refusal, c.number limit %s",
        (*after, book * SPAN, book * SPAN + SPAN - 1, limit),
    )
    return [_refusal(row) for row in rows]


def _refusal(row: Sequence[Any]) -> Refusal:
    stripe, key, subject, content, *more = row
    return Refusal(stripe, key, subject, orjson.loads(content), *more)
