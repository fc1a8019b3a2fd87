"""Fixes the rates of floating loans anew on their reset days, as events like any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

from ledger.end_of_day.turn import Turn
from ledger.errors import DEFECTS, FixingMissing, InvalidInput
from ledger.lending.resets import fix
from ledger.loan.resets import next_reset
from ledger.names import id_text
from ledger.store import catalogue, resets
from ledger.store.records import decoded
from ledger.view import View, answered


async def reset(turn: Turn) -> Mapping[int, int]:
    """Records the resets of the new day; a loan whose index has no fixing keeps its rate and waits.

    Loans that failed before are left alone.
    """
    batch, day = turn.batch, turn.after
    stored = await resets.due(turn.connection, turn.stripes, day)
    turn.known = await catalogue.covering(turn.connection, batch.book.number, turn.known, stored)
    view, done = View(batch.book, batch.stripes, turn.known), Counter[int]()
    for row in stored:
        key = (row.stripe, row.loan)
        if key in turn.failed:
            continue
        try:
            record = batch.kept(*key) or decoded(row, turn.known)
            if next_reset(record.state) != day:
                continue
            view.loans = {key: record}
            decide = partial(fix, key=key, day=day, reason="close of business")
            decision = await answered(turn.connection, view, decide)
        except (FixingMissing, InvalidInput):
            continue
        except DEFECTS as error:
            turn.failed[key] = error
            continue
        name = f"reset-{day.isoformat()}-{id_text(*key)}"
        turn.record(row.stripe, decision, name)
        done[row.stripe] += 1
    return done
