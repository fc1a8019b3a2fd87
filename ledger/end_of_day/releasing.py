"""Releases collateral of loans that were settled since the last close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ledger.end_of_day.turn import Turn
from ledger.lending.collateral import SETTLED, released
from ledger.names import id_text
from ledger.store import collateral


async def release(turn: Turn) -> Mapping[int, int]:
    """Ends the liens of loans that the history since the last roll settled."""
    done: Counter[int] = Counter()
    touched = await collateral.touched(turn.connection, turn.stripes)
    settled = {key for key, status in touched.items() if status in SETTLED}
    if not settled:
        return done
    for found in await collateral.of_loans(turn.connection, sorted(settled)):
        gone = [lien.loan for lien in found.figures.liens if (found.stripe, lien.loan) in settled]
        if gone:
            decision = released(found, gone, "the loan is settled")
            turn.record(found.stripe, decision, f"{turn.name}-{id_text(*found.key)}")
            done[found.stripe] += 1
    await turn.flush()
    return done
