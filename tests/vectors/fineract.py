"""fineract.json: schedules recomputed under the conventions that each case names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ledger.calc.conventional import Counting, InterestPeriod, conventional_periods, setting
from ledger.calc.conventions import CONVENTIONS, Conventions
from ledger.calc.periods import Frequency, InterestBasis, Unit, accrued_fraction, due_dates
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


def expected(checkpoint: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Due date, principal, interest and total of each row, the down payment included."""
    return [
        (row["due"], *(_minor(row[name]) for name in FIGURES[1:]))
        for row in checkpoint["schedule"]
        if row["kind"] == "instalment"
    ]


def figures(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """The same figures of rows of ours."""
    return [(row.due.isoformat(), row.principal, row.interest, row.total) for row in rows]


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
    rates = list(_rates(_events(case), terms, start))
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
    return figures([*first, *rows])


def changed(case: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The schedule after a change of rate or a pause, all paid on time: a pause keeps the level."""
    terms, conventions = case["terms"], CONVENTIONS["fineract_progressive"]
    start, amount = _disbursed(case)
    rates, dues = list(_rates(case["events"], terms, start)), _dues(terms, start)
    pauses = [
        (date.fromisoformat(event["date"]), date.fromisoformat(event["until"]))
        for event in case["events"]
        if event["type"] == "interest_pause"
    ]
    counting = _counting(terms, conventions)
    asked = (Method.EQUAL_INSTALMENTS, amount, rates[0][1])
    whole = conventional_periods(start, dues, counting, rates)
    first = plan(*asked, whole, Rounding.HALF_EVEN, conventions=conventions)
    if not pauses:
        return figures(first)
    rested = conventional_periods(start, dues, counting, rates, pauses=pauses)
    kept = first[0].total
    return figures(
        plan(*asked, rested, Rounding.HALF_EVEN, conventions=conventions, instalment=kept)
    )


def in_tranches(case: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The schedule after a second tranche: rows from its period on, planned on the new balance."""
    terms, conventions = case["terms"], CONVENTIONS["fineract_progressive"]
    (start, amount), second = _disbursed(case), case["events"][1]
    rates, dues = list(_rates(case["events"], terms, start)), _dues(terms, start)
    found = conventional_periods(start, dues, _counting(terms, conventions), rates)
    method, rate = Method.EQUAL_INSTALMENTS, rates[0][1]
    rows = plan(method, amount, rate, found, Rounding.HALF_EVEN, conventions=conventions)
    day = date.fromisoformat(second["date"])
    past = sum(period.due <= day for period in found)
    period, opening = found[past], rows[past].opening
    done = accrued_fraction(period, InterestBasis.PERIOD, day)
    exact = opening * rate * done
    carried = round_ratio(exact.numerator, exact.denominator, Rounding.HALF_EVEN)
    later = plan(
        method,
        opening + _minor(second["amount"]),
        rate,
        [replace(period, fraction=period.fraction - done), *found[past + 1 :]],
        Rounding.HALF_EVEN,
        conventions=conventions,
        carried=Fraction(carried),
    )
    return figures([*rows[:past], *later])


def first_checkpoint(case: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(c for c in case["checkpoints"] if "schedule" in c)
    return found


def _events(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    known = first_checkpoint(case)["after_event"]
    return [event for event in case["events"] if event["seq"] <= known]


def _disbursed(case: Mapping[str, Any]) -> tuple[date, int]:
    """The first disbursement, or before there is one, what is applied for."""
    for event in _events(case):
        if event["type"] == "disburse":
            return date.fromisoformat(event["date"]), _minor(event["amount"])
    head = next(row for row in first_checkpoint(case)["schedule"] if row["kind"] == "disbursement")
    return date.fromisoformat(head["due"]), _minor(head["balance"])


def _rates(
    events: Sequence[Mapping[str, Any]], terms: Mapping[str, Any], start: date
) -> Iterator[tuple[date, Fraction]]:
    yield start, Fraction(terms["annual_rate_percent"]) / 100
    for event in events:
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
