"""The credit quality of one loan from day to day: worse at once, better by rule.

What the tables of `classification` and `restructuring` say of a day becomes here what a loan *is*:
grades fall on the day that their rule is met, and rise only when a better one was deserved for as
long as the rules ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.calc.classification import (
    FIVE_CATEGORY,
    NONACCRUAL,
    STAGES,
    Category,
    Signs,
    five_category,
    in_force,
    nonaccrual,
    stage,
    worst,
)
from ledger.calc.periods import Frequency
from ledger.calc.policy import Policy, Regime
from ledger.calc.restructuring import observation, upgraded


@dataclass(frozen=True, slots=True)
class Marks:
    """What people know of a loan and its debtor; each has its meaning in `classification.Signs`.

    `increased_risk` is a significant increase since the loan was made (a watch list, covenants, a
    fall of the rating); `doubtful_payment` says that full payment is not expected.
    """

    credit_impaired: bool = False
    debt_evasion: bool = False
    liquidation: bool = False
    increased_risk: bool = False
    doubtful_payment: bool = False
    well_secured: bool = False
    in_collection: bool = False
    technical: bool = False
    loss_to_book: Fraction = Fraction(0)
    all_banks_share: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Override:
    """A grade that people set; it can only be stricter than the rules. Without an end it stays."""

    category: Category | None = None
    stage: int | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it counts on a day; on its end it no longer does."""
        return self.until is None or day < self.until


@dataclass(frozen=True, slots=True)
class Quality:
    """A loan's grades, and since when it has deserved better ones without a break.

    `paid_since` is the first day without arrears of a loan that is not simply good. `observed` is
    where the observation of a restructured loan began, `observed_from` its category before.
    `pulled` says that its debtor's other loans make it non-performing, `suspended` that a close
    of business stopped its interest. `collateral` is what secures it, `assessed` the allowance that
    people set for it; both in minor units.
    """

    category: Category = Category.PASS
    stage: int = 1
    nonaccrual: bool = False
    marks: Marks = Marks()
    override: Override | None = None
    category_since: date | None = None
    stage_since: date | None = None
    accrual_since: date | None = None
    paid_since: date | None = None
    observed: date | None = None
    observed_from: Category | None = None
    observed_again: bool = False
    pulled: bool = False
    suspended: bool = False
    collateral: int = 0
    assessed: int | None = None

    @property
    def grades(self) -> tuple[Category, int, bool]:
        """What reports tell."""
        return self.category, self.stage, self.nonaccrual

    @property
    def watched(self) -> bool:
        """Whether a day may change it by itself; a good loan changes only with its arrears."""
        return replace(self, collateral=0, assessed=None) != Quality()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a day says of a loan: days past due and since when, as the policy counts them."""

    day: date
    days: int
    since: date | None
    every: Frequency
    retail: bool = True


def floor(found: Quality, facts: Facts, *, pulled: bool | None = None) -> Category:
    """The best category that the rules allow on a day; pass before the first rule came."""
    if facts.day < FIVE_CATEGORY[0][0]:
        return Category.PASS
    pulled = found.pulled if pulled is None else pulled
    marks = found.marks
    signs = Signs(
        days_past_due=facts.days,
        technical=marks.technical,
        credit_impaired=marks.credit_impaired,
        loss_to_book=marks.loss_to_book,
        debt_evasion=marks.debt_evasion,
        liquidation=marks.liquidation,
        retail=facts.retail,
        own_bank_share=Fraction(1) if pulled else Fraction(0),
        all_banks_share=marks.all_banks_share,
        restructured_from=found.observed_from,
        restructured_again=found.observed_again,
    )
    set_by_people = found.override and found.override.holds(facts.day) and found.override.category
    return worst(five_category(signs, facts.day), *([set_by_people] if set_by_people else []))


def pulls(bad: int, all_loans: int, day: date) -> bool:
    """Whether so much of a debtor's debt is non-performing that all of it is."""
    if day < FIVE_CATEGORY[0][0] or not all_loans:
        return False
    return Fraction(bad, all_loans) > in_force(FIVE_CATEGORY, day).own_bank_share


def assessed(found: Quality, facts: Facts, policy: Policy) -> Quality:
    """The quality of a loan at the start of a day, from that of the day before."""
    found = _observed(_overridden(found, facts.day), facts)
    if Regime.FIVE_CATEGORY in policy.regimes:
        found = _categorised(found, facts, policy.cure_days)
    if Regime.IFRS9 in policy.regimes and facts.day >= STAGES[0][0]:
        found = _staged(found, facts, policy)
    if Regime.US in policy.regimes and facts.day >= NONACCRUAL[0][0]:
        found = _accruing(found, facts, policy.cure_days)
    good = found.category is Category.PASS and found.stage == 1 and not found.nonaccrual
    if facts.days or (good and found.observed is None):
        return replace(found, paid_since=None)
    return replace(found, paid_since=found.paid_since or facts.day)


