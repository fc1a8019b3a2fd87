"""Expected credit losses of one loan over its life: a term structure in several scenarios.

Conventions, since standards leave them open: years are counted from the day; a default happens in
a year with what was owed as it began, and its loss counts at the year's end; a last year that is
not whole has its probability by days; a year's exposure is what no collateral covers, in whole
minor units, half up; the loss of each scenario is rounded half up once, and so is their mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ledger.calc.periods import Frequency, Unit, shifted
from ledger.calc.policy import Curve, Provisioning, Scenario
from ledger.calc.provision import Exposure, expected_loss, half_up, undiscounted_loss, weighted_loss

_YEAR = Frequency(Unit.MONTH, 12)
#: Places to which an effective rate is rounded, half up.
RATE_PLACES = 10


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left of a loan on a day, seen by its contract.

    `owed` is all that stands on the books, `principal_on` the principal that the schedule leaves
    on a later day, both in minor units; `rate` the effective one a year.
    """

    day: date
    maturity: date
    owed: int
    principal_on: Callable[[date], int]
    rate: Fraction
    collateral: int = 0


def loss(found: Remaining, stage: int, curve: Curve, rules: Provisioning) -> int:
    """The allowance of a loan: the mean of its losses in all scenarios.

    Twelve-month losses in stage 1, lifetime losses in stage 2; a loan in stage 3 has defaulted.
    """
    covered = half_up(found.collateral * (1 - rules.haircut))
    years = _years(found, covered, 1 if stage == 1 else None)
    losses = []
    for scenario in rules.scenarios:
        share = min(rules.loss * scenario.losses, Fraction(1))
        if stage == 3:
            bare = max(found.owed - covered, 0)
            losses.append((scenario.weight, undiscounted_loss(bare, Fraction(1), share)))
            continue
        defaults = _defaults(curve, scenario, [part for _, part in years])
        exposures = [
            Exposure(amount, default, share)
            for (amount, _), default in zip(years, defaults, strict=True)
        ]
        losses.append((scenario.weight, expected_loss(exposures, found.rate)))
    return weighted_loss(losses)


def _years(found: Remaining, covered: int, most: int | None) -> list[tuple[int, Fraction]]:
    """(exposure as it begins, part of it that lies before maturity) of each year to come.

    A loan past its maturity has one whole year.
    """
    years: list[tuple[int, Fraction]] = []
    while most is None or len(years) < most:
        begin = shifted(found.day, len(years), _YEAR)
        end = shifted(found.day, len(years) + 1, _YEAR)
        if years and begin >= found.maturity:
            break
        amount = found.principal_on(begin) if years else found.owed
        whole = found.maturity <= found.day or end <= found.maturity
        part = Fraction(1) if whole else Fraction((found.maturity - begin).days, (end - begin).days)
        years.append((max(amount - covered, 0), part))
    return years


def _defaults(curve: Curve, scenario: Scenario, parts: Sequence[Fraction]) -> list[Fraction]:
    """The marginal probability of each year in a scenario; together no more than certainty."""
    found: list[Fraction] = []
    for no, part in enumerate(parts):
        plain = curve.defaults[min(no, len(curve.defaults) - 1)]
        left = 1 - sum(found, Fraction(0))
        found.append(min(plain * scenario.defaults * part, left))
    return found
