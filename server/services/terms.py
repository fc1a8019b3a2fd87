"""The terms of a product version, from messages and back."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ledger.book.chart import Role
from ledger.calc.conventional import InterestPeriod
from ledger.calc.periods import Frequency, InterestBasis, Unit
from ledger.calc.schedule import Method
from ledger.calc.shape import PLAIN
from ledger.lending import products
from ledger.loan.terms import Interest, PenaltyBase, RateStep, Settlement, Terms
from ledger.money import EXPONENTS, MAX_MINOR, Rounding
from loanledger.v1 import product_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.services.allocation import (
    allocation_message,
    allocation_of,
    order_message,
    order_of,
)
from server.services.fees import fee_message, fees_of
from server.services.floating import floating_message, floating_of, rolling_of
from server.services.pricing import pricing_message, pricing_of
from server.services.shapes import shape_message, shape_of

_HALF_MONTHS = (1, 15)
MAX_RATE = 10
MAX_MULTIPLE = 10
#: An offer of ten years is a slip of the keyboard.
MAX_OFFER_DAYS = 3660
MAX_REMINDERS = 20
MAX_GRACE = 365
MAX_YEARS = 100


def terms_of(check: Checks, terms: pb.Terms) -> Terms:
    """Terms with every violated field noted, and those that do not go together."""
    if terms.currency not in EXPONENTS:
        check.add("terms.currency", "is not an ISO 4217 currency in use")
    currency, path = terms.currency, "terms."
    frequency = frequency_of(check, terms.frequency, "terms.frequency")
    first, last = _range(check, terms, frequency)
    mode = check.choice(terms, "amortization", pb.Amortization, "AMORTIZATION_", path)
    basis = check.choice(terms, "interest_basis", pb.InterestBasis, "INTEREST_BASIS_", path)
    found = Terms(
        currency=currency,
        method=Method(mode or "equal_instalments"),
        frequency=frequency,
        basis=InterestBasis(basis or "period"),
        rounding=Rounding(
            check.choice(terms, "rounding", pb.RoundingMode, "ROUNDING_MODE_", path, "half_up")
        ),
        min_rate=check.rate(terms.min_rate, "terms.min_rate", MAX_RATE),
        max_rate=check.rate(terms.max_rate, "terms.max_rate", MAX_RATE),
        min_amount=_money(check, terms, "min_amount", 1),
        max_amount=_money(check, terms, "max_amount", MAX_MINOR),
        min_instalments=first,
        max_instalments=last,
        late_fee=_money(check, terms, "late_fee", 0),
        late_fee_grace=_days(check, terms, "late_fee_grace_days"),
        penalty_rate=_share(check, terms, "penalty_rate", MAX_RATE),
        penalty_grace=_days(check, terms, "penalty_grace_days"),
        interest_on_overdue=terms.interest_on_overdue,
        accounts=_accounts(check, terms),
        interest=Interest(
            check.option(terms, "interest", pb.InterestMode, "INTEREST_MODE_", path, "daily")
        ),
        settlement=Settlement(
            check.option(terms, "settlement", pb.Settlement, "SETTLEMENT_", path, "accrued")
        ),
        credit_allocation=order_of(check, terms.credit_allocation, "terms.credit_allocation"),
        **allocation_of(check, terms.allocation),
        **_more(check, terms),
    )
    check.violations.extend(products.terms_violations(found))
    return found


def _more(check: Checks, terms: pb.Terms) -> dict[str, Any]:
    """Fields that most products leave at their defaults."""
    shaped = terms.HasField("shape")
    return {
        "down_payment": _share(check, terms, "down_payment", 1),
        "down_payment_taken": terms.down_payment_taken,
        "shape": shape_of(check, terms.shape, "terms.shape", terms.currency) if shaped else PLAIN,
        "day_setting": check.text(terms.day_setting, "terms.day_setting", most=20),
        "interest_period": InterestPeriod(
            check.option(
                terms,
                "interest_period",
                pb.InterestPeriod,
                "INTEREST_PERIOD_",
                "terms.",
                "same_as_repayment",
            )
        ),
        "penalty_base": PenaltyBase(
            check.option(
                terms, "penalty_base", pb.PenaltyBase, "PENALTY_BASE_", "terms.", "principal"
            )
        ),
        "capitalised_rows": check.integer(
            terms.capitalised_instalments,
            "terms.capitalised_instalments",
            0,
            products.MAX_INSTALMENTS,
        ),
        "rate_steps": _rate_steps(check, terms),
        "penalty_multiple": _share(check, terms, "penalty_multiple", MAX_MULTIPLE),
        "penalty_cap": _share(check, terms, "penalty_cap", MAX_MULTIPLE),
        "capitalised_every": check.integer(
            terms.capitalised_every, "terms.capitalised_every", 0, products.MAX_INSTALMENTS
        ),
        "offer_days": check.integer(terms.offer_days, "terms.offer_days", 0, MAX_OFFER_DAYS),
        "reminder_days": _reminder_days(check, terms),
        "profile": terms.profile or "allowance",
        "fees": fees_of(check, terms.fees, terms.currency),
        "conventions": terms.conventions or "standard",
        "floating": floating_of(check, terms),
        "pricing": pricing_of(check, terms),
        **rolling_of(check, terms),
    }


def _reminder_days(check: Checks, terms: pb.Terms) -> tuple[int, ...]:
    """In rising order, each once; a month before a due date and a year after it are enough."""
    found = tuple(terms.reminder_days)
    if list(found) != sorted(set(found)) or len(found) > MAX_REMINDERS:
        text = f"must be in rising order, each once, and at most {MAX_REMINDERS}"
        check.add("terms.reminder_days", text)
    if any(not -31 <= day <= 366 for day in found):
        check.add("terms.reminder_days", "must lie between -31 and 366")
    return found


def _rate_steps(check: Checks, terms: pb.Terms) -> tuple[RateStep, ...]:
    found = []
    for number, step in enumerate(terms.rate_steps):
        path = f"terms.rate_steps[{number}]."
        limit = products.MAX_INSTALMENTS
        instalment = check.integer(step.instalment, path + "instalment", 1, limit)
        found.append(RateStep(instalment, check.rate(step.added, path + "added", 1, least=-1)))
    return tuple(found)


def frequency_of(check: Checks, found: pb.Frequency, path: str) -> Frequency:
    """A frequency; its violations are told under the path of its field."""
    name = check.choice(found, "unit", pb.FrequencyUnit, "FREQUENCY_UNIT_", f"{path}.", "month")
    unit = Unit(name)
    every = check.integer(found.every, f"{path}.every", 1, 365) or 1
    if not found.days:
        return Frequency(unit, every)
    first, *rest = found.days
    if unit is not Unit.SEMI_MONTH:
        check.add(f"{path}.days", "are for FREQUENCY_UNIT_SEMI_MONTH alone")
    elif len(rest) != 1 or not 1 <= first < rest[0] <= 31 or first > 28:
        check.add(f"{path}.days", "must be two rising days of the month, such as 15 and 31")
    else:
        return Frequency(unit, every, (first, rest[0]))
    return Frequency(unit, every)


def _range(check: Checks, terms: pb.Terms, frequency: Frequency) -> tuple[int, int]:
    limit = products.MAX_INSTALMENTS
    first = check.integer(terms.min_instalments, "terms.min_instalments", 1, limit)
    last = check.integer(terms.max_instalments, "terms.max_instalments", 1, limit)
    if last / frequency.per_year > MAX_YEARS:
        check.add("terms.max_instalments", f"the longest term must not pass {MAX_YEARS} years")
    return first, last


def _money(check: Checks, terms: pb.Terms, field: str, default: int) -> int:
    if not terms.HasField(field):
        return default
    zero, path = field == "late_fee", f"terms.{field}"
    return check.money(getattr(terms, field), path, zero=zero, currency=terms.currency)[1]


def _share(check: Checks, terms: pb.Terms, field: str, most: int) -> Fraction:
    if not terms.HasField(field):
        return Fraction(0)
    return check.rate(getattr(terms, field), f"terms.{field}", most)


def _days(check: Checks, terms: pb.Terms, field: str) -> int:
    return check.integer(getattr(terms, field), f"terms.{field}", 0, MAX_GRACE)


def _accounts(check: Checks, terms: pb.Terms) -> dict[Role, str]:
    found, roles = {}, {role.value for role in Role}
    for name, code in terms.accounts.items():
        if name in roles:
            found[Role(name)] = code
            continue
        known = ", ".join(role.value for role in Role)
        check.add(f"terms.accounts[{name[:40]}]", f"is not a role; roles are {known}")
    return found


def terms_message(terms: Terms) -> pb.Terms:
    """Terms as a message; what bends nothing is left out."""
    currency = terms.currency
    message = pb.Terms(
        currency=currency,
        amortization=f"AMORTIZATION_{terms.method.name}",
        frequency=frequency_message(terms.frequency),
        interest_basis=f"INTEREST_BASIS_{terms.basis.name}",
        rounding=f"ROUNDING_MODE_{terms.rounding.name}",
        min_rate=convert.decimal(terms.min_rate),
        max_rate=convert.decimal(terms.max_rate),
        min_amount=convert.money(terms.min_amount, currency),
        max_amount=convert.money(terms.max_amount, currency),
        min_instalments=terms.min_instalments,
        max_instalments=terms.max_instalments,
        allocation=allocation_message(terms),
        late_fee=convert.money(terms.late_fee, currency),
        late_fee_grace_days=terms.late_fee_grace,
        penalty_rate=convert.decimal(terms.penalty_rate),
        penalty_grace_days=terms.penalty_grace,
        interest_on_overdue=terms.interest_on_overdue,
        accounts={role.value: code for role, code in terms.accounts.items()},
        interest=f"INTEREST_MODE_{terms.interest.name}",
        settlement=f"SETTLEMENT_{terms.settlement.name}",
        credit_allocation=order_message(terms.credit_allocation),
        down_payment=convert.decimal(terms.down_payment),
        down_payment_taken=terms.down_payment_taken,
        day_setting=terms.day_setting,
        interest_period=f"INTEREST_PERIOD_{terms.interest_period.name}",
        profile=terms.profile,
        fees=[fee_message(fee, currency) for fee in terms.fees],
        conventions=terms.conventions,
        penalty_base=f"PENALTY_BASE_{terms.penalty_base.name}",
        capitalised_instalments=terms.capitalised_rows,
        penalty_multiple=convert.decimal(terms.penalty_multiple),
        penalty_cap=convert.decimal(terms.penalty_cap),
        capitalised_every=terms.capitalised_every,
        offer_days=terms.offer_days,
        reminder_days=terms.reminder_days,
        rate_steps=[
            pb.SteppedRate(instalment=step.instalment, added=convert.decimal(step.added))
            for step in terms.rate_steps
        ],
        floating=floating_message(terms.floating),
        calendar=terms.calendar,
        roll=f"ROLL_{terms.roll.name}" if terms.calendar else None,
        interest_unadjusted=not terms.interest_follows,
        pricing=pricing_message(terms),
    )
    if terms.shape != PLAIN:
        message.shape.CopyFrom(shape_message(terms.shape, currency))
    return message


def frequency_message(found: Frequency) -> pb.Frequency:
    """A frequency; half months tell their days where they are not the usual ones."""
    special = found.unit is Unit.SEMI_MONTH and found.days != _HALF_MONTHS
    return pb.Frequency(
        unit=f"FREQUENCY_UNIT_{found.unit.name}",
        every=found.every,
        days=found.days if special else (),
    )