def _overridden(found: Quality, day: date) -> Quality:
    gone = found.override is not None and not found.override.holds(day)
    return replace(found, override=None) if gone else found


def _observed(found: Quality, facts: Facts) -> Quality:
    """A payment missed while it is observed starts the observation anew; at its end it is over."""
    if found.observed is None:
        return found
    missed = facts.since if facts.days and facts.since and facts.since >= found.observed else None
    start = missed or found.observed
    if facts.day < observation(start, facts.every).until:
        return replace(found, observed=start)
    return replace(found, observed=None, observed_from=None, observed_again=False)


def _categorised(found: Quality, facts: Facts, cure_days: int) -> Quality:
    deserved = floor(found, facts)
    if deserved.rank >= found.category.rank:
        return replace(found, category=deserved, category_since=None)
    since = found.category_since or facts.day
    ripe = (facts.day - since).days >= cure_days
    if found.category.non_performing and not deserved.non_performing:
        paid = None if facts.days else found.paid_since or facts.day
        best = upgraded(found.category, paid, facts.every, facts.day) if paid else found.category
        deserved = worst(deserved, best)
        ripe = ripe and not best.non_performing
    if not ripe:
        return replace(found, category_since=since)
    return replace(found, category=deserved, category_since=None)


def _staged(found: Quality, facts: Facts, policy: Policy) -> Quality:
    marks = found.marks
    deserved = stage(
        facts.days,
        credit_impaired=marks.credit_impaired or marks.debt_evasion or marks.liquidation,
        increased_risk=marks.increased_risk or found.observed is not None,
        rebutted_30=policy.rebutted_30,
        rebutted_90=policy.rebutted_90,
        on=facts.day,
    )
    if found.override and found.override.stage:
        deserved = max(deserved, found.override.stage)
    if deserved >= found.stage:
        return replace(found, stage=deserved, stage_since=None)
    since = found.stage_since or facts.day
    if (facts.day - since).days < policy.cure_days:
        return replace(found, stage_since=since)
    better = max(deserved, found.stage - 1) if policy.cure_days else deserved
    return replace(found, stage=better, stage_since=facts.day if better > deserved else None)


def _accruing(found: Quality, facts: Facts, cure_days: int) -> Quality:
    """Interest stops at once; it runs again when nothing is past due, and has not been for long."""
    marks = found.marks
    stops = nonaccrual(
        facts.days,
        full_payment_expected=not marks.doubtful_payment,
        well_secured=marks.well_secured,
        in_collection=marks.in_collection,
        on=facts.day,
    )
    if stops or not found.nonaccrual or facts.days:
        return replace(found, nonaccrual=stops or found.nonaccrual, accrual_since=None)
    since = found.accrual_since or facts.day
    if (facts.day - since).days < cure_days:
        return replace(found, accrual_since=since)
    return replace(found, nonaccrual=False, accrual_since=None)


_DAYS = ("category_since", "stage_since", "accrual_since", "paid_since", "observed")


def as_object(found: Quality) -> dict[str, Any]:
    """A quality as plain values, without what is as in a good loan."""
    told: dict[str, Any] = {}
    for item in fields(found):
        value = getattr(found, item.name)
        if value != getattr(_GOOD, item.name):
            told[item.name] = value.isoformat() if isinstance(value, date) else value
    if "marks" in told:
        told["marks"] = {
            item.name: str(value) if isinstance(value, Fraction) else value
            for item in fields(found.marks)
            if (value := getattr(found.marks, item.name))
        }
    if found.override:
        until = found.override.until
        told["override"] = {
            "category": found.override.category and found.override.category.value,
            "stage": found.override.stage,
            "until": until.isoformat() if until else None,
        }
    for name in ("category", "observed_from"):
        if name in told:
            told[name] = str(told[name])
    return told


def from_object(told: Mapping[str, Any]) -> Quality:
    """The quality that `as_object` made plain."""
    given = dict(told)
    for name in _DAYS:
        if name in given:
            given[name] = date.fromisoformat(given[name])
    for name in ("category", "observed_from"):
        if name in given:
            given[name] = Category(given[name])
    if "marks" in given:
        marks: dict[str, Any] = given["marks"]
        plain: dict[str, Any] = {k: v if v is True else Fraction(v) for k, v in marks.items()}
        given["marks"] = Marks(**plain)
    if "override" in given:
        kept = given["override"]
        given["override"] = Override(
            Category(kept["category"]) if kept["category"] else None,
            kept["stage"],
            date.fromisoformat(kept["until"]) if kept["until"] else None,
        )
    return Quality(**given)


_GOOD = Quality()
