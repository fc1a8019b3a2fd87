"""day_count.json: year fractions, exact and to twelve decimals."""

from __future__ import annotations

from decimal import Decimal

from ledger.calc.day_count import Context, DayCount, day_count, year_fraction
from ledger.money import Rounding, round_ratio
from tests.vectors.case import Case

CONVENTIONS = {
    "ACT/365F": DayCount.ACT_365F,
    "ACT/360": DayCount.ACT_360,
    "ACT/ACT ISDA": DayCount.ACT_ACT_ISDA,
    "ACT/ACT ICMA": DayCount.ACT_ACT_ICMA,
    "ACT/365L": DayCount.ACT_365L,
    "NL/365": DayCount.NL_365,
    "30/360 US": DayCount.THIRTY_360_US,
    "30/360 BOND": DayCount.THIRTY_360_BOND,
    "30E/360": DayCount.THIRTY_E_360,
    "30E/360 ISDA": DayCount.THIRTY_E_360_ISDA,
    "BUS/252": DayCount.BUS_252,
}
PLACES = 12


def check(case: Case) -> None:
    convention = CONVENTIONS[case.need("convention")]
    start, end = case.day("start"), case.day("end")
    context = Context(
        end_is_termination=case.take("end_is_termination", False),
        notional_boundaries=case.days("notional_boundaries"),
        periods_per_year=case.take("periods_per_year", 1),
        period_end=case.day_or_none("period_end"),
        holidays=frozenset(case.days("holidays")),
    )
    fraction = year_fraction(convention, start, end, context)
    assert day_count(convention, start, end, context) == case.need("expected_day_count")
    assert f"{fraction.numerator}/{fraction.denominator}" == case.need("expected_fraction")
    scaled = fraction * 10**PLACES
    shown = round_ratio(scaled.numerator, scaled.denominator, Rounding.HALF_EVEN)
    assert Decimal(shown).scaleb(-PLACES) == Decimal(case.need("expected_year_fraction"))
