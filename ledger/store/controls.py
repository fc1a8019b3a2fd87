"""Evidence of general IT controls, from the history and from the record of schema changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, LiteralString

import orjson

from ledger.audit.controls import SCHEMA, category
from ledger.names import SPAN, event_text
from ledger.store.rows import Connection, fetch

#: As the index has them, word for word, so that it serves.
KINDS: LiteralString = (
    "('account_created', 'approval_policy_published', 'calendar_published',"
    " 'credit_policy_published', 'loan_resumed', 'loan_set_aside',"
    " 'monitoring_policy_published', 'party_erased', 'party_keys_rotated',"
    " 'period_reopened', 'personal_data_exported', 'product_published',"
    " 'rate_index_created', 'result_transfer_reversed', 'role_assigned',"
    " 'role_delegated', 'role_ended', 'rulebook_published', 'schema_changed',"
    " 'tokens_revoked')"
)


CHANGED: Final = "schema_changed"
_AT: LiteralString = "(extract(epoch from c.changed_at) * 1000000)::bigint"
_CHANGES: LiteralString = f"select {_AT}, c.revision, c.login from ledger.schema_change c"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What happened to a control; `event` is empty for the schema."""

    category: str
    at: int
    kind: str
    subject: str
    actor: str
    approvals: tuple[str, ...] = ()
    reason: str = ""
    event: str = ""


async def evidence(connection: Connection, book: int, since: int, until: int) -> list[Evidence]:
    """All evidence recorded from one moment to before another, in order of time.

    The time of a schema change is told by the database's clock, that of an event by the ledger's.
    """
    rows = await fetch(
        connection,
        "select e.stripe, e.number, e.kind, e.subject, e.payload, e.booked_at, e.actor,"
        f" e.approvals, e.reason from ledger.event e where e.kind in {KINDS}"
        " and e.stripe between %s and %s and e.booked_at >= %s and e.booked_at < %s"
        " order by e.booked_at, e.stripe, e.number",
        (book * SPAN, book * SPAN + SPAN - 1, since, until),
    )
    changed = await fetch(
        connection,
        f"{_CHANGES} where {_AT} between %s and %s order by 1",
        (since, until - 1),
    )
    found = [_told(*row) for row in rows]
    told = {one.subject for one in found}
    found += [one for one in (_changed(*row) for row in changed) if one.subject not in told]
    return sorted(found, key=lambda one: (one.at, one.category, one.event))


async def untold(connection: Connection, stripe: int) -> list[Evidence]:
    """Revisions since the book of this first stripe was opened that no event tells of."""
    rows = await fetch(
        connection,
        f"{_CHANGES} where {_AT} > (select e.booked_at from ledger.event e"
        " where e.stripe = %s and e.number = 1) and not exists (select from ledger.event e"
        f" where e.stripe = %s and e.kind = '{CHANGED}' and e.subject = 'schema/' || c.revision)"
        " order by 1, 2",
        (stripe, stripe),
    )
    return [_changed(*row) for row in rows]


async def schema(connection: Connection) -> str:
    """The revision of the schema, as the migrations noted it."""
    rows = await fetch(connection, "select coalesce(max(revision), '') from ledger.schema_change")
    return str(rows[0][0])


def _told(stripe: int, number: int, kind: str, subject: str, payload: str, *more: Any) -> Evidence:
    booked_at, actor, approvals, reason = more
    told = category(kind, orjson.loads(payload))
    name = event_text(stripe, number)
    return Evidence(told, booked_at, kind, subject, actor, tuple(approvals), reason, name)


def _changed(at: int, revision: str, login: str) -> Evidence:
    return Evidence(SCHEMA, at, revision, f"schema/{revision}", login)
