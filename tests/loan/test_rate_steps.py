"""Teasers and rates that rise: the instalment of each stretch is the annuity of what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ledger.loan.terms import RateStep
from tests.loan.monthly import AGREED, lived, monthly

TEASER = (RateStep(1, Fraction(-12, 100)), RateStep(3, Fraction(0)))


def test_a_free_teaser_is_followed_by_the_annuity_of_the_rest() -> None:
    """12000 over 12 without interest, then 10000 over 10 at 1 % a month: 1055.82 (textbook)."""
    rows = lived(monthly(rate_steps=TEASER), AGREED).rows
    assert [(row.principal, row.interest) for row in rows[:2]] == [(100_000, 0)] * 2
    assert [row.principal + row.interest for row in rows[2:-1]] == [105_582] * 9
    assert (rows[2].interest, rows[3].interest) == (10_000, 9_044)
    assert sum(row.principal for row in rows) == 1_200_000


def test_what_a_loan_agreed_on_takes_the_place_of_the_product() -> None:
    """12000 over 12 at 1 % a month: 1066.19 (textbook); then what is left in equal parts."""
    agreed = replace(AGREED, steps=((7, Fraction(0)),))
    rows = lived(monthly(rate_steps=TEASER), agreed).rows
    assert rows[0].principal + rows[0].interest == 106_619
    assert {row.interest for row in rows[6:]} == {0}
    assert len({row.principal for row in rows[6:-1]}) == 1


@pytest.mark.parametrize(("day", "owed"), [("2024-03-15", 0), ("2024-04-15", 10_000)])
def test_interest_accrues_at_the_rate_of_its_stretch(day: str, owed: int) -> None:
    """Nobody pays: principal stays 12000; overdue principal bears no contract interest here."""
    state = lived(monthly(rate_steps=TEASER), AGREED, date.fromisoformat(day))
    assert state.interest_owed(date.fromisoformat(day)) == owed
