"""A loan that is brought over from its own position goes on as if it had never moved."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.book.chart import Part
from ledger.lending.positions import untied, untied_under
from ledger.loan.codec import state_from, state_text
from ledger.loan.comparing import compared
from ledger.loan.correcting import corrections
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.explaining import payoff
from ledger.loan.fold import advanced, applied, closed_trail
from ledger.loan.paying import quoted
from ledger.loan.position import Position, position_from, position_object
from ledger.loan.retracing import retraced
from ledger.loan.row_history import row_story
from ledger.loan.standing import changes, nightly
from ledger.loan.state import State, Status
from ledger.loan.trail import Trail
from ledger.money import Rounding
from tests.examples import examples
from tests.promises.cases import Life, lived, lives
from tests.promises.exporting import position_of
from tests.promises.intents import ORDINARY
from tests.promises.sums import books_of, days, every_part

_EXAMPLES = examples(100)
_AHEAD = timedelta(days=100)
_PLACES, _GAPS = st.integers(0, 8), st.integers(0, 60)


def cut(life: Life, place: int, gap: int) -> tuple[State, date, list[LoanEvent]]:
    """The loan some days after one of its events, that day's dues fallen, and what made it."""
    kept, state = lived(life)[: 2 + place], life.opened
    for event in kept:
        state = applied(state, event, Trail())
    day = state.as_of + timedelta(days=gap)
    state = advanced(state, day, Trail())
    assume(state.status in (Status.ACTIVE, Status.WRITTEN_OFF))
    assume(any(state.balances(day).values()))
    return state, day, kept


def event_of(position: Position, day: date) -> LoanEvent:
    """The event that brings a position over."""
    told = position_object(position)
    assert position_from(told) == position
    return LoanEvent(1, Kind.IMPORTED, day, {}, told)


def brought_over(state: State, position: Position, day: date, trail: Trail) -> State:
    """A fresh loan with the position, as its event and its stored state keep them."""
    assert untied(position, (), day) == []
    assert untied_under(state.terms, position, day) == []
    opened = State(state.terms, position.agreement, day)
    ours = applied(opened, event_of(position, day), trail)
    assert state_from(state_text(ours), state.terms) == ours
    return ours


def _ties_alike(state: State, position: Position, day: date) -> bool:
    """Whether a tie rounds as it did there: half-even looks at the units settled before, too."""
    interest, exact = state.interest, position.interest_exact
    settled = interest.exact(day) - exact if interest and exact is not None else 0
    even = settled % 2 == 0 and state.penalty_settled % 2 == 0
    return even or state.terms.rounding is Rounding.HALF_UP


@_EXAMPLES
@given(lives(kinds=ORDINARY), _PLACES, _GAPS)
def test_both_have_the_same_balances_and_payoffs_from_that_day_on(
    life: Life, place: int, gap: int
) -> None:
    state, day, _ = cut(life, place, gap)
    position = position_of(state, day)
    assume(_ties_alike(state, position, day))
    ours = brought_over(state, position, day, Trail())
    for now in days(day, day + _AHEAD):
        state, ours = advanced(state, now, Trail()), advanced(ours, now, Trail())
        assert ours.status is state.status
        assert ours.balances(now) == state.balances(now), now
        if state.status is Status.ACTIVE:
            assert quoted(ours, now) == quoted(state, now), now
            assert ours.rows == state.rows
            assert ours.oldest_due(now) == state.oldest_due(now)


@_EXAMPLES
@given(lives(kinds=ORDINARY), _PLACES, _GAPS)
def test_whole_minor_units_cost_no_component_more_than_one_of_them(
    life: Life, place: int, gap: int
) -> None:
    state, day, _ = cut(life, place, gap)
    ours = brought_over(state, position_of(state, day, exact=False), day, Trail())
    assert ours.balances(day) == state.balances(day)
    for now in days(day, day + _AHEAD):
        state, ours = advanced(state, now, Trail()), advanced(ours, now, Trail())
        theirs, mine = state.balances(now), ours.balances(now)
        assert max(abs(mine[part] - theirs[part]) for part in theirs) <= 1, now


@_EXAMPLES
@given(lives(kinds=ORDINARY), _PLACES, _GAPS)
def test_the_books_hold_the_position_at_once_and_each_component_every_night(
    life: Life, place: int, gap: int
) -> None:
    state, day, _ = cut(life, place, gap)
    trail, last = Trail(), day + _AHEAD
    ours = brought_over(state, position_of(state, day), day, trail)
    clearing = books_of(closed_trail(ours, trail, day), life.terms.rounding, day, day).accounts
    stated = state.balances(day)
    owed = sum(stated[part] for part in (Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY))
    assert clearing["1307"] == stated[Part.CREDIT] + stated[Part.ADJUSTMENT] - owed
    ours = advanced(ours, last, trail)
    books = books_of(closed_trail(ours, trail, last), life.terms.rounding, day, last)
    assert books.sums() == every_part(ours.balances(last))


@_EXAMPLES
@given(lives(kinds=ORDINARY), _PLACES, _GAPS)
def test_a_position_ties_to_the_history_that_made_it(life: Life, place: int, gap: int) -> None:
    state, day, events = cut(life, place, gap)
    told = [event for event in events if event.kind is not Kind.APPROVED and event.value_date < day]
    assume(len(told) == len(events) - 1)
    assume(events[0].value_date == life.start and state.start == life.start)
    position = position_of(state, day)
    found = compared(life.terms, position, told, day)
    assert found == []


@_EXAMPLES
@given(lives(kinds=ORDINARY), _PLACES, _GAPS)
def test_an_import_that_is_undone_leaves_nothing_in_the_books(
    life: Life, place: int, gap: int
) -> None:
    state, day, _ = cut(life, place, gap)
    trail, last = Trail(), day + _AHEAD
    ours = advanced(brought_over(state, position_of(state, day), day, trail), last, trail)
    whole, rounding = closed_trail(ours, trail, last), life.terms.rounding
    books = books_of(whole, rounding, day, last)
    books.correct(corrections(whole, Trail(), None, rounding, day, last))
    assert not any(books.sums().values())
    assert not any(books.accounts.values())


@_EXAMPLES
@given(lives(kinds=ORDINARY), _PLACES, _GAPS, _GAPS)
def test_what_is_explained_of_an_imported_loan_sums_to_its_figures(
    life: Life, place: int, gap: int, ahead: int
) -> None:
    state, day, _ = cut(life, place, gap)
    position, later = position_of(state, day), day + timedelta(days=ahead)
    opened = State(state.terms, position.agreement, day)
    steps = retraced(opened, [event_of(position, day)], later)
    ours = steps[-1].after
    assume(ours.status is Status.ACTIVE)
    told, quote = payoff(steps, later), quoted(ours, later)
    for part, amount in quote.items():
        assert sum(line.amount for line in told.lines if line.part is part) == amount
    for line in told.lines:
        if line.kind.endswith("_accrued"):
            assert sum(accrual.booked for accrual in line.accruals) == line.amount
    for row in ours.rows:
        story = row_story(steps, row.no, later)
        assert story.open[Part.PRINCIPAL] + story.open[Part.INTEREST] == row.unpaid
    moved, nights = changes(steps), nightly(steps, later)
    held = dict.fromkeys(ours.balances(later), 0)
    for change in moved:
        for part, amount in change.amounts.items():
            held[part] += amount
    for _, part, amount in nights:
        held[part] += amount
    assert held == ours.balances(later)
