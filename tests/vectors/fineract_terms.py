"""Terms of a Fineract scenario as our own terms and agreement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ledger.calc.allocation import Component, Excess, Mode, Order
from ledger.calc.conventional import InterestPeriod
from ledger.calc.periods import Frequency, InterestBasis, Unit
from ledger.calc.schedule import Method
from ledger.calc.shape import Shape
from ledger.loan.events import Kind
from ledger.loan.terms import Agreement, Interest, Override, Settlement, Terms
from ledger.money import Rounding
from tests.vectors.case import Case

METHODS = {
    ("flat", "equal_instalments"): Method.FLAT,
    ("declining_balance", "equal_instalments"): Method.EQUAL_INSTALMENTS,
    ("declining_balance", "equal_principal"): Method.EQUAL_PRINCIPAL,
}
UNITS = {"days": Unit.DAY, "weeks": Unit.WEEK, "months": Unit.MONTH}
MODES = {"horizontal": Mode.BY_INSTALMENT, "vertical": Mode.BY_COMPONENT}
FUTURE = {
    "next_instalment": Excess.NEXT_INSTALMENT,
    "last_instalment": Excess.LAST_INSTALMENT,
    "reamortization": Excess.PROPORTIONAL,
}
KINDS = {
    "repayment": Kind.REPAID,
    "down_payment": Kind.DOWN_PAID,
    "goodwill_credit": Kind.GOODWILL_CREDITED,
    "merchant_issued_refund": Kind.MERCHANT_REFUNDED,
    "payout_refund": Kind.PAYOUT_REFUNDED,
    "charge_adjustment": Kind.CHARGE_ADJUSTED,
}
#: Where a scenario has no payment, how one would be allocated matters nothing.
OLDEST_FIRST = {
    "kind": "oldest_instalment_first",
    "order": ["penalty", "fee", "interest", "principal"],
}
#: What tells a scenario apart in its own system and decides no figure.
LABELS = (
    "product_label",
    "multi_disburse",
    "accounting",
    "note",
    "term",
    "term_unit",
    "instalment_level_delinquency",
    "month_end",
)


def minor(text: str | None) -> int:
    """A decimal amount in cents."""
    return int(Decimal(text or "0") * 100)


def terms_of(part: Case) -> Terms:
    """The product that a scenario's terms describe."""
    for name in LABELS:
        part.take(name)
    assert part.need("decimals") == 2
    order, due, advance, mode, excess, overrides = _waterfall(
        part.part("allocation") if "allocation" in part else Case(OLDEST_FIRST)
    )
    recalculates = part.take("interest_recalculation")
    down = part.take("down_payment") or {"percent": "0"}
    unit = minor(part.take("instalment_rounded_to_multiple_of") or "0.01")
    credit = part.take("credit_allocation") or {"chargeback": []}
    if recalculates and recalculates["after_advance_payment"] == "reduce_instalment_amount":
        excess = Excess.REDUCE_INSTALMENT
    return Terms(
        currency=part.need("currency"),
        method=METHODS[part.need("interest_method"), part.need("amortisation")],
        frequency=Frequency(UNITS[part.need("repay_unit")], part.need("repay_every")),
        basis=InterestBasis.PERIOD,
        rounding=Rounding.HALF_EVEN,
        order=order,
        mode=mode,
        excess=excess,
        min_rate=Fraction(0),
        max_rate=Fraction(1),
        min_amount=1,
        max_amount=10**12,
        min_instalments=1,
        max_instalments=600,
        interest_on_overdue=bool(recalculates),
        interest=Interest.DAILY if recalculates else Interest.SCHEDULED,
        settlement=Settlement.ACCRUED if recalculates else Settlement.FULL,
        due_order=due,
        advance_order=advance,
        advance_mode=mode,
        overrides=overrides,
        credit_allocation=_order(credit["chargeback"]),
        down_payment=Fraction(down["percent"]) / 100,
        shape=Shape(
            unit=unit,
            principal_grace=part.need("grace_principal_instalments"),
            interest_grace=part.need("grace_interest_payment_instalments"),
        ),
        day_setting=part.need("day_count"),
        interest_period=InterestPeriod(part.need("interest_period")),
        profile="direct",
        conventions=f"fineract_{part.need('schedule_engine')}",
    )


def agreement_of(part: Case) -> Agreement:
    """What the scenario's loan agreed on."""
    part.take("partial_period_interest")
    spans = part.take("periods", ())
    return Agreement(
        10**12,
        Fraction(part.need("annual_rate_percent")) / 100,
        part.need("instalments"),
        dues=tuple(date.fromisoformat(due) for _, due in spans),
    )


def _waterfall(
    part: Case,
) -> tuple[Order, Order, Order, Mode, Excess, dict[str, Override]]:
    kind = part.need("kind")
    if kind == "oldest_instalment_first":
        return _order(part.need("order")), (), (), Mode.BY_INSTALMENT, Excess.NEXT_INSTALMENT, {}
    if kind == "due_then_in_advance":
        due, advance = _order(part.need("due")), _order(part.need("in_advance"))
        return due, (), advance, Mode.BY_INSTALMENT, Excess.NEXT_INSTALMENT, {}
    groups: dict[str, list[str]] = {}
    for name in part.need("order"):
        group, _, component = name.partition(".")
        groups.setdefault(group, []).append(component)
    future = dict(part.need("future_instalment_rule"))
    default = FUTURE[future.pop("default")]
    return (
        _order(groups["past_due"]),
        _order(groups["due"]),
        _order(groups["in_advance"]),
        MODES[part.need("direction")],
        default,
        {KINDS[name].value: Override(FUTURE[rule]) for name, rule in future.items()},
    )


def _order(names: Iterable[str]) -> Order:
    return tuple(Component(name) for name in names)
