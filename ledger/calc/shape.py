"""What bends a schedule: balloons, steps, grace, seasons, whole units; beside its method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ledger.calc.periods import Period
from ledger.errors import Violation


class Method(StrEnum):
    """How principal is spread over the rows."""

    EQUAL_INSTALMENTS = "equal_instalments"
    EQUAL_PRINCIPAL = "equal_principal"
    INTEREST_ONLY = "interest_only"
    SINGLE_REPAYMENT = "single_repayment"
    FLAT = "flat"
    GRADUATED = "graduated"
    CUSTOM = "custom"
    FIXED_INSTALMENT = "fixed_instalment"
    REVOLVING = "revolving"


@dataclass(frozen=True, slots=True)
class Shape:
    """Departures from the plain schedule; amounts in minor units, rows by their absolute number.

    `balloon` is left for the last row. Graduated instalments grow by `step` (shrink below 0) every
    `step_every` rows. Rows up to `principal_grace` bear no principal. Interest of rows up to
    `interest_grace` waits, without compounding, for the row after and comes on top of it. Rows up
    to `interest_free` bear no interest. In `skipped_months` nothing falls due: interest waits for
    the next row, whose level instalment covers it. The level instalment is a multiple of `unit`.
    A revolving row pays `minimum_share` of the balance that it begins with, and at least `minimum`.
    `custom` is the principal by row. `flat_base` is what flat interest is worked out on where that
    is not the principal, such as the whole amount before a down payment. The last row always pays.
    """

    balloon: int = 0
    step: Fraction = Fraction(0)
    step_every: int = 12
    principal_grace: int = 0
    interest_grace: int = 0
    interest_free: int = 0
    skipped_months: frozenset[int] = frozenset()
    unit: int = 1
    custom: tuple[int, ...] = ()
    flat_base: int | None = None
    minimum_share: Fraction = Fraction(0)
    minimum: int = 0

    @property
    def moves_interest(self) -> bool:
        """Whether the interest of some row waits for a later one."""
        return bool(self.skipped_months or self.interest_grace)


PLAIN = Shape()

_AMORTISING = (
    Method.EQUAL_INSTALMENTS,
    Method.EQUAL_PRINCIPAL,
    Method.FLAT,
    Method.GRADUATED,
    Method.FIXED_INSTALMENT,
)


def payable(periods: Sequence[Period], shape: Shape) -> list[bool]:
    """Which rows fall due at all; the last always does."""
    if not shape.skipped_months:
        return [True] * len(periods)
    found = [period.due.month not in shape.skipped_months for period in periods]
    return [*found[:-1], True]


def bearing(periods: Sequence[Period], shape: Shape) -> list[bool]:
    """Which rows bear principal; the last always does."""
    due = payable(periods, shape)
    if not shape.principal_grace:
        return due
    found = [one and p.no > shape.principal_grace for one, p in zip(due, periods, strict=True)]
    return [*found[:-1], True]


def weight(shape: Shape, no: int) -> Fraction:
    """A graduated row's instalment as a multiple of the first one that bears principal."""
    steps = max(no - 1 - shape.principal_grace, 0) // shape.step_every
    return Fraction((1 + shape.step) ** steps)


def violations(
    method: Method, principal: int, count: int, shape: Shape, instalment: int | None = None
) -> list[Violation]:
    """Why a new loan of so many rows cannot have this shape; empty if it can.

    `plan` itself is lenient, as a loan in mid-life may have outgrown what was asked at its start.
    """
    fixed, custom = method is Method.FIXED_INSTALMENT, method is Method.CUSTOM
    graces = (shape.principal_grace, shape.interest_grace, shape.interest_free)
    months, least = shape.skipped_months, shape.minimum_share
    line = method is Method.REVOLVING
    checks = (
        ("balloon", "must lie between 0 and the principal", not 0 <= shape.balloon <= principal),
        ("balloon", "needs a method that amortises", shape.balloon and method not in _AMORTISING),
        ("step", "must be above -1", shape.step <= -1),
        ("step", "needs the graduated method", shape.step and method is not Method.GRADUATED),
        ("step_every", "must be at least 1", shape.step_every < 1),
        ("grace", f"must lie between 0 and {count - 1}", any(not 0 <= n < count for n in graces)),
        ("skipped_months", "must be months from 1 to 12", not months <= set(range(1, 13))),
        ("skipped_months", "must leave a month to pay in", len(months) > 11),
        ("unit", "must be at least 1", shape.unit < 1),
        ("custom", "must be given for the custom method alone", custom != bool(shape.custom)),
        ("custom", f"must have {count} rows", custom and len(shape.custom) != count),
        ("custom", f"must add up to {principal}", custom and sum(shape.custom) != principal),
        ("custom", "must not be negative", any(part < 0 for part in shape.custom)),
        ("minimum_share", "must lie between 0 and 1", not 0 <= least <= 1),
        ("minimum_share", "needs the revolving method", least and not line),
        ("minimum", "must not be negative", shape.minimum < 0),
        ("minimum", "needs the revolving method", shape.minimum and not line),
        ("instalment", "must be above 0", fixed and (instalment is None or instalment <= 0)),
    )
    return [Violation(field, text) for field, text, wrong in checks if wrong]
