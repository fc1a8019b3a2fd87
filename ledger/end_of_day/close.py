"""Closes a business date on some stripes: accrue in bulk, then fold on the loans that time changes.

One transaction does it all and moves the stripes' business date, so a day is closed on a stripe or
it is not: killed anywhere, it is run again and nothing is doubled. Channels post meanwhile on other
stripes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ledger.audit.canonical import leaf_hash
from ledger.audit.merkle import root
from ledger.batch import Batch, Draft, Stamp
from ledger.book.chart import Part
from ledger.book.journal import Entry, Journal
from ledger.book.rules import entries_for
from ledger.end_of_day.resets import ACTOR, reset
from ledger.lending.postings import movement_journal
from ledger.loan.fold import advanced
from ledger.loan.trail import Trail, total
from ledger.names import id_text
from ledger.record import decoded
from ledger.store import accruals, catalogue, loans, resets, stripes
from ledger.store.accruals import Accrued
from ledger.store.catalogue import Catalogue
from ledger.store.rows import Connection
from ledger.store.stripes import Book

CLOSED = "day_closed"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closed:
    """What one transaction closed."""

    stripes: int
    loans_accrued: int
    loans_advanced: int
    loans_reset: int = 0
    resets_waiting: int = 0


async def close_day(
    connection: Connection, book: Book, known: Catalogue, wanted: Sequence[int], day: date, now: int
) -> Closed:
    """Closes `day` on those of the wanted stripes whose business date it still is."""
    async with connection.transaction():
        locked = await stripes.lock(connection, wanted)
        open_stripes = {n: s for n, s in locked.items() if s.business_date == day}
        if not open_stripes:
            return Closed(0, 0, 0)
        batch = Batch(book, open_stripes, now)
        numbers = [(n, s.last_number + 1) for n, s in open_stripes.items()]
        sums, lines = await accruals.accrue(connection, numbers, day)
        known = await catalogue.covering(connection, book.number, known, sums)
        for stripe in open_stripes:
            _accrual_event(batch, stripe, day, sums, lines.get(stripe, []), known)
        for row in open_stripes.values():
            row.business_date = day + _DAY
        moved = await _advance(connection, batch, list(open_stripes), day + _DAY, known)
        fixed = await reset(connection, batch, list(open_stripes), day + _DAY, known)
        await batch.writes().run(connection)
        waiting = await resets.waiting(connection, list(open_stripes), day + _DAY)
    return Closed(len(open_stripes), sum(s.loans for s in sums), moved, fixed, waiting)


def _accrual_event(
    batch: Batch,
    stripe: int,
    day: date,
    sums: Iterable[Accrued],
    lines: list[bytes],
    known: Catalogue,
) -> Stamp:
    """One event a stripe: the day is closed, with its accruals and the root of their lines."""
    entries: list[Entry] = []
    for found in sums:
        if found.stripe == stripe:
            terms = known.products[found.product, found.version].terms
            amounts = {Part(found.component): found.amount}
            entries.extend(
                entries_for("accrual", amounts, terms.accounts, found.currency, None, terms.profile)
            )
    draft = Draft(
        kind=CLOSED,
        subject=f"days/{day.isoformat()}",
        payload={"lines": len(lines)},
        journals=(Journal(day, tuple(entries)),) if entries else (),
        lines_root=root([leaf_hash(line) for line in lines]).hex() if lines else None,
        reason="close of business",
    )
    return batch.add(stripe, draft, ACTOR, f"close-{day.isoformat()}")


async def _advance(
    connection: Connection, batch: Batch, wanted: Sequence[int], day: date, known: Catalogue
) -> int:
    """Folds on the loans for which the new day changes something, and posts what that moves."""
    stored = await loans.changing(connection, wanted, day)
    known = await catalogue.covering(connection, batch.book.number, known, stored)
    for row in stored:
        record, trail = decoded(row, known), Trail()
        state = advanced(record.state, day, trail)
        number = record.last_number
        for index, movement in enumerate(trail.movements, start=1):
            draft = Draft(
                kind=f"{movement.kind}_recorded",
                subject=f"loans/{id_text(row.stripe, row.loan)}",
                payload={
                    "allocation": {p.value: a for p, a in movement.amounts.items()},
                    "amounts": {"amount": total(movement.amounts)},
                },
                journals=(movement_journal(movement, state.terms, row.loan),),
                loan=row.loan,
                value_date=movement.value_date,
                reason="close of business",
            )
            name = f"close-{day.isoformat()}-{id_text(row.stripe, row.loan)}-{index}"
            number = batch.add(row.stripe, draft, ACTOR, name).number
        batch.keep(replace(record, state=state, last_number=number))
    return len(stored)
