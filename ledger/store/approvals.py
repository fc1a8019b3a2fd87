"""The commands that wait for somebody else, by version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, LiteralString

import orjson

from ledger.loan.plain import plain, typed
from ledger.names import SPAN, id_text
from ledger.store.rows import Connection, Writes, fetch, put

Key = tuple[int, int]


class State(StrEnum):
    """What became of a pending command; one that expired still says that it waits."""

    WAITING = "waiting"
    EXECUTED = "executed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Content:
    """What was asked for, by whom, and what it needs.

    `request` are its fields as JSON text, `digest` covers its bytes; `amounts` are minor units by
    currency; `roles` may approve it, it was
    asked for by `caller_roles`, until the business date `until` at the latest; `approvals` are
    (actor, reason).
    """

    request_id: str
    method: str
    actor: str
    asked_at: int
    digest: str
    request: str
    amounts: dict[str, int]
    policy: int
    needed: int
    roles: tuple[str, ...]
    caller_roles: tuple[str, ...]
    until: date
    approvals: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """A version of a pending command: the event that made it, and who made that."""

    stripe: int
    pending: int
    state: State
    content: Content
    number: int = 0
    booked_at: int = 0
    actor: str = ""
    reason: str = ""

    @property
    def key(self) -> Key:
        """(stripe, key)."""
        return self.stripe, self.pending

    @property
    def resource(self) -> str:
        """Its name within the book."""
        return f"pendingCommands/{id_text(*self.key)}"


def add(writes: Writes, found: Sequence[Pending]) -> None:
    """Adds versions of pending commands."""
    put(
        writes,
        "insert into ledger.pending_command (stripe, pending, number, state, booked_at, actor,"
        " reason, content) select * from unnest(%s::int[], %s::bigint[], %s::bigint[],"
        " %s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[])",
        [
            (
                *(p.stripe, p.pending, p.number, p.state.value, p.booked_at, p.actor, p.reason),
                orjson.dumps(plain(p.content), option=orjson.OPT_SORT_KEYS).decode(),
            )
            for p in found
        ],
    )


_COLUMNS = "c.stripe, c.pending, c.state, c.content, c.number, c.booked_at, c.actor, c.reason"


async def read(connection: Connection, key: Key) -> Pending | None:
    """The newest version of a pending command."""
    rows = await fetch(
        connection,
        f"select {_COLUMNS} from ledger.pending_command c where c.stripe = %s and c.pending = %s"
        " order by c.number desc limit 1",
        key,
    )
    return _pending(rows[0]) if rows else None


#: The newest versions one key after the other, so that a page reads a page.
_WALKED: LiteralString = (
    "with recursive k as ((select x.stripe, x.pending from ledger.pending_command x"
    " where (x.stripe, x.pending) > (%(stripe)s, %(pending)s) and x.stripe between %(first)s"
    " and %(last)s order by x.stripe, x.pending limit 1) union all select n.stripe, n.pending"
    " from k cross join lateral (select y.stripe, y.pending from ledger.pending_command y"
    " where (y.stripe, y.pending) > (k.stripe, k.pending) and y.stripe <= %(last)s"
    " order by y.stripe, y.pending limit 1) n)"
    " select c.* from k cross join lateral (select z.* from ledger.pending_command z"
    " where z.stripe = k.stripe and z.pending = k.pending order by z.number desc limit 1) c"
    " where %(state)s = '' or (c.state = 'waiting'"
    " and c.until_day < %(day)s)"
)
#: Those that were decided: their last version says so.
_DECIDED: LiteralString = (
    "select c.* from ledger.pending_command c where c.state = %(state)s and c.state <> 'waiting'"
    " and (c.stripe, c.pending) > (%(stripe)s, %(pending)s)"
    " and c.stripe between %(first)s and %(last)s order by c.stripe, c.pending"
)
#: Those that wait, by the day until which they may be decided.
_OPEN: LiteralString = (
    "select c.* from (select distinct on (x.stripe, x.pending) x.* from ledger.pending_command x"
    " where x.until_day >= %(day)s"
    " and (x.stripe, x.pending) > (%(stripe)s, %(pending)s)"
    " and x.stripe between %(first)s and %(last)s order by x.stripe, x.pending, x.number desc) c"
    " where c.state = 'waiting' order by c.stripe, c.pending"
)


async def search(
    connection: Connection, book: int, after: Key, limit: int, state: str, day: date
) -> list[Pending]:
    """The newest versions in order of key, beginning after one; `state` may be "expired".

    Only those that expired are found by looking at all that there ever were.
    """
    source = _DECIDED
    if state in ("", "expired"):
        source = _WALKED
    elif state == State.WAITING:
        source = _OPEN
    rows = await fetch(
        connection,
        f"select {_COLUMNS} from ({source} limit %(limit)s) c",
        {
            "stripe": after[0],
            "pending": after[1],
            "first": book * SPAN,
            "last": book * SPAN + SPAN - 1,
            "state": state,
            "day": int(f"{day:%Y%m%d}"),
            "limit": limit,
        },
    )
    return [_pending(row) for row in rows]


def _pending(row: Sequence[Any]) -> Pending:
    content: Content = typed(Content, orjson.loads(row[3]))
    return Pending(row[0], row[1], State(row[2]), content, *row[4:])
