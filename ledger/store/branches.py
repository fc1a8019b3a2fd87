"""To which branch things belong: loans and parties by their rows, collateral by its owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

from ledger.store.rows import Connection, fetch

Key = tuple[int, int]
#: Of each collection the branch of one thing; two parameters.
_BRANCH: Mapping[str, LiteralString] = {
    "loans": "select branch from ledger.loan where stripe = %s and loan = %s",
    "parties": "select branch from ledger.party where stripe = %s and party = %s",
    "collaterals": "select p.branch from ledger.collateral c join ledger.party p"
    " on p.stripe = c.stripe and p.party = c.party"
    " where c.stripe = %s and c.collateral = %s limit 1",
}
#: An event is about its subject, and about the other loan of a pair that it names.
_SUBJECTS: LiteralString = (
    "select e.subject, array(select 'loans/' || d.value from jsonb_each_text(coalesce("
    "e.payload::jsonb -> 'details', '{}')) d where d.key = any('{into,refinances,redenominates}'))"
    " from ledger.event e where e.stripe = %s and e.number = %s"
)


async def branch_of(connection: Connection, collection: str, key: Key) -> str | None:
    """The branch of a loan, a party or collateral; None where there is no such thing."""
    rows = await fetch(connection, _BRANCH[collection], key)
    return rows[0][0] if rows else None


async def subjects_of(connection: Connection, key: Key) -> list[str]:
    """What an event is about, such as loans/{id}; nothing where there is no such event."""
    rows = await fetch(connection, _SUBJECTS, key)
    return [subject for row in rows for subject in (row[0], *row[1])]
