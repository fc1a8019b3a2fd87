"""Credit quality by rule: five categories, cards, IFRS 9 stages, non-accrual, retail charge-off.

Each rule is a table with the day from which it is in force; a question about a day is answered by
the table of that day. Chinese and IFRS thresholds of 30 days are exclusive (more than), those of
the FFIEC, of non-accrual and the 90 days of IFRS 9 are inclusive. Shares are exact fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from ledger.errors import FailedPrecondition

_Rule = TypeVar("_Rule")
#: (first day in force, rule), oldest first.
Dated = Sequence[tuple[date, _Rule]]
_LATEST = date.max


def in_force(rules: Dated[_Rule], on: date = _LATEST) -> _Rule:
    """The rule of a day; FailedPrecondition before the first one came into force."""
    found = [rule for since, rule in rules if since <= on]
    if not found:
        raise FailedPrecondition(f"no such rule was in force on {on}", first=rules[0][0])
    return found[-1]


class Category(StrEnum):
    """The five categories, best first; the last three are non-performing."""

    PASS = "pass"  # noqa: S105 the name of a category
    SPECIAL_MENTION = "special_mention"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"

    @property
    def rank(self) -> int:
        """0 for pass to 4 for loss."""
        return list(Category).index(self)

    @property
    def non_performing(self) -> bool:
        """Substandard or worse."""
        return self.rank >= Category.SUBSTANDARD.rank


def worst(*categories: Category) -> Category:
    """The worst of some categories; pass of none."""
    return max(categories, key=lambda found: found.rank, default=Category.PASS)


@dataclass(frozen=True, slots=True)
class FiveCategoryRule:
    """Thresholds of the five categories; each must be exceeded, but for `impaired` (at least).

    `overdue` in days; `impaired` as expected loss to book value; shares of a debtor's debt.
    """

    overdue: tuple[tuple[int, Category], ...]
    impaired: tuple[tuple[Fraction, Category], ...]
    technical_days: int
    own_bank_share: Fraction
    all_banks_share: Fraction


#: CBIRC and PBOC Order 2023 No. 1, articles 7 and 10 to 14.
FIVE_CATEGORY: Dated[FiveCategoryRule] = (
    (
        date(2023, 7, 1),
        FiveCategoryRule(
            overdue=(
                (0, Category.SPECIAL_MENTION),
                (90, Category.SUBSTANDARD),
                (270, Category.DOUBTFUL),
                (360, Category.LOSS),
            ),
            impaired=(
                (Fraction(0), Category.SUBSTANDARD),
                (Fraction(1, 2), Category.DOUBTFUL),
                (Fraction(9, 10), Category.LOSS),
            ),
            technical_days=7,
            own_bank_share=Fraction(1, 10),
            all_banks_share=Fraction(1, 5),
        ),
    ),
)

#: Measures for credit cards (CBRC Order 2011 No. 2), article 92: more days than these.
CREDIT_CARD: Dated[tuple[tuple[int, Category], ...]] = (
    (
        date(2011, 1, 13),
        (
            (0, Category.SPECIAL_MENTION),
            (90, Category.SUBSTANDARD),
            (120, Category.DOUBTFUL),
            (180, Category.LOSS),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a loan and its debtor; all that is not known is not there.

    `technical` says that an overdue has only operational reasons. Shares are of the debtor's debt:
    non-performing at this bank, and more than 90 days overdue at all banks.
    """

    days_past_due: int = 0
    technical: bool = False
    credit_impaired: bool = False
    loss_to_book: Fraction = Fraction(0)
    debt_evasion: bool = False
    liquidation: bool = False
    retail: bool = False
    own_bank_share: Fraction = Fraction(0)
    all_banks_share: Fraction = Fraction(0)
    restructured_from: Category | None = None
    restructured_again: bool = False


def five_category(signs: Signs, on: date = _LATEST) -> Category:
    """The best category that the rules allow: the worst of all floors (Order 2023 No. 1)."""
    rule = in_force(FIVE_CATEGORY, on)
    technical = signs.technical and signs.days_past_due <= rule.technical_days
    flags = {
        Category.DOUBTFUL: signs.debt_evasion,
        Category.LOSS: signs.liquidation,
        Category.SUBSTANDARD: signs.restructured_again or _debtor_is_bad(signs, rule),
    }
    return worst(
        _beyond(rule.overdue, 0 if technical else signs.days_past_due),
        *(found for least, found in rule.impaired if _impaired(signs) >= least),
        *(found for found, flagged in flags.items() if flagged),
        *_restructured(signs.restructured_from),
    )


