"""Stops interest from being income, and lets it be income again, as the credit policy says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from ledger.calc.policy import Policy, Suspension
from ledger.end_of_day.turn import Turn
from ledger.errors import DEFECTS
from ledger.lending.loans import Asked
from ledger.loan.events import Kind
from ledger.names import id_text
from ledger.store import catalogue, quality
from ledger.store.quality import Accruing, Rated
from ledger.store.records import decoded


async def suspend(turn: Turn) -> Mapping[int, int]:
    """Suspends and resumes as events like any other; only what a close suspended does it resume."""
    policy = await turn.policy(turn.after)
    if policy.suspension is Suspension.NONE:
        return {}
    await turn.flush()
    found = await quality.accruing(turn.connection, turn.stripes, policy.suspension)
    rows = [one.row for one in found]
    turn.known = await catalogue.covering(turn.connection, turn.batch.book.number, turn.known, rows)
    done: Counter[int] = Counter()
    for one in found:
        key = (one.row.stripe, one.row.loan)
        if key in turn.failed:
            continue
        try:
            await _record(turn, one, policy)
        except DEFECTS as error:
            turn.failed[key] = error
            continue
        done[key[0]] += 1
    return done


async def _record(turn: Turn, one: Accruing, policy: Policy) -> None:
    kind = Kind.SUSPENDED if one.stops else Kind.RESUMED
    key, day = (one.row.stripe, one.row.loan), turn.after
    details = {"policy": policy.version}
    asked = Asked(kind, {}, "", day, "", "close of business", details)
    decision = await turn.happens(decoded(one.row, turn.known), asked)
    kept = replace(quality.quality_from(one.quality), suspended=one.stops)
    changes = replace(decision.changes, rated=Rated(*key, kept, day, regraded=False))
    name = f"{kind.value}-{day.isoformat()}-{id_text(*key)}"
    turn.record(key[0], decision._replace(changes=changes), name)
