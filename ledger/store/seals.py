"""The sealed order of history: leaves, complete nodes of the tree, and signed checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger.store.rows import Connection, Writes, fetch, put

Key = tuple[int, int]

_KEPT = (
    "select c.size, c.root, c.note, c.sealed_at, coalesce(s.token, '') from ledger.checkpoint c"
    " left join ledger.checkpoint_stamp s on s.book = c.book and s.size = c.size"
)


class Sealed(NamedTuple):
    """A signed checkpoint as it is kept.

    `sealed_at` is in microseconds since 1970, unknown for those of before such times were kept;
    `token` is an RFC 3161 response over the note, or empty.
    """

    size: int
    root: bytes
    note: str
    sealed_at: int | None = None
    token: bytes = b""


async def lock_tree(connection: Connection, book: int) -> int:
    """Makes this the book's only sealer for the transaction, and returns the size of the tree."""
    rows = await fetch(
        connection, "select size from ledger.tree where book = %s for update", (book,)
    )
    return int(rows[0][0])


async def unsealed(connection: Connection, book: int, limit: int) -> list[tuple[int, int, bytes]]:
    """(stripe, number, leaf hash) of events that have no leaf yet.

    Exact without an anti-join: numbers are gapless and become visible in order, since each posting
    holds its stripe's row until it commits. A stripe's clock never goes back, so its first events
    by number are its first by time; each is read by its key, however long the history is.
    """
    rows = await fetch(
        connection,
        "select e.stripe, e.number, e.leaf from ledger.stripe s"
        " cross join lateral (select x.stripe, x.number, x.leaf, x.booked_at from ledger.event x"
        " where x.stripe = s.stripe and x.number > s.sealed_number order by x.number limit %s) e"
        " where s.book = %s order by e.booked_at, e.stripe, e.number limit %s",
        (limit, book, limit),
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def lag(connection: Connection, book: int) -> int:
    """How many events are recorded and not yet sealed."""
    rows = await fetch(
        connection,
        "select coalesce(sum(last_number - sealed_number), 0) from ledger.stripe where book = %s",
        (book,),
    )
    return int(rows[0][0])


async def add_leaves(
    connection: Connection, book: int, first: int, leaves: Sequence[tuple[int, int, bytes]]
) -> None:
    """Gives leaves the next indexes and moves each stripe's cursor."""
    writes = Writes()
    put(
        writes,
        "insert into ledger.leaf (book, index, stripe, number, hash) select * from"
        " unnest(%s::int[], %s::bigint[], %s::int[], %s::bigint[], %s::bytea[])",
        [(book, first + n, *leaf) for n, leaf in enumerate(leaves)],
    )
    await connection.execute(
        "update ledger.tree set size = %s where book = %s", (first + len(leaves), book)
    )
    last: dict[int, int] = {}
    for stripe, number, _ in leaves:
        last[stripe] = max(last.get(stripe, 0), number)
    await connection.execute(
        "select from ledger.stripe where stripe = any(%s) order by stripe for update",
        (sorted(last),),
    )
    put(
        writes,
        "update ledger.stripe s set sealed_number = n.number from (select * from"
        " unnest(%s::int[], %s::bigint[]) as u (stripe, number) order by stripe) n"
        " where s.stripe = n.stripe",
        sorted(last.items()),
    )
    await writes.run(connection)


async def add_nodes(
    connection: Connection, book: int, nodes: Sequence[tuple[int, int, bytes]]
) -> None:
    """Keeps complete interior nodes as (level, index, hash)."""
    writes = Writes()
    put(
        writes,
        "insert into ledger.node (book, level, index, hash) select * from"
        " unnest(%s::int[], %s::int[], %s::bigint[], %s::bytea[])",
        [(book, *node) for node in nodes],
    )
    await writes.run(connection)


async def nodes(
    connection: Connection, book: int, wanted: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], bytes]:
    """Hashes of complete subtrees by (level, index); level 0 are the leaves."""
    rows = await fetch(
        connection,
        "select w.level, w.index, coalesce(n.hash, l.hash)"
        " from unnest(%s::int[], %s::bigint[]) as w (level, index)"
        " left join ledger.node n on n.book = %s and n.level = w.level and n.index = w.index"
        " left join ledger.leaf l on w.level = 0 and l.book = %s and l.index = w.index",
        ([w[0] for w in wanted], [w[1] for w in wanted], book, book),
    )
    return {(row[0], row[1]): row[2] for row in rows}


async def leaf_of(connection: Connection, key: Key) -> tuple[int, bytes] | None:
    """(index, hash) of an event's leaf, or None while it is not sealed."""
    rows = await fetch(
        connection, "select index, hash from ledger.leaf where stripe = %s and number = %s", key
    )
    return (rows[0][0], rows[0][1]) if rows else None


async def events_from(
    connection: Connection, book: int, first: int, limit: int
) -> list[tuple[int, Key]]:
    """(index, event key) in sealed order."""
    rows = await fetch(
        connection,
        "select index, stripe, number from ledger.leaf where book = %s and index >= %s"
        " order by index limit %s",
        (book, first, limit),
    )
    return [(row[0], (row[1], row[2])) for row in rows]


async def add_checkpoint(
    connection: Connection, book: int, size: int, root: bytes, note: str
) -> None:
    """Keeps a signed checkpoint; one of the same size says the same."""
    await connection.execute(
        "insert into ledger.checkpoint (book, size, root, note) values (%s, %s, %s, %s)"
        " on conflict (book, size) do nothing",
        (book, size, root, note),
    )


async def checkpoint(connection: Connection, book: int, size: int | None) -> Sealed | None:
    """The checkpoint of a size, or the latest."""
    rows = await fetch(
        connection,
        f"{_KEPT} where c.book = %s and (%s::bigint is null or c.size = %s)"
        " order by c.size desc limit 1",
        (book, size, size),
    )
    return Sealed(*rows[0]) if rows else None


async def checkpoints(connection: Connection, book: int, after: int, limit: int) -> list[Sealed]:
    """Checkpoints of more events than `after`, in order of size."""
    rows = await fetch(
        connection,
        f"{_KEPT} where c.book = %s and c.size > %s order by c.size limit %s",
        (book, after, limit),
    )
    return [Sealed(*row) for row in rows]


async def add_stamp(connection: Connection, book: int, size: int, token: bytes) -> None:
    """Keeps a time stamp over the checkpoint of a size; the first one stays."""
    await connection.execute(
        "insert into ledger.checkpoint_stamp (book, size, token) values (%s, %s, %s)"
        " on conflict (book, size) do nothing",
        (book, size, token),
    )


async def stamps(
    connection: Connection, book: int, after: int, limit: int
) -> list[tuple[int, bytes]]:
    """(size, time stamp) of checkpoints of more events than `after`, in order of size."""
    rows = await fetch(
        connection,
        "select size, token from ledger.checkpoint_stamp where book = %s and size > %s"
        " order by size limit %s",
        (book, after, limit),
    )
    return [(row[0], row[1]) for row in rows]
