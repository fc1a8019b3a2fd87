"""A loan in another currency: what it stands at is what it stood at, at the rate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.book.chart import Part
from ledger.loan.converting import converted
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import advanced, applied, fold
from ledger.loan.position import Position, position_object, position_of
from ledger.loan.state import State, Status
from ledger.loan.terms import Agreement
from ledger.loan.trail import Trail
from tests.examples import examples
from tests.loan.monthly import monthly
from tests.promises.cases import Life, lived, lives
from tests.promises.intents import ORDINARY
from tests.promises.sums import days, every_part

_EXAMPLES = examples(150)
_RATES = st.fractions(Fraction(1, 200), Fraction(200), max_denominator=1000)
_AFTER = timedelta(days=70)


def _today(life: Life, gap: int) -> tuple[State, date]:
    events = lived(life)
    day = max((event.value_date for event in events), default=life.start) + timedelta(days=gap)
    state, _ = fold(life.opened, events, day)
    assume(state.status is Status.ACTIVE and state.rows)
    return state, day


def _taken_over(state: State, found: Position, day: date) -> State:
    opened = State(state.terms, found.agreement, day)
    event = LoanEvent(1, Kind.CONVERTED, day, {"amount": found.principal}, position_object(found))
    return applied(opened, event, Trail())


@_EXAMPLES
@given(lives(kinds=ORDINARY), st.integers(0, 60))
def test_at_one_for_one_a_loan_goes_on_as_if_nothing_had_happened(life: Life, gap: int) -> None:
    state, day = _today(life, gap)
    assume(state.penalty_settled % 2 == 0)  # a tie under half-even looks at the unit before it
    same = converted(position_of(state, day), day, Fraction(1), state.terms.rounding)
    ours = _taken_over(state, same, day)
    for now in days(day, day + _AFTER):
        state, ours = advanced(state, now, Trail()), advanced(ours, now, Trail())
        assert every_part(ours.balances(now)) == every_part(state.balances(now)), now


@_EXAMPLES
@given(lives(kinds=ORDINARY), st.integers(0, 60), _RATES)
def test_each_figure_is_the_old_one_at_the_rate_and_sums_stay_sums(
    life: Life, gap: int, rate: Fraction
) -> None:
    state, day = _today(life, gap)
    found = converted(position_of(state, day), day, rate, state.terms.rounding)
    ours, dues = _taken_over(state, found, day), len(state.rows) + 2
    assert sum(row.principal - row.principal_paid for row in ours.rows) == ours.principal
    was, now = state.balances(day), ours.balances(day)
    assert abs(now[Part.PRINCIPAL] - was[Part.PRINCIPAL] * rate) <= Fraction(1, 2)
    for part in (Part.INTEREST, Part.FEE, Part.PENALTY, Part.CREDIT, Part.ADJUSTMENT):
        slack = (1 + rate) * (dues + len(state.charges))
        assert abs(now[part] - was[part] * rate) <= slack, part


@_EXAMPLES
@given(lives(kinds=ORDINARY), st.integers(0, 60))
def test_nothing_stays_with_the_loan_that_ends(life: Life, gap: int) -> None:
    state, day = _today(life, gap)
    trail = Trail()
    left = applied(state, LoanEvent(999, Kind.REDENOMINATED, day, {}, {"into": "x"}), trail)
    assert left.status is Status.REPAID
    assert set(left.balances(day).values()) - {0} == set() or left.written_off
    kept = replace(left, written_off=0)
    assert not any(kept.balances(day).values())


def _changed(kind: Kind, details: dict[str, object]) -> tuple[State, State]:
    """10,000.00 at 12 % for six months, changed on 20 November; and the same taken over then."""
    begun, day = date(2023, 10, 1), date(2023, 11, 20)
    events = [
        LoanEvent(1, Kind.APPROVED, begun, {"amount": 1_000_000}),
        LoanEvent(2, Kind.DISBURSED, begun, {"amount": 1_000_000}),
        LoanEvent(3, kind, day, {}, details),
    ]
    opened = State(monthly(), Agreement(1_000_000, Fraction(12, 100), 6), begun)
    state, _ = fold(opened, events, day)
    same = converted(position_of(state, day), day, Fraction(1), state.terms.rounding)
    return state, _taken_over(state, same, day)


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        (Kind.INTEREST_PAUSED, {"until": "2024-01-20"}),
        (
            Kind.REAGED,
            {"start": "2023-12-01", "unit": "week", "every": 2, "instalments": 8},
        ),
    ],
)
def test_a_pause_and_new_instalments_go_on_with_the_loan(
    kind: Kind, details: dict[str, object]
) -> None:
    state, ours = _changed(kind, details)
    for now in days(date(2023, 11, 20), date(2024, 4, 20)):
        state, ours = advanced(state, now, Trail()), advanced(ours, now, Trail())
        assert every_part(ours.balances(now)) == every_part(state.balances(now)), now


def test_a_mark_of_fraud_goes_on_with_the_loan() -> None:
    assert _changed(Kind.FRAUD_FLAGGED, {"value": True})[1].fraud
