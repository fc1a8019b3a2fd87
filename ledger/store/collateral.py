"""Collateral by version: the newest row of a key holds, the others are its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

import orjson

from ledger.loan.plain import plain, typed
from ledger.names import SPAN
from ledger.store.loans import Key
from ledger.store.rows import Connection, Writes, fetch, put


class Status(StrEnum):
    """Where collateral stands: free, securing loans, taken over, or sold after that."""

    FREE = "free"
    PLEDGED = "pledged"
    REPOSSESSED = "repossessed"
    DISPOSED = "disposed"


@dataclass(frozen=True, slots=True)
class Lien:
    """A loan that collateral secures, by rank, and at most for an amount where there is one."""

    loan: int
    rank: int
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is worked out with: values in minor units, the haircut a share of the value.

    `book` is the carrying amount once it is taken over for the loan `taken_for`, by the loan's
    event `taken_by`; `allowance` what is set aside against it.
    """

    kind: str
    currency: str
    value: int
    valued_on: date
    haircut: Fraction
    method: str
    valuer: str
    liens: tuple[Lien, ...] = ()
    book: int = 0
    allowance: int = 0
    taken_for: int | None = None
    taken_by: int | None = None


@dataclass(frozen=True, slots=True)
class Collateral:
    """A version of collateral: the event that made it, whose it is, and its figures.

    The description is ciphertext under the owner's key.
    """

    stripe: int
    collateral: int
    number: int
    event: str
    party: int
    reference: str
    status: Status
    description: bytes
    booked_at: int
    actor: str
    reason: str
    figures: Figures

    @property
    def key(self) -> Key:
        """(stripe, key)."""
        return self.stripe, self.collateral


_COLUMNS = (
    "c.stripe, c.collateral, c.number, c.kind, c.party, c.reference, c.status, c.description,"
    " c.booked_at, c.actor, c.reason, c.state"
)


_FIELDS = (
    *("stripe", "collateral", "number", "event", "party", "reference", "status"),
    *("description", "booked_at", "actor", "reason"),
)


def add(writes: Writes, found: Sequence[Collateral]) -> None:
    """Adds versions."""
    put(
        writes,
        "insert into ledger.collateral (stripe, collateral, number, kind, party, reference, status,"
        " description, booked_at, actor, reason, state) select * from unnest(%s::int[],"
        " %s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::text[],"
        " %s::bytea[], %s::bigint[], %s::text[], %s::text[], %s::text[])",
        [
            (
                c.stripe,
                c.collateral,
                c.number,
                c.event,
                c.party,
                c.reference,
                c.status.value,
                c.description,
                c.booked_at,
                c.actor,
                c.reason,
                orjson.dumps(plain(c.figures), option=orjson.OPT_SORT_KEYS).decode(),
            )
            for c in found
        ],
    )


def add_liens(writes: Writes, found: Sequence[tuple[int, int, int, int]]) -> None:
    """Adds (stripe, loan, collateral, event number) of new liens."""
    put(
        writes,
        "insert into ledger.lien (stripe, loan, collateral, number) select * from"
        " unnest(%s::int[], %s::bigint[], %s::bigint[], %s::bigint[])",
        found,
    )


async def read(connection: Connection, keys: Sequence[Key]) -> dict[Key, Collateral]:
    """The newest versions by key."""
    rows = await fetch(
        connection,
        f"select {_COLUMNS} from unnest(%s::int[], %s::bigint[]) as k (stripe, collateral)"
        " cross join lateral (select * from ledger.collateral x where x.stripe = k.stripe"
        " and x.collateral = k.collateral order by x.number desc limit 1) c",
        ([key[0] for key in keys], [key[1] for key in keys]),
    )
    return {(row[0], row[1]): _collateral(row) for row in rows}


async def versions(
    connection: Connection, key: Key, after: int, limit: int, events: Sequence[str]
) -> list[Collateral]:
    """Versions that events of some kinds made, oldest first, beginning after a number."""
    rows = await fetch(
        connection,
        f"select {_COLUMNS} from ledger.collateral c where c.stripe = %s and c.collateral = %s"
        " and c.number > %s and c.kind = any(%s) order by c.number limit %s",
        (*key, after, list(events), limit),
    )
    return [_collateral(row) for row in rows]


async def of_stripe(connection: Connection, stripe: int) -> list[Collateral]:
    """All versions of a stripe, by number."""
    rows = await fetch(
        connection,
        f"select {_COLUMNS} from ledger.collateral c where c.stripe = %s order by c.number",
        (stripe,),
    )
    return [_collateral(row) for row in rows]


async def of_loans(connection: Connection, loans: Sequence[Key]) -> list[Collateral]:
    """The newest versions of all collateral that secures or secured one of some loans."""
    rows = await fetch(
        connection,
        "select distinct l.stripe, l.collateral from unnest(%s::int[], %s::bigint[])"
        " as k (stripe, loan) cross join lateral (select x.stripe, x.collateral from ledger.lien x"
        " where x.stripe = k.stripe and x.loan = k.loan offset 0) l order by 1, 2",
        ([key[0] for key in loans], [key[1] for key in loans]),
    )
    found = await read(connection, [(row[0], row[1]) for row in rows])
    return list(found.values())


async def touched(connection: Connection, stripes: Sequence[int]) -> dict[Key, str]:
    """Loans with a lien, of which the history since the last roll tells, and their statuses."""
    rows = await fetch(
        connection,
        "select distinct l.stripe, l.loan, l.status from unnest(%s::int[]) as s (stripe)"
        " cross join lateral (select coalesce(max(x.number), 0) as number from ledger.roll x"
        " where x.stripe = s.stripe) r"
        " cross join lateral (select e.loan from ledger.event e where e.stripe = s.stripe"
        " and e.number > r.number and e.loan is not null offset 0) e"
        " cross join lateral (select x.loan from ledger.lien x"
        " where x.stripe = s.stripe and x.loan = e.loan limit 1) x"
        " cross join lateral (select y.stripe, y.loan, y.status from ledger.loan y"
        " where y.stripe = s.stripe and y.loan = x.loan offset 0) l",
        (list(stripes),),
    )
    return {(row[0], row[1]): row[2] for row in rows}


async def search(
    connection: Connection, book: int, after: Key, limit: int, party: Key | None, status: str
) -> list[Collateral]:
    """The newest versions that match, in order of key, beginning after one."""
    rows = await fetch(
        connection,
        f"select {_COLUMNS} from (select distinct on (x.stripe, x.collateral) x.*"
        " from ledger.collateral x where (x.stripe, x.collateral) > (%s, %s)"
        " and x.stripe between %s and %s and (%s::bigint is null or x.party = %s)"
        " order by x.stripe, x.collateral, x.number desc) c where %s = '' or c.status = %s"
        " order by c.stripe, c.collateral limit %s",
        (
            *after,
            party[0] if party else book * SPAN,
            party[0] if party else book * SPAN + SPAN - 1,
            party[1] if party else None,
            party[1] if party else None,
            status,
            status,
            limit,
        ),
    )
    return [_collateral(row) for row in rows]


def _collateral(row: Sequence[Any]) -> Collateral:
    figures: Figures = typed(Figures, orjson.loads(row[11]))
    found = dict(zip(_FIELDS, row[:11], strict=True))
    return Collateral(**found | {"status": Status(row[6])}, figures=figures)
