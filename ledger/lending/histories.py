"""What the history of a loan tells: its opening, the events that stand, and who owes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ledger.drafts import Draft
from ledger.errors import DateNotOpen
from ledger.loan.codec import agreement_from, agreement_object
from ledger.loan.events import CARRIED_OVER, Kind, LoanEvent
from ledger.loan.fold import fold
from ledger.loan.state import State
from ledger.loan.terms import Terms
from ledger.loan.trail import Trail
from ledger.names import id_text, parse_id
from ledger.store.loans import LoanRecord, StoredLoan
from ledger.view import History

#: A loan at the start of a day, and what folding it left for the books.
Folded = tuple[State, Trail]

OPENED, MOVED = "loan_opened", "loan_moved"
REVERSED = "loan_event_reversed"
KINDS = frozenset(kind.value for kind in Kind)
#: Events that tell of a loan and leave its state as it is.
BESIDE = frozenset(
    {
        "loan_set_aside",
        "reminder_due",
        "standing_instruction_set",
        "standing_instruction_ended",
        "delinquency_paused",
        "delinquency_resumed",
        "loan_classified",
        "credit_marks_set",
        "restructuring_recorded",
        "classification_proposed",
        "classification_approved",
        "allowance_assessed",
    }
)


def opening(
    record: LoanRecord,
    reason: str,
    day: date | None = None,
    pricing: Mapping[str, Any] | None = None,
) -> Draft:
    """The event that opens a loan: under what, for whom and as agreed; `inputs` reads it."""
    return Draft(
        kind=OPENED,
        subject=f"loans/{id_text(record.stripe, record.loan)}",
        payload={
            "agreement": agreement_object(record.state.agreement),
            **({"branch": record.branch} if record.branch else {}),
            "party": id_text(record.party_stripe, record.party),
            **({"pricing": dict(pricing)} if pricing else {}),
            "product": record.product,
            "version": record.version,
        },
        loan=record.loan,
        value_date=day,
        reference=record.reference,
        reason=reason,
    )


def inputs(history: History, terms: Terms) -> tuple[State, list[LoanEvent]]:
    """The opening and the standing events of a loan, from its history."""
    undone = {item[4] for item in history if item[4] is not None}
    first = next(item for item in history if item[1] == OPENED)
    opened = State(terms, agreement_from(first[3]["agreement"]), first[2])
    events = [
        LoanEvent(number, Kind(kind), day, payload["amounts"], payload.get("details", {}))
        for number, kind, day, payload, _ in history
        if kind in KINDS and number not in undone
    ]
    return opened, events


def begun_before(history: History, terms: Terms, day: date) -> tuple[Folded, list[LoanEvent]]:
    """The fold before a day, the same however the loan goes on from it, and the events to come."""
    opened, events = inputs(history, terms)
    before = [event for event in events if event.value_date < day]
    found = fold(opened, before, day - timedelta(days=1))
    return found, [event for event in events if event.value_date >= day]


def require_own_time(events: Iterable[LoanEvent], day: date) -> None:
    """Refuses a value date before the position that the loan goes on from."""
    cut_over = next((event.value_date for event in events if event.kind in CARRIED_OVER), None)
    if cut_over and day < cut_over:
        raise DateNotOpen(
            f"the loan was brought over at {cut_over}: what happened before is in its position,"
            " and a correction of it takes effect from that day on",
            value_date=day,
            cut_over_date=cut_over,
        )


def borrower(history: History, book: int, without: int | None = None) -> tuple[int, int]:
    """Who owes the loan: whoever assumed it last by value date, else the one it was opened for.

    `without` is an event that no longer counts.
    """
    undone = {without, *(item[4] for item in history)}
    opened = next(item[3]["party"] for item in history if item[1] == OPENED)
    taken_over = [
        (day, number, str(payload["details"]["party"]))
        for number, kind, day, payload, _ in history
        if kind == Kind.ASSUMED and number not in undone
    ]
    found = parse_id(max(taken_over)[2] if taken_over else str(opened), book)
    assert found, "the history names parties by their ids"
    return found


def by_history(row: StoredLoan, history: History, book: int) -> StoredLoan:
    """A row with borrower, product and branch as recorded: it may be what is damaged."""
    opened = next(item[3] for item in history if item[1] == OPENED)
    stripe, party = borrower(history, book)
    product, version = str(opened["product"]), int(opened["version"])
    branch = str(opened.get("branch", ""))
    for _, kind, _, payload, _ in history:
        branch = payload["details"]["branch"] if kind == MOVED else branch
    return replace(
        row, party_stripe=stripe, party=party, product=product, version=version, branch=branch
    )
