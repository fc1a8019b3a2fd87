"""History: events with their entries, written once and read as the values that the proofs cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, LiteralString

import orjson

from ledger.audit.canonical import Entry, EventRecord
from ledger.names import SPAN, id_text, parse_id
from ledger.store.rows import Connection, Query, Writes, array, ask, fetch, put

Key = tuple[int, int]

_COLUMNS = (
    "e.stripe, e.number, e.kind, e.subject, e.value_date, e.posting_date, e.booked_at, e.actor,"
    " e.reason, e.approvals, e.request_id, e.reference, e.reverses, e.payload, e.lines_root"
)


_row = itemgetter(
    *("value_date", "posting_date", "booked_at", "actor", "reason", "request_id", "reference"),
    "reverses",
)


def row(event: Mapping[str, Any], loan: int | None, leaf: bytes) -> tuple[Any, ...]:
    """An event, given by its canonical fields, as `add` takes it."""
    payload, lines = event["payload"], event["lines_root"]
    return (
        event["stripe"],
        event["number"],
        event["kind"],
        event["subject"],
        loan,
        *_row(event),
        orjson.dumps(payload, option=orjson.OPT_SORT_KEYS).decode() if payload else "{}",
        bytes.fromhex(lines) if lines else None,
        leaf,
        array(event["approvals"]) if event["approvals"] else "{}",
    )


#: The columns of `row`; the last one comes as the text of an array.
_ADDED: LiteralString = (
    "stripe, number, kind, subject, loan, value_date, posting_date, booked_at, actor, reason,"
    " request_id, reference, reverses, payload, lines_root, leaf, approvals"
)
#: Kind and reason of an event as `row` gives it.
kind_and_reason = itemgetter(2, 9)


def add(writes: Writes, rows: Sequence[tuple[Any, ...]]) -> None:
    """Appends events, whose fields stand as `row` gives them; entries go with `add_entries`."""
    put(
        writes,
        f"insert into ledger.event ({_ADDED}) select {_ADDED}::text[] from unnest(%s::int[],"
        " %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::date[], %s::date[],"
        " %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[],"
        f" %s::text[], %s::bytea[], %s::bytea[], %s::text[]) as n ({_ADDED})",
        rows,
    )


def add_entries(writes: Writes, rows: Sequence[tuple[Any, ...]]) -> None:
    """Appends entry rows, whose fields stand in the order of the statement's columns."""
    put(
        writes,
        "insert into ledger.entry (stripe, number, line, journal, account, side, currency, amount,"
        " loan, component, value_date, posting_date, cause)"
        " select * from unnest(%s::int[], %s::bigint[], %s::int[], %s::int[], %s::text[],"
        ' %s::text[]::"char"[], %s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::date[],'
        " %s::date[], %s::bigint[])",
        rows,
    )


async def read(
    connection: Connection, book: str, keys: Sequence[Key]
) -> dict[Key, tuple[EventRecord, bytes]]:
    """Events by key with their leaf hash, rebuilt from their rows exactly as they were recorded."""
    stripes, numbers = [k[0] for k in keys], [k[1] for k in keys]
    rows = await fetch(
        connection,
        f"select {_COLUMNS}, e.leaf from unnest(%s::int[], %s::bigint[]) as k (stripe, number)"
        " cross join lateral (select * from ledger.event x"
        " where x.stripe = k.stripe and x.number = k.number offset 0) e",
        (stripes, numbers),
    )
    entries = await fetch(
        connection,
        "select n.stripe, n.number, n.journal, n.value_date, n.account, n.side, n.currency,"
        " n.amount, n.loan, n.component, n.cause"
        " from unnest(%s::int[], %s::bigint[]) as k (stripe, number)"
        " cross join lateral (select * from ledger.entry x"
        " where x.stripe = k.stripe and x.number = k.number offset 0) n"
        " order by n.stripe, n.number, n.line",
        (stripes, numbers),
    )
    lines: dict[Key, list[Entry]] = {}
    for n in entries:
        loan = id_text(n[0], n[8]) if n[8] is not None else None
        side = n[5].decode() if isinstance(n[5], bytes) else n[5]
        entry = Entry(n[2], n[3].isoformat(), n[4], side, n[6], n[7], loan, n[9], n[10])
        lines.setdefault((n[0], n[1]), []).append(entry)
    return {(e[0], e[1]): (_record(book, e, lines.get((e[0], e[1]), [])), e[15]) for e in rows}


