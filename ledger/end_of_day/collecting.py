"""Takes what fell due from the accounts that standing instructions name, as repayments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ledger.end_of_day.turn import Turn
from ledger.errors import DEFECTS
from ledger.lending.loans import Asked
from ledger.loan.events import Kind
from ledger.names import id_text
from ledger.store import catalogue, standing
from ledger.store.loans import StoredLoan
from ledger.store.records import decoded


async def collect(turn: Turn) -> Mapping[int, int]:
    """On the due date itself, once: what is still unpaid later is for the borrower to pay."""
    await turn.flush()
    found = await standing.falling_due(turn.connection, turn.stripes, turn.after)
    turn.known = await catalogue.covering(
        turn.connection, turn.batch.book.number, turn.known, [row for row, _, _ in found]
    )
    done: Counter[int] = Counter()
    for row, funds, most in found:
        try:
            await _taken(turn, row, funds, most)
        except DEFECTS as error:
            turn.failed[row.stripe, row.loan] = error
            continue
        done[row.stripe] += 1
    return done


async def _taken(turn: Turn, row: StoredLoan, funds: str, most: int | None) -> None:
    record, key = decoded(row, turn.known), (row.stripe, row.loan)
    state = record.state
    due = sum(one.unpaid for one in state.due_rows(turn.after)) + state.fee
    amount = due if most is None else min(due, most)
    asked = Asked(
        Kind.REPAID, {"amount": amount}, reason="standing instruction", details={"funds": funds}
    )
    decision = await turn.happens(record, asked)
    turn.record(row.stripe, decision, f"collect-{turn.after.isoformat()}-{id_text(*key)}")
