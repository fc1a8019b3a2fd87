"""A loan's events and accruals as the lines of a statement, as booked and as now known.

As booked, a line stands on its posting date and is never changed: what was found out later is a
correction of its own. As now known, the loan is told by value dates as the events that stand have
it. Both come to the same balance on the business date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger.audit.canonical import EventRecord
from ledger.book.chart import CREDIT_SIDE, Part
from ledger.loan.retracing import Step
from ledger.loan.standing import changes, nightly
from ledger.names import event_text, id_text
from loanledger.v1 import loan_service_pb2 as pb
from server import convert

#: Components that the ledger keeps on the credit side.
_OWED = (Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY)

#: Stands for the number of an event where a night accrued, after all events of its day.
_NIGHT = 2**63 - 1


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Signed movements by component under one event and value date.

    `nights` are the events of accruals that were summed, as booked.
    """

    number: int
    kind: str
    value_date: date
    posting_date: date
    reference: str
    amounts: dict[Part, int]
    nights: tuple[int, ...] = ()

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
    return _with_accruals(lines, accrued, cuts)


def standing_lines(
    steps: Sequence[Step], business: date, references: Mapping[int, str], cuts: Sequence[date] = ()
) -> list[StatementLine]:
    """The lines of a loan as it is now known, by value date; accruals as in `lines_of`."""
    lines = [
        StatementLine(
            found.cause.number,
            found.cause.kind,
            found.day,
            found.day,
            references.get(found.cause.number, ""),
            dict(found.amounts),
        )
        for found in changes(steps)
    ]
    nights = [(day, part.value, amount, _NIGHT) for day, part, amount in nightly(steps, business)]
    return _with_accruals(lines, nights, cuts)


def _with_accruals(
    lines: Sequence[StatementLine],
    accrued: Sequence[tuple[date, str, int, int]],
    cuts: Sequence[date],
) -> list[StatementLine]:
    marks = sorted({(line.posting_date, line.number) for line in lines})
    sums: dict[tuple[int, str], StatementLine] = {}
    for day, component, amount, number in accrued:
        passed = sum(mark <= (day, number) for mark in marks) + sum(day > cut for cut in cuts)
        group = (passed, day.strftime("%Y-%m"))
        before = sums.get(group)
        amounts = dict(before.amounts) if before else {}
        part = Part(component)
        amounts[part] = amounts.get(part, 0) + amount
        nights = before.nights if before else ()
        if number not in (_NIGHT, *nights[-1:]):
            nights = (*nights, number)
        sums[group] = StatementLine(number, "accrual", day, day, "", amounts, nights)
    return sorted([*lines, *sums.values()], key=lambda x: (x.posting_date, x.number, x.value_date))


def statement(
    loan: pb.Loan,
    lines: Iterable[StatementLine],
    dates: tuple[date | None, date | None],
    named: Callable[[StatementLine], tuple[str, date | None]],
) -> pb.Statement:
    """The lines within days, with the balances before and after.

    Days are posting dates as booked, and value dates as now known. `named` tells the event of a
    line and the day on which it was posted.
    """
    (first, last), shown = dates, list(lines)
    currency = loan.amount.currency_code
    balance = sum(line.owed for line in shown if first and line.posting_date < first)
    message = pb.Statement(loan=loan, opening_balance=convert.money(balance, currency))
    for line in shown:
        if (first and line.posting_date < first) or (last and line.posting_date > last):
            continue
        balance += line.owed
        event, posted = named(line)
        message.lines.add(
            value_date=convert.day(line.value_date),
            posting_date=convert.day(posted) if posted else None,
            kind=line.kind,
            event=event,
            movement=convert.breakdown(line.amounts, currency),
            balance=convert.money(balance, currency),
            reference=line.reference,
            nights=[named(replace(line, number=number))[0] for number in line.nights],
        )
    message.closing_balance.CopyFrom(convert.money(balance, currency))
    return message


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
