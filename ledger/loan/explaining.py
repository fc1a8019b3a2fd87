"""How the figures of a loan came about: accruals span by span, and the lines of a payoff.

Nothing is worked out a second time: what is told is read from the steps of the fold itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.accrual import NIGHT, Line
from ledger.loan.accruing import (
    accrued_part,
    bearing,
    night_weight,
    penalty_bearing,
    penalty_left,
    penalty_of_night,
    running_period,
)
from ledger.loan.charging import commitment_fee
from ledger.loan.dues import payoff_parts
from ledger.loan.interest import paused, scheduled_balance
from ledger.loan.paying import with_payoff_fee
from ledger.loan.retracing import Cause, Step, by_day
from ledger.loan.state import Charge, State
from ledger.loan.terms import Interest, Settlement
from ledger.loan.trail import Trail
from ledger.money import Rounding


@dataclass(frozen=True, slots=True)
class Accrual:
    """Nights of equal conditions, from `first` to `until` (excluded), and what they accrued.

    Interest on the real balance: exact = balance x annual_rate x numerator / denominator. Interest
    of a schedule: exact = spread x days / spread_days, the row's interest taken evenly over the
    days left; the day count is then 0. So is a night of penalty interest that the product's cap
    cuts short: `spread` is what the cap left for it. `exact_before` is what had accrued since the
    line last began at zero; booked = round(exact_before + exact) - round(exact_before), in minor
    units. `carried_as` is the component of the books that took it. An accrual without nights is
    interest that was recognised at once. Fractions of a year are not reduced: 31/365 tells 31 days.
    """

    part: Part
    carried_as: Part
    first: date
    until: date
    balance: int
    annual_rate: Fraction
    numerator: int
    denominator: int
    exact_before: Fraction
    exact: Fraction
    booked: int
    causes: tuple[Cause, ...]
    paused: bool = False
    spread: Fraction | None = None
    spread_days: int = 0

    @property
    def days(self) -> int:
        """How many nights."""
        return (self.until - self.first).days


def accruals(
    steps: Sequence[Step], first: date, until: date, parts: Iterable[Part] = ()
) -> list[Accrual]:
    """What the nights after the days in [first, until) accrued, in the order of time."""
    wanted, found = frozenset(parts) or {Part.INTEREST, Part.PENALTY}, list[Accrual]()
    days = by_day(steps)
    for place, (day, group) in enumerate(days):
        causes = tuple(cause for step in group for cause in step.causes)
        if first <= day < until:
            found += _at_once(group, causes)
        ends = days[place + 1][0] if place + 1 < len(days) else until
        begin, end = max(day, first), min(ends, until)
        if begin < end:
            found += _between(group[-1].after, (day, begin, end), causes)
    return [accrual for accrual in found if accrual.part in wanted]


def _at_once(group: Sequence[Step], causes: tuple[Cause, ...]) -> Iterator[Accrual]:
    """Interest that is owed whenever it falls due, recognised when all was paid or left."""
    for step in group:
        for movement in step.trail.movements:
            if movement.key[1:2] != ("earned",):
                continue
            for part, amount in movement.amounts.items():
                exact, day = Fraction(amount), step.day
                yield Accrual(
                    *(Part.INTEREST, part, day, day, 0, Fraction(0), 0, 1),
                    *(Fraction(0), exact, amount, causes),
                )


def _between(
    state: State, days: tuple[date, date, date], causes: tuple[Cause, ...]
) -> Iterator[Accrual]:
    """The two lines of a state between two days; `days` begins with that of the state."""
    day, begin, end = days
    nights = (end - begin).days
    if state.interest:
        balance, rate, weight = _conditions(state, day)
        spread, left = _spread(state, day)
        yield from _along(
            (state, Part.INTEREST, state.interest),
            (begin, end, balance, rate, weight.numerator * nights, weight.denominator),
            (causes, paused(state, day), spread, left),
        )
    if state.penalty:
        late, weight = penalty_bearing(state, day), NIGHT[state.terms.basis]
        rate, capped = state.penalty_rate_on(day), _capped(state, day)
        yield from _along(
            (state, Part.PENALTY, state.penalty),
            (begin, end, late, rate, weight.numerator * nights, weight.denominator),
            (causes, False, capped, 0 if capped is None else 1),
        )


def _along(
    line_of: tuple[State, Part, Line],
    conditions: tuple[date, date, int, Fraction, int, int],
    more: tuple[tuple[Cause, ...], bool, Fraction | None, int],
) -> Iterator[Accrual]:
    """A stretch of a line, unless there is nothing to tell of it."""
    (state, part, line), (begin, end, balance, *_) = line_of, conditions
    before, rounding = line.exact(begin), state.terms.rounding
    exact, booked = line.exact(end) - before, line.at(end, rounding) - line.at(begin, rounding)
    if balance or exact:
        carried_as = accrued_part(state, part)
        yield Accrual(part, carried_as, *conditions, before, exact, booked, *more)


def _conditions(state: State, day: date) -> tuple[int, Fraction, Fraction]:
    """Balance, annual rate and weight of a night for contract interest from a day on."""
    rate = Fraction(0) if paused(state, day) else state.rate_on(day)
    if state.terms.interest is Interest.SCHEDULED:
        return scheduled_balance(state, day), state.rate_on(day), Fraction(0)
    return bearing(state, day), rate, night_weight(state, running_period(state, day), day)


def _spread(state: State, day: date) -> tuple[Fraction | None, int]:
    """The interest of a scheduled row that is left for the days up to its due date."""
    if state.terms.interest is not Interest.SCHEDULED or not state.interest:
        return None, 0
    line = state.interest
    row = next((row for row in state.rows if row.start <= day < row.due), None)
    left = (row.due - day).days if row else 1
    return Fraction(line.slope, line.denominator) * left, left


def _capped(state: State, day: date) -> Fraction | None:
    """What the cap on penalty interest leaves of a night that would bring more."""
    left = penalty_left(state, state.penalty, day)
    if left is None:
        return None
    return left if left < Fraction(*penalty_of_night(state, day)) else None


@dataclass(frozen=True, slots=True)
class PayoffLine:
    """One line of a payoff in minor units; a negative one lowers it.

    `instalment` (0: none) and `due` tell the row or charge, `event` the event that brought a
    charge (0: time did), `accruals` how an accrued amount came about.
    """

    kind: str
    part: Part
    amount: int
    instalment: int = 0
    due: date | None = None
    event: int = 0
    accruals: tuple[Accrual, ...] = ()


@dataclass(frozen=True, slots=True)
class Payoff:
    """The lines of a payoff; they sum to the quote's components, less the held credit its total."""

    value_date: date
    lines: tuple[PayoffLine, ...]
    credit: int

    @property
    def total(self) -> int:
        """What has to be paid, in minor units."""
        return max(sum(line.amount for line in self.lines) - self.credit, 0)


