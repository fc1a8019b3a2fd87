"""Loans: the cached fold, and the figures that set-based statements read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from ledger.book.chart import Part
from ledger.loan.codec import state_text
from ledger.loan.resets import next_reset
from ledger.loan.state import OWED, Stage, State, Status, carried_as
from ledger.money import Rounding
from ledger.store.rows import Connection, Query, Writes, array, ask, fetch, put

Key = tuple[int, int]
#: Product, version, currency, and sums by component.
ComponentSums = tuple[str, int, str, dict[Part, int]]
_KEPT = (Part.CREDIT, Part.WRITTEN_OFF, Part.BORROWING, Part.ADJUSTMENT)
#: Components that most books have none of: they are told only where there is something.
_SELDOM = frozenset({Part.BORROWING, Part.ADJUSTMENT, Part.SUSPENDED})


#: The columns of a loan in the order of `row_of`: its state, and figures that statements read.
ROW_COLUMNS: tuple[LiteralString, ...] = (
    *("stripe", "loan", "party", "product", "version", "currency", "status", "reference"),
    *("booked_at", "last_number", "state", "principal", "fee", "credit", "written_off"),
    *("overdue", "interest_settled", "interest_from", "interest_base", "interest_slope"),
    *("interest_denominator", "penalty_settled", "penalty_from", "penalty_base"),
    *("penalty_slope", "penalty_denominator", "half_even", "next_date", "oldest_due", "stage"),
    *("borrowing", "adjustment", "party_stripe", "reset_on", "next_due", "branch"),
)


@dataclass(frozen=True, slots=True)
class LoanRecord:
    """A loan with its borrower, its product version and its folded state.

    A loan that another borrower assumed keeps its own stripe, so the borrower's is told beside it.
    """

    stripe: int
    loan: int
    party_stripe: int
    party: int
    product: str
    version: int
    reference: str
    booked_at: int
    last_number: int
    state: State
    branch: str = ""


@dataclass(frozen=True, slots=True)
class StoredLoan:
    """A loan as it is stored: the state is still text, since its terms stand with the product."""

    stripe: int
    loan: int
    party_stripe: int
    party: int
    product: str
    version: int
    reference: str
    booked_at: int
    last_number: int
    state: str
    branch: str
    set_aside: tuple[str, str] | None = None  # since when, and why


COLUMNS = (
    "l.stripe, l.loan, coalesce(l.party_stripe, l.stripe), l.party, l.product, l.version,"
    " l.reference, l.booked_at, l.last_number, l.state, l.branch,"
    " (select array[a.since::text, a.reason] from ledger.set_aside a"
    " where a.stripe = l.stripe and a.loan = l.loan)"
)


def reading(keys: Sequence[Key]) -> Query[dict[Key, StoredLoan]]:
    """Loans by key."""
    return Query(
        f"select {COLUMNS} from unnest(%s::int[], %s::bigint[]) as k (stripe, loan)"
        " cross join lateral (select * from ledger.loan x"
        " where x.stripe = k.stripe and x.loan = k.loan offset 0) l",
        (array(key[0] for key in keys), array(key[1] for key in keys)),
        lambda rows: {(row[0], row[1]): StoredLoan(*row) for row in rows},
    )


async def read(connection: Connection, keys: Sequence[Key]) -> dict[Key, StoredLoan]:
    """Loans by key, at once."""
    return await ask(connection, reading(keys))


async def standing_at(
    connection: Connection, stripes: Sequence[int], loans: Sequence[int]
) -> dict[int, int]:
    """The stripe of each of some loan keys, whichever it is; a loan only applied for has none."""
    rows = await fetch(
        connection,
        "select l.loan, l.stripe from unnest(%s::int[]) as s (stripe)"
        " cross join unnest(%s::bigint[]) as k (loan)"
        " cross join lateral (select x.loan, x.stripe, x.status from ledger.loan x"
        " where x.stripe = s.stripe and x.loan = k.loan offset 0) l where l.status <> 'applied'",
        (list(stripes), list(loans)),
    )
    return {row[0]: row[1] for row in rows}


async def changing(connection: Connection, stripes: Sequence[int], day: date) -> list[StoredLoan]:
    """Loans that time changes on a day: an instalment due, a fee, a penalty, a day's weight."""
    rows = await fetch(
        connection,
        f"select {COLUMNS} from ledger.loan l where l.stripe = any(%s) and l.next_date <= %s"
        " order by l.stripe, l.loan",
        (list(stripes), day),
    )
    return [StoredLoan(*row) for row in rows]


async def changing_now(
    connection: Connection, stripes: Sequence[int], day: date
) -> list[tuple[Key, int]]:
    """The keys of the same loans, each with the number of its last event, in order."""
    rows = await fetch(
        connection,
        "select stripe, loan, last_number from ledger.loan"
        " where stripe = any(%s) and next_date <= %s order by stripe, loan",
        (list(stripes), day),
    )
    return [((row[0], row[1]), row[2]) for row in rows]


