"""Tokens that are good no more: the events that say so are all that is kept of them."""

from __future__ import annotations

from typing import NamedTuple

from ledger.names import SPAN
from ledger.store.rows import Connection, fetch

#: The kind of such an event; an index of its own finds them.
KIND = "tokens_revoked"


class Revocation(NamedTuple):
    """One token of a principal, or with an empty `token_id` all that were issued until then."""

    number: int
    booked_at: int
    principal: str
    token_id: str


async def after(connection: Connection, book: int, number: int) -> list[Revocation]:
    """Those newer than an event; all are in the book's first stripe."""
    rows = await fetch(
        connection,
        "select number, booked_at, payload::jsonb ->> 'principal', payload::jsonb ->> 'token_id'"
        " from ledger.event where stripe = %s and kind = 'tokens_revoked' and number > %s"
        " order by number",
        (book * SPAN, number),
    )
    return [Revocation(*row) for row in rows]
