"""A loan's events and accruals as the lines of a statement, as they were booked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.audit.canonical import EventRecord
from ledger.book.chart import CREDIT_SIDE, Part
from ledger.names import event_text, id_text
from loanledger.v1 import loan_service_pb2 as pb
from server import convert

#: Components that the ledger keeps on the credit side.
_OWED = (Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Signed movements by component under one event and value date."""

    number: int
    kind: str
    value_date: date
    posting_date: date
    reference: str
    amounts: dict[Part, int]

    @property
    def owed(self) -> int:
        """How the line changes what is owed less what is held."""
        return sum(self.amounts.get(part, 0) for part in _OWED) - self.amounts.get(Part.CREDIT, 0)


def transaction(
    book: str, record: EventRecord, currency: str, undone: int | None
) -> pb.LoanTransaction:
    """An event of a loan as a transaction."""
    allocation = record.payload.get("allocation", {})
    amounts = record.payload.get("amounts") or record.payload.get("agreement") or {}
    amount = amounts.get("amount") or sum(v for v in amounts.values() if isinstance(v, int))
    if not amount:
        amount = sum(v for k, v in allocation.items() if k != Part.WRITTEN_OFF.value)
    message = pb.LoanTransaction(
        event=f"books/{book}/events/{event_text(record.stripe, record.number)}",
        kind=record.kind,
        value_date=convert.iso(record.value_date),
        posting_date=convert.iso(record.posting_date),
        create_time=convert.moment(record.booked_at),
        amount=convert.money(amount, currency),
        allocation=convert.breakdown({Part(k): v for k, v in allocation.items()}, currency),
        reference=record.reference,
        actor=record.actor,
        reason=record.reason,
    )
    if "details" in record.payload:
        message.details.update(record.payload["details"])
    if record.reverses is not None:
        message.reverses = f"books/{book}/events/{event_text(record.stripe, record.reverses)}"
    if undone is not None:
        message.reversed_by = f"books/{book}/events/{event_text(record.stripe, undone)}"
    return message


def lines_of(
    records: Iterable[EventRecord],
    accrued: Sequence[tuple[date, str, int, int]],
    book: str,
    key: tuple[int, int],
    cuts: Sequence[date] = (),
) -> list[StatementLine]:
    """Events and accruals in posting order; accruals between two events are summed by month.

    `cuts` are days after which a new sum begins, so that a part of a statement is exact.
    """
    loan = id_text(*key)
    lines = [line for record in records for line in _event_lines(record, loan)]
    marks = sorted({(line.posting_date, line.number) for line in lines})
    sums: dict[tuple[int, str], StatementLine] = {}
    for day, component, amount, number in accrued:
        passed = sum(mark <= (day, number) for mark in marks) + sum(day > cut for cut in cuts)
        group = (passed, day.strftime("%Y-%m"))
        before = sums.get(group)
        amounts = dict(before.amounts) if before else {}
        part = Part(component)
        amounts[part] = amounts.get(part, 0) + amount
        sums[group] = StatementLine(number, "accrual", day, day, "", amounts)
    return sorted([*lines, *sums.values()], key=lambda x: (x.posting_date, x.number, x.value_date))


def _event_lines(record: EventRecord, loan: str) -> list[StatementLine]:
    found: dict[str, dict[Part, int]] = {}
    for entry in record.entries:
        if entry.loan != loan or not entry.component:
            continue
        part = Part(entry.component)
        plus = (entry.side == "C") if part in CREDIT_SIDE else (entry.side == "D")
        amounts = found.setdefault(entry.value_date, {})
        amounts[part] = amounts.get(part, 0) + (entry.amount if plus else -entry.amount)
    posting = date.fromisoformat(record.posting_date)
    return [
        StatementLine(
            record.number,
            record.kind,
            date.fromisoformat(value),
            posting,
            record.reference,
            {part: amount for part, amount in amounts.items() if amount},
        )
        for value, amounts in found.items()
    ]
