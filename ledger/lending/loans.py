"""The life of a loan: each event of it is one event of the history, with its journals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ledger.book.chart import Part
from ledger.drafts import Changes, Draft
from ledger.errors import (
    AlreadyReversed,
    DateNotOpen,
    FailedPrecondition,
    InvalidInput,
    LedgerError,
    NotFound,
    Violation,
)
from ledger.lending import contracts
from ledger.lending.accounts import funds_violations
from ledger.lending.calendars import dues_of
from ledger.lending.dependents import LIMITING, limited_after, require_carried_over
from ledger.lending.histories import (
    KINDS,
    REVERSED,
    Folded,
    begun_before,
    borrower,
    require_own_time,
)
from ledger.lending.postings import journals, own_amounts
from ledger.lending.rates import floated
from ledger.loan.correcting import corrections
from ledger.loan.events import Kind, LoanEvent, require_allowed
from ledger.loan.fold import advanced, applied, closed_trail, fold, require_possible
from ledger.loan.state import State
from ledger.loan.trail import Trail, total
from ledger.names import event_text, id_text
from ledger.record import Decision
from ledger.store.loans import LoanRecord
from ledger.view import History, View

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """One event asked for on a loan; no value date means the business date.

    `details` are what else the kind needs, as plain values that the history keeps. `field` is how
    the request calls the main amount.
    """

    kind: Kind
    amounts: Mapping[str, int]
    currency: str = ""
    value_date: date | None = None
    reference: str = ""
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    field: str = "amount"


@dataclass(frozen=True, slots=True)
class Done:
    """What an event did: its own allocation by component, and the loan after it."""

    kind: str
    amount: int
    allocation: Mapping[Part, int]
    loan: LoanRecord
    business_date: date
    asked: Asked | None = None
    reverses: int | None = None


def happen(
    view: View, key: Key, asked: Asked, *, ahead: int = 0, fresh: LoanRecord | None = None
) -> Decision:
    """An event on a loan: in order it is applied, backdated it is worked in where it belongs.

    `ahead` is how many events the same command records before this one, `fresh` the loan where
    one of them opens it.
    """
    record = fresh or view.loan(key)
    row, state = view.stripes[key[0]], record.state
    business = row.business_date
    require_currency(asked, state)
    day = asked.value_date or business
    if day > business:
        raise DateNotOpen(
            f"the value date {day} lies after the business date {business}",
            value_date=day,
            business_date=business,
        )
    violations = [
        *contracts.violations(asked.kind, asked.details, day),
        *funds_violations(view, asked.details.get("funds", "")),
    ]
    if violations:
        raise InvalidInput(violations)
    if day >= state.as_of:
        require_allowed(state.status, asked.kind)
        require_possible(state, asked.kind)
    amounts = _defaulted(asked, state, day)
    details = {**asked.details, **_COMPLETED.get(asked.kind, _nothing)(view, state, day)}
    event = LoanEvent(row.last_number + 1 + ahead, asked.kind, day, amounts, details)
    if day >= state.as_of:
        after, old, new = _in_order(state, event, business)
    else:
        begun, events = begun_before(view.history(key), state.terms, day)
        require_own_time(events, day)
        _, old = _folded(begun, events, business)
        later = limited_after(events, event) if event.kind in LIMITING else ()
        after, new = _folded(begun, [*events, event], business, event.number, later)
    changes = corrections(old, new, event.key, state.terms.rounding, day, business)
    require_carried_over(changes)
    changed = replace(record, state=after)
    own = own_amounts(changes)
    draft = Draft(
        kind=asked.kind.value,
        subject=f"loans/{id_text(*key)}",
        payload={
            "allocation": {part.value: amount for part, amount in own.items()},
            "amounts": dict(amounts),
            **({"details": details} if details else {}),
        },
        journals=tuple(journals(changes, state.terms, key[1], event.number)),
        loan=key[1],
        value_date=day,
        reference=asked.reference,
        reason=asked.reason,
    )
    amount = event.amount or total(own)
    done = Done(asked.kind.value, amount, own, changed, business, asked)
    return Decision(draft, Changes(loan=changed), done)


def require_currency(asked: Asked, state: State) -> None:
    """Refuses amounts that are not in the loan's currency."""
    if asked.currency and asked.currency != state.terms.currency:
        text = f"the loan's currency is {state.terms.currency}"
        names = [asked.field if name == "amount" else name for name in asked.amounts]
        raise InvalidInput(Violation(name, text) for name in names)