def save(writes: Writes, loans: Sequence[LoanRecord]) -> None:
    """Inserts new loans and replaces the cached fold of known ones."""
    put(
        writes,
        f"insert into ledger.loan as l ({', '.join(ROW_COLUMNS)})"
        " select * from unnest(%s::int[], %s::bigint[], %s::bigint[], %s::text[], %s::int[],"
        " %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::text[],"
        " %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],"
        " %s::bigint[], %s::date[], %s::numeric[], %s::numeric[], %s::numeric[],"
        " %s::bigint[], %s::date[], %s::numeric[], %s::numeric[], %s::numeric[],"
        " %s::boolean[], %s::date[], %s::date[], %s::text[], %s::bigint[], %s::bigint[],"
        " %s::int[], %s::date[], %s::date[], %s::text[])"
        " on conflict (stripe, loan) do update set party = excluded.party,"
        " party_stripe = excluded.party_stripe, product = excluded.product,"
        " version = excluded.version, half_even = excluded.half_even,"
        " status = excluded.status, last_number = excluded.last_number, state = excluded.state,"
        " principal = excluded.principal, fee = excluded.fee, credit = excluded.credit,"
        " written_off = excluded.written_off, overdue = excluded.overdue,"
        " interest_settled = excluded.interest_settled, interest_from = excluded.interest_from,"
        " interest_base = excluded.interest_base, interest_slope = excluded.interest_slope,"
        " interest_denominator = excluded.interest_denominator,"
        " penalty_settled = excluded.penalty_settled, penalty_from = excluded.penalty_from,"
        " penalty_base = excluded.penalty_base, penalty_slope = excluded.penalty_slope,"
        " penalty_denominator = excluded.penalty_denominator,"
        " next_date = excluded.next_date, oldest_due = excluded.oldest_due,"
        " stage = excluded.stage, borrowing = excluded.borrowing,"
        " adjustment = excluded.adjustment, currency = excluded.currency,"
        " reset_on = excluded.reset_on, next_due = excluded.next_due, branch = excluded.branch",
        [row_of(loan) for loan in loans],
    )


def row_of(record: LoanRecord) -> tuple[object, ...]:
    """The row of a loan: its state with the figures that set-based statements read of it."""
    state = record.state
    overdue = sum(row.unpaid for row in state.due_rows(state.as_of)) + state.fee
    return (
        record.stripe,
        record.loan,
        record.party,
        record.product,
        record.version,
        state.terms.currency,
        state.status.value,
        record.reference,
        record.booked_at,
        record.last_number,
        state_text(state),
        state.principal,
        state.fee,
        state.credit,
        state.written_off,
        overdue if state.principal or overdue else 0,
        state.interest_settled,
        *_line(state, "interest"),
        state.penalty_settled + state.penalty_charges,
        *_line(state, "penalty"),
        state.terms.rounding is Rounding.HALF_EVEN,
        state.next_date,
        state.oldest_due(state.as_of) if state.status is Status.ACTIVE else None,
        state.stage.value,
        state.borrowing,
        state.adjustment,
        None if record.party_stripe == record.stripe else record.party_stripe,
        next_reset(state),
        state.next_due,
        record.branch,
    )


def _line(state: State, name: str) -> tuple[date, str, str, str]:
    """A line's start and its three integers, as text for numeric columns."""
    found = state.interest if name == "interest" else state.penalty
    if found is None:
        return state.as_of, "0", "0", "1"
    return found.start, str(found.base), str(found.slope), str(found.denominator)


async def component_sums(connection: Connection, first: int, last: int) -> list[ComponentSums]:
    """What the loans of some stripes hold, each at its business date."""
    rows = await fetch(
        connection,
        "select l.product, l.version, l.currency, l.stage, sum(l.principal)::numeric,"
        " sum(l.interest_settled + ledger.line_at(l.interest_base, l.interest_slope,"
        " l.interest_denominator, s.business_date - l.interest_from, l.half_even))::numeric,"
        " sum(l.fee)::numeric,"
        " sum(l.penalty_settled + ledger.line_at(l.penalty_base, l.penalty_slope,"
        " l.penalty_denominator, s.business_date - l.penalty_from, l.half_even))::numeric,"
        " sum(l.credit)::numeric, sum(l.written_off)::numeric, sum(l.borrowing)::numeric,"
        " sum(l.adjustment)::numeric"
        " from ledger.loan l join ledger.stripe s on s.stripe = l.stripe"
        " where l.stripe between %s and %s"
        " group by l.product, l.version, l.currency, l.stage",
        (first, last),
    )
    found: dict[tuple[str, int, str], dict[Part, int]] = {}
    for product, version, currency, stage, *sums in rows:
        owed = dict(zip(OWED, (int(n) for n in sums[:4]), strict=True))
        kept = dict(zip(_KEPT, (int(n) for n in sums[4:]), strict=True))
        held = found.setdefault((product, version, currency), {})
        for part, amount in carried_as(Stage(stage), owed, kept).items():
            if amount or part not in _SELDOM:
                held[part] = held.get(part, 0) + amount
    return [(*key, sums) for key, sums in found.items()]


async def delinquency(connection: Connection, book: int) -> list[tuple[str, int, int, int, int]]:
    """(currency, days past due, loans, principal, overdue) of active loans."""
    rows = await fetch(
        connection,
        "select l.currency, case when l.oldest_due is null then 0"
        " else s.business_date - l.oldest_due end as days, count(*)::bigint,"
        " sum(l.principal)::numeric, sum(case when l.oldest_due is null then 0 else l.overdue"
        " + l.penalty_settled + ledger.line_at(l.penalty_base, l.penalty_slope,"
        " l.penalty_denominator, s.business_date - l.penalty_from, l.half_even) end)::numeric"
        " from ledger.loan l join ledger.stripe s on s.stripe = l.stripe"
        " where l.stripe between %s * 1000 and %s * 1000 + 999 and l.status = 'active'"
        " group by 1, 2 order by 1, 2",
        (book, book),
    )
    return [(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in rows]
