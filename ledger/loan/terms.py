"""What a product promises and what one loan agreed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from ledger.book.chart import Role
from ledger.calc.allocation import Component, Excess, Mode, Order, Waterfall
from ledger.calc.calendar import Roll
from ledger.calc.conventional import Counting, InterestPeriod, setting
from ledger.calc.conventions import CONVENTIONS, Conventions
from ledger.calc.periods import (
    Frequency,
    InterestBasis,
)
from ledger.calc.pricing import UNPRICED, Pricing
from ledger.calc.schedule import Method
from ledger.calc.shape import PLAIN, Shape
from ledger.loan.fees import FeeRule, When
from ledger.loan.floating import Floating
from ledger.money import Rounding


class Interest(StrEnum):
    """What bears interest: the real balance day by day, or the schedule's balance by period."""

    DAILY = "daily"
    SCHEDULED = "scheduled"


class Settlement(StrEnum):
    """The interest that a payoff before maturity costs on a scheduled balance."""

    ACCRUED = "accrued"
    FULL = "full"
    RULE_OF_78 = "rule_of_78"


class PenaltyBase(StrEnum):
    """What bears the penalty rate: overdue principal (罚息), or overdue interest as well (复利)."""

    PRINCIPAL = "principal"
    PRINCIPAL_AND_INTEREST = "principal_and_interest"


@dataclass(frozen=True, slots=True)
class Override:
    """Another excess rule or order for one kind of money, such as a merchant's refund."""

    excess: Excess
    order: Order = ()


@dataclass(frozen=True, slots=True)
class RateStep:
    """What is added to a loan's agreed annual rate from the period of an instalment on."""

    instalment: int
    added: Fraction


@dataclass(frozen=True, slots=True)
class Terms:
    """A product version. Amounts in minor units of `currency`, rates a year as exact fractions.

    Interest of rows numbered up to `capitalised_rows` becomes principal when it falls due. With
    `rate_steps` a loan bears its agreed rate plus the latest step's: a teaser, or rates that rise.
    The penalty rate is `penalty_rate`, or `penalty_multiple` times the rate that the loan bears.
    Penalty interest ends at `penalty_cap` of the amount paid out (0: no cap). On the due date of
    each `capitalised_every`-th row interest that earlier rows left unpaid becomes principal. What
    is approved and not paid out within `offer_days` lapses (0: never). Reminders go out so many
    `reminder_days` before (negative) or after a due date that is not paid.
    """

    currency: str
    method: Method
    frequency: Frequency
    basis: InterestBasis
    rounding: Rounding
    order: Order
    mode: Mode
    excess: Excess
    min_rate: Fraction
    max_rate: Fraction
    min_amount: int
    max_amount: int
    min_instalments: int
    max_instalments: int
    late_fee: int = 0
    late_fee_grace: int = 0
    penalty_rate: Fraction = Fraction(0)
    penalty_grace: int = 0
    interest_on_overdue: bool = False
    accounts: Mapping[Role, str] = field(default_factory=dict)
    interest: Interest = Interest.DAILY
    settlement: Settlement = Settlement.ACCRUED
    due_order: Order = ()
    advance_order: Order = ()
    advance_mode: Mode = Mode.BY_INSTALMENT
    overrides: Mapping[str, Override] = field(default_factory=dict)
    credit_allocation: Order = ()
    down_payment: Fraction = Fraction(0)
    down_payment_taken: bool = False
    shape: Shape = PLAIN
    day_setting: str = ""
    interest_period: InterestPeriod = InterestPeriod.SAME_AS_REPAYMENT
    profile: str = "allowance"
    penalty_base: PenaltyBase = PenaltyBase.PRINCIPAL
    capitalised_rows: int = 0
    rate_steps: tuple[RateStep, ...] = ()
    penalty_multiple: Fraction = Fraction(0)
    fees: tuple[FeeRule, ...] = ()
    conventions: str = "standard"
    floating: Floating | None = None
    calendar: str = ""
    roll: Roll = Roll.UNADJUSTED
    interest_follows: bool = True
    pricing: Pricing = UNPRICED
    penalty_cap: Fraction = Fraction(0)
    capitalised_every: int = 0
    offer_days: int = 0
    reminder_days: tuple[int, ...] = ()

    @property
    def revolving(self) -> bool:
        """Whether what was repaid may be drawn again."""
        return self.method is Method.REVOLVING

    @property
    def commitment(self) -> FeeRule | None:
        """The fee on what may still be drawn."""
        return next((rule for rule in self.fees if rule.when is When.COMMITMENT), None)

    @property
    def penalised(self) -> bool:
        """Whether what is overdue bears a penalty rate."""
        return bool(self.penalty_rate or self.penalty_multiple)

    @property
    def late_rules(self) -> tuple[FeeRule, ...]:
        """The fees that an instalment brings when its grace days leave it unpaid."""
        found = tuple(rule for rule in self.fees if rule.when is When.LATE) if self.fees else ()
        if not self.late_fee:
            return found
        return (_late_fee(self.late_fee, self.late_fee_grace), *found)

    @property
    def habits(self) -> Conventions:
        """The parameters that the name of the conventions stands for."""
        return CONVENTIONS[self.conventions]

    @property
    def counting(self) -> Counting | None:
        """How interest periods count where days a month and a year are set, not a day count."""
        if not self.day_setting:
            return None
        return Counting(
            self.frequency, setting(self.day_setting), self.interest_period, self.habits
        )

    def waterfall(self, kind: str = "", excess: Excess | None = None) -> Waterfall:
        """The allocation rules for money of a kind; `excess` overrides the product's."""
        special = self.overrides.get(kind)
        rule = excess or (special.excess if special else self.excess)
        order = special.order if special and special.order else self.order
        return Waterfall(
            order,
            self.mode,
            rule,
            self.due_order or None,
            self.advance_order or None,
            self.advance_mode,
        )


def instructed(rule: Waterfall, told: Mapping[str, Any]) -> Waterfall:
    """The rules for money whose payer told how it is to be used."""
    if "order" in told:
        order = tuple(Component(name) for name in told["order"])
        rule = rule._replace(order=order, due_order=None, advance_order=None)
    mode, excess = told.get("mode", rule.mode), told.get("excess", rule.excess)
    return rule._replace(mode=Mode(mode), excess=Excess(excess))


@dataclass(frozen=True, slots=True)
class Agreement:
    """What one loan agreed on within its product's limits; `first_due` makes a stub period.

    `shape` takes the place of the product's. `instalment` is agreed for a fixed instalment. `steps`
    are (instalment, annual rate) in place of the product's: the rate of that instalment's period
    and later ones. `dues` are the due dates where they do not follow from start and frequency, such
    as business days, and `planned` those that they were before they rolled. `margin` is the loan's
    own over its index.
    """

    amount: int
    rate: Fraction
    instalments: int
    first_due: date | None = None
    shape: Shape | None = None
    instalment: int = 0
    steps: tuple[tuple[int, Fraction], ...] = ()
    dues: tuple[date, ...] = ()
    planned: tuple[date, ...] = ()
    margin: Fraction | None = None


@lru_cache(maxsize=1024)
def _late_fee(fixed: int, grace: int) -> FeeRule:
    return FeeRule("late fee", When.LATE, fixed, grace=grace)
