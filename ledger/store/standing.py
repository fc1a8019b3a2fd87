"""Standing instructions by version: the newest of a loan holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.store.loans import COLUMNS, Key, StoredLoan
from ledger.store.rows import Connection, Writes, fetch, put


@dataclass(frozen=True, slots=True)
class Standing:
    """What is due on a loan is taken from an account, at most so much each time, while active."""

    stripe: int
    loan: int
    number: int
    funds: str
    most: int | None
    active: bool

    @property
    def key(self) -> Key:
        """(stripe, loan)."""
        return self.stripe, self.loan


def add(writes: Writes, found: Sequence[Standing]) -> None:
    """Adds versions."""
    put(
        writes,
        "insert into ledger.standing (stripe, loan, number, funds, most, active) select * from"
        " unnest(%s::int[], %s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::boolean[])",
        [(s.stripe, s.loan, s.number, s.funds, s.most, s.active) for s in found],
    )


async def of_loan(connection: Connection, key: Key) -> Standing | None:
    """The newest version of a loan."""
    rows = await fetch(
        connection,
        "select stripe, loan, number, funds, most, active from ledger.standing"
        " where stripe = %s and loan = %s order by number desc limit 1",
        key,
    )
    return Standing(*rows[0]) if rows else None


async def falling_due(
    connection: Connection, stripes: Sequence[int], day: date
) -> list[tuple[StoredLoan, str, int | None]]:
    """Loans of which the oldest unpaid due date is a day: (loan, account, at most)."""
    rows = await fetch(
        connection,
        f"select {COLUMNS}, i.funds, i.most from ledger.loan l cross join lateral (select *"
        " from ledger.standing s where s.stripe = l.stripe and s.loan = l.loan"
        " order by s.number desc limit 1) i where l.stripe = any(%s) and l.oldest_due = %s"
        " and i.active order by l.stripe, l.loan",
        (list(stripes), day),
    )
    return [(StoredLoan(*row[:-2]), row[-2], row[-1]) for row in rows]
