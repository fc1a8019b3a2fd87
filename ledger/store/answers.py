"""The first answer to each request, kept for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.errors import RequestIdReused
from ledger.names import SPAN, event_text
from ledger.store.rows import Connection, Query, Writes, array, fetch, put

#: The caller, the method and the digest of a request.
Origin = tuple[str, str, bytes]


class Answer(NamedTuple):
    """What was answered to a request id: by whom, to which method and content, with which event."""

    stripe: int
    request_id: str
    caller: str
    method: str
    digest: bytes
    number: int
    response: bytes


def finding(keys: Sequence[tuple[int, str]]) -> Query[dict[tuple[int, str], Answer]]:
    """Answers given before, by (stripe, request id)."""
    return Query(
        "select a.stripe, a.request_id, a.caller, a.method, a.digest, a.number, a.response"
        " from unnest(%s::int[], %s::text[]) as k (stripe, request_id)"
        " cross join lateral (select * from ledger.answer x"
        " where x.stripe = k.stripe and x.request_id = k.request_id offset 0) a",
        (array(key[0] for key in keys), array(key[1] for key in keys)),
        lambda rows: {(row[0], row[1]): Answer(*row) for row in rows},
    )


async def commands(
    connection: Connection,
    book: int,
    methods: Sequence[str],
    days: tuple[date, date],
    after: tuple[int, int],
    limit: int,
) -> list[tuple[int, int, str]]:
    """(stripe, number, method) of the first events of commands posted on some days, in order."""
    rows = await fetch(
        connection,
        "select e.stripe, e.number, a.method from ledger.event e cross join lateral"
        " (select x.method from ledger.answer x where x.stripe = e.stripe"
        " and x.request_id = e.request_id and x.number = e.number and x.method = any(%s) offset 0)"
        " a where (e.stripe, e.number) > (%s, %s) and e.stripe between %s and %s"
        " and e.posting_date between %s and %s order by e.stripe, e.number limit %s",
        (list(methods), *after, book * SPAN, book * SPAN + SPAN - 1, *days, limit),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def add(writes: Writes, answers: Sequence[Answer]) -> None:
    """Keeps new answers."""
    put(
        writes,
        "insert into ledger.answer"
        " (stripe, request_id, caller, method, digest, number, response)"
        " select * from unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::bytea[],"
        " %s::bigint[], %s::bytea[])",
        answers,
    )


def repeated(first: Answer, request_id: str, origin: Origin) -> bytes | RequestIdReused:
    """The first answer to the same request; an error for any other use of its id."""
    if (first.caller, first.method, first.digest) == origin:
        return first.response
    name = f"events/{event_text(first.stripe, first.number)}"
    return RequestIdReused(
        f"request id {request_id} was used before, for {first.method} by {first.caller},"
        f" with other content: {name}",
        event=name,
        method=first.method,
    )
