"""What comes by the number of an instalment: fees within a window, interest that is capitalised."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ledger.calc.allocation import Excess
from ledger.calc.schedule import Method
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fees import FeeRule, When
from ledger.loan.fold import fold
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Terms
from tests.loan.monthly import START, lived, monthly

#: 1 % a month on 10,000.00.
AGREED = Agreement(1_000_000, Fraction(12, 100), 4)


def _owed(terms: Terms, day: date, *happened: LoanEvent) -> State:
    events = [
        LoanEvent(1, Kind.APPROVED, START, {"amount": 1_000_000}),
        LoanEvent(2, Kind.DISBURSED, START, {"amount": 1_000_000}),
        *happened,
    ]
    return fold(State(terms, AGREED, START), events, day)[0]


def test_interest_left_unpaid_becomes_principal_on_every_second_due_date() -> None:
    """Nothing is paid: the first 100.00 on 15 March; that of 15 March has a month to be paid."""
    terms = monthly(method=Method.INTEREST_ONLY, capitalised_every=2)
    before, after = (_owed(terms, date(2024, 3, day)) for day in (14, 15))
    assert (before.principal, after.principal) == (1_000_000, 1_010_000)
    assert [row.interest_open for row in after.rows] == [0, 10_000, 10_100, 10_100]
    assert after.interest_owed(date(2024, 3, 15)) == 10_000
    end = _owed(terms, date(2024, 5, 15))  # the last due date makes no principal any more
    assert (end.principal, end.interest_owed(date(2024, 5, 15))) == (1_010_000, 30_200)


def test_interest_that_was_paid_in_time_is_not_capitalised() -> None:
    terms = monthly(method=Method.INTEREST_ONLY, capitalised_every=1)
    paid = LoanEvent(3, Kind.REPAID, date(2024, 2, 20), {"amount": 10_000})
    assert _owed(terms, date(2024, 3, 20), paid).principal == 1_000_000


def test_a_fee_for_paying_ahead_ends_with_its_last_instalment() -> None:
    """2 % up to the second due date, 1 % within the third period, then none."""
    fees = (
        FeeRule("early_2", When.PREPAYMENT, percent=Fraction(2, 100), last=2),
        FeeRule("early_1", When.PREPAYMENT, percent=Fraction(1, 100), first=3, last=3),
    )
    terms = monthly(method=Method.INTEREST_ONLY, excess=Excess.REDUCE_INSTALMENT, fees=fees)
    for day, due, share in (
        (date(2024, 3, 14), 10_000, 2),
        (date(2024, 3, 15), 20_000, 1),
        (date(2024, 4, 15), 30_000, 0),
    ):
        paid = LoanEvent(3, Kind.REPAID, day, {"amount": due + 100_000})
        state = _owed(terms, day, paid)
        assert [charge.amount for charge in state.charges] == [1_000 * share] * bool(share)
        assert state.principal == 900_000 + 1_000 * share


def test_fees_with_instalments_and_for_lateness_have_windows_too() -> None:
    fees = (
        FeeRule("service", When.INSTALMENT, fixed=500, first=2, last=3),
        FeeRule("late", When.LATE, fixed=700, last=1),
    )
    state = lived(monthly(fees=fees), Agreement(1_000_000, Fraction(12, 100), 4), date(2024, 6, 1))
    charged = [(str(charge.due), charge.amount) for charge in state.charges]
    assert charged == [("2024-02-16", 700), ("2024-03-15", 500), ("2024-04-15", 500)]
