"""apr.json: annual percentage rates, internal rates of return, rebates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from ledger.calc.apr import eu_apr, regz_apr, single_payment_unit, unit_period
from ledger.calc.due_dates import Frequency, Unit
from ledger.calc.yields import Flow, flat_to_effective, percent, rule_of_78, xirr
from ledger.money import Rounding, round_ratio
from tests.vectors.case import Case

FREQUENCIES = {
    "12": Frequency(Unit.MONTH, 1),
    "24": Frequency(Unit.SEMI_MONTH, 1),
    "26": Frequency(Unit.WEEK, 2),
    "52": Frequency(Unit.WEEK, 1),
}
#: A formula tells how to read a case; the adapters follow it and compare no figure with it.
FORMULAS = {
    "regz_appendix_j": "A = sum P_j / ((1+f_j*i)(1+i)^t_j); APR = 100*i*unit_periods_per_year",
    "eu_apr": "sum C_k (1+X)^-t_k = sum D_l (1+X)^-s_l (annual effective)",
    "xirr": "sum a_k (1+r)^-((d_k-d_0)/365) = 0",
    "rule_of_78": "rebate = F*u(u+1)/(n(n+1)), half_up to the minor unit",
    "flat_to_effective": "instalment (unrounded)=P(1+r*n/12)/n; nominal APR = 12*monthly IRR; "
    "effective=(1+i)^12-1",
}


def check(case: Case) -> None:
    kind = case.need("kind")
    assert case.need("formula") == FORMULAS[kind]
    CHECKS[kind](case)


def _regz(case: Case) -> None:
    per_year = case.need("unit_periods_per_year")
    flows = [Flow(-case.need("amount_advanced_minor"), Fraction(0))]
    for payment in case.parts("payments"):
        whole, part = payment.need("t"), Fraction(payment.need("f"))
        flows.append(Flow(payment.need("amount_minor"), Fraction(whole), part))
    _shown(case, "apr", regz_apr(flows, Fraction(per_year)))
    if case.take("dates"):
        _check_dates(case.part("dates"), per_year, flows[1])


def _check_dates(dates: Case, per_year: str, first: Flow) -> None:
    """The dates of a case give the unit-periods that it states."""
    start, paid = dates.day("advance"), dates.day_or_none("first_payment")
    if paid is None:
        paid = dates.day("payment")
        unit = single_payment_unit(start, paid)
    else:
        unit = unit_period(FREQUENCIES[per_year])
    assert unit.per_year == Fraction(per_year)
    assert unit.between(start, paid) == (first.at, first.part)


def _eu(case: Case) -> None:
    flows = [
        Flow(sign * part.need("amount_minor"), Fraction(part.need("t_years")))
        for sign, key in ((-1, "drawdowns"), (1, "repayments"))
        for part in case.parts(key)
    ]
    _shown(case, "apr", eu_apr(flows))


def _xirr(case: Case) -> None:
    flows = [(part.day("date"), part.need("amount_minor")) for part in case.parts("flows")]
    difference = xirr(flows) - _decimal(case, "expected_rate")
    assert abs(difference) <= _decimal(case, "tolerance")


def _rule_of_78(case: Case) -> None:
    exact = rule_of_78(
        case.need("finance_charge_minor"), case.need("periods"), case.need("remaining_periods")
    )
    assert exact == Fraction(case.need("exact"))
    rebate = round_ratio(exact.numerator, exact.denominator, Rounding.HALF_UP)
    assert rebate == case.need("expected_rebate_minor")


def _flat(case: Case) -> None:
    found = flat_to_effective(
        case.need("principal_minor"), Fraction(case.need("flat_annual_rate")), case.need("months")
    )
    _shown(case, "nominal_apr", found.nominal)
    _printed(case, "computed_effective_percent", found.effective)


def _shown(case: Case, name: str, rate: Decimal) -> None:
    """The published percentage within its tolerance, and the computed one to its last digit."""
    difference = rate * 100 - _decimal(case, f"expected_{name}_percent")
    assert abs(difference) <= _decimal(case, "tolerance_percent_points")
    _printed(case, f"computed_{name}_percent", rate)


def _printed(case: Case, key: str, rate: Decimal) -> None:
    assert percent(rate, 8) == _decimal(case, key)


def _decimal(case: Case, key: str) -> Decimal:
    return Decimal(str(case.need(key)))


CHECKS: Mapping[str, Callable[[Case], None]] = {
    "regz_appendix_j": _regz,
    "eu_apr": _eu,
    "xirr": _xirr,
    "rule_of_78": _rule_of_78,
    "flat_to_effective": _flat,
}
