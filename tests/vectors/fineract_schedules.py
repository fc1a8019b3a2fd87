"""fineract.json: the first schedule of each case, recomputed under the conventions it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ledger.calc.conventional import Counting, InterestPeriod, conventional_periods, setting
from ledger.calc.conventions import CONVENTIONS, Conventions
from ledger.calc.periods import Frequency, Unit, due_dates
from ledger.calc.schedule import Method, Row, Shape, plan
from ledger.money import Rounding, round_ratio

METHODS = {
    ("flat", "equal_instalments"): Method.FLAT,
    ("declining_balance", "equal_instalments"): Method.EQUAL_INSTALMENTS,
    ("declining_balance", "equal_principal"): Method.EQUAL_PRINCIPAL,
}
UNITS = {"days": Unit.DAY, "weeks": Unit.WEEK, "months": Unit.MONTH}
FIGURES = ("due", "principal", "interest", "due_total")


def cases(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Those whose first schedule others have recomputed too."""
    return (c for c in data["cases"] if c.get("first_schedule_recomputed_independently"))


def expected(case: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Due date, principal, interest and total of each row, the down payment included."""
    return [
        (row["due"], *(_minor(row[name]) for name in FIGURES[1:]))
        for row in _checkpoint(case)["schedule"]
        if row["kind"] == "instalment"
    ]


def computed(case: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The same figures as the engine has them."""
    terms, conventions = case["terms"], CONVENTIONS[f"fineract_{case['terms']['schedule_engine']}"]
    start, amount = _disbursed(case)
    unit = _minor(terms.get("instalment_rounded_to_multiple_of") or "0.01")
    down = _down_payment(terms, amount, unit)
    shape = Shape(
        unit=unit,
        principal_grace=terms["grace_principal_instalments"],
        interest_grace=terms["grace_interest_payment_instalments"],
        flat_base=amount,
    )
    rates = list(_rates(case, start))
    dues = _dues(terms, start)
    found = conventional_periods(start, dues, _counting(terms, conventions), rates)
    rows = plan(
        METHODS[terms["interest_method"], terms["amortisation"]],
        amount - down,
        rates[0][1],
        found,
        Rounding.HALF_EVEN,
        shape=shape,
        conventions=conventions,
    )
    first = [Row(0, start, start, amount, down, 0)] if down else []
    return [(r.due.isoformat(), r.principal, r.interest, r.total) for r in (*first, *rows)]


def _checkpoint(case: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(c for c in case["checkpoints"] if "schedule" in c)
    return found


def _events(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    known = _checkpoint(case)["after_event"]
    return [event for event in case["events"] if event["seq"] <= known]


def _disbursed(case: Mapping[str, Any]) -> tuple[date, int]:
    """The first disbursement, or before there is one, what is applied for."""
    for event in _events(case):
        if event["type"] == "disburse":
            return date.fromisoformat(event["date"]), _minor(event["amount"])
    head = next(row for row in _checkpoint(case)["schedule"] if row["kind"] == "disbursement")
    return date.fromisoformat(head["due"]), _minor(head["balance"])


def _rates(case: Mapping[str, Any], start: date) -> Iterator[tuple[date, Fraction]]:
    yield start, Fraction(case["terms"]["annual_rate_percent"]) / 100
    for event in _events(case):
        if event["type"] == "interest_rate_change":
            rate = Fraction(event["new_annual_rate_percent"]) / 100
            yield date.fromisoformat(event["date"]), rate


def _dues(terms: Mapping[str, Any], start: date) -> Sequence[date]:
    if terms.get("periods"):
        return [date.fromisoformat(due) for _, due in terms["periods"]]
    return due_dates(start, terms["instalments"], _frequency(terms))


def _frequency(terms: Mapping[str, Any]) -> Frequency:
    return Frequency(UNITS[terms["repay_unit"]], terms["repay_every"])


def _counting(terms: Mapping[str, Any], conventions: Conventions) -> Counting:
    chosen = InterestPeriod(terms["interest_period"])
    return Counting(_frequency(terms), setting(terms["day_count"]), chosen, conventions)


def _down_payment(terms: Mapping[str, Any], amount: int, unit: int) -> int:
    asked = terms.get("down_payment")
    if not asked:
        return 0
    exact = amount * Fraction(asked["percent"]) / 100
    minor = round_ratio(exact.numerator, exact.denominator, Rounding.HALF_EVEN)
    return round_ratio(minor, unit, Rounding.HALF_EVEN) * unit


def _minor(text: str) -> int:
    return int(Decimal(text) * 100)
