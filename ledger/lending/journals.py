"""Manual journals of finance: checked, posted, reversed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ledger.audit.canonical import EventRecord
from ledger.book.journal import Entry, Journal, imbalances
from ledger.drafts import Draft
from ledger.errors import (
    AccountNotUsable,
    AlreadyReversed,
    DateNotOpen,
    FailedPrecondition,
    InvalidInput,
    PeriodClosed,
    Violation,
)
from ledger.names import event_text
from ledger.record import Decision
from ledger.store.stripes import Stripe
from ledger.view import View

KIND = "journal_posted"
REVERSED = "journal_reversed"
MAX_ENTRIES = 1000


class NewJournal(NamedTuple):
    """A manual journal as asked for; its shape is checked already."""

    entries: tuple[Entry, ...]
    value_date: date | None
    posting_date: date | None
    reference: str
    reason: str


def balance_violations(entries: tuple[Entry, ...]) -> list[Violation]:
    """What keeps entries from being a journal: two at least, and equal sides in each currency."""
    if len(entries) == 2:
        one, other = entries
        equal = one.amount == other.amount and one.currency == other.currency
        if equal and one.side != other.side:
            return []
    found = []
    if len(entries) < 2:
        found.append(Violation("entries", "a journal has at least two entries"))
    if len(entries) > MAX_ENTRIES:
        found.append(Violation("entries", f"at most {MAX_ENTRIES} entries"))
    for currency, difference in imbalances(entries).items():
        side = "debits" if difference > 0 else "credits"
        text = f"{side} exceed the other side by {abs(difference)} minor units of {currency}"
        found.append(Violation("entries", text))
    return found


def require_open(stripe: Stripe, posting: date) -> None:
    """A posting date must lie in an open period, and not after the business date."""
    if posting <= stripe.closed_through:
        raise PeriodClosed(
            f"the period of {posting} is closed; the first open day is after"
            f" {stripe.closed_through}",
            posting_date=posting,
            closed_through=stripe.closed_through,
        )
    if posting > stripe.business_date:
        raise DateNotOpen(
            f"the posting date {posting} lies after the business date {stripe.business_date}",
            posting_date=posting,
            business_date=stripe.business_date,
        )


def post(view: View, stripe: int, asked: NewJournal) -> Decision:
    """A manual journal as an event with that one journal."""
    row = view.stripes[stripe]
    posting = asked.posting_date or row.business_date
    require_open(row, posting)
    value = asked.value_date or posting
    if value > row.business_date:
        raise DateNotOpen(
            f"the value date {value} lies after the business date {row.business_date}"
        )
    for entry in asked.entries:
        account = view.account(entry.account)
        if account.control:
            raise AccountNotUsable(
                f"{account.code} is the control account of {account.control.value}:"
                " only loans post there, through LoanService",
                account=account.code,
            )
    return Decision(
        Draft(
            kind=KIND,
            subject=f"journals/{event_text(stripe, row.last_number + 1)}-1",
            payload={},
            journals=(Journal(value, asked.entries),),
            value_date=value,
            posting_date=posting,
            reference=asked.reference,
            reason=asked.reason,
        ),
        result=asked.entries,
    )


def reverse(
    view: View, original: EventRecord, journal: int, posting_date: date | None, reason: str
) -> Decision:
    """The mirror image of a manual journal, with its value date, in an open period."""
    name = event_text(original.stripe, original.number)
    if original.kind == REVERSED:
        raise AlreadyReversed(f"journal {name}-{journal} is itself a reversal; post it anew")
    if original.kind != KIND:
        raise FailedPrecondition(
            f"journal {name}-{journal} is of {original.kind}: only manual journals are reversed"
            " here; a loan's event is reversed through LoanService",
            kind=original.kind,
        )
    by = view.reversed.get((original.stripe, original.number))
    if by is not None:
        raise AlreadyReversed(
            f"journal {name}-{journal} was reversed before",
            event=f"events/{event_text(original.stripe, by)}",
        )
    row = view.stripes[original.stripe]
    posting = posting_date or row.business_date
    require_open(row, posting)
    entries = tuple(
        Entry(e.account, "C" if e.side == "D" else "D", e.currency, e.amount)
        for e in original.entries
    )
    value = date.fromisoformat(original.value_date)
    if not entries:
        raise InvalidInput([Violation("name", "the event has no journal")])
    return Decision(
        Draft(
            kind=REVERSED,
            subject=f"journals/{event_text(original.stripe, row.last_number + 1)}-1",
            payload={},
            journals=(Journal(value, entries, cause=original.number),),
            value_date=value,
            posting_date=posting,
            reference=original.reference,
            reason=reason,
            reverses=original.number,
        ),
        result=entries,
    )