def credit_card(days_past_due: int, on: date = _LATEST) -> Category:
    """The category of a credit-card debt by days past due alone."""
    return _beyond(in_force(CREDIT_CARD, on), days_past_due)


def _beyond(table: Sequence[tuple[int, Category]], days: int) -> Category:
    return worst(*(category for limit, category in table if days > limit))


def _impaired(signs: Signs) -> Fraction:
    return signs.loss_to_book if signs.credit_impaired else Fraction(-1)


def _debtor_is_bad(signs: Signs, rule: FiveCategoryRule) -> bool:
    """What a debtor owes elsewhere counts for companies, not for retail debtors."""
    return not signs.retail and (
        signs.own_bank_share > rule.own_bank_share or signs.all_banks_share > rule.all_banks_share
    )


def _restructured(before: Category | None) -> tuple[Category, ...]:
    """A restructuring makes no loan better, and a good one at least special mention."""
    return () if before is None else (before, Category.SPECIAL_MENTION)


@dataclass(frozen=True, slots=True)
class StageRule:
    """IFRS 9: more than so many days for stage 2, at least so many for stage 3."""

    increased_beyond: int
    impaired_from: int


#: IFRS 9 5.5.11 and B5.5.37; both presumptions can be rebutted.
STAGES: Dated[StageRule] = ((date(2018, 1, 1), StageRule(30, 90)),)


def stage(
    days_past_due: int,
    *,
    credit_impaired: bool = False,
    increased_risk: bool = False,
    rebutted_30: bool = False,
    rebutted_90: bool = False,
    on: date = _LATEST,
) -> int:
    """Stage 1, 2 or 3. Stages 2 and 3 carry lifetime losses, stage 3 earns interest on the net."""
    rule = in_force(STAGES, on)
    if credit_impaired or (days_past_due >= rule.impaired_from and not rebutted_90):
        return 3
    late = days_past_due > rule.increased_beyond and not rebutted_30
    return 2 if increased_risk or late else 1


#: Days past due from which interest is no longer accrued (Call Report instructions, glossary).
NONACCRUAL: Dated[int] = ((date(1984, 1, 1), 90),)


def nonaccrual(
    days_past_due: int,
    *,
    full_payment_expected: bool = True,
    well_secured: bool = False,
    in_collection: bool = False,
    on: date = _LATEST,
) -> bool:
    """Whether interest stops; security with collection excuses the days, not a doubtful payment."""
    excused = well_secured and in_collection
    late = days_past_due >= in_force(NONACCRUAL, on) and not excused
    return late or not full_payment_expected


@dataclass(frozen=True, slots=True)
class RetailRule:
    """Days from which a retail loan is substandard, and charged off by what has happened."""

    substandard: int
    charge_off: Mapping[str, int]
    bankruptcy: int
    fraud: int


#: FFIEC Uniform Retail Credit Classification Policy, 65 FR 36903; residential mortgages as well.
RETAIL: Dated[RetailRule] = (
    (
        date(2000, 6, 12),
        RetailRule(90, {"closed_end": 120, "open_end": 180, "residential": 180}, 60, 90),
    ),
)


def retail_charge_off(
    kind: str,
    days_past_due: int,
    bankruptcy_days: int | None = None,
    fraud_days: int | None = None,
    on: date = _LATEST,
) -> bool:
    """Whether a loan of a kind (`closed_end`, `open_end`, `residential`) is to be charged off.

    Days since the notice of a bankruptcy and since a fraud was found; whichever comes first counts.
    """
    rule = in_force(RETAIL, on)
    elapsed = (
        (days_past_due, rule.charge_off[kind]),
        (bankruptcy_days, rule.bankruptcy),
        (fraud_days, rule.fraud),
    )
    return any(days is not None and days >= limit for days, limit in elapsed)


def retail_substandard(days_past_due: int, *, charged_off: bool, on: date = _LATEST) -> bool:
    """Whether a retail loan is substandard or worse; what is charged off is a loss."""
    return charged_off or days_past_due >= in_force(RETAIL, on).substandard


def retail_booked_by(
    kind: str,
    oldest_due: date | None,
    bankruptcy_notice: date | None = None,
    fraud_found: date | None = None,
    on: date = _LATEST,
) -> date | None:
    """The last day to book the charge-off: the end of the month in which the time elapses."""
    rule = in_force(RETAIL, on)
    since = (
        (oldest_due, rule.charge_off[kind]),
        (bankruptcy_notice, rule.bankruptcy),
        (fraud_found, rule.fraud),
    )
    ends = [day + timedelta(days=limit) for day, limit in since if day]
    return month_end(min(ends)) if ends else None


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
