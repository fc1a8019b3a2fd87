"""The credit policy of a book: how loans age, are classified, and what is set aside for losses.

A value like any other: published as a version with a first day, never changed. `DEFAULT` holds
where a book published none: it ages and classifies, and posts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from ledger.calc.classification import Category
from ledger.calc.delinquency import BUCKETS
from ledger.errors import Violation

MAX_BUCKETS, MAX_DAYS = 30, 3660


class Regime(StrEnum):
    """Whose rules a book's loans are classified by; several may be."""

    FIVE_CATEGORY = "five_category"
    IFRS9 = "ifrs9"
    US = "us"


class Suspension(StrEnum):
    """What stops interest from being income by itself; NONE leaves it to people."""

    NONE = "none"
    NONACCRUAL = "nonaccrual"
    NON_PERFORMING = "non_performing"
    STAGE_3 = "stage_3"


class Method(StrEnum):
    """How the allowance of a loan comes about; NONE keeps none."""

    NONE = "none"
    CATEGORY = "category"
    EXPECTED_LOSS = "expected_loss"


class When(StrEnum):
    """On which evenings the allowance is worked out anew."""

    MONTH_END = "month_end"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Curve:
    """Probabilities of default in each year to come, seen from today; the last one goes on.

    Empty product or bucket: of all that have no curve of their own.
    """

    defaults: tuple[Fraction, ...]
    product: str = ""
    bucket: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What may come, how likely it is, and by what it multiplies defaults and losses."""

    name: str
    weight: Fraction
    defaults: Fraction = Fraction(1)
    losses: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Provisioning:
    """What is set aside: rates of principal by category, or expected credit losses.

    `loss` is what is lost of an exposure that no collateral covers, `haircut` what a collateral's
    value loses in a sale; `individual` the principal by currency from which a loan may be assessed
    by itself (in minor units; none: any).
    """

    method: Method = Method.NONE
    when: When = When.MONTH_END
    rates: Mapping[Category, Fraction] = field(default_factory=dict)
    curves: tuple[Curve, ...] = ()
    loss: Fraction = Fraction(1)
    haircut: Fraction = Fraction(0)
    scenarios: tuple[Scenario, ...] = ()
    individual: Mapping[str, int] = field(default_factory=dict)

    def curve(self, product: str, bucket: str) -> Curve:
        """The curve of a product's loans in a bucket: the nearest that there is."""
        named = {(found.product, found.bucket): found for found in self.curves}
        order = ((product, bucket), (product, ""), ("", bucket), ("", ""))
        return next(named[key] for key in order if key in named)


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of a book's credit policy.

    `buckets` are names with their first day past due; overdue of no more than the `tolerance` of
    its currency (minor units) is none, and no more than `tolerance_days` count as current.
    `cure_days` is how long a better grade must be deserved without a break before it is given.
    """

    version: int = 0
    effective_from: date = date.min
    title: str = "built-in"
    buckets: tuple[tuple[str, int], ...] = tuple((name, first) for name, first, _ in BUCKETS)
    tolerance: Mapping[str, int] = field(default_factory=dict)
    tolerance_days: int = 0
    cure_days: int = 0
    regimes: frozenset[Regime] = frozenset({Regime.FIVE_CATEGORY})
    rebutted_30: bool = False
    rebutted_90: bool = False
    suspension: Suspension = Suspension.NONE
    provisioning: Provisioning = Provisioning()
    booked_at: int = 0

    def counted(self, days: int) -> int:
        """Days past due as buckets and categories count them."""
        return 0 if days <= self.tolerance_days else days

    def bucket(self, days: int) -> str:
        """The bucket of so many days past due."""
        counted = self.counted(days)
        return [name for name, first in self.buckets if first <= counted][-1]


DEFAULT = Policy()


def on_day(versions: Sequence[Policy], day: date) -> Policy:
    """The policy in force on a day: the newest that has begun, else the built-in one."""
    return max(
        (found for found in versions if found.effective_from <= day),
        key=lambda found: found.version,
        default=DEFAULT,
    )


def violations(policy: Policy) -> Iterator[Violation]:
    """What does not fit together, by field of the policy."""
    firsts = [first for _, first in policy.buckets]
    if not firsts or firsts[0] != 0 or sorted(set(firsts)) != firsts:
        yield Violation("buckets", "must begin with day 0 and go up, each with a later first day")
    if len({name for name, _ in policy.buckets}) < len(policy.buckets):
        yield Violation("buckets", "must have different names")
    needs = {
        Suspension.NONACCRUAL: Regime.US,
        Suspension.NON_PERFORMING: Regime.FIVE_CATEGORY,
        Suspension.STAGE_3: Regime.IFRS9,
    }.get(policy.suspension)
    if needs and needs not in policy.regimes:
        yield Violation("suspension", f"needs the regime {needs.name}")
    yield from _provisioning(policy)


def _provisioning(policy: Policy) -> Iterator[Violation]:
    found, regimes = policy.provisioning, policy.regimes
    if found.method is Method.CATEGORY:
        if Regime.FIVE_CATEGORY not in regimes:
            yield Violation("provisioning.method", "needs the regime FIVE_CATEGORY")
        if set(found.rates) != set(Category):
            yield Violation("provisioning.rates", "must have one rate for each category")
    if found.method is Method.EXPECTED_LOSS:
        if Regime.IFRS9 not in regimes:
            yield Violation("provisioning.method", "needs the regime IFRS9")
        if not any(not curve.product and not curve.bucket for curve in found.curves):
            yield Violation("provisioning.curves", "must have one without product and bucket")
        if sum((s.weight for s in found.scenarios), Fraction(0)) != 1:
            yield Violation("provisioning.scenarios", "must have weights that sum to 1")
    names = {name for name, _ in policy.buckets}
    for index, curve in enumerate(found.curves):
        place = f"provisioning.curves[{index}]"
        if not curve.defaults or sum(curve.defaults) > 1:
            yield Violation(f"{place}.defaults", "must be some, and sum to 1 at most")
        if curve.bucket and curve.bucket not in names:
            yield Violation(f"{place}.bucket", "must be one of the policy's buckets")
    if len({(curve.product, curve.bucket) for curve in found.curves}) < len(found.curves):
        yield Violation("provisioning.curves", "must have different products or buckets")


def as_object(policy: Policy) -> dict[str, Any]:
    """A policy as plain values: fractions as text, the version beside it."""
    found = policy.provisioning
    return {
        "buckets": [[name, first] for name, first in policy.buckets],
        "cure_days": policy.cure_days,
        "provisioning": {
            "curves": [
                [c.product, c.bucket, [str(share) for share in c.defaults]] for c in found.curves
            ],
            "haircut": str(found.haircut),
            "individual": dict(found.individual),
            "loss": str(found.loss),
            "method": found.method.value,
            "rates": {category.value: str(rate) for category, rate in found.rates.items()},
            "scenarios": [
                [s.name, str(s.weight), str(s.defaults), str(s.losses)] for s in found.scenarios
            ],
            "when": found.when.value,
        },
        "rebutted_30": policy.rebutted_30,
        "rebutted_90": policy.rebutted_90,
        "regimes": sorted(policy.regimes),
        "suspension": policy.suspension.value,
        "title": policy.title,
        "tolerance": dict(policy.tolerance),
        "tolerance_days": policy.tolerance_days,
    }


def from_object(given: Mapping[str, Any], version: int, since: date, booked_at: int) -> Policy:
    """The policy that `as_object` made plain."""
    found = given["provisioning"]
    return Policy(
        version=version,
        effective_from=since,
        title=given["title"],
        buckets=tuple((name, first) for name, first in given["buckets"]),
        tolerance=given["tolerance"],
        tolerance_days=given["tolerance_days"],
        cure_days=given["cure_days"],
        regimes=frozenset(Regime(name) for name in given["regimes"]),
        rebutted_30=given["rebutted_30"],
        rebutted_90=given["rebutted_90"],
        suspension=Suspension(given["suspension"]),
        provisioning=Provisioning(
            method=Method(found["method"]),
            when=When(found["when"]),
            rates={Category(name): Fraction(rate) for name, rate in found["rates"].items()},
            curves=tuple(
                Curve(tuple(Fraction(share) for share in shares), product, bucket)
                for product, bucket, shares in found["curves"]
            ),
            loss=Fraction(found["loss"]),
            haircut=Fraction(found["haircut"]),
            scenarios=tuple(Scenario(s[0], *map(Fraction, s[1:])) for s in found["scenarios"]),
            individual=found["individual"],
        ),
        booked_at=booked_at,
    )
