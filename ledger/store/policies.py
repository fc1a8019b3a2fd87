"""The credit policies of a book, as versions."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from ledger.calc.policy import Policy, as_object, from_object
from ledger.store.rows import Connection, Writes, fetch, put


async def versions(connection: Connection, book: int) -> list[Policy]:
    """All versions, oldest first."""
    rows = await fetch(
        connection,
        "select version, effective_from, policy, booked_at from ledger.credit_policy"
        " where book = %s order by version",
        (book,),
    )
    return [from_object(orjson.loads(row[2]), row[0], row[1], row[3]) for row in rows]


def add(writes: Writes, book: int, added: Sequence[Policy]) -> None:
    """Publishes versions; the key refuses a version that exists."""
    put(
        writes,
        "insert into ledger.credit_policy (book, version, effective_from, policy, booked_at)"
        " select * from unnest(%s::int[], %s::int[], %s::date[], %s::text[], %s::bigint[])",
        [
            (
                book,
                policy.version,
                policy.effective_from,
                orjson.dumps(as_object(policy), option=orjson.OPT_SORT_KEYS).decode(),
                policy.booked_at,
            )
            for policy in added
        ],
    )
