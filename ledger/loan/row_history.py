"""How an instalment came about: what planned it, paid it, waived it, moved it or owed it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from ledger.book.chart import Part
from ledger.loan.dues import charges_of
from ledger.loan.events import Kind
from ledger.loan.explaining import Accrual, accruals
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.interest import grid, nights
from ledger.loan.retracing import Cause, Step
from ledger.loan.state import OWED, State


class Effect(StrEnum):
    """What a change did to an instalment: the first six to what is owed, the others settle it."""

    PLANNED = "planned"
    REPLANNED = "replanned"
    MOVED = "moved"
    OWED_AGAIN = "owed_again"
    CHARGED = "charged"
    GIVEN_UP = "given_up"
    PAID = "paid"
    RETURNED = "returned"
    WAIVED = "waived"
    CAPITALIZED = "capitalized"


_NIGHT = timedelta(days=1)
SETTLING = frozenset({Effect.PAID, Effect.RETURNED, Effect.WAIVED, Effect.CAPITALIZED})
_FORGIVING = frozenset({Kind.WAIVED, Kind.CHARGE_WAIVED, Kind.WRITTEN_DOWN, Kind.WRITTEN_OFF})


@dataclass(frozen=True, slots=True)
class Change:
    """What causes of a day did to an instalment, by component in minor units."""

    causes: tuple[Cause, ...]
    effect: Effect
    amounts: Mapping[Part, int]


@dataclass(frozen=True, slots=True)
class RowStory:
    """An instalment: the conditions of its period, and all changes that made it what it is.

    `owed` and `settled` are the sums of the changes by component. `numerator` and `denominator` are
    the part of a year that its period counts, 0 where no interest period ends with it. `accruals`
    are those of its period up to the day of the explanation. `penalty_interest` accrues in the
    oldest instalment past due and stands beside its charges.
    """

    row: Instalment
    opening: int
    annual_rate: Fraction
    numerator: int
    denominator: int
    accruals: tuple[Accrual, ...]
    changes: tuple[Change, ...]
    penalty_interest: int = 0

    @property
    def owed(self) -> dict[Part, int]:
        """What the instalment came to, by component."""
        return self._sums(settling=False)

    @property
    def settled(self) -> dict[Part, int]:
        """What was paid, waived and capitalised of it, by component."""
        return self._sums(settling=True)

    @property
    def open(self) -> dict[Part, int]:
        """What is still owed of it, by component; interest paid ahead of its accrual is none."""
        settled = self.settled
        left = {part: max(owed - settled[part], 0) for part, owed in self.owed.items()}
        return left | {Part.PENALTY: left[Part.PENALTY] + self.penalty_interest}

    def _sums(self, *, settling: bool) -> dict[Part, int]:
        found = dict.fromkeys(OWED, 0)
        for change in self.changes:
            if (change.effect in SETTLING) is settling:
                for part, amount in change.amounts.items():
                    found[part] += amount
        return found


def row_story(steps: Sequence[Step], no: int, day: date) -> RowStory:
    """How the instalment of a number came about, in a loan that was retraced through a day."""
    state = steps[-1].after
    row = next(row for row in state.rows if row.no == no)
    opening = sum(later.principal for later in state.rows if later.no >= no)
    fraction, nights_of = _fraction(state, row), tuple[Accrual, ...]()
    if row.kind is RowKind.REGULAR:
        until = min(row.due, day)
        nights_of = tuple(accruals(steps, row.start, until, [Part.INTEREST]))
    late = state.penalty_owed(day) - state.penalty_charges
    oldest = next((found.no for found in state.due_rows(day)), 0)
    return RowStory(
        row,
        opening,
        state.rate_on(row.start),
        *fraction,
        nights_of,
        tuple(_changes(steps, row)),
        max(late, 0) if oldest == no else 0,
    )


def _fraction(state: State, row: Instalment) -> tuple[int, int]:
    """The part of a year, over the denominator that its nights have in common."""
    period = next((p for p in grid(state) if p.due == row.due), None)
    if period is None or row.kind is not RowKind.REGULAR:
        return 0, 0
    count = nights(state, period)
    whole, night = count(period.start, period.due), count(period.start, period.start + _NIGHT)
    common = max(whole.denominator, night.denominator)
    if common % whole.denominator:
        common = whole.denominator
    return whole.numerator * (common // whole.denominator), common


def _changes(steps: Sequence[Step], row: Instalment) -> list[Change]:
    found: list[Change] = []
    now: Instalment | None = row
    for step in reversed(steps):
        if now is None:
            break
        before = _same(step, now)
        found[:0] = _changed(step, before, now)
        now = before
    return found


def _same(step: Step, row: Instalment) -> Instalment | None:
    """The row that a step made into another: of the same date, or the number that lost its own."""
    own = {(r.due, r.kind, r.no) for r in step.after.rows}
    alike = [r for r in step.before.rows if (r.due, r.kind) == (row.due, row.kind)]
    same = next((r for r in alike if r.no == row.no), None)
    renumbered = next((r for r in alike if (r.due, r.kind, r.no) not in own), None)
    if same or renumbered:
        return same or renumbered
    kept = {(r.due, r.kind) for r in step.after.rows}
    lost = [r for r in step.before.rows if (r.due, r.kind) not in kept]
    return next((r for r in lost if r.no == row.no), None)


def _changed(step: Step, before: Instalment | None, after: Instalment) -> Iterator[Change]:
    was_owed, was_settled = _figures(step.before, before)
    now_owed, now_settled = _figures(step.after, after)
    owed = {part: now_owed[part] - was_owed[part] for part in OWED}
    settled = {part: now_settled[part] - was_settled[part] for part in OWED}
    for part, amount in owed.items():
        if amount:
            effect = _owed_by(step, before, after, part)
            yield Change(step.causes, effect, {part: amount})
    for part, amount in settled.items():
        if amount:
            yield Change(step.causes, _settled_by(step, amount), {part: amount})


def _figures(state: State, row: Instalment | None) -> tuple[dict[Part, int], dict[Part, int]]:
    """What a row owes and what of it is settled by component, with its charges."""
    owed, settled = dict.fromkeys(OWED, 0), dict.fromkeys(OWED, 0)
    if row is None:
        return owed, settled
    owed |= {Part.PRINCIPAL: row.principal, Part.INTEREST: row.interest}
    settled |= {Part.PRINCIPAL: row.principal_paid, Part.INTEREST: row.interest_paid}
    for item in charges_of(state, row) if row.kind is not RowKind.DOWN_PAYMENT else ():
        owed[item.part] += item.amount
        settled[item.part] += item.paid + item.waived
    return owed, settled


def _owed_by(step: Step, before: Instalment | None, after: Instalment, part: Part) -> Effect:
    if part in (Part.FEE, Part.PENALTY):
        return Effect.GIVEN_UP if _forgives(step) else Effect.CHARGED
    if before is None:
        return Effect.PLANNED
    if _forgives(step):
        return Effect.GIVEN_UP
    if part is Part.PRINCIPAL and any(moved.due == before.due for moved in step.trail.moved):
        return Effect.MOVED
    if any(part in again.amounts for again in step.trail.owed_again) and before.due >= step.day:
        return Effect.OWED_AGAIN
    return Effect.REPLANNED


def _settled_by(step: Step, amount: int) -> Effect:
    if amount < 0:
        return Effect.RETURNED
    if _forgives(step):
        return Effect.WAIVED
    if any(movement.kind == "capitalisation" for movement in step.trail.movements):
        return Effect.CAPITALIZED
    return Effect.PAID


def _forgives(step: Step) -> bool:
    return step.event is not None and step.event.kind in _FORGIVING
