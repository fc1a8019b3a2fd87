"""Rows that the history made: what the full-book check compares with the events that made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

import orjson

from ledger.store.answers import Answer
from ledger.store.paired import CACHED, EVENT, PAIRED
from ledger.store.parties import COLUMNS, JOIN, PartyRecord
from ledger.store.rates import Fixing, fixing_of
from ledger.store.rows import Connection, fetch
from ledger.store.verification import MOST


@dataclass(frozen=True, slots=True)
class Unlike:
    """A figure of a resource that is not as the history tells it, as text."""

    resource: str
    figure: str
    stored: str
    computed: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event that made a row beside the history."""

    number: int
    kind: str
    subject: str
    payload: dict[str, Any]
    posting_date: date
    booked_at: int
    reference: str
    reason: str
    actor: str


#: (resource, figure, stored, computed) where they differ in a stripe; one parameter.
_OF_STRIPE: tuple[LiteralString, ...] = (
    f"select {EVENT}, 'leaf hash', coalesce(encode(leaf, 'hex'), ''),"
    " coalesce(encode(hash, 'hex'), '') from (select coalesce(e.stripe, l.stripe) as stripe,"
    " coalesce(e.number, l.number) as number, e.leaf, l.hash from (select x.* from ledger.stripe s"
    " join ledger.event x on x.stripe = s.stripe and x.number <= s.sealed_number"
    " where s.stripe = %(stripe)s) e full join (select * from ledger.leaf"
    " where stripe = %(stripe)s) l on l.stripe = e.stripe and l.number = e.number) c"
    " where leaf is distinct from hash order by number",
    # A command that concerns other stripes as well is answered in one of them.
    f"select {EVENT}, 'answer to its request', '', request_id from (select e.stripe, e.number,"
    " e.request_id from ledger.event e where e.stripe = %(stripe)s"
    " and e.actor not like 'system:%%' and e.kind <> all"
    " ('{book_opened,approval_asked_for,command_refused}')"
    " and not exists (select from ledger.answer a where a.stripe = e.stripe"
    " and a.request_id = e.request_id) offset 0) c"
    " where not exists (select from ledger.stripe t cross join lateral (select"
    " from ledger.answer a where a.stripe = t.stripe and a.request_id = c.request_id offset 0) x"
    " where t.stripe / 1000 = c.stripe / 1000 offset 0) order by number",
    f"select {EVENT}, 'request of the answer ' || request_id, caller, coalesce(actor, '')"
    " from (select a.stripe, a.number, a.request_id, a.caller, e.actor, e.request_id as of_event"
    " from ledger.answer a left join ledger.event e on e.stripe = a.stripe and e.number = a.number"
    " where a.stripe = %(stripe)s) c where request_id is distinct from of_event"
    " or caller is distinct from actor order by number",
    "select coalesce(e.subject, 'loans/' || l.id), 'loan', coalesce(l.id, ''),"
    " coalesce(e.subject, '') from (select subject, loan from ledger.event"
    " where stripe = %(stripe)s and kind = 'loan_opened') e full join (select id, loan"
    " from ledger.loan where stripe = %(stripe)s) l using (loan)"
    " where e.subject is distinct from 'loans/' || l.id order by 1",
    "select 'days/' || business_date, 'business date', business_date::text, told::text from (select"
    " s.business_date, coalesce((select max(e.posting_date) + 1 from ledger.event e"
    " where e.stripe = s.stripe and e.kind = 'day_closed'), s.opened) as told"
    " from ledger.stripe s where s.stripe = %(stripe)s) c where business_date <> told",
)
_NODE: LiteralString = (
    "sha256('\\x01'::bytea || coalesce(ln.hash, ll.hash) || coalesce(rn.hash, rl.hash))"
)
#: The same of a book.
_OF_BOOK: tuple[LiteralString, ...] = (
    "select 'tree', 'size', size::text, leaves::text from (select t.size, (select count(*)"
    " from ledger.leaf l where l.book = t.book and l.index between 0 and t.size - 1) as leaves"
    " from ledger.tree t where t.book = %(book)s) c where size <> leaves",
    "select 'tree/' || n.level || '-' || n.index, 'node', encode(n.hash, 'hex'),"
    f" coalesce(encode({_NODE}, 'hex'), '') from ledger.node n"
    " left join ledger.node ln on ln.book = n.book and ln.level = n.level - 1"
    " and ln.index = 2 * n.index left join ledger.node rn on rn.book = n.book"
    " and rn.level = n.level - 1 and rn.index = 2 * n.index + 1"
    " left join ledger.leaf ll on n.level = 1 and ll.book = n.book and ll.index = 2 * n.index"
    " left join ledger.leaf rl on n.level = 1 and rl.book = n.book and rl.index = 2 * n.index + 1"
    f" where n.book = %(book)s and n.hash is distinct from {_NODE} order by n.level, n.index",
    "select 'checkpoints/' || size, 'root', encode(root, 'hex'), told from (select size, root,"
    " case when split_part(note, E'\\n', 3) ~ '^[A-Za-z0-9+/]{43}=$'"
    " then encode(decode(split_part(note, E'\\n', 3), 'base64'), 'hex') else '' end as told"
    " from ledger.checkpoint where book = %(book)s) c where encode(root, 'hex') <> told"
    " order by size",
)


