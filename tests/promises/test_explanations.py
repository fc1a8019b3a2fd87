"""Every explained figure ties to the fold, whatever happened to the loan."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ledger.book.chart import Part
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.explaining import Accrual, accruals, payoff
from ledger.loan.fold import advanced, closed_trail, fold
from ledger.loan.instalments import RowKind
from ledger.loan.paying import quoted
from ledger.loan.retracing import retraced
from ledger.loan.row_history import Effect, RowStory, row_story
from ledger.loan.standing import changes, nightly
from ledger.loan.state import State, Status
from ledger.loan.terms import Interest
from ledger.loan.trail import Trail
from ledger.money import Rounding
from tests.examples import examples
from tests.promises.cases import Life, lived, lives, paid_in_full

_EXAMPLES = examples(100)
_AFTER = timedelta(days=45)
_CHARGED = (Part.FEE, Part.PENALTY)


def _last_day(events: list[LoanEvent], life: Life) -> date:
    return max((event.value_date for event in events), default=life.start) + _AFTER


def _rounded(exact: Fraction, rounding: Rounding) -> int:
    """To the nearest integer, another way than the ledger does it."""
    if rounding is Rounding.HALF_EVEN:
        return round(exact)
    found = int(abs(exact) + Fraction(1, 2))
    return found if exact >= 0 else -found


@_EXAMPLES
@given(lives())
def test_the_steps_of_a_fold_are_the_fold(life: Life) -> None:
    events = lived(life)
    last = _last_day(events, life)
    state, trail = fold(life.opened, events, last)
    steps = retraced(life.opened, events, last)
    assert (steps[-1].after if steps else life.opened) == state
    for name in ("movements", "spans", "settled", "moved", "owed_again"):
        told = [item for step in steps for item in getattr(step.trail, name)]
        assert told == getattr(trail, name)


@_EXAMPLES
@given(lives(), st.integers(0, 200), st.integers(1, 200))
def test_explained_accruals_sum_to_what_the_fold_accrued(life: Life, skip: int, span: int) -> None:
    events = lived(life)
    last = _last_day(events, life)
    state, trail = fold(life.opened, events, last)
    first = min(life.start + timedelta(skip), last)
    until = min(first + timedelta(span), last)
    booked = closed_trail(state, trail, last).accrued(life.terms.rounding, first, until)
    told: dict[Part, int] = {}
    for accrual in accruals(retraced(life.opened, events, last), first, until):
        assert first <= accrual.first <= accrual.until <= until
        if accrual.days:
            told[accrual.carried_as] = told.get(accrual.carried_as, 0) + accrual.booked
    for part in Part:
        assert told.get(part, 0) == sum(a for (_, p), a in booked.items() if p is part)


@_EXAMPLES
@given(lives())
def test_an_accrual_follows_from_the_conditions_that_are_told(life: Life) -> None:
    events = lived(life)
    last, rounding = _last_day(events, life), life.terms.rounding
    for accrual in accruals(retraced(life.opened, events, last), life.start, last):
        assert accrual.causes
        if not accrual.days:
            assert accrual.booked == accrual.exact
            continue
        after = _rounded(accrual.exact_before + accrual.exact, rounding)
        assert accrual.booked == after - _rounded(accrual.exact_before, rounding)
        if accrual.spread is not None:
            assert accrual.exact == accrual.spread * accrual.days / accrual.spread_days
        if accrual.part is Part.PENALTY or life.terms.interest is Interest.DAILY:
            year = Fraction(accrual.numerator, accrual.denominator)
            brings = accrual.balance * accrual.annual_rate * year
            assert accrual.exact == (brings if accrual.spread is None else _capped(life, accrual))
            assert accrual.exact <= brings
        else:
            assert accrual.spread is not None


def _capped(life: Life, accrual: Accrual) -> Fraction:
    """What the cap on penalty interest leaves: a share of all that was paid out by then."""
    lent = sum(
        event.amount
        for event in lived(life)
        if event.kind is Kind.DISBURSED and event.value_date <= accrual.first
    )
    assert accrual.part is Part.PENALTY
    return life.terms.penalty_cap * lent - accrual.exact_before


@_EXAMPLES
@given(lives())
def test_what_a_paid_up_instalment_accrued_is_its_interest(life: Life) -> None:
    life = paid_in_full(life)
    events = lived(life)
    state, _ = fold(life.opened, events, life.start)
    for number, row in enumerate(state.rows, start=10):
        if row.unpaid:
            events.append(LoanEvent(number, Kind.REPAID, row.due, {"amount": row.unpaid}))
    last = state.rows[-1].due + _AFTER
    steps = retraced(life.opened, events, last)
    for row in steps[-1].after.rows:
        if row.kind is RowKind.REGULAR:
            story = row_story(steps, row.no, last)
            nights = [accrual for accrual in story.accruals if accrual.days]
            assert sum(accrual.booked for accrual in nights) == row.interest


@_EXAMPLES
@given(lives())
def test_explained_parts_of_an_instalment_sum_to_it(life: Life) -> None:
    events = lived(life)
    last = _last_day(events, life)
    state, trail = fold(life.opened, events, last)
    steps = retraced(life.opened, events, last)
    stories = [row_story(steps, row.no, last) for row in state.rows]
    for row, story in zip(state.rows, stories, strict=True):
        assert story.row == row
        assert (story.owed[Part.PRINCIPAL], story.owed[Part.INTEREST]) == (
            row.principal,
            row.interest,
        )
        assert story.settled[Part.PRINCIPAL] == row.principal_paid
        assert story.settled[Part.INTEREST] == row.interest_paid
        assert story.open[Part.PRINCIPAL] + story.open[Part.INTEREST] == row.unpaid
    for part in _CHARGED:
        own = [charge for charge in state.charges if charge.part is part]
        if any(row.kind is not RowKind.DOWN_PAYMENT for row in state.rows):
            assert sum(story.owed[part] for story in stories) == sum(c.amount for c in own)
            settled = sum(charge.paid + charge.waived for charge in own)
            assert sum(story.settled[part] for story in stories) == settled
    for event in events:
        if event.kind is Kind.REPAID:
            _require_paid_as_allocated(event, stories, trail)


def _require_paid_as_allocated(event: LoanEvent, stories: list[RowStory], trail: Trail) -> None:
    """Money that changed no plan went where the allocation put it."""
    found: dict[tuple[date, str, Part], int] = {}
    for story in stories:
        for change in story.changes:
            if event.number not in (cause.number for cause in change.causes):
                continue
            if change.effect is not Effect.PAID:
                return
            for part, amount in change.amounts.items():
                if part not in _CHARGED:
                    place = (story.row.due, story.row.kind.value, part)
                    found[place] = found.get(place, 0) + amount
    known = {(story.row.due, story.row.kind.value) for story in stories}
    told: dict[tuple[date, str, Part], int] = {}
    for item in trail.settled:
        if item.key == event.key and item.part not in _CHARGED and item.row:
            if (item.due, item.row_kind) not in known:
                return
            place = (item.due, item.row_kind, item.part)
            told[place] = told.get(place, 0) + item.amount
    if told:  # money that paid the loan off is not allocated row by row
        assert found == told


@_EXAMPLES
@given(lives(), st.integers(0, 60))
def test_the_lines_of_a_payoff_sum_to_its_quote(life: Life, ahead: int) -> None:
    events = lived(life)
    business = max((event.value_date for event in events), default=life.start)
    day = business + timedelta(ahead)
    state = advanced(fold(life.opened, events, business)[0], day, Trail())
    if state.status is not Status.ACTIVE:
        return
    told = payoff(retraced(life.opened, events, day), day)
    quote = quoted(state, day)
    for part, amount in quote.items():
        assert sum(line.amount for line in told.lines if line.part is part) == amount
    assert told.total == max(sum(quote.values()) - state.credit, 0)
    for line in told.lines:
        if line.kind.endswith("_accrued"):
            assert sum(accrual.booked for accrual in line.accruals) == line.amount
    _require_settled(state, day, told.total)


def _require_settled(state: State, day: date, total: int) -> None:
    """Paying exactly what was explained settles the loan."""
    if total:
        _, trail = fold(state, [LoanEvent(99, Kind.PAID_OFF, day, {"amount": total})], day)
        paid = [movement for movement in trail.movements if movement.kind == "repayment"]
        assert all(movement.amounts.get(Part.CREDIT, 0) == 0 for movement in paid)


@_EXAMPLES
@given(lives())
def test_the_account_as_now_known_is_the_fold_on_every_day(life: Life) -> None:
    events = lived(life)
    last = _last_day(events, life)
    steps = retraced(life.opened, events, last)
    moved, nights = changes(steps), nightly(steps, last)
    for day in (life.start + timedelta(n) for n in range(0, (last - life.start).days + 1, 5)):
        until = [event for event in events if event.value_date <= day]
        held = fold(life.opened, until, day)[0].balances(day)
        told = dict.fromkeys(held, 0)
        for change in moved:
            for part, amount in change.amounts.items():
                told[part] += amount if change.day <= day else 0
        for night, part, amount in nights:
            told[part] += amount if night < day else 0
        assert told == held
