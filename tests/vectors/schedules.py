"""schedules.json: whole schedules, row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from ledger.calc.annuity import exact_level
from ledger.calc.periods import InterestBasis, Period, periods
from ledger.calc.schedule import Method, Row, Shape, plan
from ledger.calc.shape import weight
from ledger.money import EXPONENTS, Rounding, round_ratio
from tests.vectors.business_days import frequency
from tests.vectors.case import Case

METHODS = {
    "annuity": Method.EQUAL_INSTALMENTS,
    "equal_principal": Method.EQUAL_PRINCIPAL,
    "interest_only": Method.INTEREST_ONLY,
    "bullet": Method.SINGLE_REPAYMENT,
    "flat": Method.FLAT,
    "balloon": Method.EQUAL_INSTALMENTS,
    "graduated": Method.GRADUATED,
    "grace_annuity": Method.EQUAL_INSTALMENTS,
    "step_rate": Method.EQUAL_INSTALMENTS,
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


def check(case: Case) -> None:
    method, principal = METHODS[case.need("method")], case.need("principal_minor")
    rate, rounding = Fraction(case.need("annual_rate")), Rounding(case.need("rounding"))
    assert EXPONENTS[case.need("currency")] == case.need("minor_unit_exponent")
    found, shape = _periods(case, method), _shape(case)
    rows = plan(method, principal, rate, found, rounding, shape=shape)
    assert table(rows, case.need("columns")) == case.need("rows")
    _check_totals(rows, case.part("totals"))
    _check_published(rows, case.take("published"))
    if "exact_instalment_minor" in case:
        _check_exact(case.need("exact_instalment_minor"), principal, rate, found, shape)


def _shape(case: Case) -> Shape:
    return Shape(
        balloon=case.take("balloon", 0),
        step=Fraction(case.take("step_rate", "0")),
        step_every=case.take("step_every", 1),
        principal_grace=case.take("grace_periods", 0),
    )


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
    changes = {int(no): Fraction(text) for no, text in case.take("rate_changes", {}).items()}
    latest = [[rate for no, rate in changes.items() if no <= p.no] for p in found]
    return tuple(
        replace(p, rate=rates[-1] if rates else None)
        for p, rates in zip(found, latest, strict=True)
    )


def _check_totals(rows: Sequence[Row], totals: Case) -> None:
    assert sum(row.principal for row in rows) == totals.need("principal")
    assert sum(row.interest for row in rows) == totals.need("interest")
    assert sum(row.total for row in rows) == totals.need("paid")


def _check_published(rows: Sequence[Row], published: Any) -> None:
    fields = published.get("fields_matched", {}) if isinstance(published, dict) else {}
    for name in fields.keys() & PUBLISHED.keys():
        printed, tolerance = fields[name] if isinstance(fields[name], list) else (fields[name], 0)
        assert abs(PUBLISHED[name](rows) - printed) <= tolerance, name


def _check_exact(
    text: str, principal: int, rate: Fraction, found: tuple[Period, ...], shape: Shape
) -> None:
    """The instalment before rounding, to the decimals shown: rounded half even at the last."""
    exponent = Decimal(text).as_tuple().exponent
    assert isinstance(exponent, int)
    weigh = partial(weight, shape) if shape.step else None
    numerator, denominator = exact_level(principal, rate, found, shape, weigh)
    scaled = round_ratio(numerator * 10**-exponent, denominator, Rounding.HALF_EVEN)
    assert Decimal(scaled).scaleb(exponent) == Decimal(text)
