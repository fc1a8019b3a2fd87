"""Kept answers against the events that they tell of: a retry must be answered with what was true.

What an answer says of the event itself is compared: its name, dates, texts, amounts and entries.
What it says beside that, such as the loan as it was then, no event records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass

from ledger.audit.canonical import EventRecord
from ledger.book.chart import Part
from ledger.lending.verification import Difference
from ledger.names import SPAN, event_text
from ledger.store.answers import Answer
from loanledger.v1 import (
    access_service_pb2,
    approval_service_pb2,
    calendar_service_pb2,
    collateral_service_pb2,
    compliance_service_pb2,
    end_of_day_service_pb2,
    ledger_service_pb2,
    loan_service_pb2,
    party_service_pb2,
    product_service_pb2,
    rate_service_pb2,
    risk_service_pb2,
    rule_service_pb2,
)
from server import convert

_SERVICES = (
    access_service_pb2,
    approval_service_pb2,
    calendar_service_pb2,
    collateral_service_pb2,
    compliance_service_pb2,
    end_of_day_service_pb2,
    ledger_service_pb2,
    loan_service_pb2,
    party_service_pb2,
    product_service_pb2,
    rate_service_pb2,
    risk_service_pb2,
    rule_service_pb2,
)
#: The message that each method keeps; those of many commands keep one an item.
_FORMS: Mapping[str, type[Message]] = {
    method.name: GetMessageClass(method.output_type)
    for module in _SERVICES
    for service in module.DESCRIPTOR.services_by_name.values()
    for method in service.methods
} | {
    "BatchPostJournals": ledger_service_pb2.Journal,
    # Of what was read in clear its name alone is kept.
    "GetCollateral": party_service_pb2.Party,
    "ExportParty": party_service_pb2.Party,
    "GetSuspicionReport": party_service_pb2.Party,
    "ResetRates": loan_service_pb2.LoanCommandResponse,
}
#: One loan of an import is answered in words of the import.
_WORDS = frozenset({"ImportLoans"})
#: Commands of the operator's at the machine, whom nobody answers.
_UNANSWERED = frozenset({"Archive", "RotatePartyKeys"})
Facts = Iterator[tuple[str, Any, Any]]


def differing(
    book: str, stripe: int, pairs: Iterable[tuple[Answer, EventRecord]]
) -> Iterator[Difference]:
    """Figures of answers that are not those of their events."""
    for answer, event in pairs:
        name = f"events/{event_text(stripe, event.number)}"
        for figure, stored, computed in _facts(book, answer, event):
            if stored != computed:
                told = f"answer to {answer.request_id}: {figure}"
                yield Difference(stripe % SPAN, name, told, _text(stored), _text(computed))


def _facts(book: str, answer: Answer, event: EventRecord) -> Facts:
    if answer.method in _WORDS:
        return
    if answer.method in _UNANSWERED:
        yield "response", answer.response.hex(), ""
        return
    form = _FORMS.get(answer.method)
    if form is None:
        yield "method", answer.method, "a command"
        return
    message: Any = form()
    try:
        message.ParseFromString(answer.response)
    except DecodeError:
        yield "response", "cannot be read", "an answer"
        return
    yield from _TOLD.get(form, _named)(book, message, event)


def _named(book: str, message: Any, event: EventRecord) -> Facts:
    """Most answers name their event, or what it is about."""
    fields = message.DESCRIPTOR.fields_by_name
    if "event" in fields:
        own = f"books/{book}/events/{event_text(event.stripe, event.number)}"
        yield "event", message.event, own
    elif "name" in fields:
        subject = f"books/{book}/{event.subject}"
        fits = bool(message.name) and subject.startswith(message.name)
        yield "name", message.name, message.name if fits else subject


def _command(book: str, message: Any, event: EventRecord) -> Facts:
    found: loan_service_pb2.LoanTransaction = message.transaction
    yield from _named(book, found, event)
    yield "kind", found.kind, event.kind
    yield "value date", found.value_date, convert.iso(event.value_date)
    yield "posting date", found.posting_date, convert.iso(event.posting_date)
    yield "create time", found.create_time, convert.moment(event.booked_at)
    # Not every kind of command repeats what the caller said.
    yield "reference", found.reference or event.reference, event.reference
    yield "reason", found.reason or event.reason, event.reason
    yield "actor", found.actor, event.actor
    if event.subject.startswith("loans/"):
        yield "loan", message.loan.name, f"books/{book}/{event.subject}"
    currency = found.amount.currency_code
    amounts = {Part(name): n for name, n in event.payload.get("allocation", {}).items()}
    if amounts:
        yield "allocation", found.allocation, convert.breakdown(amounts, currency)
    asked = event.payload.get("amounts", {}).get("amount")
    if asked:
        yield "amount", found.amount, convert.money(asked, currency)


def _journal(book: str, message: Any, event: EventRecord) -> Facts:
    (journal, *_) = (*convert.journals(book, event), ledger_service_pb2.Journal())
    yield "journal", message.name, journal.name
    if message.event:
        yield "entries", [*map(str, message.entries)], [*map(str, journal.entries)]
        del message.entries[:], journal.entries[:]
        yield "texts", message, journal


#: What is compared, by the form of the answer; else its name.
_TOLD: Mapping[type[Message], Callable[[str, Any, EventRecord], Facts]] = {
    loan_service_pb2.LoanCommandResponse: _command,
    ledger_service_pb2.Journal: _journal,
}


def _text(value: Any) -> str:
    return " ".join(str(value).split())[:200]
