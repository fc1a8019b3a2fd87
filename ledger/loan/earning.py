"""Fees that belong to the yield: deferred, and earned over the rows by effective interest.

The effective rate is that at which the rows are worth what the borrower received (IFRS 9 B5.4.1 to
B5.4.4). A row earns the growth of the amortised cost in its period beyond its contract interest; in
decimals of 28 digits, the cumulative figure rounded, and the last row takes what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import accumulate

from ledger.book.chart import Part
from ledger.calc.yields import Flow, NoRate, rate_of
from ledger.frozen import replace
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.interest import grid, nights
from ledger.loan.posting import move
from ledger.loan.state import OFF_BOOKS, State, Status
from ledger.loan.trail import Trail
from ledger.money import round_ratio

_DIGITS = Context(prec=28)


def deferred(state: State, day: date, amount: int) -> State:
    """The state with a fee more to earn, spread over the rows to come."""
    return spread(replace(state, adjustment=state.adjustment + amount), day)


def spread(state: State, day: date) -> State:
    """What each row to come earns of the fees not yet earned, worked out on its present plan."""
    rows = [row for row in state.rows if row.due > day and row.kind is RowKind.REGULAR]
    if not state.adjustment or not rows:
        return replace(state, earnings=())
    years = [_years(state, day, row) for row in rows]
    advanced = sum(row.principal for row in rows) - state.adjustment
    flows = [Flow(-advanced, Fraction(0))]
    flows += [
        Flow(row.principal + row.interest, at)
        for row, at in zip(rows, accumulate(years), strict=True)
    ]
    try:
        growth = 1 + rate_of(flows)
    except NoRate:
        return replace(state, earnings=((rows[-1].due, state.adjustment),))
    return replace(state, earnings=tuple(_shares(state, rows, years, growth)))


def modified(before: State, after: State, day: date, trail: Trail, key: object) -> State:
    """What a change of the contract makes of the carrying amount is a result at once.

    The flows that are left are worth what they are at the effective rate before the change, that at
    which the earlier flows were worth the carrying amount (IFRS 9 5.4.3). Nothing where there is no
    such rate, or where the loan stands off the books.
    """
    if after.status is not Status.ACTIVE or after.stage in OFF_BOOKS:
        return after
    flows = [Flow(-_carrying(before, day), Fraction(0)), *_flows(before, day)]
    try:
        growth = 1 + rate_of(flows)
    except NoRate:
        return after
    worth = _worth(_flows(after, day), growth)
    loss = _carrying(after, day) - round_ratio(*worth, after.terms.rounding)
    move(after, trail, "modification", day, {Part.ADJUSTMENT: loss}, key)
    return deferred(after, day, loss)


def _worth(flows: Sequence[Flow], growth: Decimal) -> tuple[int, int]:
    """The present value of flows, as a ratio."""
    with localcontext(_DIGITS):
        found = Decimal(0)
        for flow in flows:
            years = Decimal(flow.at.numerator) / flow.at.denominator
            found += int(flow.amount) / growth**years
        return found.as_integer_ratio()


def _carrying(state: State, day: date) -> int:
    """Principal and interest that are owed, less fees that are not earned yet."""
    return state.principal + state.interest_owed(day) - state.adjustment


def _flows(state: State, day: date) -> list[Flow]:
    """What is past due now, and each row to come after its part of years."""
    due = sum(row.unpaid for row in state.rows if row.due <= day)
    rows = [row for row in state.rows if row.due > day]
    years = accumulate(_years(state, day, row) for row in rows)
    later = [Flow(row.unpaid, at) for row, at in zip(rows, years, strict=True)]
    return [Flow(due, Fraction(0)), *later]


def _years(state: State, day: date, row: Instalment) -> Fraction:
    """The part of a year that the nights of a row to come count."""
    period = next((p for p in grid(state) if p.due == row.due), None)
    if period is None:
        return Fraction((row.due - max(day, row.start)).days, 365)
    if day <= period.start:
        return period.fraction
    return nights(state, period)(day, period.due)


def _shares(
    state: State, rows: Sequence[Instalment], years: Sequence[Fraction], growth: Decimal
) -> Iterator[tuple[date, int]]:
    left = state.adjustment
    with localcontext(_DIGITS):
        cost = Decimal(sum(row.principal for row in rows) - left)
        exact, given = Decimal(0), 0
        for row, at in zip(rows[:-1], years, strict=False):
            grown = cost * growth ** (Decimal(at.numerator) / at.denominator)
            exact += grown - cost - row.interest
            cost = grown - row.principal - row.interest
            part = round_ratio(*exact.as_integer_ratio(), state.terms.rounding) - given
            given += part
            yield row.due, part
    yield rows[-1].due, left - given


def earned_on(state: State, day: date, trail: Trail) -> State:
    """What a due date earns of deferred fees."""
    if not state.earnings:
        return state
    amount = sum(part for due, part in state.earnings if due == day)
    left = tuple(item for item in state.earnings if item[0] > day)
    return _earned(replace(state, earnings=left), day, amount, trail)


def all_earned(state: State, day: date, trail: Trail) -> State:
    """The rest of deferred fees, once the loan is paid."""
    return _earned(replace(state, earnings=()), day, state.adjustment, trail)


def _earned(state: State, day: date, amount: int, trail: Trail) -> State:
    if not amount:
        return state
    move(state, trail, "fee_amortised", day, {Part.ADJUSTMENT: amount}, day)
    return replace(state, adjustment=state.adjustment - amount)
