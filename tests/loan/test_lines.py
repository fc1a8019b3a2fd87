"""Lines of credit and the fee on what is not drawn; a thousandth a night, figures by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ledger.book.chart import Part
from ledger.calc.allocation import Excess
from ledger.calc.periods import InterestBasis
from ledger.calc.schedule import Method
from ledger.calc.shape import Shape
from ledger.errors import AmountExceeded, FailedPrecondition, WrongStatus
from ledger.frozen import replace
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.explaining import payoff
from ledger.loan.fees import FeeRule, When
from ledger.loan.fold import applied, fold
from ledger.loan.paying import quoted
from ledger.loan.retracing import retraced
from ledger.loan.state import State, Status
from ledger.loan.terms import Agreement, Terms
from ledger.loan.trail import Trail
from tests.loan.monthly import monthly

APPROVED, BEGUN = date(2024, 1, 5), date(2024, 1, 15)
#: 36 % a year of 360 days; the limit is 10,000.00 and the line runs for four months.
AGREED = Agreement(1_000_000, Fraction(36, 100), 4)
LINE = monthly(
    method=Method.REVOLVING,
    excess=Excess.REDUCE_INSTALMENT,
    basis=InterestBasis.ACT_360,
    shape=Shape(minimum_share=Fraction(5, 100), minimum=5_000),
)
Happened = tuple[Kind, date, int]
DRAWN: Happened = (Kind.DISBURSED, BEGUN, 200_000)
MORE: Happened = (Kind.DISBURSED, date(2024, 1, 25), 100_000)


def _events(*happened: Happened) -> list[LoanEvent]:
    opened = (Kind.APPROVED, APPROVED, 1_000_000)
    return [
        LoanEvent(number, kind, day, {"amount": amount})
        for number, (kind, day, amount) in enumerate([opened, *happened], start=1)
    ]


def _lived(through: date, *happened: Happened, terms: Terms = LINE) -> State:
    return fold(State(terms, AGREED, APPROVED), _events(*happened), through)[0]


def _rows(state: State) -> list[tuple[int, int]]:
    return [(row.principal, row.interest) for row in state.rows]


def test_a_period_is_billed_its_share_of_the_balance_that_it_begins_with() -> None:
    """5 % of what is drawn, at least 50.00, the rest when the line ends."""
    state = _lived(BEGUN, DRAWN)
    assert _rows(state) == [(10_000, 6_200), (9_500, 5_510), (9_025, 5_596), (171_475, 5_144)]
    small = _lived(BEGUN, (Kind.DISBURSED, BEGUN, 60_000))
    assert [principal for principal, _ in _rows(small)] == [5_000, 5_000, 5_000, 45_000]


def test_what_is_drawn_within_a_period_is_billed_from_the_next_one_on() -> None:
    """Ten nights of 200.00, and 21 of 300.00 are 83.00."""
    state = _lived(date(2024, 1, 25), DRAWN, MORE)
    assert _rows(state)[:2] == [(10_000, 8_300), (14_500, 8_410)]


def test_money_beyond_what_is_due_lowers_the_balance_and_the_running_minimum() -> None:
    paid = (Kind.REPAID, date(2024, 2, 15), 20_000)
    state = _lived(date(2024, 2, 15), DRAWN, MORE, paid)
    assert state.principal == 300_000 - (20_000 - 8_300)
    assert _rows(state)[1] == (14_500 - 1_700, 8_361)  # 29 nights of 2.883


def test_a_line_that_is_paid_stays_open_and_is_drawn_again() -> None:
    """After ten nights of 300.00, 3.00 a night; nothing is due until it is drawn again."""
    day, again = date(2024, 2, 25), date(2024, 3, 5)
    due = (Kind.REPAID, date(2024, 2, 15), 18_300)
    whole = (Kind.PAID_OFF, day, 290_000 + 2_900)
    state = _lived(day, DRAWN, MORE, due, whole)
    assert (state.status, state.principal, state.undrawn(day)) == (Status.ACTIVE, 0, 1_000_000)
    assert set(state.balances(day).values()) == {0}
    assert [row.unpaid for row in state.rows] == [0, 0, 0, 0]
    drawn = _lived(date(2024, 3, 15), DRAWN, MORE, due, whole, (Kind.DISBURSED, again, 500_000))
    assert [row.unpaid for row in drawn.rows] == [0, 5_000, 25_000 + 15_500, 475_000 + 14_250]


def test_a_draw_stays_within_the_limit_less_what_is_drawn() -> None:
    repaid = (Kind.REPAID, date(2024, 1, 20), 150_000)
    full = (Kind.DISBURSED, date(2024, 1, 21), 950_000)
    assert _lived(date(2024, 1, 21), DRAWN, repaid, full).principal == 1_000_000
    opened = State(LINE, AGREED, APPROVED)
    over = _events(DRAWN, repaid, (Kind.DISBURSED, date(2024, 1, 21), 950_001))
    with pytest.raises(AmountExceeded, match=r"at most CNY 9500\.00"):
        fold(opened, over, date(2024, 1, 21), strict=4)


def test_what_was_drawn_before_stays_where_a_repayment_before_it_is_reversed() -> None:
    opened, full = State(LINE, AGREED, APPROVED), (Kind.DISBURSED, date(2024, 1, 21), 950_000)
    state, _ = fold(opened, _events(DRAWN, full), date(2024, 1, 21))
    assert (state.principal, state.undrawn(date(2024, 1, 21))) == (1_150_000, 0)


def test_a_line_ends_when_what_is_left_of_its_limit_is_given_up() -> None:
    day, none = date(2024, 2, 25), (Kind.LIMIT_CHANGED, date(2024, 2, 25), 0)
    state = _lived(day, DRAWN, (Kind.PAID_OFF, date(2024, 1, 25), 202_000), none)
    assert state.status is Status.REPAID
    with pytest.raises(WrongStatus):
        fold(
            State(LINE, AGREED, APPROVED),
            _events(DRAWN, (Kind.PAID_OFF, BEGUN, 200_000), (Kind.LIMIT_CHANGED, BEGUN, 0), MORE),
            day,
            strict=5,
        )


def test_a_line_without_balance_ends_on_its_last_due_date() -> None:
    paid = (Kind.PAID_OFF, date(2024, 1, 25), 202_000)
    for day, status in ((14, Status.ACTIVE), (15, Status.REPAID)):
        assert _lived(date(2024, 5, day), DRAWN, paid).status is status


def test_a_limit_holds_what_is_drawn_and_stays_within_the_products() -> None:
    opened = State(monthly(max_amount=1_200_000), AGREED, APPROVED)
    for limit, refused in ((1_200_001, AmountExceeded), (199_999, FailedPrecondition)):
        with pytest.raises(refused):
            fold(opened, _events(DRAWN, (Kind.LIMIT_CHANGED, BEGUN, limit)), BEGUN, strict=3)
    raised = fold(opened, _events(DRAWN, (Kind.LIMIT_CHANGED, BEGUN, 1_200_000)), BEGUN)[0]
    assert raised.undrawn(BEGUN) == 1_000_000


UNDRAWN = FeeRule("undrawn", When.COMMITMENT, percent=Fraction(36, 10_000), tax=Fraction(6, 100))


def test_a_commitment_fee_is_charged_on_due_dates_for_what_was_not_drawn() -> None:
    """A hundred-thousandth a night: 10 of 10,000.00, 10 of 8,000.00, 21 of 7,000.00 are 3.27."""
    terms = monthly(basis=InterestBasis.ACT_360, fees=(UNDRAWN,))
    for through, charged in ((date(2024, 2, 14), 0), (date(2024, 2, 15), 327 + 20)):
        assert _lived(through, DRAWN, MORE, terms=terms).fee == charged
    given_up = (Kind.LIMIT_CHANGED, date(2024, 2, 25), 300_000)
    state = _lived(date(2024, 5, 15), DRAWN, MORE, given_up, terms=terms)
    assert [charge.amount for charge in state.charges] == [327 + 20, 70 + 4]


def test_a_payoff_takes_the_commitment_fee_up_to_its_day() -> None:
    terms, day = monthly(basis=InterestBasis.ACT_360, fees=(UNDRAWN,)), date(2024, 2, 25)
    state = _lived(day, DRAWN, MORE, terms=terms)
    fees = quoted(state, day)[Part.FEE]
    assert fees == (327 + 20) + (70 + 4)
    steps = retraced(State(terms, AGREED, APPROVED), _events(DRAWN, MORE), day)
    lines = {line.kind: line.amount for line in payoff(steps, day).lines}
    assert (lines["fee"], lines["commitment_fee"]) == (347, 74)


def test_a_commitment_fee_is_owed_up_to_the_day_on_which_a_line_is_given_up() -> None:
    """In the payoff 1.80 and tax, on the due date 2.10, and ten nights of 10,000.00 at the end."""
    terms, paid = replace(LINE, fees=(UNDRAWN,)), (Kind.PAID_OFF, date(2024, 1, 25), 202_000 + 191)
    day, due = date(2024, 2, 25), date(2024, 2, 15)
    none, later = (Kind.LIMIT_CHANGED, day, 0), date(2024, 4, 20)
    state = _lived(day, DRAWN, paid, (Kind.REPAID, due, 223), none, terms=terms)
    assert (state.status, state.fee) == (Status.ACTIVE, 106)  # ten nights, 1.00 and tax
    assert _lived(later, DRAWN, paid, (Kind.REPAID, due, 223), none, terms=terms).fee == 106
    settled = (Kind.REPAID, later, 106)
    state = _lived(later, DRAWN, paid, (Kind.REPAID, due, 223), none, settled, terms=terms)
    assert (state.status, set(state.balances(later).values())) == (Status.REPAID, {0})


def test_a_refinancing_takes_the_commitment_fee_up_to_its_day_as_a_payoff_does() -> None:
    terms, day = replace(LINE, fees=(UNDRAWN,)), date(2024, 1, 25)
    state = _lived(day, DRAWN, terms=terms)
    owed, trail = quoted(state, day), Trail()
    gone = applied(state, LoanEvent(9, Kind.REFINANCED, day, {}, {"into": "x"}), trail)
    moved = next(each for each in trail.movements if each.kind == "refinancing_out")
    assert owed[Part.FEE] == 180 + 11
    assert {part: moved.amounts.get(part, 0) for part in owed} == owed
    assert (gone.status, set(gone.balances(day).values())) == (Status.REPAID, {0})


def test_a_loan_that_is_paid_ahead_still_owes_what_its_commitment_cost_up_to_then() -> None:
    """With money for later instalments nothing but the fee is left, and a payoff ends it."""
    terms = monthly(basis=InterestBasis.ACT_360, excess=Excess.NEXT_INSTALMENT, fees=(UNDRAWN,))
    day, rows = date(2024, 1, 25), _lived(BEGUN, DRAWN, terms=terms).rows
    whole = (Kind.REPAID, day, 200_000 + sum(row.interest for row in rows))
    state = _lived(day, DRAWN, whole, terms=terms)
    assert (state.status, state.principal) == (Status.ACTIVE, 0)
    assert state.fee == 180 + 11  # ten nights of 10,000.00 and of 8,000.00, and the tax
    paid = (Kind.PAID_OFF, day, 180 + 11)
    assert _lived(day, DRAWN, whole, paid, terms=terms).status is Status.REPAID