def payoff(steps: Sequence[Step], day: date) -> Payoff:
    """How the payoff of a loan that was retraced through a day comes about."""
    state = steps[-1].after
    committed = commitment_fee(state, day, Trail())
    charged = with_payoff_fee(state, day, Trail(), "")
    interest = payoff_parts(charged, day)[Part.INTEREST]
    lines = [
        *_principal(state, day),
        *_interest(steps, state, day, interest),
        *_charges(state.charges, committed.charges, charged.charges),
        *_penalty_interest(steps, state, day),
    ]
    return Payoff(day, tuple(line for line in lines if line.amount or line.accruals), state.credit)


def _principal(state: State, day: date) -> Iterator[PayoffLine]:
    left = state.principal
    for row in state.rows:
        if row.due <= day:
            open_ = row.principal - row.principal_paid
            left -= open_
            yield PayoffLine("principal_due", Part.PRINCIPAL, open_, row.no, row.due)
    yield PayoffLine("principal_not_due", Part.PRINCIPAL, left)


def _interest(steps: Sequence[Step], state: State, day: date, whole: int) -> Iterator[PayoffLine]:
    """Open interest of rows, what the running period accrued, and what was paid ahead."""
    part, left = Part.INTEREST, whole
    for row in state.rows:
        due = row.due <= day
        if due or state.terms.settlement is not Settlement.ACCRUED:
            left -= row.interest_open
            kind = "interest_due" if due else "interest_scheduled"
            yield PayoffLine(kind, part, row.interest_open, row.no, row.due)
    if state.terms.settlement is not Settlement.ACCRUED:
        yield PayoffLine("interest_rebate", part, left)
        return
    running = state.interest.at(day, state.terms.rounding) if state.interest else 0
    began, brought = _line_began(steps, state.terms.rounding)
    nights = accruals(steps, began, day, [part])
    lasting = tuple(accrual for accrual in nights if accrual.days)
    yield PayoffLine("interest_brought_over", part, brought)
    yield PayoffLine("interest_accrued", part, running - brought, accruals=lasting)
    yield PayoffLine("interest_paid_ahead", part, left - running)


def _line_began(steps: Sequence[Step], rounding: Rounding) -> tuple[date, int]:
    """The day from which the running line of interest counts, and where it stood: at zero.

    That of a loan brought over begins at what another system had accrued.
    """
    for day, group in reversed(by_day(steps)):
        line = group[-1].after.interest
        if line and not line.exact(day):
            return day, 0
    first = steps[0].after.interest
    return steps[0].day, first.at(steps[0].day, rounding) if first else 0


def _charges(
    open_: Sequence[Charge], committed: Sequence[Charge], after: Sequence[Charge]
) -> Iterator[PayoffLine]:
    """Charges that are open, then those that a payoff brings: for what was not drawn, or ahead."""
    for place, item in enumerate(after):
        kind = item.part.value
        if place >= len(open_):
            cause = "commitment" if place < len(committed) else "prepayment"
            kind = f"{cause}_{item.part.value}"
        yield PayoffLine(kind, item.part, item.open, due=item.due, event=item.event)


def _penalty_interest(steps: Sequence[Step], state: State, day: date) -> Iterator[PayoffLine]:
    part = Part.PENALTY
    accrued = state.penalty.at(day, state.terms.rounding) if state.penalty else 0
    nights = tuple(accruals(steps, steps[0].day, day, [part]))
    first = steps[0].after.penalty
    brought = first.at(steps[0].day, state.terms.rounding) if first else 0
    yield PayoffLine("penalty_brought_over", part, brought)
    yield PayoffLine("penalty_accrued", part, accrued - brought, accruals=nights)
    yield PayoffLine("penalty_settled_before", part, state.penalty_settled)
