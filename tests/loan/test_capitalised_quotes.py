"""A quote of a loan whose first interest becomes principal shows the rows that will come."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.calc.shape import PLAIN, Shape
from ledger.lending.agreements import capitalised, quoted
from ledger.lending.disclosures import disclosed
from ledger.loan.terms import Interest
from tests.loan.monthly import AGREED, START, lived, monthly

WAITING = Shape(principal_grace=3, interest_grace=2)
MONTHLY = Shape(principal_grace=3)


@pytest.mark.parametrize(
    ("shape", "grown"), [(WAITING, 1_236_000), (MONTHLY, 1_236_361)], ids=["simple", "compound"]
)
def test_a_quote_has_the_rows_of_the_loan_after_its_grace(shape: Shape, grown: int) -> None:
    """12000 at 1 % a month: 360.00 in three months, or 120.00 + 121.20 + 122.41 compounded."""
    terms = monthly(interest=Interest.SCHEDULED, shape=shape, capitalised_rows=3)
    quote, _ = quoted(terms, AGREED, START)
    loan = lived(terms, AGREED, date(2024, 4, 15))
    assert quote.rows[3:] == loan.rows[3:]
    assert sum(row.principal for row in quote.rows[3:]) == loan.principal == grown
    assert sum(row.principal for row in quote.rows) == AGREED.amount
    assert [row.principal + row.interest for row in quote.rows[:3]] == [0, 0, 0]


def test_the_cost_of_a_loan_leaves_out_interest_that_becomes_principal() -> None:
    terms = monthly(interest=Interest.SCHEDULED, shape=MONTHLY, capitalised_rows=3)
    found = disclosed(quoted(terms, AGREED, START)[0])
    assert found is not None
    later = lived(terms, AGREED, date(2024, 4, 15)).rows[3:]
    assert found.paid == sum(row.principal + row.interest for row in later)
    assert found.regz_apr is not None
    assert abs(float(found.regz_apr) - 0.12) < 0.0001


def test_a_product_that_capitalises_nothing_is_quoted_as_it_is_lent() -> None:
    terms = monthly(shape=PLAIN)
    assert quoted(terms, AGREED, START)[0].rows == lived(terms, AGREED).rows


def test_a_loan_in_its_grace_shows_the_rows_that_will_come() -> None:
    terms = monthly(interest=Interest.SCHEDULED, shape=MONTHLY, capitalised_rows=3)
    halfway = capitalised(lived(terms, AGREED, date(2024, 3, 1)))
    assert halfway.rows[3:] == lived(terms, AGREED, date(2024, 4, 15)).rows[3:]
    assert [row.unpaid for row in halfway.rows[:3]] == [0, 0, 0]
