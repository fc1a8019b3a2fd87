"""schedules.json: whole schedules, row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ledger.calc.periods import InterestBasis, Period, periods
from ledger.calc.schedule import Method, Row, level_instalment, plan
from ledger.money import EXPONENTS, Rounding
from tests.vectors.business_days import frequency
from tests.vectors.case import Case

#: The methods that the engine has; cases of others are not collected.
METHODS = {
    "annuity": Method.EQUAL_INSTALMENTS,
    "equal_principal": Method.EQUAL_PRINCIPAL,
    "interest_only": Method.INTEREST_ONLY,
    "bullet": Method.SINGLE_REPAYMENT,
}
BASES = {
    "period": InterestBasis.PERIOD,
    "ACT/365F": InterestBasis.ACT_365F,
    "ACT/360": InterestBasis.ACT_360,
    "30/360 US": InterestBasis.THIRTY_360_US,
    "30E/360": InterestBasis.THIRTY_E_360,
}
COLUMNS: Mapping[str, Callable[[Row], Any]] = {
    "no": lambda row: row.no,
    "due_date": lambda row: row.due.isoformat(),
    "opening": lambda row: row.opening,
    "principal": lambda row: row.principal,
    "interest": lambda row: row.interest,
    "instalment": lambda row: row.total,
    "closing": lambda row: row.closing,
}
#: Printed figures that a case repeats, alone or with a tolerance; other names are provenance.
PUBLISHED: Mapping[str, Callable[[Sequence[Row]], int]] = {
    "instalment": lambda rows: rows[0].total,
    "first_interest": lambda rows: rows[0].interest,
    "first_principal": lambda rows: rows[0].principal,
    "closing_1": lambda rows: rows[0].closing,
    "total_interest": lambda rows: sum(row.interest for row in rows),
}


def supported(raw: Mapping[str, Any]) -> bool:
    return raw["method"] in METHODS


def check(case: Case) -> None:
    method, principal = METHODS[case.need("method")], case.need("principal_minor")
    rate, rounding = Fraction(case.need("annual_rate")), Rounding(case.need("rounding"))
    assert EXPONENTS[case.need("currency")] == case.need("minor_unit_exponent")
    found = _periods(case, method)
    rows = plan(method, principal, rate, found, rounding)
    assert table(rows, case.need("columns")) == case.need("rows")
    _check_totals(rows, case.part("totals"))
    _check_published(rows, case.take("published"))
    if "exact_instalment_minor" in case:
        _check_exact(case.need("exact_instalment_minor"), principal, rate, found)


def table(rows: Sequence[Row], columns: Sequence[str]) -> list[list[Any]]:
    """Rows as lists of the named columns."""
    return [[COLUMNS[name](row) for name in columns] for row in rows]


def _periods(case: Case, method: Method) -> tuple[Period, ...]:
    every, basis = frequency(case), BASES[case.need("interest_basis")]
    assert every.per_year == case.need("periods_per_year")
    start, first_due = case.day("start"), case.day_or_none("first_due")
    found = periods(start, case.need("periods"), every, basis, first_due)
    if method is Method.SINGLE_REPAYMENT and basis is not InterestBasis.PERIOD:
        return periods(start, 1, every, basis, found[-1].due)
    return found


def _check_totals(rows: Sequence[Row], totals: Case) -> None:
    assert sum(row.principal for row in rows) == totals.need("principal")
    assert sum(row.interest for row in rows) == totals.need("interest")
    assert sum(row.total for row in rows) == totals.need("paid")


def _check_published(rows: Sequence[Row], published: Any) -> None:
    fields = published.get("fields_matched", {}) if isinstance(published, dict) else {}
    for name in fields.keys() & PUBLISHED.keys():
        printed, tolerance = fields[name] if isinstance(fields[name], list) else (fields[name], 0)
        assert abs(PUBLISHED[name](rows) - printed) <= tolerance, name


def _check_exact(text: str, principal: int, rate: Fraction, found: tuple[Period, ...]) -> None:
    """The level instalment before rounding: that of a principal larger by the decimals shown."""
    exponent = Decimal(text).as_tuple().exponent
    assert isinstance(exponent, int)
    scaled = level_instalment(principal * 10**-exponent, rate, found, Rounding.HALF_EVEN)
    assert Decimal(scaled).scaleb(exponent) == Decimal(text)
