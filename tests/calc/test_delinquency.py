"""Days past due and their buckets."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from ledger.calc.delinquency import BUCKETS, bucket, days_past_due


def test_a_loan_with_nothing_unpaid_is_current() -> None:
    assert days_past_due(None, date(2024, 5, 1)) == 0


def test_days_count_from_the_due_date_itself() -> None:
    assert days_past_due(date(2024, 2, 28), date(2024, 2, 28)) == 0
    assert days_past_due(date(2024, 2, 28), date(2024, 3, 1)) == 2


def test_an_instalment_not_yet_due_is_not_past_due() -> None:
    assert days_past_due(date(2024, 6, 1), date(2024, 5, 1)) == 0


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, "current"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "91-180"),
        (180, "91-180"),
        (181, "181+"),
        (10_000, "181+"),
    ],
)
def test_a_bucket_holds_its_first_and_its_last_day(days: int, name: str) -> None:
    assert bucket(days) == name


def test_the_buckets_leave_no_gap() -> None:
    for (_, _, last), (_, first, _) in pairwise(BUCKETS):
        assert last is not None
        assert first == last + 1
    assert BUCKETS[-1][2] is None
