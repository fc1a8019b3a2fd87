"""A rate that follows an index: what a loan pays over it, and when it is fixed anew."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import count

from ledger.calc.periods import Frequency, Unit, shifted


@dataclass(frozen=True, slots=True)
class Floating:
    """Index plus margin within floor and cap, fixed anew every so many months.

    The months count from the loan's start or, with `on`, from the last such (month, day) up to it,
    such as 1 January. The fixing is taken `lag` days before the reset: business days of
    `lag_calendar` where one is named. Without a floor the rate does not fall below zero. For the
    first `fixed` months a loan keeps the rate that it agreed on; its first reset ends them.
    """

    index: str
    margin: Fraction
    every: int
    floor: Fraction | None = None
    cap: Fraction | None = None
    lag: int = 0
    lag_calendar: str = ""
    on: tuple[int, int] | None = None
    fixed: int = 0

    def rate(self, fixing: Fraction) -> Fraction:
        """The annual rate of a loan on a fixing."""
        found = max(fixing + self.margin, self.floor or Fraction(0))
        return found if self.cap is None else min(found, self.cap)

    def next_after(self, start: date, day: date) -> date:
        """The first reset after a day and after the loan's start."""
        anchor = self._anchor(start)
        passed = max((day.year - anchor.year) * 12 + day.month - anchor.month, 0)
        each = Frequency(Unit.MONTH, self.every)
        first = 0 if self.fixed else 1
        later = (shifted(anchor, k, each) for k in count(max(passed // self.every, first)))
        return next(found for found in later if found > max(day, start))

    def resets(self, start: date, last: date) -> Iterator[date]:
        """All resets of a loan up to a day."""
        found = self.next_after(start, start)
        while found <= last:
            yield found
            found = self.next_after(start, found)

    def falls(self, start: date, day: date) -> bool:
        """Whether a day is a reset of a loan."""
        return day > start and self.next_after(start, day - timedelta(days=1)) == day

    def _anchor(self, start: date) -> date:
        if self.on is None:
            return shifted(start, self.fixed, Frequency(Unit.MONTH, 1))
        found = _in_year(start.year, self.on)
        return found if found <= start else _in_year(start.year - 1, self.on)


def _in_year(year: int, on: tuple[int, int]) -> date:
    return date(year, on[0], min(on[1], monthrange(year, on[0])[1]))