async def of_stripe(connection: Connection, stripe: int) -> list[Unlike]:
    """Rows of a stripe that no event made, or that are not as their event made them."""
    return await _unlike(connection, (*_OF_STRIPE, *PAIRED, *CACHED), {"stripe": stripe})


async def of_book(connection: Connection, book: int) -> list[Unlike]:
    """Where a book's tree and its checkpoints are not what its leaves come to."""
    return await _unlike(connection, _OF_BOOK, {"book": book})


async def _unlike(
    connection: Connection, statements: Sequence[LiteralString], asked: dict[str, int]
) -> list[Unlike]:
    found: list[Unlike] = []
    for statement in statements:
        rows = await fetch(connection, statement + f" limit {MOST:d}", asked)
        found += [Unlike(*row) for row in rows]
    return found


async def told(connection: Connection, stripe: int, kinds: Sequence[str]) -> list[Told]:
    """The events of these kinds in a stripe, in order."""
    rows = await fetch(
        connection,
        "select number, kind, subject, payload, posting_date, booked_at, reference, reason, actor"
        " from ledger.event where stripe = %s and kind = any(%s) order by number",
        (stripe, list(kinds)),
    )
    return [
        Told(number, kind, subject, _made(orjson.loads(payload)), *more)
        for number, kind, subject, payload, *more in rows
    ]


async def fixings(connection: Connection, book: int) -> list[Fixing]:
    """All fixings of a book, by the event that booked them."""
    rows = await fetch(
        connection,
        "select index, day, rate, reason, number, actor, booked_at, false from ledger.fixing"
        " where book = %s order by number",
        (book,),
    )
    return [fixing_of(row) for row in rows]


async def parties(connection: Connection, stripe: int) -> list[PartyRecord]:
    """All parties of a stripe, with their keys."""
    rows = await fetch(
        connection,
        f"select {COLUMNS} from ledger.party p{JOIN} where p.stripe = %s order by p.party",
        (stripe,),
    )
    return [PartyRecord(*row) for row in rows]


async def answers(connection: Connection, stripe: int, after: str, limit: int) -> list[Answer]:
    """Answers of a stripe in order of their request ids, beginning after one."""
    rows = await fetch(
        connection,
        "select stripe, request_id, caller, method, digest, number, response from ledger.answer"
        " where stripe = %s and request_id > %s order by request_id limit %s",
        (stripe, after, limit),
    )
    return [Answer(*row) for row in rows]


def _made(payload: dict[str, Any]) -> dict[str, Any]:
    """A payload without what rules said of its command, which makes no row."""
    return {name: value for name, value in payload.items() if name != "ruled"}
