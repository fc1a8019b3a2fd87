"""Loans that are set aside go on: folded anew from their history, over all missed days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.book.chart import Part
from ledger.drafts import Changes, Draft
from ledger.errors import DEFECTS, FailedPrecondition, FixingMissing, InvalidInput, LoanSetAside
from ledger.lending.histories import by_history, inputs
from ledger.lending.loans import Done, Key
from ledger.lending.postings import movement_draft, movement_journal
from ledger.lending.quality import of_history
from ledger.lending.rates import reset_at
from ledger.loan.correcting import Correction, corrections
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import advanced, applied, closed_trail, fold
from ledger.loan.resets import next_reset
from ledger.loan.state import State
from ledger.loan.terms import Terms
from ledger.loan.trail import Trail
from ledger.names import id_text
from ledger.record import Decision
from ledger.store.loans import LoanRecord
from ledger.store.quality import Rated
from ledger.store.records import record_of
from ledger.view import View

RESUMED = "loan_resumed"


class NotSetAside(FailedPrecondition):
    """The loan is not set aside: there is nothing to resume."""

    reason = "NOT_SET_ASIDE"


@dataclass(frozen=True, slots=True)
class _Missed:
    """What a loan lacks since it was set aside: its resets, and what the books do not hold yet."""

    state: State
    resets: list[LoanEvent]
    changes: list[Correction]


def resume(view: View, key: Key, reason: str) -> Decision:
    """Brings a loan that is set aside up to the business date, as if it had never been.

    Accruals of the missed nights are journals of this event, each with its value date; resets and
    what else time brought are events of their own, as the closes would have recorded them.
    """
    row = view.aside.get(key)
    if row is None:
        view.loan(key)
        raise NotSetAside(f"loans/{id_text(*key)} is not set aside")
    assert row.set_aside
    since = date.fromisoformat(row.set_aside[0])
    history, business = view.history(key), view.stripes[key[0]].business_date
    row = by_history(row, history, view.book.number)
    terms = view.product(row.product, row.version, since).terms
    try:
        opened, events = inputs(history, terms)
        begun = fold(opened, events, since)
        missed = _missed(view, begun, since, business, view.stripes[key[0]].last_number + 2)
        record = record_of(row, missed.state)
        nights = [c.movement for c in missed.changes if c.movement.kind == "accrual"]
        journals = tuple(movement_journal(found, terms, key[1]) for found in nights)
        also = _also(record, terms, missed)
    except DEFECTS as error:
        raise LoanSetAside(
            f"loans/{id_text(*key)} is set aside since {since} and cannot be resumed yet:"
            f" {type(error).__name__}: {error}",
            loan=f"loans/{id_text(*key)}",
            since=since,
            why=f"{type(error).__name__}: {error}",
        ) from error
    accrued: dict[Part, int] = {}
    for movement in nights:
        for part, amount in movement.amounts.items():
            accrued[part] = accrued.get(part, 0) + amount
    draft = Draft(
        kind=RESUMED,
        subject=f"loans/{id_text(*key)}",
        payload={
            "allocation": {part.value: amount for part, amount in accrued.items()},
            "amounts": {},
            "details": {"since": since.isoformat()},
        },
        journals=journals,
        loan=key[1],
        reason=reason,
    )
    done = Done(RESUMED, sum(accrued.values()), accrued, record, business)
    kept = Rated(*key, of_history(history), business, regraded=False)
    return Decision(draft, Changes(loan=record, resumed=True, rated=kept), done, also)


def _missed(
    view: View, begun: tuple[State, Trail], since: date, business: date, number: int
) -> _Missed:
    """Folds on day by day as the closes would have: time first, then the reset of the day."""
    state, new = begun[0], begun[1].copy()
    old = closed_trail(state, begun[1], since)
    resets: list[LoanEvent] = []
    while (day := next_reset(state)) and since < day <= business:
        state = advanced(state, day, new)
        if state.floating is None or next_reset(state) != day:
            continue
        try:
            details = reset_at(view, state.floating, day)
        except (FixingMissing, InvalidInput):
            break  # it keeps its rate and waits for ResetRates, with all later ones
        event = LoanEvent(number + len(resets), Kind.INDEX_RESET, day, {}, details)
        state = applied(state, event, new)
        resets.append(event)
    state = advanced(state, business, new)
    now = closed_trail(state, new, business)
    changes = corrections(old, now, None, state.terms.rounding, since, business)
    assert not any(found.mirrored for found in changes), "what was booked is not in its history"
    return _Missed(state, resets, changes)


def _also(record: LoanRecord, terms: Terms, missed: _Missed) -> tuple[Decision, ...]:
    """The resets, and what time brought, each as an event of its own in order of value date."""
    key = (record.stripe, record.loan)
    resets = [
        Draft(
            kind=event.kind.value,
            subject=f"loans/{id_text(*key)}",
            payload={"allocation": {}, "amounts": {}, "details": dict(event.details)},
            loan=record.loan,
            value_date=event.value_date,
            reason="close of business",
        )
        for event in missed.resets
    ]
    moved = [c.movement for c in missed.changes if c.movement.kind != "accrual"]
    brought = [
        movement_draft(found, terms, key) for found in sorted(moved, key=lambda m: m.value_date)
    ]
    return tuple(Decision(draft, Changes(loan=record)) for draft in (*resets, *brought))
