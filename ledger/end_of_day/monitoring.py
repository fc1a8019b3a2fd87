"""Looks through what happened since the last close for what compliance should see, as alerts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from ledger.calc.monitoring import WATCHED, detect, on_day
from ledger.end_of_day.turn import Turn
from ledger.lending.monitoring import alerts
from ledger.names import event_text, id_text
from ledger.store import monitoring, policies, registers
from ledger.view import View


async def monitor(turn: Turn) -> Mapping[int, int]:
    """Reads the events of the day and, of the borrowers whom they are about, a little before."""
    batch, connection = turn.batch, turn.connection
    policy = on_day(await policies.MONITORING.versions(connection, batch.book.number), turn.day)
    if not policy.rules:
        return {}
    await turn.flush()
    fresh = await monitoring.fresh(connection, turn.stripes, WATCHED)
    if not fresh:
        return {}
    first = turn.day - timedelta(days=max(rule.days for rule in policy.rules))
    around = await monitoring.around(connection, list(fresh), first, WATCHED)
    told = await registers.alerted(connection, [(one.stripe, one.id) for one in fresh])
    view = View(turn.batch.book, turn.batch.stripes, turn.known)
    done: Counter[int] = Counter()
    for borrower, numbers in fresh.items():
        names = {event_text(borrower.stripe, m.number): m.number for m in around.get(borrower, ())}
        known: dict[str, set[int]] = {}
        for scenario, causes in told.get((borrower.stripe, borrower.id), ()):
            known.setdefault(scenario, set()).update(names[c] for c in causes if c in names)
        moves = around.get(borrower, [])
        # How many were looked at, not how many alerts: steps are seen by those who must not know.
        done[borrower.stripe] += len(numbers)
        hits = detect(policy, moves, set(numbers), known, turn.day)
        for decision in alerts(view, borrower, policy, hits):
            item = decision.result
            turn.record(item.stripe, decision, f"alert-{id_text(*item.key)}")
    await turn.flush()
    return done
