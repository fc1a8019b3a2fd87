"""What borrowers owe and may still draw, now or as it was known at a moment of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.errors import LedgerError
from ledger.lending.histories import by_history, inputs
from ledger.loan.codec import state_from
from ledger.loan.fold import fold
from ledger.loan.state import State, Status
from ledger.store import catalogue, events, loan_search
from ledger.store.catalogue import Catalogue
from ledger.store.loans import Key
from ledger.store.rows import Connection


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one loan adds to its borrower's exposure, in minor units."""

    loan: Key
    currency: str
    amount: int


def exposure(state: State, day: date) -> int:
    """Principal and what may still be drawn; of an application, what is asked for."""
    if state.status is Status.APPLIED:
        return state.agreement.amount
    return state.principal + state.undrawn(day)


async def of_parties(
    connection: Connection,
    book: int,
    known: Catalogue,
    parties: Sequence[Key],
    day: date,
    until: int | None = None,
) -> list[Exposure]:
    """The loans of some parties that they were granted; applications are none yet.

    `until` is a moment of the past: what was recorded after it does not count.
    """
    found: list[Exposure] = []
    for party in parties:
        rows = await loan_search.of_party(connection, party)
        known = await catalogue.covering(connection, book, known, rows)
        keys = [(row.stripe, row.loan) for row in rows]
        histories = await events.of_loans(connection, keys, until) if until is not None else {}
        for row, key in zip(rows, keys, strict=True):
            if until is None:
                state = state_from(row.state, known.products[row.product, row.version].terms)
            elif history := histories.get(key):
                own = by_history(row, history, book)
                opened, happened = inputs(history, known.products[own.product, own.version].terms)
                try:
                    state = fold(opened, happened, day)[0]
                except LedgerError:
                    continue  # the loan is set aside: the full-book check tells of it
            else:
                continue
            if state.status is not Status.APPLIED:
                found.append(Exposure(key, state.terms.currency, exposure(state, day)))
    return found
