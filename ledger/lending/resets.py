"""Resets of floating loans: on their day, and worked in later where a fixing came or changed."""

from __future__ import annotations

from datetime import date, timedelta

from ledger.errors import FailedPrecondition, FixingMissing, InvalidInput
from ledger.lending.histories import inputs
from ledger.lending.loans import Asked, Key, happen
from ledger.lending.rates import reset_at
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.state import Status
from ledger.record import Decision
from ledger.view import View

_DAY = timedelta(days=1)


class NothingToReset(FailedPrecondition):
    """The loan already has the rate that the fixing gives."""

    reason = "NOTHING_TO_RESET"


def fix(view: View, key: Key, day: date, reason: str) -> Decision:
    """The reset of a loan on a day, by the fixing that is known now."""
    floating = view.loan(key).state.floating
    if floating is None:
        raise NothingToReset("the loan does not float")
    details = reset_at(view, floating, day)
    return happen(view, key, Asked(Kind.INDEX_RESET, {}, "", day, "", reason, details))


def fix_again(view: View, key: Key, day: date, reason: str) -> Decision:
    """The same for a day that lies back, if the loan does not have that rate yet."""
    if day not in owing(view, key, day)[0]:
        raise NothingToReset(f"the reset of {day} is as the fixing known now has it")
    return fix(view, key, day, reason)


def owing(view: View, key: Key, since: date) -> tuple[list[date], list[date]]:
    """Resets from a day on that lack or differ from their fixing, and those that have none.

    A loan that is repaid is owed only what corrects a reset that it had.
    """
    state = view.loan(key).state
    floating, start = state.floating, state.start
    if floating is None or start is None or not state.rows:
        return [], []
    standing = _standing(view, key)
    last = min(view.stripes[key[0]].business_date, state.rows[-1].due - _DAY)
    owed, missing = [], []
    for day in floating.resets(start, last):
        had = standing.get(day)
        if state.imported and day <= state.imported:
            continue  # the rate in force at the cut-over has all resets until then
        if day < since or (had is None and state.status is not Status.ACTIVE):
            continue
        try:
            wanted = reset_at(view, floating, day)
        except (FixingMissing, InvalidInput):
            missing.append(day)
            continue
        if had is None or {name: had.details.get(name) for name in wanted} != wanted:
            owed.append(day)
    return owed, missing


def _standing(view: View, key: Key) -> dict[date, LoanEvent]:
    """The resets that count, by day: the later one of two."""
    _, events = inputs(view.history(key), view.loan(key).state.terms)
    return {event.value_date: event for event in events if event.kind is Kind.INDEX_RESET}
