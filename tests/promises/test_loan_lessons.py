"""Small loans that the random ones taught: each was wrong once, and is told here in full."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.allocation import Excess, Mode
from ledger.calc.periods import InterestBasis
from ledger.calc.schedule import Method
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fees import FeeRule, When
from ledger.loan.fold import closed_trail, fold
from ledger.loan.state import State, Status
from ledger.loan.terms import Agreement, Interest
from ledger.loan.trail import Trail
from ledger.money import Rounding
from tests.loan.monthly import monthly
from tests.promises.sums import every_part
from tests.promises.told import told

Happened = tuple[Kind, date, int]


def _lived(
    excess: Excess,
    basis: InterestBasis,
    instalments: int,
    start: date,
    happened: list[Happened],
    through: date,
) -> tuple[State, Trail]:
    """A loan of 100.00 at 4.35 % a year, monthly, paid out in full on its start."""
    terms = monthly(excess=excess, basis=basis, interest_on_overdue=True)
    opening = [(Kind.APPROVED, start, 10_000), (Kind.DISBURSED, start, 10_000)]
    events = [
        LoanEvent(number, kind, day, {"amount": amount})
        for number, (kind, day, amount) in enumerate([*opening, *happened], start=1)
    ]
    opened = State(terms, Agreement(10_000, Fraction(435, 10_000), instalments), start)
    return fold(opened, events, through)


def test_held_credit_pays_the_last_interest_once() -> None:
    start, due = date(2023, 10, 1), date(2023, 11, 1)
    paid = [(Kind.REPAID, start, 10_036)]
    state, _ = _lived(Excess.CREDIT_BALANCE, InterestBasis.PERIOD, 1, start, paid, due)
    assert state.status is Status.REPAID
    assert set(state.balances(due).values()) == {0}


def test_interest_goes_on_after_a_night_that_weighs_nothing() -> None:
    start, due = date(2023, 10, 2), date(2023, 11, 2)
    state, _ = _lived(Excess.CREDIT_BALANCE, InterestBasis.THIRTY_360_US, 1, start, [], due)
    assert state.interest_owed(due) == 36


def test_interest_paid_ahead_of_overdue_principal_comes_back_when_all_principal_is_paid() -> None:
    start, day, later = date(2023, 10, 1), date(2023, 12, 31), date(2024, 3, 1)
    paid = [(Kind.REPAID, day, 11_000)]
    for through in (day, later):
        state, trail = _lived(
            Excess.NEXT_INSTALMENT, InterestBasis.ACT_365F, 4, start, paid, through
        )
        accrued = closed_trail(state, trail, through).accrued(Rounding.HALF_UP, start, through)
        credit = 1_000 - sum(accrued.values()) + state.interest_owed(through)
        owed = {Part.INTEREST: state.interest_owed(through), Part.CREDIT: credit}
        assert every_part(state.balances(through)) == every_part(owed)
    assert state.status is Status.REPAID
    assert state.interest_owed(later) == 0


def test_a_payoff_after_interest_was_paid_ahead_has_no_negative_part() -> None:
    start, day = date(2023, 10, 1), date(2023, 10, 2)
    paid = [(Kind.REPAID, start, 37), (Kind.PAID_OFF, day, 9_964)]
    state, trail = _lived(Excess.NEXT_INSTALMENT, InterestBasis.ACT_365F, 1, start, paid, day)
    assert state.status is Status.REPAID
    assert all(amount > 0 for move in trail.movements for amount in move.amounts.values())


def test_interest_left_after_all_principal_was_prepaid_falls_due_and_can_be_paid() -> None:
    start, day, due = date(2023, 10, 1), date(2023, 10, 16), date(2023, 11, 1)
    paid = [(Kind.REPAID, day, 10_000)]
    state, _ = _lived(Excess.REDUCE_TERM, InterestBasis.ACT_365F, 1, start, paid, due)
    assert (state.status, state.interest_owed(due), state.principal) == (Status.ACTIVE, 18, 0)
    assert [row.unpaid for row in state.due_rows(due)] == [18]
    paid.append((Kind.REPAID, due, 18))
    state, _ = _lived(Excess.REDUCE_TERM, InterestBasis.ACT_365F, 1, start, paid, due)
    assert state.status is Status.REPAID


def test_money_for_a_repaid_loan_is_held_and_changes_nothing_else() -> None:
    start, day = date(2023, 10, 1), date(2024, 2, 1)
    paid = [(Kind.REPAID, start, 11_000), (Kind.REPAID, day, 5), (Kind.REPAID, day, 7)]
    state, _ = _lived(Excess.NEXT_INSTALMENT, InterestBasis.ACT_365F, 3, start, paid, day)
    assert state.status is Status.REPAID
    assert every_part(state.balances(day)) == every_part({Part.CREDIT: 1_012})


def test_a_fee_is_still_paid_when_all_principal_was_paid_ahead_and_no_instalment_is_left() -> None:
    fee = FeeRule("opening", When.DISBURSEMENT, 300)
    terms = monthly(
        excess=Excess.REDUCE_TERM,
        interest=Interest.SCHEDULED,
        conventions="fineract_cumulative",
        fees=(fee, FeeRule("early", When.PREPAYMENT, percent=Fraction(1, 100))),
    )
    day = date(2023, 10, 1)
    paid = [LoanEvent(3, Kind.REPAID, day, {"amount": 10_000})]
    state = told(terms, 1, paid, day)
    owed = sum(state.owed(day).values())
    assert (state.principal, owed) == (0, 300 + 100)
    paid.append(LoanEvent(4, Kind.REPAID, day, {"amount": owed}))
    assert told(terms, 1, paid, day).status is Status.REPAID


def test_interest_that_is_owed_after_maturity_can_become_principal() -> None:
    day = date(2023, 12, 1)
    state = told(monthly(), 1, [LoanEvent(3, Kind.CAPITALIZED, day)], day)
    assert (state.principal, state.interest_owed(day)) == (10_100, 0)
    assert sum(row.principal_open for row in state.rows) == 10_100


def test_a_loan_aged_anew_twice_has_rows_that_follow_each_other() -> None:
    aged = {"start": "2024-01-01", "unit": "month", "every": 1, "instalments": 3}
    again = {**aged, "start": "2024-02-15"}
    happened = [
        LoanEvent(3, Kind.REAGED, date(2023, 12, 10), {}, aged),
        LoanEvent(4, Kind.REAGED, date(2024, 1, 10), {}, again),
    ]
    state = told(monthly(), 2, happened, date(2024, 1, 10))
    ahead = [row for row in state.rows if row.due > date(2024, 1, 10)]
    assert [str(row.due) for row in ahead] == ["2024-02-15", "2024-03-15", "2024-04-15"]
    assert [row.start for row in ahead[1:]] == [row.due for row in ahead[:-1]]
    assert sum(row.principal_open for row in state.rows) == 10_000


def test_interest_paid_after_maturity_is_not_asked_for_again_when_the_loan_is_aged_anew() -> None:
    """A thousandth a night: 0.50 of the eight nights after maturity was paid before principal."""
    terms = monthly(basis=InterestBasis.ACT_360, interest_on_overdue=True, mode=Mode.BY_COMPONENT)
    due, day = date(2023, 11, 1), date(2023, 11, 9)
    aged = {"start": "2023-12-01", "unit": "month", "every": 1, "instalments": 1}
    opened = State(terms, Agreement(10_000, Fraction(36, 100), 1), date(2023, 10, 1))
    events = [
        LoanEvent(1, Kind.APPROVED, date(2023, 10, 1), {"amount": 10_000}),
        LoanEvent(2, Kind.DISBURSED, date(2023, 10, 1), {"amount": 10_000}),
        LoanEvent(3, Kind.REPAID, due, {"amount": 310}),
        LoanEvent(4, Kind.REPAID, day, {"amount": 50}),
        LoanEvent(5, Kind.REAGED, day, {}, aged),
    ]
    state, _ = fold(opened, events, date(2023, 12, 1))
    last = state.rows[-1]
    assert (last.interest, last.interest_paid) == (300, 50)  # thirty nights of 0.10
    assert state.interest_owed(date(2023, 12, 1)) == 250


def test_a_single_repayment_aged_anew_has_one_period_and_may_still_be_put_off() -> None:
    """Aged anew over two months it is due on 1 January; after a holiday of one, on 1 February."""
    aged = {"start": "2023-12-01", "unit": "month", "every": 1, "instalments": 2}
    happened = [
        LoanEvent(3, Kind.REAGED, date(2023, 10, 2), {}, aged),
        LoanEvent(
            4, Kind.HOLIDAY_GRANTED, date(2023, 10, 2), {}, {"instalments": 1, "extend": True}
        ),
    ]
    terms = monthly(method=Method.SINGLE_REPAYMENT)
    for known, due in ((1, date(2024, 1, 1)), (2, date(2024, 2, 1))):
        state = told(terms, 1, happened[:known], date(2023, 10, 2))
        assert [(row.due, row.principal) for row in state.rows] == [(due, 10_000)]


def test_interest_on_what_is_overdue_goes_on_when_a_pause_ends_after_maturity() -> None:
    """Paused to the third day after maturity; then 0.10 a night on 100.00."""
    terms = monthly(basis=InterestBasis.ACT_360, interest_on_overdue=True)
    opened = State(terms, Agreement(10_000, Fraction(36, 100), 1), date(2023, 10, 1))
    events = [
        LoanEvent(1, Kind.APPROVED, date(2023, 10, 1), {"amount": 10_000}),
        LoanEvent(2, Kind.DISBURSED, date(2023, 10, 1), {"amount": 10_000}),
        LoanEvent(3, Kind.INTEREST_PAUSED, date(2023, 10, 21), {}, {"until": "2023-11-04"}),
    ]
    owed = [
        fold(opened, events, day)[0].interest_owed(day)
        for day in (date(2023, 11, 1), date(2023, 11, 4), date(2023, 11, 9))
    ]
    assert owed == [200, 200, 250]


def test_a_tranche_on_a_due_date_leaves_that_row_the_interest_of_its_whole_period() -> None:
    """60.00 at 4.35 % a year for a month is 0.2175; by habit the row of that day is cut anew."""
    terms = monthly(interest=Interest.SCHEDULED, conventions="fineract_cumulative")
    start, due = date(2023, 10, 1), date(2023, 11, 1)
    opened = State(terms, Agreement(10_000, Fraction(435, 10_000), 2), start)
    events = [
        LoanEvent(1, Kind.APPROVED, start, {"amount": 10_000}),
        LoanEvent(2, Kind.DISBURSED, start, {"amount": 6_000}),
        LoanEvent(3, Kind.DISBURSED, due, {"amount": 4_000}),
    ]
    state, _ = fold(opened, events, due)
    assert (state.rows[0].due, state.rows[0].interest) == (due, 22)
    assert state.interest_owed(due) == 22
