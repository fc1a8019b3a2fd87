"""Floating rates: index plus margin within limits, and the days on which they are fixed anew."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.calendar import Calendar, business_days_before
from ledger.calc.holidays import business_calendar
from ledger.loan.floating import Floating

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def floating(every: int = 12, on: tuple[int, int] | None = None, **more: Any) -> Floating:
    return Floating("LPR-5Y", more.pop("margin", Fraction(0)), every, on=on, **more)


@pytest.mark.parametrize(
    ("start", "every", "on", "resets"),
    [
        ("2024-01-15", 12, None, ["2025-01-15", "2026-01-15"]),
        ("2024-01-15", 12, (1, 1), ["2025-01-01", "2026-01-01"]),
        ("2024-01-01", 12, (1, 1), ["2025-01-01", "2026-01-01"]),
        ("2024-02-20", 3, (1, 1), ["2024-04-01", "2024-07-01"]),
        ("2024-02-29", 12, None, ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("2024-01-31", 1, None, ["2024-02-29", "2024-03-31", "2024-04-30"]),
        ("2024-06-30", 24, (1, 1), ["2026-01-01", "2028-01-01"]),
    ],
)
def test_resets_count_from_the_start_or_from_a_day_of_the_year(
    start: str, every: int, on: tuple[int, int] | None, resets: list[str]
) -> None:
    last = date.fromisoformat(resets[-1])
    found = floating(every, on).resets(date.fromisoformat(start), last)
    assert [day.isoformat() for day in found] == resets


def test_the_first_reset_ends_the_fixed_months_and_later_ones_count_from_there() -> None:
    found = floating(12, fixed=24).resets(date(2024, 1, 31), date(2028, 1, 31))
    assert [day.isoformat() for day in found] == ["2026-01-31", "2027-01-31", "2028-01-31"]


@given(DAYS, st.integers(1, 60), st.one_of(st.none(), DAYS.map(lambda d: (d.month, d.day))), DAYS)
def test_the_next_reset_lies_after_and_no_other_one_lies_between(
    start: date, every: int, on: tuple[int, int] | None, day: date
) -> None:
    loan = floating(every, on)
    found = loan.next_after(start, day)
    assert found > max(start, day)
    assert loan.falls(start, found)
    assert found not in loan.resets(start, max(start, day))
    assert (found.year - max(start, day).year) * 12 <= every + 12


@given(DAYS, st.integers(1, 60))
def test_resets_go_on_in_order_without_a_repeat(start: date, every: int) -> None:
    found = list(floating(every).resets(start, date(start.year + 20, 1, 1)))
    assert all(a < b for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("fixing", "rate"),
    [("0.0345", "0.04"), ("-0.02", "0"), ("0.0001", "0.0056"), ("0.09", "0.08")],
)
def test_the_rate_is_index_plus_margin_within_floor_and_cap(fixing: str, rate: str) -> None:
    limited = floating(margin=Fraction("0.0055"), cap=Fraction("0.08"))
    assert limited.rate(Fraction(fixing)) == Fraction(rate)
    assert floating(floor=Fraction("0.01")).rate(Fraction("0.005")) == Fraction("0.01")


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2024-04-03", 2, "2024-03-28"),  # Easter: Good Friday and Monday are closed
        ("2024-04-01", 0, "2024-03-28"),
        ("2024-04-01", 1, "2024-03-28"),
        ("2024-04-05", 1, "2024-04-04"),
    ],
)
def test_a_lag_counts_business_days(day: str, count: int, found: str) -> None:
    calendar: Calendar = business_calendar("TARGET", 2023, 2024)
    before = business_days_before(date.fromisoformat(day), count, calendar)
    assert before.isoformat() == found
