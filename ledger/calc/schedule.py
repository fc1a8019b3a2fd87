"""Repayment schedules: each method one function from a plan to rows, in one table.

Interest of a row = round(opening x rate x fraction of the period). The level instalment is the
textbook annuity P / sum of discount products (`annuity`). What bends a schedule is its `Shape`;
habits of other systems are `Conventions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from ledger.calc import spread
from ledger.calc.annuity import level_instalment, whole
from ledger.calc.conventions import STANDARD, Conventions
from ledger.calc.periods import Period
from ledger.calc.rows import Plan, Row, Waiting, started
from ledger.calc.shape import PLAIN, Method, Shape, bearing, payable
from ledger.money import Rounding, round_ratio

__all__ = ["Method", "Plan", "Row", "Shape", "level_instalment", "plan"]


def plan(
    method: Method,
    principal: int,
    rate: Fraction,
    periods: Sequence[Period],
    rounding: Rounding,
    *,
    carried: Fraction = Fraction(0),
    instalment: int | None = None,
    shape: Shape = PLAIN,
    conventions: Conventions = STANDARD,
) -> tuple[Row, ...]:
    """The rows for a principal in minor units at an annual rate.

    `carried` is exact interest already accrued in the first period, whose `fraction` is then the
    rest of it. `instalment` fixes the level instalment (the first one of graduated ones): rows end
    when the balance fits into one, and the last period takes what is left (for a
    revolving line: the principal that the first row was billed). Where the rate of a
    period changes, the level instalment is worked out again on the balance over the rows left.
    Where a row's interest exceeds the instalment, it pays no principal rather than a negative one,
    and more than the instalment falls due. InvalidInput: a fixed instalment that does not cover
    the interest of a row (it names the least one that does), custom rows that are missing.
    """
    asked = Plan(principal, rate, tuple(periods), rounding, carried, instalment, shape, conventions)
    return _METHODS[method](asked)


def _declining(
    spread_of: Callable[[Plan], spread.Principal], asked: Plan, *, ends: bool = True
) -> tuple[Row, ...]:
    """Rows whose interest is that of the balance before them.

    With a given instalment the rows end when the balance fits into one, unless they go on empty.
    """
    principal_of, rounding, balloon = spread_of(asked), asked.rounding, asked.shape.balloon
    waiting = Waiting(asked) if asked.shape.moves_interest else None
    flags = payable(asked.periods, asked.shape), bearing(asked.periods, asked.shape)
    follows = ends and asked.instalment is not None
    rows: list[Row] = []
    opening, last = asked.principal, len(asked.periods) - 1
    for index, (period, (grown, base), pays, bears) in enumerate(
        zip(asked.periods, asked.factors(), *flags, strict=True)
    ):
        over, under = opening * grown, base
        if index == 0 and asked.carried:
            over, under = started((over, under), asked.carried)
        interest = waiting.covered((over, under)) if waiting else round_ratio(over, under, rounding)
        paid = principal_of(index, opening, interest) if bears else 0
        fits = follows and bears and opening > 0 and paid + balloon >= opening
        final = index == last or fits
        if waiting:
            interest = waiting.due(period, pays, final)
        if final or paid > opening:
            paid = opening
        elif paid < 0:
            paid = 0
        rows.append(Row(period.no, period.start, period.due, opening, paid, interest))
        opening -= paid
        if fits:
            break
    return tuple(rows)


def _single(asked: Plan) -> tuple[Row, ...]:
    """One row for all periods.

    30/360 US does not add up over month ends: there the caller passes one period to maturity.
    """
    first, last = asked.periods[0], asked.periods[-1]
    total = sum((period.fraction for period in asked.periods), Fraction(0))
    factor = None
    if asked.shape.interest_free or any(
        p.rate is not None or p.factor is not None for p in asked.periods
    ):
        factor = _factor_of(asked)
    whole_term = Period(1, first.start, last.due, total, total, factor=factor)
    return _declining(spread.at_the_end, replace(asked, periods=(whole_term,), shape=PLAIN))


def _factor_of(asked: Plan) -> Fraction:
    """Interest on 1 over all periods."""
    return sum((Fraction(*factor) for factor in asked.factors()), Fraction(0))


def _flat(asked: Plan) -> tuple[Row, ...]:
    """Interest on the principal of the start, in equal parts; the last row takes the residues.

    With a unit the row's total is a multiple of it and principal gives way.
    """
    shape, periods, unit = asked.shape, asked.periods, asked.shape.unit
    base = asked.principal if shape.flat_base is None else shape.flat_base
    left = asked.rounded(base * _factor_of(asked) + asked.carried)
    pays, bears = payable(periods, shape), bearing(periods, shape)
    earns = [due and p.no > shape.interest_free for due, p in zip(pays, periods, strict=True)]
    each = round_ratio(left, sum(earns) or 1, asked.rounding)
    in_units = whole((each, 1), asked.rounding, unit)
    share = max(spread.principal_share(asked, True) + in_units - each, 0)
    rows: list[Row] = []
    opening, held, last = asked.principal, 0, len(periods) - 1
    for index, period in enumerate(periods):
        interest = left if index == last else min(each, left) * earns[index]
        left -= interest
        held += interest
        due = held if index == last or (pays[index] and period.no > shape.interest_grace) else 0
        held -= due
        paid = opening if index == last else min(share, opening) * bears[index]
        rows.append(Row(period.no, period.start, period.due, opening, paid, due))
        opening -= paid
    return tuple(rows)


_METHODS: Mapping[Method, Callable[[Plan], tuple[Row, ...]]] = {
    Method.EQUAL_INSTALMENTS: partial(_declining, spread.by_instalment),
    Method.EQUAL_PRINCIPAL: partial(_declining, spread.equal_principal),
    Method.INTEREST_ONLY: partial(_declining, spread.at_the_end),
    Method.SINGLE_REPAYMENT: _single,
    Method.FLAT: _flat,
    Method.GRADUATED: partial(_declining, spread.graduated),
    Method.CUSTOM: partial(_declining, spread.custom),
    Method.FIXED_INSTALMENT: partial(_declining, spread.fixed),
    Method.REVOLVING: partial(_declining, spread.minimum, ends=False),
}
