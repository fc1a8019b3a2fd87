"""What happened to loans since the last close, and shortly before, for the scenarios."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import orjson

from ledger.calc.monitoring import Movement
from ledger.names import id_text
from ledger.store.rows import Connection, fetch


class Borrower(NamedTuple):
    """A party as the borrower of loans in a stripe, which may be another than their own."""

    stripe: int
    party_stripe: int
    party: int

    @property
    def id(self) -> str:
        """The party's id."""
        return id_text(self.party_stripe, self.party)


async def fresh(
    connection: Connection, stripes: Sequence[int], kinds: Collection[str]
) -> dict[Borrower, list[int]]:
    """The numbers of the events since the last close, by borrower."""
    rows = await fetch(
        connection,
        "select e.stripe, coalesce(l.party_stripe, l.stripe), l.party, e.number"
        " from unnest(%s::int[]) as s (stripe) cross join lateral (select coalesce(max(x.number),"
        " 0) as number from ledger.roll x where x.stripe = s.stripe) r"
        " cross join lateral (select x.stripe, x.number, x.loan from ledger.event x"
        " where x.stripe = s.stripe and x.number > r.number and x.loan is not null"
        " and x.kind = any(%s) offset 0) e"
        " join ledger.loan l on l.stripe = e.stripe and l.loan = e.loan order by e.number",
        (list(stripes), sorted(kinds)),
    )
    found: dict[Borrower, list[int]] = {}
    for *borrower, number in rows:
        found.setdefault(Borrower(*borrower), []).append(number)
    return found


async def around(
    connection: Connection, borrowers: Collection[Borrower], since: date, kinds: Collection[str]
) -> dict[Borrower, list[Movement]]:
    """What the borrowers' loans did after the close of the day before `since`, and was not undone.

    Reads by index what each loan has from there on, whatever its age.
    """
    columns = [[one[part] for one in borrowers] for part in range(3)]
    rows = await fetch(
        connection,
        "select o.stripe, o.party_stripe, o.party, e.number, e.kind, l.loan, e.posting_date,"
        " e.payload, l.currency, e.actor from unnest(%s::int[], %s::int[], %s::bigint[])"
        " as o (stripe, party_stripe, party) cross join lateral (select coalesce((select x.number"
        " from ledger.roll x where x.stripe = o.stripe and x.day < %s order by x.day desc limit 1),"
        " 0) as number offset 0) r cross join lateral (select x.loan, x.currency from ledger.loan x"
        " where x.stripe = o.stripe and x.party = o.party"
        " and coalesce(x.party_stripe, x.stripe) = o.party_stripe offset 0) l"
        " cross join lateral (select x.* from ledger.event x where x.stripe = o.stripe"
        " and x.loan = l.loan and x.number > r.number and x.kind = any(%s) and not exists (select"
        " from ledger.event v where v.stripe = x.stripe and v.reverses = x.number) offset 0) e"
        " order by e.number",
        (*columns, since, sorted(kinds)),
    )
    found: dict[Borrower, list[Movement]] = {}
    for row in rows:
        found.setdefault(Borrower(*row[:3]), []).append(_movement(row[3:]))
    return found


def _movement(row: Sequence[Any]) -> Movement:
    number, kind, loan, day, payload, currency, actor = row
    told: Mapping[str, Any] = orjson.loads(payload)
    asked = told.get("amounts") or {}
    given = (value for value in asked.values() if isinstance(value, int))
    moved = (value for part, value in told.get("allocation", {}).items() if part != "written_off")
    amount = asked.get("amount") or sum(given) or sum(moved)
    payer = told.get("details", {}).get("payer", "")
    return Movement(number, kind, loan, day, amount, currency, actor, payer)
