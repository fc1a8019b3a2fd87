"""A case as a report to the authority: facts, transactions, amounts and hashes, and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from google.type import money_pb2

from ledger.audit.canonical import EventRecord
from ledger.money import decimal_text
from ledger.names import event_text, parse_event, parse_id
from ledger.store import events, loans, registers
from ledger.store import parties as people
from ledger.store.registers import Item, Key
from loanledger import minor, to_date
from loanledger.v1 import compliance_service_pb2 as pb
from server.security import COMPLIANCE, Caller
from server.services.base import Room
from server.services.personal import noted
from server.services.registers import message
from server.services.statements import transaction

_NAME = ("display_name",)


async def report(
    room: Room,
    caller: Caller,
    request: pb.GetSuspicionReportRequest,
    case: Item,
    shown: pb.RegisterItem,
) -> pb.SuspicionReport:
    """All that the ledger knows of a case; the borrower's name for compliance only, recorded.

    What is recorded of it is there for those only who may know of the case.
    """
    book, number = room.book.code, room.book.number
    wanted = [parse_id(name[7:], number) for name in case.content.links if name[:7] == "alerts/"]
    party = parse_id(case.content.party, number) if case.content.party else None
    async with room.database.reading() as connection:
        found = [await registers.read(connection, key) for key in wanted if key]
        alerts = [one for one in found if one]
        scenarios = _scenarios(alerts, number)
        records = await events.read(connection, book, sorted(scenarios))
        keys = {_loan(record, number) for record, _ in records.values()}
        stored = await loans.read(connection, sorted(key for key in keys if key))
        decoded = await room.decoded(connection, list(stored.values()))
        owners = await people.read(connection, [party] if party else [])
    currencies = {(one.stripe, one.loan): one.state.terms.currency for one in decoded}
    told = pb.SuspicionReport(
        case=shown,
        alerts=[message(book, one) for one in alerts],
        transactions=[
            _transaction(book, *records[key], currencies[loan], scenarios[key])
            for key in sorted(scenarios)
            if key in records and (loan := _loan(records[key][0], number)) in currencies
        ],
    )
    owner = owners.get(party) if party else None
    if party and owner and owner.key and COMPLIANCE in caller.roles:
        await noted(room, caller, request, party, (f"parties/{case.content.party}", _NAME))
        told.borrower_name = room.keys.opened(owner.display_name, owner)
    told.text = "\n".join(_lines(told)) + "\n"
    return told


def _scenarios(alerts: Iterable[Item], book: int) -> dict[Key, list[str]]:
    """The events that caused the alerts, each with the scenarios that name it."""
    found: dict[Key, list[str]] = {}
    for alert in alerts:
        for name in alert.content.causes:
            key = parse_event(name, book)
            if key:
                found.setdefault(key, []).append(alert.content.facts["scenario"])
    return found


def _loan(record: EventRecord, book: int) -> Key | None:
    head, _, rest = record.subject.partition("/")
    return parse_id(rest, book) if head == "loans" else None


def _transaction(
    book: str, record: EventRecord, leaf: bytes, currency: str, scenarios: Sequence[str]
) -> pb.SuspiciousTransaction:
    told = transaction(book, record, currency, None)
    payer = record.payload.get("details", {}).get("payer", "")
    return pb.SuspiciousTransaction(
        event=f"books/{book}/events/{event_text(record.stripe, record.number)}",
        kind=record.kind,
        loan=f"books/{book}/{record.subject}",
        value_date=told.value_date,
        posting_date=told.posting_date,
        amount=told.amount,
        actor=record.actor,
        reference=record.reference,
        payer=f"books/{book}/parties/{payer}" if payer else "",
        leaf_hash=leaf.hex(),
        scenarios=scenarios,
    )


def _lines(told: pb.SuspicionReport) -> Iterator[str]:
    """The report to read: who, what was seen, what was done about it, and what proves it."""
    case = told.case
    yield f"Report of suspicion: {case.title}"
    yield f"Case {case.name}, {case.state}; owner {case.owner}"
    yield f"Borrower {case.party or 'none'} {told.borrower_name}".rstrip()
    for name, text in sorted(case.facts.items()):
        yield f"{name.replace('_', ' ')}: {text}"
    yield "Alerts:"
    for alert in told.alerts:
        moved = ", ".join(_text(one.amount) for one in alert.amounts)
        yield f"  {alert.facts['day']} {alert.title}: {moved} ({alert.name})"
    yield "Transactions:"
    for one in told.transactions:
        moved = _text(one.amount)
        yield f"  {to_date(one.value_date)} {one.kind} {moved} of {one.loan} by {one.actor}"
        yield f"    {one.event} SHA-256 {one.leaf_hash}"
    yield "Investigation:"
    for step in case.log:
        yield f"  {step.create_time.ToJsonString()} {step.actor}: {step.state}, {step.reason}"
        if step.note:
            yield f"    {step.note}"
        for paper in step.workpapers:
            yield f"    workpaper {paper.title} SHA-256 {paper.sha256}"


def _text(amount: money_pb2.Money) -> str:
    """An amount with its currency."""
    return f"{amount.currency_code} {decimal_text(minor(amount), amount.currency_code)}"
