"""Days past due of one loan: what its history says of pauses, and the commands that make them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ledger.drafts import Changes, Draft
from ledger.errors import FailedPrecondition, InvalidInput, Violation
from ledger.loan.state import Status
from ledger.names import id_text
from ledger.record import Decision
from ledger.store.delinquency import Pause
from ledger.store.loans import Key
from ledger.view import History, View

PAUSED, RESUMED = "delinquency_paused", "delinquency_resumed"
#: Why days may not count.
CAUSES = ("dispute", "payment_holiday")


class PauseRuns(FailedPrecondition):
    """The loan's days past due are paused already."""

    reason = "DELINQUENCY_PAUSED"


class NotPaused(FailedPrecondition):
    """The loan's days past due are not paused: there is nothing to resume."""

    reason = "DELINQUENCY_NOT_PAUSED"


def pauses(history: History) -> dict[date, date]:
    """First day to the day on which it ended or will end, of each pause."""
    found: dict[date, date] = {}
    for _, kind, _, payload, _ in history:
        if kind in (PAUSED, RESUMED):
            details = payload["details"]
            found[date.fromisoformat(details["first"])] = date.fromisoformat(details["until"])
    return found


def days_past_due(oldest: date | None, known: Mapping[date, date], day: date) -> int:
    """Days from the oldest unpaid due date to the start of a day, without those that are paused."""
    if oldest is None or oldest >= day:
        return 0
    paused = sum(
        max((min(until, day) - max(first, oldest)).days, 0) for first, until in known.items()
    )
    return (day - oldest).days - paused


def pause(view: View, key: Key, until: date, cause: str, reason: str) -> Decision:
    """From the business date until a day no day counts as past due; arrears stay as they are."""
    business = view.stripes[key[0]].business_date
    if view.loan(key).state.status is not Status.ACTIVE:
        raise FailedPrecondition("only an active loan has days past due")
    if until <= business:
        raise InvalidInput([Violation("until", f"must lie after the business date {business}")])
    running = _running(view, key, business)
    if running:
        raise PauseRuns(f"days past due are paused from {running}: resume them first")
    return _recorded(PAUSED, Pause(*key, business, until, cause), reason)


def resume(view: View, key: Key, reason: str) -> Decision:
    """Days count again from the business date on."""
    business = view.stripes[key[0]].business_date
    view.loan(key)
    first = _running(view, key, business)
    if first is None:
        raise NotPaused("the loan's days past due are not paused")
    cause = next(
        item[3]["details"]["cause"]
        for item in reversed(view.history(key))
        if item[1] == PAUSED and item[3]["details"]["first"] == first.isoformat()
    )
    return _recorded(RESUMED, Pause(*key, first, business, cause), reason)


def _running(view: View, key: Key, day: date) -> date | None:
    found = pauses(view.history(key))
    return next((first for first, until in found.items() if first <= day < until), None)


def _recorded(kind: str, found: Pause, reason: str) -> Decision:
    details = {"cause": found.cause, "first": found.first.isoformat()}
    draft = Draft(
        kind=kind,
        subject=f"loans/{id_text(found.stripe, found.loan)}",
        payload={"amounts": {}, "details": {**details, "until": found.until.isoformat()}},
        loan=found.loan,
        reason=reason,
    )
    return Decision(draft, Changes(pause=found), found)
