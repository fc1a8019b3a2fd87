"""Promises 2 and 6, pure: the books are the fold, and the fold is one whichever way it is run."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ledger.book.chart import Part
from ledger.errors import LedgerError
from ledger.loan.accruing import accrued_part
from ledger.loan.codec import state_from, state_text
from ledger.loan.correcting import corrections
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import advanced, applied, closed_trail, fold
from ledger.loan.paying import quoted
from ledger.loan.state import State, Status
from ledger.loan.trail import Movement, Trail
from tests.examples import examples
from tests.promises.cases import Life, lived, lives, paid_in_full
from tests.promises.sums import books_of, days, every_part

_EXAMPLES = examples(200)
_AFTER = timedelta(days=45)


def _last_day(events: list[LoanEvent], life: Life) -> date:
    return max((event.value_date for event in events), default=life.start) + _AFTER


#: What may be left when nothing is owed: money held, and what was given up or borrowed before.
_OUTLIVING = (Part.CREDIT, Part.WRITTEN_OFF, Part.BORROWING)
#: Movements that raise the principal that is owed; a charge-off moves it off the books only.
_RAISING = ("disbursement", "chargeback", "credit_refund")
_CARRYING = ("charge_off", "charge_off_fraud")


def _principal(trail: Trail) -> int:
    """What movements have left of the principal: lent, owed again and capitalised, less paid."""
    found = 0
    for movement in trail.movements:
        amounts, kind = movement.amounts, movement.kind
        if kind == "capitalisation":
            found += sum(amounts.values())
        elif kind not in _CARRYING:
            sign = 1 if kind.startswith(_RAISING) else -1
            found += sign * amounts.get(Part.PRINCIPAL, 0)
    return found


def _gone_unseen(trail: Trail) -> bool:
    """Whether the principal left as a memo: what was charged off before needs no other movement."""
    return any(movement.kind in _CARRYING for movement in trail.movements)


def _paid_ahead(state: State, day: date) -> int:
    return sum(row.interest_paid for row in state.rows if row.due > day)


def _require_sound(state: State, trail: Trail | None, day: date) -> None:
    assert min(state.principal, state.credit, state.fee, state.written_off) >= 0
    assert state.penalty_owed(day) >= 0
    assert state.interest_owed(day) >= -_paid_ahead(state, day)
    if trail:
        assert _gone_unseen(trail) or state.principal == _principal(trail)
    if state.status is Status.ACTIVE:
        assert sum(row.principal - row.principal_paid for row in state.rows) == state.principal
        assert all(0 <= row.principal_paid <= row.principal for row in state.rows)
    if state.status is Status.REPAID:
        assert state.principal == 0
        assert all(
            amount == 0 for part, amount in state.balances(day).items() if part not in _OUTLIVING
        )
    places = [(row.due, row.no) for row in state.rows]
    assert places == sorted(set(places))


def _require_payable(state: State, day: date) -> None:
    """What is owed can be paid: by a payoff now, or by a repayment after the last due date."""
    if state.status is not Status.ACTIVE:
        return
    last = max([day, *(row.due for row in state.rows), *(charge.due for charge in state.charges)])
    for kind, when in ((Kind.PAID_OFF, day), (Kind.REPAID, last)):
        later = advanced(state, when, Trail())
        if later.status is Status.REPAID:
            continue
        owed = sum(quoted(later, when).values())
        money = {"amount": max(owed - (later.credit if kind is Kind.PAID_OFF else 0), 1)}
        paid = applied(later, LoanEvent(999, kind, when, money), Trail())
        open_line = later.terms.revolving and later.undisbursed + later.principal > 0
        assert paid.status is Status.REPAID or (open_line and not sum(quoted(paid, when).values()))
        _require_sound(paid, None, when)


@_EXAMPLES
@given(lives())
def test_a_loan_stays_sound_whatever_happens_to_it(life: Life) -> None:
    events = lived(life)
    state, trail = life.opened, Trail()
    for event in events:
        before = advanced(state, event.value_date, trail)
        _require_sound(before, trail, event.value_date)
        state = applied(before, event, trail)
        _require_sound(state, trail, event.value_date)
        _require_payable(state, event.value_date)
    last = _last_day(events, life)
    _require_sound(advanced(state, last, trail), trail, last)


@_EXAMPLES
@given(lives())
def test_the_books_equal_the_fold_on_every_day(life: Life) -> None:
    events = lived(life)
    last = _last_day(events, life)
    state, whole = fold(life.opened, events, last)
    rounding = life.terms.rounding
    books = books_of(closed_trail(state, whole, last), rounding, life.start, last)
    held = dict.fromkeys(Part, 0)
    now, left = life.opened, list(events)
    for day in days(life.start, last):
        while left and left[0].value_date == day:
            now = applied(now, left.pop(0), Trail())
        now = advanced(now, day, Trail())
        for part in Part:
            held[part] += books.days.get((day, part), 0)
        accrued = _accrued_on(now, day)
        at_start = {part: held[part] - (accrued.get(part, 0) if day < last else 0) for part in Part}
        assert at_start == every_part(now.balances(day)), day


def _accrued_on(state: State, day: date) -> dict[Part, int]:
    """What the close of a day books: each line evaluated at two midnights."""
    rounding, found = state.terms.rounding, dict[Part, int]()
    for part, line in ((Part.INTEREST, state.interest), (Part.PENALTY, state.penalty)):
        if line:
            night = line.at(day + timedelta(days=1), rounding) - line.at(day, rounding)
            place = accrued_part(state, part)
            found[place] = found.get(place, 0) + night
    return found


@_EXAMPLES
@given(lives())
def test_a_fold_day_by_day_through_its_stored_form_equals_the_fold_at_once(life: Life) -> None:
    events = lived(life)
    last = _last_day(events, life)
    at_once, whole = fold(life.opened, events, last)
    state, trail = life.opened, Trail()
    for day in days(life.start, last):
        state = advanced(state_from(state_text(state), life.terms), day, trail)
        for event in events:
            if event.value_date == day:
                state = applied(state, event, trail)
    assert state == at_once
    assert trail == whole


@_EXAMPLES
@given(lives(), st.data())
def test_books_corrected_for_a_late_event_are_those_of_the_true_order(
    life: Life, data: st.DataObject
) -> None:
    events = lived(life)
    late = data.draw(st.sampled_from(events)) if events else None
    if late is None or late.kind in (Kind.APPROVED, Kind.DISBURSED):
        return
    without = [event for event in events if event is not late]
    _require_corrected(life, without, events, late)
    _require_corrected(life, events, without, late)


def _require_corrected(
    life: Life, before: list[LoanEvent], after: list[LoanEvent], late: LoanEvent
) -> None:
    last = _last_day([*before, *after], life)
    rounding, trails = life.terms.rounding, []
    for events in (before, after):
        state, trail = life.opened, Trail()
        for event in events:
            after_it = _applied_if_allowed(state, event, trail)
            if after_it is None:
                return
            state = after_it
        state = advanced(state, last, trail)
        trails.append(closed_trail(state, trail, last))
    old, new = trails
    own = late.key if late in after else None
    changes = corrections(old, new, own, rounding, late.value_date, last)
    books = books_of(old, rounding, life.start, last)
    books.correct(changes)
    assert books.by_day() == books_of(new, rounding, life.start, last).by_day()


def _applied_if_allowed(state: State, event: LoanEvent, trail: Trail) -> State | None:
    try:
        return applied(state, event, trail)
    except LedgerError:
        return None


@_EXAMPLES
@given(lives())
def test_a_loan_paid_as_quoted_ends_repaid_with_the_quoted_interest(life: Life) -> None:
    life = paid_in_full(life)
    state, trail = fold(life.opened, lived(life), life.start)
    plan = state.rows
    for number, row in enumerate(plan, start=10):
        state = advanced(state, row.due, trail)
        money = {"amount": row.unpaid}
        if money["amount"]:
            state = applied(state, LoanEvent(number, Kind.REPAID, row.due, money), trail)
    last = plan[-1].due
    assert state.status is Status.REPAID
    assert set(state.balances(last).values()) == {0}
    state = advanced(state, last + _AFTER, trail)
    assert set(state.balances(last + _AFTER).values()) == {0}
    closed = closed_trail(state, trail, last + _AFTER)
    accrued = closed.accrued(life.terms.rounding, life.start, last + _AFTER)
    assert sum(accrued.values()) == sum(row.interest for row in plan)
    assert _received(trail.movements) == sum(row.principal + row.interest for row in plan)


def _received(movements: list[Movement]) -> int:
    kinds = ("repayment", "down_payment")
    return sum(sum(m.amounts.values()) for m in movements if m.kind in kinds)
