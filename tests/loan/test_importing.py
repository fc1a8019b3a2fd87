"""A loan of another system goes on here: the figures are worked out by hand beside each case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ledger.book.chart import Part
from ledger.calc.delinquency import days_past_due
from ledger.errors import AmountExceeded, DateNotOpen, FailedPrecondition, WrongStatus
from ledger.loan.codec import state_from, state_text
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.floating import Floating
from ledger.loan.fold import advanced, applied, fold
from ledger.loan.instalments import Instalment
from ledger.loan.position import OpenCharge, Position, position_from, position_object
from ledger.loan.resets import next_reset
from ledger.loan.state import Stage, State, Status
from ledger.loan.trail import Trail
from tests.loan.brought import (
    AGREED,
    BEGUN,
    CUT,
    POSITION,
    ROWS,
    fifteenth,
    happened,
    held,
    imported,
    terms,
)
from tests.loan.monthly import monthly

#: The payload of the event as it was first released: a later form is a new kind.
FROZEN = {
    "agreement": {"amount": 1_200_000, "first_due": None, "instalments": 12, "rate": "3/25"},
    "start": "2023-10-15",
    "disbursed": 1_200_000,
    "principal": 100_000,
    "interest": 5_008,
    "charges": [{"part": "fee", "due": "2024-04-01", "amount": 1_000}],
    "adjustment": 6,
    "stage": "suspended",
    "rate": "3/50",
    "rates": [["2024-06-15", "6/25"]],
    "rows": [
        {
            "no": 6,
            "start": "2024-03-15",
            "due": "2024-04-15",
            "principal": 100_000,
            "interest": 7_000,
            "principal_paid": 0,
            "interest_paid": 2_000,
            "kind": "regular",
        }
    ],
    "interest_exact": "25/3",
    "earnings": [["2024-05-15", 6]],
    "late_fees_from": "2024-04-01",
}


def test_the_payload_of_the_event_is_frozen() -> None:
    told = Position(
        *(BEGUN, AGREED, 1_200_000, 100_000, 5_008),
        charges=(OpenCharge(Part.FEE, date(2024, 4, 1), 1_000),),
        adjustment=6,
        stage=Stage.SUSPENDED,
        rate=Fraction(6, 100),
        rates=((fifteenth(6), Fraction(24, 100)),),
        rows=ROWS[:1],
        interest_exact=Fraction(25, 3),
        earnings=((fifteenth(5), 6),),
        late_fees_from=date(2024, 4, 1),
    )
    assert position_object(told) == FROZEN
    assert position_from(FROZEN) == told


def test_it_stands_as_the_other_system_had_it_and_is_as_many_days_past_due() -> None:
    trail = Trail()
    state = imported(POSITION, trail=trail)
    assert held(state, CUT) == {"principal": 600_000, "interest": 5_833}
    (movement,) = trail.movements
    assert (movement.kind, movement.amounts) == (
        "import",
        {Part.PRINCIPAL: 600_000, Part.INTEREST: 5_833},
    )
    assert (state.status, state.approved, state.start) == (Status.ACTIVE, 1_200_000, BEGUN)
    assert [row.no for row in state.rows] == [6, 7, 8, 9, 10, 11]
    assert days_past_due(state.oldest_due(CUT), CUT) == 5


def test_interest_goes_on_in_the_middle_of_the_period_to_what_the_whole_period_bears() -> None:
    state = imported(POSITION)
    assert state.interest_owed(date(2024, 4, 21)) == 5_000 + 1_000  # 833 + 5000/30 = 999.67
    due = advanced(state, fifteenth(5), Trail())
    assert due.rows[1].interest == 5_000  # 833 + 5000 x 25/30 = 4999.67
    assert due.interest_owed(fifteenth(5)) == 5_000 + 5_000


def test_the_exact_accrual_is_carried_where_it_is_told() -> None:
    plain, exact = POSITION, replace(POSITION, interest_exact=Fraction(2_500, 3))
    day = date(2024, 4, 29)  # 833.33 + 1500 = 2333.33, and with whole fen 833 + 1500
    assert imported(exact).interest_owed(day) == imported(plain).interest_owed(day) == 7_333
    lines = [imported(one).interest for one in (plain, exact)]
    assert [found.exact(day) for found in lines if found] == [Fraction(2_333), Fraction(7_000, 3)]


def test_money_pays_the_old_arrears_first_and_the_rest_is_held() -> None:
    paid = happened(imported(POSITION), Kind.REPAID, CUT, 105_500)
    assert paid.rows[0].unpaid == 0  # 50.00 of interest and 1,000.00
    assert (paid.principal, paid.credit) == (500_000, 500)
    assert paid.oldest_due(CUT) is None
    quote = happened(imported(POSITION), Kind.PAID_OFF, CUT, 605_833)
    assert quote.status is Status.REPAID


def test_rows_due_before_the_cut_over_bring_no_late_fee_and_later_ones_do() -> None:
    late = {"late_fee": 2_500, "late_fee_grace": 3}
    state = imported(POSITION, date(2024, 4, 17), **late)
    assert advanced(state, date(2024, 5, 18), Trail()).fee == 0
    assert advanced(state, date(2024, 5, 19), Trail()).fee == 2_500


def test_a_late_fee_still_to_come_is_charged_where_the_position_says_so() -> None:
    late = {"late_fee": 2_500, "late_fee_grace": 3}
    running = replace(POSITION, late_fees_from=fifteenth(4))
    state = imported(running, date(2024, 4, 17), **late)
    assert advanced(state, date(2024, 4, 19), Trail()).fee == 2_500


def test_penalty_interest_runs_on_from_what_was_owed_of_it() -> None:
    state = imported(replace(POSITION, penalty=247), penalty_rate=Fraction(18, 100))
    assert state.penalty_owed(CUT) == 247
    assert state.penalty_owed(date(2024, 4, 30)) == 740  # 2.47 + 10 x 1000 x 0.18/365 = 7.4015


def test_open_charges_are_paid_and_those_of_a_later_day_become_income_then() -> None:
    charges = (
        OpenCharge(Part.FEE, date(2024, 4, 1), 1_000),
        OpenCharge(Part.PENALTY, date(2024, 4, 2), 300),
        OpenCharge(Part.FEE, date(2024, 5, 2), 700),
    )
    trail = Trail()
    state = imported(replace(POSITION, charges=charges), trail=trail)
    assert held(state, CUT) | {"principal": 0, "interest": 0} == {
        "principal": 0,
        "interest": 0,
        "fee": 1_000,
        "penalty": 300,
    }
    later = advanced(state, date(2024, 5, 2), trail)
    assert later.fee == 1_700
    assert [m.kind for m in trail.movements] == ["import", "charge_due"]
    with pytest.raises(FailedPrecondition, match="event 2 brought 3 charges"):
        happened(state, Kind.CHARGE_WAIVED, CUT, charge=2)


def test_without_rows_the_product_plans_what_is_left() -> None:
    day = fifteenth(4)
    state = imported(Position(BEGUN, AGREED, 1_200_000, 600_000, 0), day)
    assert [(row.no, row.due.month, row.principal, row.interest) for row in state.rows] == [
        (7, 5, 100_000, 6_000),
        (8, 6, 100_000, 5_000),
        (9, 7, 100_000, 4_000),
        (10, 8, 100_000, 3_000),
        (11, 9, 100_000, 2_000),
        (12, 10, 100_000, 1_000),
    ]


def test_a_level_instalment_that_is_told_stays_and_the_last_row_takes_the_rest() -> None:
    day, told = fifteenth(4), Position(BEGUN, AGREED, 1_200_000, 600_000, 0, instalment=110_000)
    state = applied(
        State(monthly(), AGREED, day),
        LoanEvent(2, Kind.IMPORTED, day, {}, position_object(told)),
        Trail(),
    )
    assert [row.principal + row.interest for row in state.rows][:5] == [110_000] * 5
    # 4960.00, 3909.60, 2848.70, 1777.19, 694.96 are left after each; the last bears 6.95 on that
    assert (state.rows[-1].principal, state.rows[-1].interest) == (69_496, 695)


@pytest.mark.parametrize(
    ("stage", "balances"),
    [
        (Stage.SUSPENDED, {"principal": 600_000, "suspended": 5_833 + 247}),
        (Stage.CHARGED_OFF, {"written_off": 600_000 + 5_833 + 247}),
        (Stage.CHARGED_OFF_FRAUD, {"written_off": 600_000 + 5_833 + 247}),
    ],
)
def test_what_stands_off_the_balance_sheet_comes_as_a_memo(
    stage: Stage, balances: dict[str, int]
) -> None:
    state = imported(replace(POSITION, penalty=247, stage=stage))
    assert held(state, CUT) == balances
    assert state.fraud is (stage is Stage.CHARGED_OFF_FRAUD)


def test_a_memo_alone_is_a_loan_written_off_on_which_money_may_still_come() -> None:
    state = imported(Position(BEGUN, AGREED, 1_200_000, written_off=50_000))
    assert (state.status, held(state, CUT)) == (Status.WRITTEN_OFF, {"written_off": 50_000})
    assert happened(state, Kind.RECOVERED, CUT, 20_000).written_off == 30_000


def test_a_credit_alone_is_a_repaid_loan_whose_credit_can_be_refunded() -> None:
    state = imported(Position(BEGUN, AGREED, 1_200_000, credit=700))
    assert state.status is Status.REPAID
    assert happened(state, Kind.REFUNDED, CUT, 700).credit == 0


def test_deferred_fees_are_earned_as_told_or_by_effective_interest() -> None:
    told = ((fifteenth(5), 400), (fifteenth(6), 200))
    state = imported(replace(POSITION, adjustment=600, earnings=told))
    assert advanced(state, fifteenth(5), Trail()).adjustment == 200
    spread = imported(replace(POSITION, adjustment=600))
    assert [due for due, _ in spread.earnings] == [row.due for row in ROWS[1:]]
    assert sum(amount for _, amount in spread.earnings) == 600
    matured = replace(POSITION, principal=100_000, rows=ROWS[:1], interest=5_000, adjustment=600)
    with pytest.raises(FailedPrecondition, match="no instalment is left"):
        imported(matured)


def test_the_rate_in_force_and_later_ones_are_those_of_the_position() -> None:
    moved = replace(POSITION, rate=Fraction(6, 100), rates=((fifteenth(6), Fraction(24, 100)),))
    state = imported(moved)
    assert state.agreement.rate == Fraction(12, 100)
    assert [state.rate_on(d) for d in (CUT, fifteenth(6))] == [Fraction(6, 100), Fraction(24, 100)]
    assert state.interest_owed(date(2024, 4, 23)) == 5_833 + 250  # three days of 2500/30


def test_changes_of_the_contract_keep_the_numbers_of_the_rows() -> None:
    moved = happened(
        imported(POSITION), Kind.DUE_DATE_CHANGED, CUT, from_due="2024-05-15", to_due="2024-05-20"
    )
    assert [(row.no, row.due.day) for row in moved.rows] == [
        (6, 15), (7, 20), (8, 20), (9, 20), (10, 20), (11, 20)
    ]  # fmt: skip
    assert state_from(state_text(moved), moved.terms) == moved
    aged = happened(
        imported(POSITION),
        Kind.REAGED,
        CUT,
        start="2024-06-01",
        unit="month",
        every=1,
        instalments=2,
    )
    assert [row.no for row in aged.rows] == list(range(6, 6 + len(aged.rows)))


def test_other_due_dates_than_the_terms_make_are_kept_as_they_are() -> None:
    own = (
        Instalment(3, date(2024, 4, 1), date(2024, 5, 3), 300_000, 0),
        Instalment(4, date(2024, 5, 3), date(2024, 6, 28), 300_000, 0),
    )
    state = imported(replace(POSITION, rows=own, interest=0))
    assert [period.due for period in state.grid] == [date(2024, 5, 3), date(2024, 6, 28)]
    # 32 days are no whole month: they count 32/365 a year, of which 13 are left.
    due = advanced(state, date(2024, 5, 3), Trail())
    assert due.rows[0].interest == 2_564  # 6000 x 0.12 x 13/365 = 25.64


def test_what_is_not_yet_paid_out_may_still_be() -> None:
    state = imported(replace(POSITION, disbursed=1_100_000))
    more = happened(state, Kind.DISBURSED, CUT, 100_000)
    assert (more.disbursed, more.principal) == (1_200_000, 700_000)
    assert [row.principal for row in more.rows] == [100_000, *[120_000] * 5]
    assert [row.no for row in more.rows] == [6, 7, 8, 9, 10, 11]
    with pytest.raises(AmountExceeded):
        happened(more, Kind.DISBURSED, CUT, 1)


def test_a_floating_loan_is_next_reset_after_the_cut_over() -> None:
    floating = Floating("LPR-1Y", Fraction(0), 3)
    assert next_reset(imported(POSITION, floating=floating)) == fifteenth(7)


def test_only_a_fresh_loan_is_imported_and_nothing_may_have_happened_before() -> None:
    state = imported(POSITION)
    again = LoanEvent(3, Kind.IMPORTED, CUT, {}, position_object(POSITION))
    with pytest.raises(WrongStatus, match="does not allow loan_imported"):
        applied(state, again, Trail())
    early = LoanEvent(3, Kind.REPAID, date(2024, 4, 19), {"amount": 1})
    with pytest.raises(DateNotOpen):
        fold(State(terms(), AGREED, CUT), [early], CUT)
