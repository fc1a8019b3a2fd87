"""When a floating loan is next due for a new rate."""

from __future__ import annotations

from datetime import date

from ledger.loan.state import State, Status


def next_reset(state: State) -> date | None:
    """The first reset after the last one that was done, before the last due date.

    One that found no fixing stays the next until it is worked in.
    """
    floating, start = state.terms.floating, state.start
    if floating is None or start is None or state.status is not Status.ACTIVE or not state.rows:
        return None
    days = (day for day, _ in state.rates if floating.falls(start, day))
    found = floating.next_after(start, max(days, default=state.imported or start))
    return found if found < state.rows[-1].due else None
