"""Domain values to messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import cast

from google.protobuf import struct_pb2, timestamp_pb2
from google.type import date_pb2, decimal_pb2, money_pb2

from ledger.audit.canonical import Entry, EventRecord, canonical_bytes
from ledger.book.chart import CONTROL_ROLE, Account, Part
from ledger.calc.delinquency import days_past_due
from ledger.drafts import Stamp
from ledger.lending.loans import Done
from ledger.loan.state import Charge, Status
from ledger.money import to_units_nanos
from ledger.names import event_text, id_text
from ledger.store.loans import LoanRecord, StoredLoan
from ledger.store.roles import Assignment
from loanledger.v1 import (
    access_service_pb2,
    audit_service_pb2,
    common_pb2,
    ledger_service_pb2,
    loan_service_pb2,
)

SIDE = {"D": common_pb2.SIDE_DEBIT, "C": common_pb2.SIDE_CREDIT}
COMPONENT = {
    part: cast(common_pb2.Component, common_pb2.Component.Value(f"COMPONENT_{part.name}"))
    for part in CONTROL_ROLE
}
_NAMES = {part: part.value for part in COMPONENT}
#: The most decimals of a rate.
_PLACES = 18


def money(minor: int, currency: str) -> money_pb2.Money:
    """Minor units as google.type.Money."""
    return filled(money_pb2.Money(), minor, currency)


def filled(message: money_pb2.Money, minor: int, currency: str) -> money_pb2.Money:
    """The same into a message, as of a field: a third of the time of making one and copying it."""
    message.currency_code = currency
    message.units, message.nanos = to_units_nanos(minor, currency)
    return message


def day(value: date) -> date_pb2.Date:
    """A date as google.type.Date."""
    return dated(date_pb2.Date(), value)


def dated(message: date_pb2.Date, value: date) -> date_pb2.Date:
    """The same into a message, as of a field."""
    message.year, message.month, message.day = value.year, value.month, value.day
    return message


def iso(text: str) -> date_pb2.Date:
    """An ISO 8601 date as google.type.Date."""
    return date_pb2.Date(year=int(text[:4]), month=int(text[5:7]), day=int(text[8:]))


def moment(microseconds: int) -> timestamp_pb2.Timestamp:
    """Microseconds since the epoch as a timestamp."""
    seconds, rest = divmod(microseconds, 1_000_000)
    return timestamp_pb2.Timestamp(seconds=seconds, nanos=rest * 1000)


def decimal(rate: Fraction) -> decimal_pb2.Decimal:
    """An exact rate as a decimal; rates come in as decimals, so nothing is lost."""
    places = next((n for n in range(_PLACES) if 10**n % rate.denominator == 0), _PLACES)
    digits = str(abs(rate.numerator) * 10**places // rate.denominator).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return decimal_pb2.Decimal(value=("-" if rate < 0 else "") + text)


def account(book: str, found: Account) -> ledger_service_pb2.Account:
    """An account of the chart."""
    return ledger_service_pb2.Account(
        name=f"books/{book}/accounts/{found.code}",
        code=found.code,
        title=found.title,
        title_zh=found.title_zh,
        type=f"ACCOUNT_TYPE_{found.type.name}",
        control=COMPONENT[found.control] if found.control else common_pb2.COMPONENT_UNSPECIFIED,
    )


def breakdown(amounts: Mapping[Part, int], currency: str) -> common_pb2.Breakdown:
    """Amounts by component; those not named stay unset, and figures of no loan are left out."""
    found = common_pb2.Breakdown()
    for part, amount in amounts.items():
        if part in _NAMES:
            filled(getattr(found, _NAMES[part]), amount, currency)
    return found


def loan(book: str, record: LoanRecord, business: date) -> loan_service_pb2.Loan:
    """A loan at the start of its business date."""
    state = record.state
    currency = state.terms.currency
    dues = state.due_rows(business) if state.status is Status.ACTIVE else ()
    oldest = dues[0].due if dues else None
    overdue = sum(row.unpaid for row in dues if row.due < business)
    upcoming = next((r.due for r in state.rows if r.due > business and r.unpaid), None)
    message = loan_service_pb2.Loan(
        name=f"books/{book}/loans/{id_text(record.stripe, record.loan)}",
        party=f"books/{book}/parties/{id_text(record.party_stripe, record.party)}",
        product=f"books/{book}/products/{record.product}/versions/{record.version}",
        status=f"LOAN_STATUS_{state.status.name}",
        amount=money(state.agreement.amount, currency),
        annual_rate=decimal(state.agreement.rate),
        instalments=state.agreement.instalments,
        disbursed=money(state.disbursed, currency),
        approved=money(state.approved, currency),
        available=money(state.undrawn(business), currency),
        balance=breakdown(state.balances(business), currency),
        days_past_due=days_past_due(oldest, business),
        overdue=money(overdue, currency),
        reference=record.reference,
        business_date=day(business),
        create_time=moment(record.booked_at),
        current_rate=decimal(state.rate_on(business)),
        stage=f"LOAN_STAGE_{state.stage.name}",
        fraud=state.fraud,
        branch=record.branch,
        charges=[_charge(book, record.stripe, c, currency) for c in state.charges if c.open],
    )
    if state.refinanced_into:
        message.refinanced_into = f"books/{book}/loans/{state.refinanced_into}"
    if state.imported:
        dated(message.cut_over_date, state.imported)
    if state.start:
        dated(message.start, state.start)
    if state.rows:
        dated(message.maturity, state.rows[-1].due)
    if upcoming and state.status is Status.ACTIVE:
        dated(message.next_due, upcoming)
    return message


def aside(book: str, row: StoredLoan, business: date) -> loan_service_pb2.Loan:
    """A loan that is set aside: what its row tells without its state."""
    assert row.set_aside
    since, reason = row.set_aside
    return loan_service_pb2.Loan(
        name=f"books/{book}/loans/{id_text(row.stripe, row.loan)}",
        party=f"books/{book}/parties/{id_text(row.party_stripe, row.party)}",
        product=f"books/{book}/products/{row.product}/versions/{row.version}",
        reference=row.reference,
        branch=row.branch,
        business_date=day(business),
        create_time=moment(row.booked_at),
        set_aside=loan_service_pb2.SetAside(since=iso(since), reason=reason),
    )


def _charge(book: str, stripe: int, found: Charge, currency: str) -> loan_service_pb2.LoanCharge:
    return loan_service_pb2.LoanCharge(
        event=f"books/{book}/events/{event_text(stripe, found.event)}" if found.event else "",
        part=COMPONENT[found.part],
        due=day(found.due),
        amount=money(found.amount, currency),
        open=money(found.open, currency),
    )


def command_response(book: str, done: Done, stamp: Stamp) -> loan_service_pb2.LoanCommandResponse:
    """What a loan command answers: the transaction as booked and the loan after it."""
    currency = done.loan.state.terms.currency
    transaction = loan_service_pb2.LoanTransaction(
        event=f"books/{book}/events/{event_text(stamp.stripe, stamp.number)}",
        kind=done.kind,
        value_date=day(stamp.value_date),
        posting_date=day(stamp.posting_date),
        create_time=moment(stamp.booked_at),
        amount=money(done.amount, currency),
        allocation=breakdown(done.allocation, currency),
        reference=done.asked.reference if done.asked else "",
        reason=done.asked.reason if done.asked else "",
        actor=stamp.actor,
    )
    if done.asked and done.asked.details:
        transaction.details.update(done.asked.details)
    if done.reverses is not None:
        transaction.reverses = f"books/{book}/events/{event_text(stamp.stripe, done.reverses)}"
    return loan_service_pb2.LoanCommandResponse(
        transaction=transaction, loan=loan(book, done.loan, done.business_date)
    )


def journals(book: str, event: EventRecord) -> list[ledger_service_pb2.Journal]:
    """The journals of an event, each with its entries."""
    name = event_text(event.stripe, event.number)
    found: dict[int, ledger_service_pb2.Journal] = {}
    for entry in event.entries:
        journal = found.get(entry.journal_no)
        if journal is None:
            journal = found[entry.journal_no] = ledger_service_pb2.Journal(
                name=f"books/{book}/journals/{name}-{entry.journal_no}",
                event=f"books/{book}/events/{name}",
                value_date=iso(entry.value_date),
                posting_date=iso(event.posting_date),
                create_time=moment(event.booked_at),
                reference=event.reference,
                reason=event.reason,
                actor=event.actor,
                kind=event.kind,
            )
            if entry.cause is not None:
                cause = event_text(event.stripe, entry.cause)
                journal.corrects = f"books/{book}/events/{cause}"
            if event.kind == "journal_reversed" and event.reverses is not None:
                original = event_text(event.stripe, event.reverses)
                journal.reverses = f"books/{book}/journals/{original}-1"
        journal.entries.append(line(book, entry))
    return [found[no] for no in sorted(found)]


def line(book: str, entry: Entry) -> ledger_service_pb2.Entry:
    """An entry of the history."""
    message = ledger_service_pb2.Entry(
        account=entry.account, side=SIDE[entry.side], amount=money(entry.amount, entry.currency)
    )
    if entry.loan:
        message.loan = f"books/{book}/loans/{entry.loan}"
    if entry.component:
        message.component = COMPONENT[Part(entry.component)]
    return message


def event(book: str, record: EventRecord, leaf: bytes) -> audit_service_pb2.Event:
    """An event with the bytes that its leaf covers."""
    payload = struct_pb2.Struct()
    payload.update(record.payload)
    message = audit_service_pb2.Event(
        name=f"books/{book}/events/{event_text(record.stripe, record.number)}",
        kind=record.kind,
        subject=f"books/{book}/{record.subject}",
        value_date=iso(record.value_date),
        posting_date=iso(record.posting_date),
        create_time=moment(record.booked_at),
        actor=record.actor,
        reason=record.reason,
        request_id=record.request_id,
        reference=record.reference,
        payload=payload,
        leaf_hash=leaf,
        canonical=canonical_bytes(record),
    )
    if record.reverses is not None:
        message.reverses = f"books/{book}/events/{event_text(record.stripe, record.reverses)}"
    for journal in journals(book, record):
        message.entries.extend(journal.entries)
    return message


def role_assignment(book: str, found: Assignment) -> access_service_pb2.RoleAssignment:
    """Somebody's role for a time."""
    told = access_service_pb2.RoleAssignment(
        name=f"books/{book}/{found.resource}",
        principal=found.principal,
        role=found.role,
        valid_from=moment(found.since),
        delegated_by=found.delegated_by,
        ended=found.ended,
        branches=found.branches,
        actor=found.actor,
        update_time=moment(found.booked_at),
        reason=found.reason,
        event=f"books/{book}/events/{event_text(found.stripe, found.number)}",
    )
    if found.until is not None:
        told.valid_until.CopyFrom(moment(found.until))
    return told
