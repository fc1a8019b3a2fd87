"""Rates of return: the yearly or periodic rate at which flows of money cancel out.

A bracket is searched outwards from 0 and closed by Newton's steps, or by halving where a step
would leave it; in decimals of 50 digits, given to 20 places. Flows are in minor units, signed.
Sources: 12 CFR 1026 (Regulation Z) Appendix J (b)(8); Directive 2008/48/EC Annex I.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import lcm

from ledger.errors import InvalidInput, Violation
from ledger.money import Rounding, round_ratio

_EXACT = Context(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN)
_PLACES = Decimal("1e-20")
_CLOSE = Decimal("1e-24")
_STEPS = 200
_TWO = Decimal(2)


class NoRate(InvalidInput):
    """The flows have no rate of return: they do not change sign, or at no rate that is sought."""

    def __init__(self, description: str) -> None:
        super().__init__([Violation("flows", description)])


@dataclass(frozen=True, slots=True)
class Flow:
    """An amount after `at` whole periods, and a `part` of one that bears simple interest."""

    amount: int | Fraction
    at: Fraction
    part: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Annual:
    """A periodic rate a year: times the periods of a year, and compounded over them."""

    nominal: Decimal
    effective: Decimal


def rate_of(flows: Iterable[Flow]) -> Decimal:
    """The i at which sum amount / ((1 + part i) (1 + i)^at) = 0, a period, to 20 places.

    Above -1; the one nearest to 0 on its side where there are several, those above 0 first.
    """
    with localcontext(_EXACT):
        moved = [flow for flow in flows if flow.amount]
        if len({flow.amount > 0 for flow in moved}) < 2:
            raise NoRate("must go both ways")
        stream = _stream(moved)
        return _closed(stream, *_bracket(stream)).quantize(_PLACES)


def irr(amounts: Sequence[int | Fraction]) -> Decimal:
    """The rate of even periods, the first flow now: numpy-financial's irr."""
    return rate_of(Flow(amount, Fraction(k)) for k, amount in enumerate(amounts))


def xirr(flows: Sequence[tuple[date, int]]) -> Decimal:
    """The annual effective rate of dated flows, years of 365 days from the first one."""
    start = min((day for day, _ in flows), default=None)
    if start is None:
        raise NoRate("must go both ways")
    return rate_of(Flow(amount, Fraction((day - start).days, 365)) for day, amount in flows)


def annual(periodic: Decimal, per_year: Fraction) -> Annual:
    """A periodic rate as 年化利率: i x n, and (1 + i)^n - 1."""
    with localcontext(_EXACT):
        times = _decimal(per_year)
        compound = (1 + periodic) ** times - 1
        return Annual((periodic * times).quantize(_PLACES), compound.quantize(_PLACES))


def monthly_irr(amounts: Sequence[int | Fraction]) -> Annual:
    """Monthly flows, the first one now: the monthly rate x 12, and the effective rate."""
    return annual(irr(amounts), Fraction(12))


def flat_to_effective(principal: int, flat_rate: Fraction, months: int) -> Annual:
    """What a flat rate costs on the falling balance: instalments of P (1 + r n / 12) / n, exact."""
    instalment = principal * (1 + flat_rate * months / 12) / months
    return monthly_irr([-principal, *[instalment] * months])


def rule_of_78(charge: int, periods: int, remaining: int) -> Fraction:
    """The exact rebate of a finance charge: F u (u + 1) / (n (n + 1)), sum of the digits."""
    if not 0 <= remaining <= periods or periods < 1:
        raise InvalidInput([Violation("remaining", f"must lie between 0 and {periods}")])
    return Fraction(charge * remaining * (remaining + 1), periods * (periods + 1))


def total_cost(advanced: int, paid: Iterable[int]) -> int:
    """All that is paid beyond what was received, in minor units: interest and fees alike."""
    return sum(paid) - advanced


def percent(rate: Decimal, places: int, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """A rate as a percentage of so many decimals, as contracts and laws want it shown."""
    numerator, denominator = rate.as_integer_ratio()
    scaled = round_ratio(numerator * 10 ** (places + 2), denominator, rounding)
    return Decimal(scaled).scaleb(-places)


@dataclass(frozen=True, slots=True)
class _Term:
    """A flow in decimals: `gap` in steps of the common denominator of all times."""

    gap: int
    at: Decimal
    part: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class _Stream:
    """Flows in order of time over one common denominator: one root gives every discount."""

    scale: int
    terms: tuple[_Term, ...]

    def worth(self, rate: Decimal) -> tuple[Decimal, Decimal]:
        """The present value at a rate, and its slope there."""
        grown = 1 + rate
        root = (grown.ln() / self.scale).exp() if self.scale > 1 else grown
        steps: dict[int, Decimal] = {0: Decimal(1)}
        value, slope, discount = Decimal(0), Decimal(0), Decimal(1)
        for term in self.terms:
            if term.gap not in steps:
                steps[term.gap] = root**-term.gap
            discount *= steps[term.gap]
            simple = 1 + term.part * rate
            worth = term.amount * discount / simple
            value += worth
            slope -= worth * (term.at / grown + term.part / simple)
        return value, slope


def _stream(flows: Sequence[Flow]) -> _Stream:
    scale = lcm(*(flow.at.denominator for flow in flows))
    timed = sorted(flows, key=lambda flow: flow.at)
    times = [0, *(int(flow.at * scale) for flow in timed)]
    terms = (
        _Term(b - a, _decimal(flow.at), _decimal(flow.part), _decimal(flow.amount))
        for flow, (a, b) in zip(timed, pairwise(times), strict=True)
    )
    return _Stream(scale, tuple(terms))


def _decimal(exact: int | Fraction) -> Decimal:
    return Decimal(exact.numerator) / exact.denominator


def _bracket(stream: _Stream) -> tuple[Decimal, Decimal]:
    """Two rates between which the worth changes sign; first above 0, then below it."""
    for rates in (_upwards(), _downwards()):
        low, low_worth = Decimal(0), stream.worth(Decimal(0))[0]
        for high in rates:
            worth = stream.worth(high)[0]
            if low_worth * worth <= 0:
                return low, high
            low, low_worth = high, worth
    raise NoRate("have no rate between -99.9999999 % and 100,000,000 % a period")


def _upwards() -> Iterator[Decimal]:
    return (Decimal(1).scaleb(-3) * _TWO**k for k in range(31))


def _downwards() -> Iterator[Decimal]:
    return (_TWO**-k - 1 for k in range(1, 31))


def _closed(stream: _Stream, low: Decimal, high: Decimal) -> Decimal:
    """Newton's steps from the middle, kept in a bracket that every step narrows."""
    low, high = min(low, high), max(low, high)
    rising = stream.worth(low)[0] < stream.worth(high)[0]
    rate = (low + high) / 2
    for _ in range(_STEPS):
        value, slope = stream.worth(rate)
        if value == 0:
            return rate
        if (value < 0) == rising:
            low = rate
        else:
            high = rate
        following = rate - value / slope if slope else low
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - rate) < _CLOSE:
            return following
        rate = following
    return rate
