"""Closes approved loans that were not paid out within the days that their offer stood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from ledger.end_of_day.turn import Turn
from ledger.errors import DEFECTS
from ledger.lending.loans import Asked
from ledger.loan.events import Kind
from ledger.names import id_text
from ledger.store import offers
from ledger.store.loans import StoredLoan
from ledger.store.records import decoded


async def expire(turn: Turn) -> Mapping[int, int]:
    """An offer stands so many days from its approval, or from the last change of its limit."""
    ending = [key for key, product in turn.known.products.items() if product.terms.offer_days]
    done: Counter[int] = Counter()
    if not ending:
        return done
    for row in await offers.standing(turn.connection, turn.stripes, ending):
        key = (row.stripe, row.loan)
        if key in turn.failed or turn.batch.kept(*key):
            continue
        try:
            done[row.stripe] += await _expired(turn, row)
        except DEFECTS as error:
            turn.failed[key] = error
    return done


async def _expired(turn: Turn, row: StoredLoan) -> int:
    record, key = decoded(row, turn.known), (row.stripe, row.loan)
    last = record.state.as_of + timedelta(days=record.state.terms.offer_days)
    if turn.after <= last:
        return 0
    asked = Asked(Kind.CLOSED, {}, reason=f"the offer stood until {last}")
    decision = await turn.happens(record, asked)
    turn.record(row.stripe, decision, f"expire-{turn.after.isoformat()}-{id_text(*key)}")
    return 1
