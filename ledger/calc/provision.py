"""What is set aside for losses: Chinese rates and ratios, expected credit losses, stage 3 interest.

Amounts are integers in minor units, rates and probabilities exact fractions. A figure is computed
exactly and rounded half up once, when it becomes an amount.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ledger.calc.classification import Category, Dated, in_force
from ledger.errors import InvalidInput, Violation
from ledger.money import Rounding, round_ratio

_LATEST = date.max


def half_up(figure: Fraction) -> int:
    """An exact figure as an amount; ties go away from zero."""
    return round_ratio(figure.numerator, figure.denominator, Rounding.HALF_UP)


@dataclass(frozen=True, slots=True)
class ReserveRule:
    """Rates of specific reserves by category, and of the general reserve on all loans."""

    specific: Mapping[Category, Fraction]
    general: Fraction


#: PBOC guideline on loan loss reserves (银行贷款损失准备计提指引), 2002.
RESERVES: Dated[ReserveRule] = (
    (
        date(2002, 1, 1),
        ReserveRule(
            specific={
                Category.SPECIAL_MENTION: Fraction(2, 100),
                Category.SUBSTANDARD: Fraction(25, 100),
                Category.DOUBTFUL: Fraction(50, 100),
                Category.LOSS: Fraction(1),
            },
            general=Fraction(1, 100),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Reserves:
    """Specific reserves by category, and the least general reserve; in minor units."""

    specific: Mapping[Category, int]
    general: int


def reserves(balances: Mapping[Category, int], on: date = _LATEST) -> Reserves:
    """Reserves on the balances of the five categories; pass has no specific one."""
    rule = in_force(RESERVES, on)
    specific = {
        category: half_up(balance * rule.specific[category])
        for category, balance in balances.items()
        if category in rule.specific
    }
    return Reserves(specific, half_up(sum(balances.values()) * rule.general))


@dataclass(frozen=True, slots=True)
class RatioRule:
    """The allowance at least, as a share of all loans and as a multiple of bad ones."""

    of_loans: Fraction
    of_bad_loans: Fraction


#: CBRC Order 2011 No. 4 (商业银行贷款损失准备管理办法): the larger of the two amounts binds.
RATIOS: Dated[RatioRule] = ((date(2012, 1, 1), RatioRule(Fraction(25, 1000), Fraction(150, 100))),)


@dataclass(frozen=True, slots=True)
class Ratios:
    """Both ratios as exact shares, None where there is nothing to divide by; amounts in minor."""

    of_loans: Fraction | None
    of_bad_loans: Fraction | None
    required: int
    shortfall: int


def ratios(
    allowance: int, loans: int, bad_loans: int, rule: RatioRule | None = None, on: date = _LATEST
) -> Ratios:
    """Loan provision ratio and coverage; a supervisor may set another rule for a bank."""
    least = rule or in_force(RATIOS, on)
    required = half_up(max(loans * least.of_loans, bad_loans * least.of_bad_loans))
    return Ratios(
        _share(allowance, loans),
        _share(allowance, bad_loans),
        required,
        max(required - allowance, 0),
    )


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


@dataclass(frozen=True, slots=True)
class Exposure:
    """A year of a loan: exposure at default in minor units, and the shares lost."""

    amount: int
    default: Fraction
    loss: Fraction


def expected_loss(years: Sequence[Exposure], rate: Fraction) -> int:
    """Sum of exposure, probability and loss given default, discounted from the years' ends.

    `default` is marginal, seen from today; `rate` the effective one a year (IFRS 9 B5.5.44).
    """
    terms = (
        year.amount * year.default * year.loss / (1 + rate) ** no
        for no, year in enumerate(years, start=1)
    )
    return half_up(sum(terms, Fraction(0)))


def undiscounted_loss(amount: int, default: Fraction, loss: Fraction) -> int:
    """The twelve-month loss without discount, as IFRS 9's illustrative example 8 has it."""
    return half_up(amount * default * loss)


def weighted_loss(scenarios: Sequence[tuple[Fraction, int]]) -> int:
    """The mean of (weight, loss) scenarios; InvalidInput unless weights sum to one (5.5.17(a))."""
    total = sum((weight for weight, _ in scenarios), Fraction(0))
    if total != 1:
        raise InvalidInput([Violation("scenarios", f"the weights sum to {total}, not to 1")])
    return half_up(sum((weight * loss for weight, loss in scenarios), Fraction(0)))


def interest_on(amount: int, rate: Fraction, months: int) -> int:
    """Interest of whole months at a rate a year; stage 3 earns it on the net amount (5.4.1(b))."""
    return half_up(amount * rate * months / 12)
