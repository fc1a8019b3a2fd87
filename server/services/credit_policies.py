"""Credit policies between contract and domain: every violated field is told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from google.protobuf.message import Message
from google.type import decimal_pb2

from ledger.calc.classification import Category
from ledger.calc.policy import (
    DEFAULT,
    MAX_BUCKETS,
    MAX_DAYS,
    Curve,
    Method,
    Policy,
    Provisioning,
    Regime,
    Scenario,
    Suspension,
    When,
)
from loanledger.v1 import risk_service_pb2 as pb
from server import convert
from server.checks import Checks

MAX_YEARS, MAX_CURVES, MAX_FACTOR = 40, 500, 100
_T = TypeVar("_T")
_CATEGORIES = {
    value: Category(name.removeprefix("CREDIT_CATEGORY_").lower())
    for name, value in pb.CreditCategory.items()
    if value
}
CATEGORY: Mapping[Category, str] = {
    category: f"CREDIT_CATEGORY_{category.name}" for category in Category
}


def asked(check: Checks, given: pb.CreditPolicy, field: str = "policy") -> Policy:
    """The policy of a request; its version is set when it is published."""
    effective = check.date(given, "effective_from", f"{field}.", required=True)
    for index, bucket in enumerate(given.buckets):
        place = f"{field}.buckets[{index}]"
        check.text(bucket.name, f"{place}.name", required=True, most=40)
        check.integer(bucket.first_day, f"{place}.first_day", 0, MAX_DAYS)
    if len(given.buckets) > MAX_BUCKETS:
        check.add(f"{field}.buckets", f"at most {MAX_BUCKETS}")
    regimes = _regimes(check, given, field)
    suspension = check.option(
        given, "suspension", pb.InterestSuspension, "INTEREST_SUSPENSION_", f"{field}.", "none"
    )
    return Policy(
        effective_from=effective or date.min,
        title=check.text(given.title, f"{field}.title", required=True, most=200),
        buckets=tuple((b.name, b.first_day) for b in given.buckets) or DEFAULT.buckets,
        tolerance=check.amounts(given.tolerances, f"{field}.tolerances"),
        tolerance_days=check.integer(given.tolerance_days, f"{field}.tolerance_days", 0, MAX_DAYS),
        cure_days=check.integer(given.cure_days, f"{field}.cure_days", 0, MAX_DAYS),
        regimes=regimes or DEFAULT.regimes,
        rebutted_30=given.rebutted_30,
        rebutted_90=given.rebutted_90,
        suspension=Suspension(suspension),
        provisioning=_provisioning(check, given.provisioning, f"{field}.provisioning"),
    )


def _regimes(check: Checks, given: pb.CreditPolicy, field: str) -> frozenset[Regime]:
    known = {
        value: Regime(name.removeprefix("CREDIT_REGIME_").lower())
        for name, value in pb.CreditRegime.items()
        if value
    }
    for index, value in enumerate(given.regimes):
        if value not in known:
            check.add(f"{field}.regimes[{index}]", "must be a known regime")
    return frozenset(known[value] for value in given.regimes if value in known)


def _provisioning(check: Checks, given: pb.Provisioning, field: str) -> Provisioning:
    method = check.option(
        given, "method", pb.ProvisioningMethod, "PROVISIONING_METHOD_", f"{field}.", "none"
    )
    when = check.option(
        given,
        "frequency",
        pb.ProvisioningFrequency,
        "PROVISIONING_FREQUENCY_",
        f"{field}.",
        "month_end",
    )
    if len(given.curves) > MAX_CURVES:
        check.add(f"{field}.curves", f"at most {MAX_CURVES}")
    return Provisioning(
        method=Method(method),
        when=When(when),
        rates=_rates(check, given.rates, f"{field}.rates"),
        curves=_each(check, given.curves[:MAX_CURVES], f"{field}.curves", _curve),
        loss=_share(check, given, "loss_given_default", field, Fraction(1)),
        haircut=_share(check, given, "haircut", field, Fraction(0)),
        scenarios=_each(check, given.scenarios[:MAX_BUCKETS], f"{field}.scenarios", _scenario),
        individual=check.amounts(given.individual_from, f"{field}.individual_from"),
    )


def _each(
    check: Checks, given: Iterable[Any], field: str, read: Callable[[Checks, Any, str], _T]
) -> tuple[_T, ...]:
    return tuple(read(check, item, f"{field}[{index}]") for index, item in enumerate(given))


def _rates(check: Checks, given: Iterable[pb.CategoryRate], field: str) -> dict[Category, Fraction]:
    found: dict[Category, Fraction] = {}
    for index, item in enumerate(given):
        category = _CATEGORIES.get(item.category)
        rate = check.rate(item.rate, f"{field}[{index}].rate", 1)
        if category is None or category in found:
            check.add(f"{field}[{index}].category", "must be a category, each once")
        else:
            found[category] = rate
    return found


def _curve(check: Checks, given: pb.DefaultCurve, field: str) -> Curve:
    if len(given.defaults) > MAX_YEARS:
        check.add(f"{field}.defaults", f"at most {MAX_YEARS} years")
    shares = _each(check, given.defaults[:MAX_YEARS], f"{field}.defaults", _probability)
    product = check.text(given.product, f"{field}.product", most=40)
    return Curve(shares, product, check.text(given.bucket, f"{field}.bucket", most=40))


def _probability(check: Checks, given: decimal_pb2.Decimal, field: str) -> Fraction:
    return check.rate(given, field, 1)


def _scenario(check: Checks, given: pb.LossScenario, field: str) -> Scenario:
    return Scenario(
        check.text(given.name, f"{field}.name", required=True, most=100),
        check.rate(given.weight, f"{field}.weight", 1),
        _share(check, given, "default_factor", field, Fraction(1), MAX_FACTOR),
        _share(check, given, "loss_factor", field, Fraction(1), MAX_FACTOR),
    )


def _share(
    check: Checks, owner: Message, name: str, field: str, default: Fraction, most: int = 1
) -> Fraction:
    if not owner.HasField(name):
        return default
    return check.rate(getattr(owner, name), f"{field}.{name}", most)


def message(book: str, policy: Policy, booked_at: int = 0) -> pb.CreditPolicy:
    """A policy as the contract tells it."""
    found = policy.provisioning
    told = pb.CreditPolicy(
        name=f"books/{book}/creditPolicies/{policy.version}",
        version=policy.version,
        title=policy.title,
        buckets=[pb.BucketRule(name=name, first_day=first) for name, first in policy.buckets],
        tolerances=[convert.money(amount, code) for code, amount in policy.tolerance.items()],
        tolerance_days=policy.tolerance_days,
        cure_days=policy.cure_days,
        regimes=[f"CREDIT_REGIME_{name.upper()}" for name in sorted(policy.regimes)],
        rebutted_30=policy.rebutted_30,
        rebutted_90=policy.rebutted_90,
        suspension=f"INTEREST_SUSPENSION_{policy.suspension.name}",
        provisioning=pb.Provisioning(
            method=f"PROVISIONING_METHOD_{found.method.name}",
            frequency=f"PROVISIONING_FREQUENCY_{found.when.name}",
            rates=[
                pb.CategoryRate(category=CATEGORY[category], rate=convert.decimal(rate))
                for category, rate in found.rates.items()
            ],
            curves=[
                pb.DefaultCurve(
                    defaults=[convert.decimal(share) for share in curve.defaults],
                    product=curve.product,
                    bucket=curve.bucket,
                )
                for curve in found.curves
            ],
            loss_given_default=convert.decimal(found.loss),
            haircut=convert.decimal(found.haircut),
            scenarios=[
                pb.LossScenario(
                    name=scenario.name,
                    weight=convert.decimal(scenario.weight),
                    default_factor=convert.decimal(scenario.defaults),
                    loss_factor=convert.decimal(scenario.losses),
                )
                for scenario in found.scenarios
            ],
            individual_from=[convert.money(n, code) for code, n in found.individual.items()],
        ),
    )
    if policy.version:
        told.effective_from.CopyFrom(convert.day(policy.effective_from))
        told.create_time.CopyFrom(convert.moment(booked_at or policy.booked_at))
    return told
