"""Fixes the rates of floating loans anew on their reset days, as events like any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from ledger.batch import Batch
from ledger.errors import DEFECTS, FixingMissing, InvalidInput
from ledger.lending.resets import fix
from ledger.loan.resets import next_reset
from ledger.names import id_text
from ledger.record import View, answered
from ledger.store import catalogue, resets
from ledger.store.catalogue import Catalogue
from ledger.store.loans import Key
from ledger.store.records import decoded
from ledger.store.rows import Connection

ACTOR = "system:end-of-day"


async def reset(
    connection: Connection,
    batch: Batch,
    wanted: Sequence[int],
    day: date,
    known: Catalogue,
    failed: dict[Key, BaseException],
) -> int:
    """Records the resets of a day; a loan whose index has no fixing keeps its rate and waits.

    Loans in `failed` are left alone, and those that fail here are added.
    """
    stored = await resets.due(connection, wanted, day)
    known = await catalogue.covering(connection, batch.book.number, known, stored)
    view, done = View(batch.book, batch.stripes, known), 0
    for row in stored:
        key = (row.stripe, row.loan)
        if key in failed:
            continue
        try:
            record = batch.kept(*key) or decoded(row, known)
            if next_reset(record.state) != day:
                continue
            view.loans = {key: record}
            decide = partial(fix, key=key, day=day, reason="close of business")
            decision = await answered(connection, view, decide)
        except (FixingMissing, InvalidInput):
            continue
        except DEFECTS as error:
            failed[key] = error
            continue
        name = f"reset-{day.isoformat()}-{id_text(*key)}"
        batch.change(batch.add(row.stripe, decision.draft, ACTOR, name), decision.changes)
        done += 1
    return done
