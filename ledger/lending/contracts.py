"""What a change of the contract must keep on its value date, beside what the fold itself checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from ledger.calc.periods import Frequency, Unit
from ledger.errors import Violation
from ledger.loan.events import Kind

#: How far ahead a contract may set a date, and how long a loan may run from there.
MAX_AHEAD = timedelta(days=3660)
MAX_YEARS = 100
Details = Mapping[str, Any]


def violations(kind: Kind, details: Details, day: date) -> Iterator[Violation]:
    """Which details do not fit an event of that value date, by the fields of its request."""
    for check in _CHECKS.get(kind, ()):
        yield from check(details, day)


def _after(key: str, field: str) -> Callable[[Details, date], Iterator[Violation]]:
    """A date that must lie after the value date, and not ages after it."""

    def check(details: Details, day: date) -> Iterator[Violation]:
        found = date.fromisoformat(details[key]) if key in details else None
        if found and not day < found <= day + MAX_AHEAD:
            last = day + MAX_AHEAD
            yield Violation(field, f"must lie after the value date {day}, at latest on {last}")

    return check


def _charge_due(details: Details, day: date) -> Iterator[Violation]:
    found = date.fromisoformat(details["due"]) if "due" in details else day
    if not day <= found <= day + MAX_AHEAD:
        last = day + MAX_AHEAD
        yield Violation("due_date", f"must lie between the value date {day} and {last}")


def _fixed_before(details: Details, day: date) -> Iterator[Violation]:
    if date.fromisoformat(details["fixing_date"]) > day:
        yield Violation("fixing_date", f"must not lie after the value date {day}")


def _term(details: Details, day: date) -> Iterator[Violation]:
    per_year = Frequency(Unit(details["unit"]), details["every"]).per_year
    if Fraction(details["instalments"]) / per_year > MAX_YEARS:
        yield Violation("instalments", f"the new term must not pass {MAX_YEARS} years")


_CHECKS: Mapping[Kind, tuple[Callable[[Details, date], Iterator[Violation]], ...]] = {
    Kind.CHARGED: (_charge_due,),
    Kind.INDEX_RESET: (_fixed_before,),
    Kind.INTEREST_PAUSED: (_after("until", "until"),),
    Kind.DUE_DATE_CHANGED: (_after("from_due", "from_due"), _after("to_due", "to_due")),
    Kind.RESCHEDULED: (_after("from_due", "from_due"), _after("to_due", "to_due")),
    Kind.REAGED: (_after("start", "start"), _term),
}