def reverse(
    view: View, key: Key, number: int, reason: str, *, paired: bool = False, ahead: int = 0
) -> Decision:
    """Undoes one event of a loan by folding the loan again without it.

    `paired` tells that the command undoes both events of a refinancing.
    """
    record = view.loan(key)
    row, state = view.stripes[key[0]], record.state
    history = view.history(key)
    name = f"events/{event_text(key[0], number)}"
    target = _reversible(history, number, name, paired=paired)
    begun, events = begun_before(history, state.terms, target[2])
    business = row.business_date
    _, old = _folded(begun, events, business)
    gone = next(event for event in events if event.number == number)
    left = [event for event in events if event.number != number]
    later = limited_after(left, gone) if gone.kind is Kind.LIMIT_CHANGED else ()
    try:
        after, new = _folded(begun, left, business, held=later)
    except LedgerError as error:
        raise FailedPrecondition(
            f"{name} cannot be reversed while later events build on it: {error.message}",
            event=name,
            because=error.reason,
        ) from error
    changes = corrections(old, new, None, state.terms.rounding, target[2], business)
    if not paired:
        require_carried_over(changes)
    stripe, owner = borrower(history, view.book.number, number)
    changed = replace(record, state=after, party_stripe=stripe, party=owner)
    draft = Draft(
        kind=REVERSED,
        subject=f"loans/{id_text(*key)}",
        payload={"amounts": dict(target[3].get("amounts", {})), "kind": target[1]},
        journals=tuple(journals(changes, state.terms, key[1], row.last_number + 1 + ahead)),
        loan=key[1],
        value_date=target[2],
        reason=reason,
        reverses=number,
    )
    amount = target[3].get("amounts", {}).get("amount", 0)
    done = Done(REVERSED, amount, {}, changed, business, reverses=number)
    return Decision(draft, Changes(loan=changed), done)


#: Details that name the other loan of a refinancing or a redenomination, or the collateral.
_PAIRED = frozenset({"into", "refinances", "redenominates", "collateral"})


def _reversible(
    history: History, number: int, name: str, *, paired: bool
) -> tuple[int, str, date, dict[str, Any], int | None]:
    """The event to undo, unless it was undone, cannot be, or another one names it."""
    target = next((item for item in history if item[0] == number), None)
    if target is None:
        raise NotFound(f"no event {name} of this loan", resource=name)
    undone = {item[4] for item in history}
    if number in undone:
        raise AlreadyReversed(f"{name} was reversed before", event=name)
    if target[1] == REVERSED:
        raise AlreadyReversed(f"{name} is itself a reversal; record the event anew", event=name)
    if target[1] not in KINDS:
        raise FailedPrecondition(f"{name} is {target[1]}, which cannot be reversed", kind=target[1])
    if not paired and _PAIRED & target[3].get("details", {}).keys():
        raise FailedPrecondition(f"{name} is one of a pair of events of two loans", event=name)
    for item in history:
        if item[0] not in undone and item[3].get("details", {}).get("event") == number:
            raise FailedPrecondition(f"{name} was charged back by event {item[0]}", event=name)
    return target


def _nothing(view: View, state: State, day: date) -> dict[str, Any]:
    return {}


def _refixed(view: View, state: State, day: date) -> dict[str, Any]:
    """A floating loan is approved at the rate of the day, whatever it was applied for at."""
    floating = state.floating
    return dict(floated(view, floating, day)) if floating and not floating.fixed else {}


def _dated(view: View, state: State, day: date) -> dict[str, Any]:
    """The due dates that a disbursement makes if it is the one that begins the loan."""
    if not state.terms.calendar:
        return {}
    return dues_of(view.newest(), state.terms, state.agreement, day)


#: What the ledger itself adds to the facts of an event.
_COMPLETED: Mapping[Kind, Callable[[View, State, date], dict[str, Any]]] = {
    Kind.APPROVED: _refixed,
    Kind.DISBURSED: _dated,
}


def _in_order(state: State, event: LoanEvent, business: date) -> tuple[State, Trail, Trail]:
    """Applies an event on top of the cached fold; accrual since its value date is compared."""
    new, old = Trail(), Trail()
    after = advanced(applied(state, event, new), business, new)
    if event.value_date == business:
        return after, old, Trail(new.movements)
    before = advanced(state, business, old)
    return after, closed_trail(before, old, business), closed_trail(after, new, business)


def _folded(
    begun: Folded,
    events: Iterable[LoanEvent],
    business: date,
    strict: int | None = None,
    held: Collection[int] = (),
) -> Folded:
    state, trail = fold(begun[0], events, business, strict=strict, held=held, begun=begun[1])
    return state, closed_trail(state, trail, business)


def _defaulted(asked: Asked, state: State, day: date) -> Mapping[str, int]:
    """Amounts with the contract's defaults: all that is asked for, disbursable or held."""
    if asked.amounts.get("amount") != 0 or asked.kind not in _DEFAULTS:
        return asked.amounts
    defaults = {
        Kind.APPROVED: state.agreement.amount,
        Kind.DISBURSED: state.undisbursed,
        Kind.REFUNDED: state.credit,
    }
    amount = defaults[asked.kind]
    if amount <= 0 and asked.kind is not Kind.APPROVED:
        require_allowed(state.status, asked.kind)
        require_possible(state, asked.kind)
        raise FailedPrecondition("there is nothing left for this event to move")
    return {"amount": amount}


_DEFAULTS = frozenset({Kind.APPROVED, Kind.DISBURSED, Kind.REFUNDED})
