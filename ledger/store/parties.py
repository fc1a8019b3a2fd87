"""Parties: what may be known of them in clear, and their personal data under their own key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from ledger.names import SPAN
from ledger.store.rows import Connection, Query, Writes, array, ask, fetch, put

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """A party; `key` is empty once it was erased, and the name can no longer be read.

    A key is a ring of keys, wrapped by another one unless `wrapped_by` is empty.
    """

    stripe: int
    party: int
    kind: str
    display_name: bytes
    reference: str
    booked_at: int
    key: bytes
    branch: str = ""
    wrapped_by: str = ""


COLUMNS: LiteralString = (
    "p.stripe, p.party, p.kind, p.display_name, p.reference, p.booked_at, coalesce(k.key, ''),"
    " p.branch, coalesce(k.wrapped_by, '')"
)
JOIN: LiteralString = " left join ledger.party_key k on k.stripe = p.stripe and k.party = p.party"


def add(writes: Writes, added: Sequence[PartyRecord]) -> None:
    """Adds parties with their keys."""
    put(
        writes,
        "insert into ledger.party (stripe, party, kind, display_name, reference, booked_at, branch)"
        " select * from unnest(%s::int[], %s::bigint[], %s::text[], %s::bytea[], %s::text[],"
        " %s::bigint[], %s::text[])",
        [
            (p.stripe, p.party, p.kind, p.display_name, p.reference, p.booked_at, p.branch)
            for p in added
        ],
    )
    put(
        writes,
        "insert into ledger.party_key (stripe, party, key, wrapped_by)"
        " select * from unnest(%s::int[], %s::bigint[], %s::bytea[], %s::text[])",
        [(p.stripe, p.party, p.key, p.wrapped_by) for p in added],
    )


def rotate(writes: Writes, turned: Sequence[PartyRecord]) -> None:
    """Puts other rings in place of those that parties have."""
    put(
        writes,
        "update ledger.party_key k set key = u.key, wrapped_by = u.name from"
        " unnest(%s::int[], %s::bigint[], %s::bytea[], %s::text[]) as u (stripe, party, key, name)"
        " where k.stripe = u.stripe and k.party = u.party",
        [(p.stripe, p.party, p.key, p.wrapped_by) for p in turned],
    )


async def keyed(
    connection: Connection, stripe: int, after: int, under: str | None, limit: int
) -> list[int]:
    """Parties of a stripe with a key, in order; with `under` those that another one wraps."""
    rows = await fetch(
        connection,
        "select party from ledger.party_key where stripe = %s and party > %s"
        " and (%s::text is null or wrapped_by <> %s) order by party limit %s",
        (stripe, after, under, under, limit),
    )
    return [row[0] for row in rows]


async def wrapped_by_others(connection: Connection, book: int, names: Sequence[str]) -> str:
    """The name of a key that wraps keys of a book and is none of these; else nothing."""
    rows = await fetch(
        connection,
        "select wrapped_by from ledger.party_key where stripe between %s and %s"
        " and wrapped_by <> all(%s) limit 1",
        (book * SPAN, book * SPAN + SPAN - 1, ["", *names]),
    )
    return rows[0][0] if rows else ""


def move(writes: Writes, moved: Sequence[PartyRecord]) -> None:
    """Moves parties to other branches."""
    put(
        writes,
        "update ledger.party p set branch = u.branch"
        " from unnest(%s::int[], %s::bigint[], %s::text[]) as u (stripe, party, branch)"
        " where p.stripe = u.stripe and p.party = u.party",
        [(p.stripe, p.party, p.branch) for p in moved],
    )


def erase(writes: Writes, keys: Sequence[Key]) -> None:
    """Destroys keys: what they sealed cannot be read any more."""
    put(
        writes,
        "delete from ledger.party_key k using unnest(%s::int[], %s::bigint[]) as u (stripe, party)"
        " where k.stripe = u.stripe and k.party = u.party",
        keys,
    )


def reading(keys: Sequence[Key]) -> Query[dict[Key, PartyRecord]]:
    """Parties by key."""
    return Query(
        f"select {COLUMNS} from unnest(%s::int[], %s::bigint[]) as w (stripe, party)"
        f" join ledger.party p on p.stripe = w.stripe and p.party = w.party{JOIN}",
        (array(key[0] for key in keys), array(key[1] for key in keys)),
        lambda rows: {(row[0], row[1]): PartyRecord(*row) for row in rows},
    )


async def read(connection: Connection, keys: Sequence[Key]) -> dict[Key, PartyRecord]:
    """Parties by key, at once."""
    return await ask(connection, reading(keys))


async def search(
    connection: Connection,
    book: int,
    after: Key,
    limit: int,
    reference: str = "",
    branches: Sequence[str] | None = None,
) -> list[PartyRecord]:
    """Parties in order of key, beginning after one; a reference, or branches, by index."""
    source: LiteralString = "ledger.party"
    if reference or branches is not None:
        source = _OF_REFERENCE if reference else _OF_BRANCHES
    rows = await fetch(
        connection,
        f"select {COLUMNS} from {source} p{JOIN}"
        " where (p.stripe, p.party) > (%(stripe)s, %(party)s)"
        " and p.stripe between %(first)s and %(last)s"
        " and (%(branches)s::text[] is null or p.branch = any(%(branches)s::text[]))"
        " order by p.stripe, p.party limit %(limit)s",
        {
            "branches": branches,
            "stripe": after[0],
            "party": after[1],
            "limit": limit,
            "reference": reference,
            "first": book * SPAN,
            "last": book * SPAN + SPAN - 1,
        },
    )
    return [PartyRecord(*row) for row in rows]


_OF_REFERENCE = (
    "(select x.* from ledger.stripe s cross join lateral (select * from ledger.party y"
    " where y.stripe = s.stripe and y.reference = %(reference)s and y.reference <> ''"
    " offset 0) x where s.stripe between %(first)s and %(last)s)"
)
_OF_BRANCHES: LiteralString = (
    "(select x.* from ledger.stripe s cross join unnest(%(branches)s::text[]) b (branch)"
    " cross join lateral (select * from ledger.party y where y.stripe = s.stripe"
    " and y.branch = b.branch and y.branch <> '' and (y.stripe, y.party) > (%(stripe)s, %(party)s)"
    " order by y.party limit %(limit)s) x where s.stripe between %(first)s and %(last)s)"
)
