"""Repayment schedules: each method one function from balances to rows, in one table.

Interest of a row = round(opening x rate x fraction of the period). The level instalment is the
textbook annuity P / sum of discount products, worked out in integers over one running denominator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ledger.calc.periods import Period
from ledger.money import Rounding, round_ratio


class Method(StrEnum):
    """How principal is spread over the rows."""

    EQUAL_INSTALMENTS = "equal_instalments"
    EQUAL_PRINCIPAL = "equal_principal"
    INTEREST_ONLY = "interest_only"
    SINGLE_REPAYMENT = "single_repayment"


@dataclass(frozen=True, slots=True)
class Row:
    """One instalment, amounts in minor units; `opening` is the principal before it."""

    no: int
    start: date
    due: date
    opening: int
    principal: int
    interest: int

    @property
    def total(self) -> int:
        """What falls due."""
        return self.principal + self.interest

    @property
    def closing(self) -> int:
        """The principal after it."""
        return self.opening - self.principal


@dataclass(frozen=True, slots=True)
class Plan:
    """What a method works from."""

    principal: int
    rate: Fraction
    periods: tuple[Period, ...]
    rounding: Rounding
    instalment: int | None


def plan(
    method: Method,
    principal: int,
    rate: Fraction,
    periods: Sequence[Period],
    rounding: Rounding,
    *,
    carried: Fraction = Fraction(0),
    instalment: int | None = None,
) -> tuple[Row, ...]:
    """The rows for a principal in minor units at an annual rate.

    `carried` is exact interest already accrued in the first period, whose `fraction` is then the
    rest of it. `instalment` fixes the level instalment: rows end when the balance fits into one.
    Where a long stub's interest exceeds the level instalment, that row pays no principal rather
    than a negative one, and more than the level instalment falls due.
    """
    asked = Plan(principal, rate, tuple(periods), rounding, instalment)
    if method is Method.SINGLE_REPAYMENT:
        asked = replace(asked, periods=(_whole(asked.periods),))
    principal_of = _METHODS[method](asked)
    rows: list[Row] = []
    opening, last = principal, len(asked.periods)
    for index, period in enumerate(asked.periods, start=1):
        interest = _interest(opening, rate, period, rounding, carried if index == 1 else None)
        paid = opening if index == last else min(principal_of(index, interest), opening)
        rows.append(Row(period.no, period.start, period.due, opening, paid, interest))
        opening -= paid
        if opening == 0 and principal and index < last and instalment is not None:
            break
    return tuple(rows)


def _interest(
    opening: int, rate: Fraction, period: Period, rounding: Rounding, carried: Fraction | None
) -> int:
    """round(carried + opening x rate x fraction); integers, as each Fraction takes gcds."""
    numerator = opening * rate.numerator * period.fraction.numerator
    denominator = rate.denominator * period.fraction.denominator
    if carried:
        numerator = numerator * carried.denominator + carried.numerator * denominator
        denominator *= carried.denominator
    return round_ratio(numerator, denominator, rounding)


def level_instalment(
    principal: int, rate: Fraction, periods: Sequence[Period], rounding: Rounding
) -> int:
    """round(P / sum_k prod_{m<=k} 1 / (1 + rate x level_m)), the annuity of unequal periods.

    Backwards, F = (1 + F') / (1 + i) as a fraction numerator/denominator, without reducing: the
    integers stay near the size of the answer's exact form and no gcd is taken.
    """
    numerator, denominator = 0, 1
    for period in reversed(periods):
        whole = rate.denominator * period.level.denominator
        grown = whole + rate.numerator * period.level.numerator
        numerator, denominator = (denominator + numerator) * whole, denominator * grown
    return round_ratio(principal * denominator, numerator, rounding) if numerator else 0


def _whole(periods: tuple[Period, ...]) -> Period:
    """All periods as one, whose fraction is their sum.

    30/360 US does not add up over month ends: there the caller passes one period to maturity.
    """
    total = sum((period.fraction for period in periods), Fraction(0))
    return Period(1, periods[0].start, periods[-1].due, total, total)


def _equal_instalments(asked: Plan) -> Callable[[int, int], int]:
    """Principal is what the level instalment leaves after interest; a long stub may leave none."""
    level = asked.instalment
    if level is None:
        level = level_instalment(asked.principal, asked.rate, asked.periods, asked.rounding)
    return lambda index, interest: max(level - interest, 0)


def _equal_principal(asked: Plan) -> Callable[[int, int], int]:
    share = round_ratio(asked.principal, len(asked.periods), asked.rounding)
    return lambda index, interest: share


def _at_the_end(asked: Plan) -> Callable[[int, int], int]:
    return lambda index, interest: 0


_METHODS: Mapping[Method, Callable[[Plan], Callable[[int, int], int]]] = {
    Method.EQUAL_INSTALMENTS: _equal_instalments,
    Method.EQUAL_PRINCIPAL: _equal_principal,
    Method.INTEREST_ONLY: _at_the_end,
    Method.SINGLE_REPAYMENT: _at_the_end,
}