def _record(book: str, e: Sequence[Any], entries: Sequence[Entry]) -> EventRecord:
    return EventRecord(
        book=book,
        stripe=e[0],
        number=e[1],
        kind=e[2],
        subject=e[3],
        value_date=e[4].isoformat(),
        posting_date=e[5].isoformat(),
        booked_at=e[6],
        actor=e[7],
        reason=e[8],
        approvals=tuple(e[9]),
        request_id=e[10],
        reference=e[11],
        reverses=e[12],
        payload=orjson.loads(e[13]),
        entries=tuple(entries),
        lines_root=e[14].hex() if e[14] is not None else None,
    )


async def of_loans(
    connection: Connection, loans: Sequence[Key], until: int | None = None
) -> dict[Key, list[tuple[int, str, date, dict[str, Any], int | None]]]:
    """(number, kind, value date, payload, reverses) of each loan's events, in recorded order.

    `until` is the last moment of recording that counts.
    """
    rows = await fetch(
        connection,
        "select e.stripe, e.loan, e.number, e.kind, e.value_date, e.payload, e.reverses"
        " from unnest(%s::int[], %s::bigint[]) as k (stripe, loan)"
        " cross join lateral (select * from ledger.event x"
        " where x.stripe = k.stripe and x.loan = k.loan offset 0) e"
        " where %s::bigint is null or e.booked_at <= %s order by e.stripe, e.loan, e.number",
        ([k[0] for k in loans], [k[1] for k in loans], until, until),
    )
    found: dict[Key, list[tuple[int, str, date, dict[str, Any], int | None]]] = {}
    for row in rows:
        item = (row[2], row[3], row[4], orjson.loads(row[5]), row[6])
        found.setdefault((row[0], row[1]), []).append(item)
    return found


async def standing(connection: Connection, book: int, kind: str, subject: str) -> list[Key]:
    """Events of a kind about a subject of a book that nobody reversed, in order.

    Only for kinds that `event_result` indexes.
    """
    rows = await fetch(
        connection,
        "select s.stripe, e.number from ledger.stripe s cross join lateral (select x.number"
        " from ledger.event x where x.stripe = s.stripe and x.subject = %s and x.kind = %s"
        " and x.kind = 'result_transferred' offset 0) e where s.book = %s and not exists"
        " (select from ledger.event r where r.stripe = s.stripe and r.reverses = e.number)"
        " order by s.stripe, e.number",
        (subject, kind, book),
    )
    return [(row[0], row[1]) for row in rows]


def reversing(keys: Sequence[Key]) -> Query[dict[Key, int]]:
    """The number of the event that reversed each of these, where one did."""
    return Query(
        "select e.stripe, e.reverses, e.number from unnest(%s::int[], %s::bigint[])"
        " as k (stripe, number) cross join lateral (select * from ledger.event x"
        " where x.stripe = k.stripe and x.reverses = k.number offset 0) e",
        (array(key[0] for key in keys), array(key[1] for key in keys)),
        lambda rows: {(row[0], row[1]): row[2] for row in rows},
    )


async def reversals(connection: Connection, keys: Sequence[Key]) -> dict[Key, int]:
    """Which of these events were reversed, and by which."""
    return await ask(connection, reversing(keys))


async def search(
    connection: Connection,
    book: int,
    after: Key,
    limit: int,
    *,
    kind: str = "",
    subject: str = "",
    actor: str = "",
    first: date | None = None,
    last: date | None = None,
) -> list[Key]:
    """Keys of events that match, in order of stripe and number, beginning after a key."""
    only = parse_id(subject.removeprefix("loans/"), book) if subject.startswith("loans/") else None
    told: list[tuple[object, LiteralString]] = [
        (only, " and e.stripe = %(only)s and e.loan = %(loan)s"),
        (kind, " and e.kind = %(kind)s"),
        (subject, " and e.subject = %(subject)s"),
        (actor, " and e.actor = %(actor)s"),
        (first, " and e.posting_date >= %(from)s"),
        (last, " and e.posting_date <= %(to)s"),
    ]
    conditions: LiteralString = ""
    for value, condition in told:
        if value:
            conditions += condition
    rows = await fetch(
        connection,
        "select e.stripe, e.number from ledger.event e"
        " where (e.stripe, e.number) > (%(stripe)s, %(number)s)"
        f" and e.stripe between %(first)s and %(last)s{conditions}"
        " order by e.stripe, e.number limit %(limit)s",
        {
            "stripe": after[0],
            "number": after[1],
            "limit": limit,
            "first": book * SPAN,
            "last": book * SPAN + SPAN - 1,
            "only": only[0] if only else None,
            "loan": only[1] if only else None,
            "kind": kind,
            "subject": subject,
            "actor": actor,
            "from": first,
            "to": last,
        },
    )
    return [(row[0], row[1]) for row in rows]
