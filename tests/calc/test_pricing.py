"""Prices as a table: the first row that fits counts, and none is said plainly."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ledger.calc.pricing import (
    ANYONE,
    Applicant,
    Discount,
    Price,
    PriceRow,
    Pricing,
    priced,
    require_eligible,
)
from ledger.errors import NotEligible, PriceMissing

DAY = date(2024, 3, 1)
STAFF = PriceRow(Fraction("0.03"), segments=("staff", "retired"))
SMALL = PriceRow(Fraction("0.09"), max_amount=100_000, max_instalments=12)
GOOD = PriceRow(Fraction("0.05"), min_score=700)
FAIR = PriceRow(Fraction("0.07"), min_score=600, max_score=699, min_amount=50_000)
TABLE = Pricing((STAFF, SMALL, GOOD, FAIR))


@pytest.mark.parametrize(
    ("amount", "instalments", "segment", "score", "row"),
    [
        (500_000, 24, "staff", None, 1),
        (50_000, 12, "staff", 800, 1),
        (100_000, 12, "", 800, 2),
        (100_001, 12, "", 800, 3),
        (100_000, 13, "", 700, 3),
        (100_000, 13, "", 699, 4),
        (50_000, 13, "student", 600, 4),
        (49_999, 13, "", 699, None),
        (500_000, 24, "", 599, None),
        (500_000, 24, "", None, None),
    ],
)
def test_the_first_row_that_fits_counts(
    amount: int, instalments: int, segment: str, score: int | None, row: int | None
) -> None:
    applicant = Applicant(segment, score)
    if row is None:
        with pytest.raises(PriceMissing):
            priced(TABLE, amount, instalments, applicant, DAY)
        return
    found = priced(TABLE, amount, instalments, applicant, DAY)
    assert found == Price(TABLE.rows[row - 1].rate, row)


@pytest.mark.parametrize(
    ("day", "segment", "price"),
    [
        ("2024-02-29", "", Price(Fraction("0.06"), 1)),
        ("2024-03-01", "", Price(Fraction("0.055"), 1, "spring")),
        ("2024-03-31", "", Price(Fraction("0.055"), 1, "spring")),
        ("2024-04-01", "", Price(Fraction("0.06"), 1)),
        ("2024-03-15", "student", Price(Fraction("0.05"), 1, "campus")),
        ("2024-05-15", "student", Price(Fraction("0.05"), 1, "campus")),
    ],
)
def test_a_discount_is_taken_off_on_its_days_only(day: str, segment: str, price: Price) -> None:
    year = (date(2024, 1, 1), date(2024, 12, 31))
    offers = (
        Discount("campus", Fraction("0.01"), *year, segments=("student",)),
        Discount("spring", Fraction("0.005"), date(2024, 3, 1), date(2024, 3, 31)),
    )
    table = Pricing((PriceRow(Fraction("0.06")),), offers)
    assert priced(table, 1, 1, Applicant(segment), date.fromisoformat(day)) == price


def test_a_product_may_be_for_some_segments_only() -> None:
    require_eligible((), ANYONE)
    require_eligible(("staff",), Applicant("staff"))
    for other in (ANYONE, Applicant("student")):
        with pytest.raises(NotEligible):
            require_eligible(("staff",), other)
