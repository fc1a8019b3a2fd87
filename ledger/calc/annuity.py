"""The level instalment, exact: integers over one running denominator, without a gcd on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import prod

from ledger.calc.conventions import STANDARD, Conventions
from ledger.calc.periods import Period
from ledger.calc.rows import Ratio, products
from ledger.calc.shape import PLAIN, Shape, bearing, payable
from ledger.money import Rounding, round_ratio

_ONE = 2**128


def level_instalment(
    principal: int,
    rate: Fraction,
    periods: Sequence[Period],
    rounding: Rounding,
    *,
    shape: Shape = PLAIN,
    conventions: Conventions = STANDARD,
) -> int:
    """round((P - B v^n) / sum_k prod_{m<=k} 1 / (1 + rate x level_m)): unequal periods, a balloon.

    Minor units, a multiple of the shape's unit. Rows without principal do not count, and interest
    of skipped rows is covered by the row after them. Source: the textbook annuity.
    """
    found = {
        whole(level, rounding, shape.unit, conventions)
        for level in _around(principal, rate, periods, shape)
    }
    if len(found) == 1:
        return found.pop()
    return whole(exact_level(principal, rate, periods, shape), rounding, shape.unit, conventions)


def _around(
    principal: int, rate: Fraction, periods: Sequence[Period], shape: Shape
) -> tuple[Ratio, ...]:
    """Two levels that hold the exact one between them; none where that is not so plain.

    Where both round to the same, the exact one does so too, and its long integers are not needed:
    each of n steps cuts off less than 1 / 2^128, and the next ones make that smaller.
    """
    factors, _ = _factors(rate, periods, shape)
    if shape.balloon or principal < 0 or min(factors, default=(-1, 1))[0] < 0:
        return ()
    worth = 0
    for grown, base in reversed(factors):
        worth = (_ONE + worth) * base // (base + grown)
    return (principal * _ONE, worth + len(factors)), (principal * _ONE, worth)


def exact_level(
    principal: int,
    rate: Fraction,
    periods: Sequence[Period],
    shape: Shape = PLAIN,
    weigh: Callable[[int], Fraction] | None = None,
) -> Ratio:
    """The level instalment before rounding; with `weigh` what is weighed 1 of unequal ones.

    Backwards, F = (w + F') / (1 + i) as numerator/denominator, without reducing: the integers stay
    near the size of the answer's exact form and no gcd is taken.
    """
    factors, numbers = _factors(rate, periods, shape)
    numerator, denominator = 0, 1
    if weigh is None and factors and factors.count(factors[0]) == len(factors):
        numerator, denominator = _constant(*factors[0], len(factors))
    elif weigh is None:
        for grown, base in reversed(factors):
            numerator, denominator = (denominator + numerator) * base, denominator * (base + grown)
    else:
        for (grown, base), no in zip(reversed(factors), reversed(numbers), strict=True):
            part = weigh(no)
            numerator = (numerator * part.denominator + part.numerator * denominator) * base
            denominator *= part.denominator * (base + grown)
    if numerator == 0:
        return 0, 1
    if not shape.balloon:
        return principal * denominator, numerator
    kept, whole_ = prod(base for _, base in factors), prod(base + grown for grown, base in factors)
    return (principal * whole_ - shape.balloon * kept) * denominator, whole_ * numerator


def _constant(grown: int, base: int, count: int) -> Ratio:
    """Worth of `count` payments of 1 at the same factor: (1 - v^n) / i, or n without interest."""
    if not grown:
        return count, 1
    over, under = (base + grown) ** count, base**count
    return (over - under) * base, over * grown


def whole(exact: Ratio, rounding: Rounding, unit: int, conventions: Conventions = STANDARD) -> int:
    """An exact amount as minor units, a multiple of `unit`."""
    numerator, denominator = exact
    if unit == 1:
        return round_ratio(numerator, denominator, rounding)
    if conventions.unit_in_two_steps:
        minor = round_ratio(numerator, denominator, rounding)
        return round_ratio(minor, unit, rounding) * unit
    return round_ratio(numerator, denominator * unit, rounding) * unit


def in_force(rate: Fraction, periods: Sequence[Period]) -> tuple[Period, ...]:
    """The periods as if the rate of the first one stayed: no later rate is anticipated."""
    own = [rate if period.rate is None else period.rate for period in periods]
    return tuple(
        replace(period, rate=None, factor=period.factor if one == own[0] else None)
        for period, one in zip(periods, own, strict=True)
    )


def _factors(
    rate: Fraction, periods: Sequence[Period], shape: Shape
) -> tuple[list[Ratio], list[int]]:
    """Interest on 1 of each row that bears principal, with what skipped rows leave to it."""
    if {period.rate for period in periods} - {None}:
        rate, periods = periods[0].rate or rate, in_force(rate, periods)
    found = products(rate, [period.level for period in periods])
    if {period.factor for period in periods} - {None}:
        found = [
            one if period.factor is None else _scaled(period.factor, period)
            for period, one in zip(periods, found, strict=True)
        ]
    if shape.interest_free:
        free = shape.interest_free
        found = [(0, 1) if p.no <= free else f for p, f in zip(periods, found, strict=True)]
    numbers = [period.no for period in periods]
    if not (shape.principal_grace or shape.skipped_months):
        return found, numbers
    bears = bearing(periods, shape)
    kept = [no for no, one in zip(numbers, bears, strict=True) if one]
    return _merged(periods, shape, found), kept


def _merged(periods: Sequence[Period], shape: Shape, found: list[Ratio]) -> list[Ratio]:
    """Factors of the rows that bear principal; those of rows that pay only interest drop out."""
    kept: list[Ratio] = []
    waiting = Fraction(0)
    flags = zip(found, payable(periods, shape), bearing(periods, shape), strict=True)
    for (numerator, denominator), due, bears in flags:
        waiting += Fraction(numerator, denominator)
        if bears:
            kept.append((waiting.numerator, waiting.denominator))
        if due:
            waiting = Fraction(0)
    return kept


def _scaled(factor: Fraction, period: Period) -> Ratio:
    """A period's own factor, as much larger as its level is than its fraction."""
    if period.fraction and period.level != period.fraction:
        factor = factor * period.level / period.fraction
    return factor.numerator, factor.denominator
