"""The account of a loan as it is now known: every change on its value date, nothing undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book.chart import Part
from ledger.loan.fold import closed_trail
from ledger.loan.retracing import Cause, Step
from ledger.loan.trail import Trail


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cause changed the balances of a loan on a day, by component in minor units."""

    cause: Cause
    day: date
    amounts: Mapping[Part, int]


def changes(steps: Sequence[Step]) -> list[Standing]:
    """What events and due dates moved, by value date; accrual in between is not in it."""
    found = []
    for step in steps:
        was, now = step.before.balances(step.day), step.after.balances(step.day)
        moved = {part: now[part] - was[part] for part in now if now[part] != was[part]}
        if moved:
            found.append(Standing(step.causes[0], step.day, moved))
    return found


def nightly(steps: Sequence[Step], until: date) -> list[tuple[date, Part, int]]:
    """What the night after each day accrued, by component, for days before `until`."""
    if not steps:
        return []
    state, trail = steps[-1].after, Trail()
    trail.spans += [span for step in steps for span in step.trail.spans]
    whole = closed_trail(state, trail, until)
    booked = whole.accrued(state.terms.rounding, steps[0].day, until)
    return [(day, part, amount) for (day, part), amount in sorted(booked.items())]
