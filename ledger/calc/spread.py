"""How each method spreads principal over rows that bear interest on the balance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import accumulate, pairwise
from typing import TypeVar

from ledger.calc.annuity import exact_level, in_force, level_instalment, whole
from ledger.calc.rows import Plan, Ratio, started
from ledger.calc.shape import bearing, weight
from ledger.errors import InvalidInput, Violation
from ledger.money import round_ratio

#: (index, opening, interest to cover) -> principal of a row that bears it, before it is clamped.
Principal = Callable[[int, int, int], int]
T = TypeVar("T")


def by_instalment(asked: Plan) -> Principal:
    """Principal is what the level instalment leaves after interest; a long stub may leave none."""
    given = asked.instalment
    if given is not None:
        return lambda index, opening, interest: given - interest
    level = _once_a_rate(asked, partial(_level, asked))
    return lambda index, opening, interest: level(index, opening) - interest


def graduated(asked: Plan) -> Principal:
    """Instalments grow or shrink by steps; worked out from the exact first, each then rounded."""
    weigh = partial(weight, asked.shape)
    first = _once_a_rate(asked, partial(_first, asked, weigh))

    def principal(index: int, opening: int, interest: int) -> int:
        numerator, denominator = first(index, opening)
        part = weigh(asked.periods[index].no)
        exact = (numerator * part.numerator, denominator * part.denominator)
        return whole(exact, asked.rounding, asked.shape.unit, asked.conventions) - interest

    return principal


def fixed(asked: Plan) -> Principal:
    """A given instalment; the term follows from it."""
    given, method = asked.instalment, "the fixed instalment method"
    if given is None:
        raise InvalidInput([Violation("instalment", f"must be given for {method}")])

    def principal(index: int, opening: int, interest: int) -> int:
        if given <= interest:
            least = f"must be at least {interest + 1} to cover the interest"
            raise InvalidInput([Violation("instalment", least)])
        return given - interest

    return principal


def equal_principal(asked: Plan) -> Principal:
    """The same principal in each row that bears it."""
    share = principal_share(asked, asked.conventions.unit_on_principal)
    return lambda index, opening, interest: share


def principal_share(asked: Plan, in_units: bool) -> int:
    """Principal without the balloon over the rows that bear it."""
    count = sum(bearing(asked.periods, asked.shape))
    exact = (asked.principal - asked.shape.balloon, count)
    unit = asked.shape.unit if in_units else 1
    return whole(exact, asked.rounding, unit, asked.conventions)


def custom(asked: Plan) -> Principal:
    """The principal that was agreed on row by row."""
    given = asked.shape.custom
    if len(given) < asked.periods[-1].no:
        text = f"must have {asked.periods[-1].no} rows, not {len(given)}"
        raise InvalidInput([Violation("custom", text)])
    return lambda index, opening, interest: given[asked.periods[index].no - 1]


def at_the_end(asked: Plan) -> Principal:
    """No principal before the last row."""
    return lambda index, opening, interest: 0


def minimum(asked: Plan) -> Principal:
    """A share of the balance that a row begins with, and no less than a floor.

    What the running row was billed is the plan's `instalment`, whatever was drawn since.
    """
    share, billed = asked.shape.minimum_share, asked.instalment

    def principal(index: int, opening: int, interest: int) -> int:
        if index == 0 and billed is not None:
            return billed
        exact = (opening * share.numerator, share.denominator)
        part = whole(exact, asked.rounding, asked.shape.unit, asked.conventions)
        return max(part, asked.shape.minimum)

    return principal


def _once_a_rate(asked: Plan, work_out: Callable[[int, int], T]) -> Callable[[int, int], T]:
    """What is worked out for the first row, and again for each row where the rate changes.

    Rows before the first one that bears principal leave its opening as it was.
    """
    if asked.steady:
        only = work_out(0, asked.principal)
        return lambda index, opening: only
    rates = [asked.rate_of(period) for period in asked.periods]
    changed = (n if a != b else 0 for n, (b, a) in enumerate(pairwise(rates), start=1))
    firsts = list(accumulate(changed, max, initial=0))
    known: dict[int, T] = {}

    def found(index: int, opening: int) -> T:
        first = firsts[index]
        if first not in known:
            known[first] = work_out(first, opening)
        return known[first]

    return found


def _level(asked: Plan, index: int, opening: int) -> int:
    level = level_instalment(
        opening,
        asked.rate,
        asked.periods[index:],
        asked.rounding,
        shape=asked.shape,
        conventions=asked.conventions,
    )
    if asked.conventions.smooths:
        return _smoothed(_rest(asked, index, opening), level)
    return level


def _first(asked: Plan, weigh: Callable[[int], Fraction], index: int, opening: int) -> Ratio:
    rest = asked.periods[index:]
    if asked.instalment is None:
        return exact_level(opening, asked.rate, rest, asked.shape, weigh)
    part = weigh(rest[0].no)
    return asked.instalment * part.denominator, part.numerator


def _rest(asked: Plan, index: int, opening: int) -> Plan:
    """The plan from a row on, as if its rate stayed."""
    periods = in_force(asked.rate, asked.periods[index:])
    return replace(
        asked,
        principal=opening,
        rate=asked.rate_of(asked.periods[index]),
        periods=periods,
        carried=Fraction(0) if index else asked.carried,
    )


def _smoothed(rest: Plan, level: int) -> int:
    """A level instalment whose last row differs less from the others, where one try finds it.

    Source: rule C6 of the progressive schedules of Apache Fineract, restated in docs/truth.md.
    """
    gap, count = _gap(rest, level), len(rest.periods)
    if abs(gap) <= count // 2:
        return level
    step = round_ratio(gap, count, rest.rounding)
    other = whole((level + step, 1), rest.rounding, rest.shape.unit)
    return other if abs(_gap(rest, other)) < abs(gap) else level


def _gap(rest: Plan, level: int) -> int:
    """By how much the last row of a constant rate exceeds the level instalment, in minor units."""
    opening, covered, last = rest.principal, 0, len(rest.periods) - 1
    bears = bearing(rest.periods, rest.shape)
    for index, (grown, base) in enumerate(rest.factors()):
        own = (opening * grown, base) if index else started((opening * grown, base), rest.carried)
        covered = round_ratio(*own, rest.rounding)
        if index < last and bears[index]:
            opening -= min(max(level - covered, 0), opening)
    return opening + covered - level
