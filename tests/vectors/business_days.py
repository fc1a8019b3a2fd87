"""business_days.json: rolls of single dates, and due dates from start to maturity."""

from __future__ import annotations

from ledger.calc.calendar import Calendar, Roll, adjusted
from ledger.calc.periods import Frequency, Stub, Unit, due_dates_until
from tests.vectors.case import Case


def check_roll(case: Case) -> None:
    found = adjusted(case.day("date"), Roll(case.need("convention")), _calendar(case))
    assert found == case.day("expected")


def check_dates(case: Case) -> None:
    calendar, roll = _calendar(case), Roll(case.need("convention"))
    found = due_dates_until(
        case.day("start"),
        case.day("maturity"),
        frequency(case),
        stub=Stub(case.need("stub")),
        first_due=case.day_or_none("first_due"),
        end_of_month=case.need("end_of_month"),
    )
    assert found == case.days("expected_unadjusted")
    rolled = tuple(adjusted(day, roll, calendar) for day in found)
    assert rolled == case.days("expected_adjusted")


def frequency(case: Case) -> Frequency:
    part = case.part("frequency")
    return Frequency(Unit(part.need("unit")), part.need("every"))


def _calendar(case: Case) -> Calendar:
    return Calendar(
        weekend=frozenset(case.need("weekend")),
        holidays=frozenset(case.days("holidays")),
        working_weekends=frozenset(case.days("working_weekends")),
    )
