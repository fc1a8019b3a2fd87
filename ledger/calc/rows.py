"""What a schedule is made of: the plan asked for, its rows, and interest that waits for later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ledger.calc.conventions import Conventions
from ledger.calc.periods import Period
from ledger.calc.shape import Shape
from ledger.money import Rounding, round_ratio

Ratio = tuple[int, int]


class Row(NamedTuple):
    """One instalment, amounts in minor units; `opening` is the principal before it.

    A tuple, as a quote makes hundreds and a frozen dataclass takes three times as long to make.
    """

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
    carried: Fraction
    instalment: int | None
    shape: Shape
    conventions: Conventions

    def rounded(self, exact: Fraction) -> int:
        """An exact amount in minor units."""
        return round_ratio(exact.numerator, exact.denominator, self.rounding)

    @property
    def steady(self) -> bool:
        """Whether the rate never changes."""
        return {period.rate for period in self.periods} == {None}

    def rate_of(self, period: Period) -> Fraction:
        """The annual rate in force at the end of a period."""
        return self.rate if period.rate is None else period.rate

    def factors(self) -> list[Ratio]:
        """Interest on 1 over each period, as integers: each Fraction would take gcds."""
        free = self.shape.interest_free
        plain = products(self.rate, [period.fraction for period in self.periods])
        if not free and self.steady and {p.factor for p in self.periods} == {None}:
            return plain
        return [
            found
            if period.rate is None and period.factor is None and period.no > free
            else self._factor(period)
            for period, found in zip(self.periods, plain, strict=True)
        ]

    def _factor(self, period: Period) -> Ratio:
        if period.no <= self.shape.interest_free:
            return 0, 1
        own = period.factor
        exact = self.rate_of(period) * period.fraction if own is None else own
        return exact.numerator, exact.denominator


def products(rate: Fraction, fractions: Sequence[Fraction]) -> list[Ratio]:
    """rate x fraction as integers; periods mostly share their fractions, so each is met once."""
    numerator, denominator = rate.numerator, rate.denominator
    which = list(map(id, fractions))
    known = {
        key: (numerator * fraction.numerator, denominator * fraction.denominator)
        for key, fraction in dict(zip(which, fractions, strict=True)).items()
    }
    return [known[key] for key in which]


def started(own: Ratio, carried: Fraction) -> Ratio:
    """The interest of a first row on top of what was carried into it."""
    numerator, denominator = own
    numerator = numerator * carried.denominator + carried.numerator * denominator
    return numerator, denominator * carried.denominator


class Waiting:
    """Interest that rows leave to later ones: within the next instalment, or on top of it."""

    __slots__ = ("_above", "_inside", "_own", "_plan")

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._own = self._inside = self._above = Fraction(0)

    def covered(self, own: Ratio) -> int:
        """What the instalment of a row with this interest of its own has to cover."""
        plan = self._plan
        self._own = Fraction(*own)
        if plan.conventions.waits_rounded:
            self._own = Fraction(plan.rounded(self._own))
        return plan.rounded(self._inside + self._own)

    def due(self, period: Period, pays: bool, final: bool) -> int:
        """What falls due with the row; the rest goes on waiting."""
        if period.no <= self._plan.shape.interest_grace and not final:
            self._above += self._inside + self._own
            self._inside = Fraction(0)
            return 0
        if not pays and not final:
            self._inside += self._own
            return 0
        found = self._plan.rounded(self._above + self._inside + self._own)
        self._inside = self._above = Fraction(0)
        return found
