"""The observation period of restructured loans (CBIRC and PBOC Order 2023 No. 1, chapter III)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.calc.classification import Category, worst
from ledger.calc.periods import Frequency, Unit, shifted

#: Repayment periods that must be paid without a miss, and the months that must pass at least.
PERIODS, OBSERVED_MONTHS, UPGRADE_MONTHS = 2, 12, 6


@dataclass(frozen=True, slots=True)
class Observation:
    """From the first repayment date after the contract change until the earliest end."""

    start: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether the loan is still observed on a day; on the end itself it is not."""
        return self.start <= day < self.until


def observation(
    first_repayment: date, every: Frequency, missed: Iterable[date] = ()
) -> Observation:
    """At least two consecutive repayment periods and a year; a missed payment starts it anew.

    A miss counts only while the period runs.
    """
    start = first_repayment
    for day in sorted(missed):
        if start <= day < _end(start, every, OBSERVED_MONTHS):
            start = day
    return Observation(start, _end(start, every, OBSERVED_MONTHS))


def upgradable_from(paid_normally_since: date, every: Frequency) -> date:
    """When a non-performing loan may become special mention: two periods and six months paid."""
    return _end(paid_normally_since, every, UPGRADE_MONTHS)


def upgraded(before: Category, paid_normally_since: date, every: Frequency, on: date) -> Category:
    """The best category on a day, all arrears being repaid; special mention is the best of all."""
    if not before.non_performing:
        return worst(before, Category.SPECIAL_MENTION)
    ripe = on >= upgradable_from(paid_normally_since, every)
    return Category.SPECIAL_MENTION if ripe else before


def _end(start: date, every: Frequency, months: int) -> date:
    return max(shifted(start, PERIODS, every), shifted(start, months, Frequency(Unit.MONTH, 1)))
