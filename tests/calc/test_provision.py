"""Provisions: exact until they are amounts, and the larger of two duties binds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ledger.calc.classification import Category
from ledger.calc.provision import (
    Exposure,
    RatioRule,
    expected_loss,
    interest_on,
    ratios,
    reserves,
    undiscounted_loss,
    weighted_loss,
)
from ledger.errors import FailedPrecondition, InvalidInput


def test_pass_has_no_specific_reserve_and_all_loans_a_general_one() -> None:
    found = reserves({Category.PASS: 1000, Category.SPECIAL_MENTION: 25, Category.LOSS: 7})
    assert found.specific == {Category.SPECIAL_MENTION: 1, Category.LOSS: 7}
    assert found.general == 10


def test_a_reserve_of_half_a_unit_is_rounded_up() -> None:
    assert reserves({Category.SPECIAL_MENTION: 25}).specific[Category.SPECIAL_MENTION] == 1
    assert reserves({Category.SPECIAL_MENTION: 24}).specific[Category.SPECIAL_MENTION] == 0
    with pytest.raises(FailedPrecondition):
        reserves({}, date(2001, 12, 31))


def test_the_larger_of_both_duties_is_required() -> None:
    assert ratios(0, 1000, 10).required == 25
    assert ratios(0, 1000, 20).required == 30
    assert ratios(31, 1000, 20).shortfall == 0
    assert ratios(20, 1000, 20, RatioRule(Fraction("0.015"), Fraction("1.2"))).shortfall == 4


def test_a_book_without_bad_loans_has_no_coverage() -> None:
    found = ratios(5, 200, 0)
    assert (found.of_loans, found.of_bad_loans) == (Fraction(1, 40), None)


def test_a_loss_is_discounted_from_the_ends_of_years_and_rounded_once() -> None:
    year = Exposure(1000, Fraction(1, 10), Fraction(1, 2))
    assert expected_loss([year], Fraction(0)) == 50
    assert expected_loss([year, year], Fraction(1, 4)) == 40 + 32
    third = Exposure(1, Fraction(1, 3), Fraction(1))
    assert expected_loss([third, third, third], Fraction(0)) == 1
    assert expected_loss([], Fraction(1, 10)) == 0
    assert undiscounted_loss(1_000_000, Fraction("0.005"), Fraction("0.25")) == 1250


def test_scenarios_must_weigh_one_together() -> None:
    assert weighted_loss([(Fraction(1, 3), 10), (Fraction(2, 3), 1)]) == 4
    with pytest.raises(InvalidInput):
        weighted_loss([(Fraction(1, 2), 10)])


def test_stage_three_earns_on_what_the_allowance_leaves() -> None:
    assert interest_on(500_000 - 100_000, Fraction("0.06"), 1) == 2000
    assert interest_on(500_000, Fraction("0.06"), 1) == 2500
