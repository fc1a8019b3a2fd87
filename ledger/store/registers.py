"""The registers of compliance: each step of an item is a version of its row, the newest holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from ledger.calc.registers import FORMS, Form
from ledger.loan.plain import plain, typed
from ledger.names import SPAN, id_text
from ledger.store.rows import Connection, Writes, fetch, put

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Paper:
    """A workpaper: its title, and the SHA-256 of the file, which stays where it is."""

    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Content:
    """What an item says after a step.

    `party` is the id of the borrower whom it concerns, `links` are other items, `causes` events,
    `amounts` minor units by name and currency. `note` and `papers` are of this step alone; a note
    about a borrower is `sealed` under their key, in base 64.
    """

    title: str
    owner: str = ""
    due: date | None = None
    party: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    amounts: dict[str, dict[str, int]] = field(default_factory=dict)
    note: str = ""
    sealed: str = ""
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A version of an item: its step from one up, the event that made it, and who made that."""

    stripe: int
    item: int
    step: int
    kind: str
    state: str
    content: Content
    number: int = 0
    booked_at: int = 0
    actor: str = ""
    reason: str = ""

    @property
    def key(self) -> Key:
        """(stripe, key)."""
        return self.stripe, self.item

    @property
    def form(self) -> Form:
        """Its register."""
        return FORMS[self.kind]

    @property
    def resource(self) -> str:
        """Its name within the book."""
        return f"{self.form.collection}/{id_text(*self.key)}"

    def told(self) -> dict[str, Any]:
        """What its event says of it."""
        kept = {"kind": self.kind, "state": self.state, "step": self.step}
        return {"content": plain(self.content), **kept}


def add(writes: Writes, found: Sequence[Item]) -> None:
    """Adds versions; the key refuses a step that an item has taken already."""
    put(
        writes,
        "insert into ledger.register_item (stripe, item, step, kind, state, party, content,"
        " number, booked_at, actor, reason) select * from unnest(%s::int[], %s::bigint[],"
        " %s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[],"
        " %s::text[], %s::text[])",
        [
            (
                *(one.stripe, one.item, one.step, one.kind, one.state, one.content.party),
                orjson.dumps(plain(one.content), option=orjson.OPT_SORT_KEYS).decode(),
                *(one.number, one.booked_at, one.actor, one.reason),
            )
            for one in found
        ],
    )


_COLUMNS = (
    "c.stripe, c.item, c.step, c.kind, c.state, c.content, c.number, c.booked_at, c.actor, c.reason"
)


async def read(connection: Connection, key: Key) -> Item | None:
    """An item as it is now."""
    log = await steps(connection, key, newest=True)
    return log[0] if log else None


async def steps(connection: Connection, key: Key, *, newest: bool = False) -> list[Item]:
    """All versions of an item, oldest first; only the newest where nothing else is wanted."""
    rows = await fetch(
        connection,
        f"select {_COLUMNS} from ledger.register_item c where c.stripe = %s and c.item = %s"
        f" order by c.step desc limit {'1' if newest else '10000'}",
        key,
    )
    return [_item(row) for row in reversed(rows)]


async def present(connection: Connection, keys: Iterable[Key]) -> set[Key]:
    """Which of these items exist."""
    wanted = list(keys)
    rows = await fetch(
        connection,
        "select k.stripe, k.item from unnest(%s::int[], %s::bigint[]) as k (stripe, item)"
        " where exists (select from ledger.register_item c where c.stripe = k.stripe"
        " and c.item = k.item and c.step = 1)",
        ([key[0] for key in wanted], [key[1] for key in wanted]),
    )
    return {(row[0], row[1]) for row in rows}


async def search(
    connection: Connection,
    book: int,
    kinds: Sequence[str],
    after: Key,
    limit: int,
    **only: Any,
) -> list[Item]:
    """Items of some registers in order of key, as they are now, beginning after one.

    `only` may hold `state`, `owner`, `party` (ids as texts), `overdue` (before that date) and
    `open_only`.
    """
    ends = [f"{form.kind}/{state}" for form in FORMS.values() for state in form.ends]
    rows = await fetch(
        connection,
        f"select {_COLUMNS} from (select distinct on (x.stripe, x.item) x.*"
        " from ledger.register_item x where x.stripe between %(first)s and %(last)s"
        " and (x.stripe, x.item) > (%(stripe)s, %(item)s) and x.kind = any(%(kinds)s)"
        f"{' and x.party = %(party)s' if only.get('party') else ''}"
        " order by x.stripe, x.item, x.step desc) c where %(state)s in ('', c.state)"
        " and (%(owner)s = '' or c.content::jsonb ->> 'owner' = %(owner)s)"
        " and not (%(open)s and c.kind || '/' || c.state = any(%(ends)s))"
        " and (%(overdue)s::date is null or (c.content::jsonb ->> 'due')::date < %(overdue)s::date)"
        " order by c.stripe, c.item limit %(limit)s",
        {
            "first": book * SPAN,
            "last": book * SPAN + SPAN - 1,
            "stripe": after[0],
            "item": after[1],
            "kinds": list(kinds),
            "state": only.get("state", ""),
            "party": only.get("party", ""),
            "owner": only.get("owner", ""),
            "open": bool(only.get("open_only") or only.get("overdue")),
            "overdue": only.get("overdue"),
            "ends": ends,
            "limit": limit,
        },
    )
    return [_item(row) for row in rows]


async def alerted(
    connection: Connection, borrowers: Iterable[tuple[int, str]]
) -> Mapping[tuple[int, str], list[tuple[str, list[str]]]]:
    """(scenario, names of events) of all alerts in a stripe about a borrower, by both."""
    wanted = list(borrowers)
    rows = await fetch(
        connection,
        "select k.stripe, k.party, a.content from unnest(%s::int[], %s::text[])"
        " as k (stripe, party) cross join lateral (select c.content from ledger.register_item c"
        " where c.stripe = k.stripe and c.party = k.party and c.kind = 'alert' and c.step = 1"
        " offset 0) a",
        ([key[0] for key in wanted], [key[1] for key in wanted]),
    )
    found: dict[tuple[int, str], list[tuple[str, list[str]]]] = {}
    for stripe, party, content in rows:
        told = orjson.loads(content)
        item = (told["facts"]["scenario"], told["causes"])
        found.setdefault((stripe, party), []).append(item)
    return found


def _item(row: Sequence[Any]) -> Item:
    content: Content = typed(Content, orjson.loads(row[5]))
    stripe, item, step, kind, state, _, *more = row
    return Item(stripe, item, step, kind, state, content, *more)
