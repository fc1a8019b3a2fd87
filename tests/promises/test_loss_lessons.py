"""What the random loans taught of charge-offs, write-offs and interest recognised ahead."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ledger.book.chart import Part
from ledger.calc.periods import InterestBasis
from ledger.errors import FailedPrecondition
from ledger.loan.dues import payoff_parts
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import fold
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Interest, Settlement
from ledger.money import Rounding
from tests.loan.monthly import monthly
from tests.promises.told import told


def test_by_the_rule_of_78_a_payoff_takes_the_digits_that_have_passed() -> None:
    """Twelve digits of 78: after one month 12/78 of the finance charge is earned."""
    terms = monthly(interest=Interest.SCHEDULED, settlement=Settlement.RULE_OF_78)
    day = date(2023, 11, 1)
    state = told(terms, 12, [], day)
    charge = sum(row.interest for row in state.rows)
    assert charge == 663  # eleven instalments of 8.88 and one of 8.95 for 100.00
    assert payoff_parts(state, day)[Part.INTEREST] == 663 - 561  # 66/78 of 6.63 are given back


def test_interest_that_becomes_principal_after_a_charge_off_is_owed_as_before() -> None:
    happened = [
        LoanEvent(3, Kind.CHARGED_OFF, date(2023, 10, 11)),
        LoanEvent(4, Kind.CAPITALIZED, date(2023, 10, 21)),
    ]
    day = date(2023, 10, 21)
    terms = monthly(basis=InterestBasis.ACT_360)
    opened = State(terms, Agreement(10_000, Fraction(36, 100), 1), date(2023, 10, 1))
    events = [
        LoanEvent(1, Kind.APPROVED, date(2023, 10, 1), {"amount": 10_000}),
        LoanEvent(2, Kind.DISBURSED, date(2023, 10, 1), {"amount": 10_000}),
        *happened,
    ]
    state, trail = fold(opened, events, day)
    assert state.balances(day)[Part.WRITTEN_OFF] == 10_200  # 0.1 % a night, twenty nights
    moved = sum(move.amounts.get(Part.WRITTEN_OFF, 0) for move in trail.movements)
    assert moved == 10_100  # what was charged off; the ten nights since are accruals
    assert state.principal == 10_200


def test_nothing_more_is_paid_out_once_a_loan_is_charged_off() -> None:
    start, day = date(2023, 10, 1), date(2023, 10, 11)
    events = [
        LoanEvent(1, Kind.APPROVED, start, {"amount": 10_000}),
        LoanEvent(2, Kind.DISBURSED, start, {"amount": 6_000}),
        LoanEvent(3, Kind.CHARGED_OFF, day),
        LoanEvent(4, Kind.DISBURSED, day, {"amount": 4_000}),
    ]
    opened = State(monthly(), Agreement(10_000, Fraction(12, 100), 2), start)
    with pytest.raises(FailedPrecondition, match="charged off"):
        fold(opened, events, day)


def test_what_accrued_between_charge_off_and_write_off_stays_off_the_books() -> None:
    """0.1 % a night on 100.00 past due: 0.50 by the charge-off, 1.00 more by the write-off."""
    start, due = date(2023, 10, 1), date(2023, 11, 1)
    events = [
        LoanEvent(1, Kind.APPROVED, start, {"amount": 10_000}),
        LoanEvent(2, Kind.DISBURSED, start, {"amount": 10_000}),
        LoanEvent(3, Kind.CHARGED_OFF, date(2023, 11, 6)),
        LoanEvent(4, Kind.WRITTEN_OFF, date(2023, 11, 16)),
    ]
    terms = monthly(basis=InterestBasis.ACT_360, penalty_rate=Fraction(36, 100))
    opened = State(terms, Agreement(10_000, Fraction(0), 1), start)
    state, trail = fold(opened, events, date(2023, 11, 17))
    accrued = trail.accrued(Rounding.HALF_UP, due, date(2023, 11, 17))
    by_part = {part: 0 for _, part in accrued}
    for (_, part), amount in accrued.items():
        by_part[part] += amount
    assert by_part == {Part.PENALTY: 50, Part.WRITTEN_OFF: 100}
    assert state.balances(date(2023, 11, 17))[Part.WRITTEN_OFF] == 10_150


@pytest.mark.parametrize("kind", [Kind.WRITTEN_OFF, Kind.SOLD])
def test_a_penalty_that_is_not_due_yet_lapses_with_the_loan(kind: Kind) -> None:
    day = date(2023, 10, 11)
    later = {"part": "penalty", "due": "2023-10-20"}
    happened = [
        LoanEvent(3, Kind.CHARGED, day, {"amount": 87}, later),
        LoanEvent(4, kind, day, {"amount": 5_000}),
    ]
    state = told(monthly(), 1, happened, date(2023, 10, 25))
    assert (state.penalty_owed(date(2023, 10, 25)), state.charges) == (0, ())
    assert sum(state.owed(date(2023, 10, 25)).values()) == 0


def test_by_the_rule_of_78_interest_goes_on_after_a_charge_off() -> None:
    """Two instalments of 100.00 at 12 %: 1.00 is owed after one month, 1.50 at maturity."""
    terms = monthly(interest=Interest.SCHEDULED, settlement=Settlement.RULE_OF_78)
    happened = [LoanEvent(3, Kind.CHARGED_OFF, date(2023, 10, 1))]
    for day, owed in ((date(2023, 11, 1), 100), (date(2023, 12, 1), 150)):
        assert told(terms, 2, happened, day).interest_owed(day) == owed


def test_interest_recognised_ahead_follows_a_plan_that_changes_after_a_charge_off() -> None:
    """All scheduled interest is owed; what becomes principal on 1 December bears more of it."""
    terms = monthly(interest=Interest.SCHEDULED, settlement=Settlement.FULL, capitalised_every=2)
    happened = [LoanEvent(3, Kind.CHARGED_OFF, date(2023, 10, 1))]
    before, after = (told(terms, 3, happened, date(2023, month, 2)) for month in (11, 12))
    assert before.interest_owed(date(2023, 11, 2)) == sum(row.interest for row in before.rows)
    assert after.principal == 10_000 + 100
    assert after.interest_owed(date(2023, 12, 2)) == sum(row.interest_open for row in after.rows)
    assert after.balances(date(2023, 12, 2))[Part.WRITTEN_OFF] == sum(r.unpaid for r in after.rows)


def test_interest_recognised_ahead_is_that_of_the_new_rows_after_reageing() -> None:
    """One instalment with 1.00 of interest, charged off, and aged anew over two: 1.50 are owed."""
    terms = monthly(interest=Interest.SCHEDULED, settlement=Settlement.FULL)
    day = date(2023, 10, 1)
    aged = {"start": "2023-11-01", "unit": "month", "every": 1, "instalments": 2}
    happened = [LoanEvent(3, Kind.CHARGED_OFF, day), LoanEvent(4, Kind.REAGED, day, {}, aged)]
    state = told(terms, 1, happened, day)
    assert [row.interest for row in state.rows] == [100, 50]
    assert state.interest_owed(day) == 150
