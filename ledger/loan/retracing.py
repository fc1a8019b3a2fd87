"""A fold told step by step: which event or which day changed the loan, and how it stood between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from ledger.loan.accruing import penalty_left
from ledger.loan.events import LoanEvent
from ledger.loan.fold import advanced, applied
from ledger.loan.state import State
from ledger.loan.trail import Trail


@dataclass(frozen=True, slots=True)
class Cause:
    """What changed a loan on a day: the event of a number, or what time brought (number 0)."""

    number: int
    kind: str
    value_date: date


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a loan: its causes, the loan before and after it, and what it left."""

    causes: tuple[Cause, ...]
    day: date
    before: State
    after: State
    trail: Trail
    event: LoanEvent | None = None


def retraced(opened: State, events: Iterable[LoanEvent], through: date) -> list[Step]:
    """The steps of the fold of these events up to the start of day `through`.

    The state after the last step is that of `fold`, and the trails together are its trail.
    """
    state, steps = opened, list[Step]()
    for event in sorted(events, key=lambda item: (item.value_date, item.number)):
        steps += _passed(state, event.value_date)
        state = steps[-1].after if steps else state
        trail, day = Trail(), event.value_date
        after = applied(state, event, trail, strict=False)
        cause = Cause(event.number, event.kind.value, day)
        steps.append(Step((cause,), day, state, after, trail, event))
        state = after
    return [*steps, *_passed(state, through)]


def by_day(steps: Iterable[Step]) -> list[tuple[date, list[Step]]]:
    """Steps by the day on which they fell."""
    return [(day, list(found)) for day, found in groupby(steps, key=lambda step: step.day)]


def _passed(state: State, through: date) -> Iterator[Step]:
    """The days up to `through` on which time alone changes the loan."""
    while state.next_date is not None and state.next_date <= through:
        day, trail = state.next_date, Trail()
        after = advanced(state, day, trail)
        yield Step(_brought(state, day), day, state, after, trail)
        state = after


def _brought(state: State, day: date) -> tuple[Cause, ...]:
    """What time brings on a day; where nothing else does, nights begin to count differently."""
    terms, late = state.terms, [row for row in state.rows if row.due <= day and row.unpaid]
    graces = [rule.grace + 1 for rule in terms.late_rules]
    penalty = terms.penalty_grace if terms.penalised else None
    found = {
        "instalment_due": any(row.due == day for row in state.rows),
        "charge_due": any(c.due == day and not c.booked for c in state.charges),
        "rate_step": any(since == day for since, _ in state.rates),
        "interest_pause_began": any(begin == day for begin, _ in state.pauses),
        "interest_pause_ended": any(end == day for _, end in state.pauses),
        "late_fee_due": any(
            (day - row.due).days in graces and state.brings_late_fee(row) for row in late
        ),
        "penalty_began": any(row.due + timedelta(penalty) == day for row in late)
        if penalty is not None
        else False,
    }
    line = state.penalty
    left = penalty_left(state, line, day) if line and line.slope else None
    if line and left is not None and left * line.denominator < line.slope:
        found["penalty_cap_reached"] = True
    kinds = [kind for kind, happened in found.items() if happened] or ["day_count_changed"]
    return tuple(Cause(0, kind, day) for kind in kinds)
