"""A small model of the ledger that knows only what channels asked and what the API shows.

It shares no code with the product. Everything is computed from the lines of an export and compared
with the channels' own record, with balances, loans and checkpoints as other calls showed them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Event = dict[str, Any]


class Told(NamedTuple):
    """One command as its channel knows it; `state` is done or refused, `event` what it was told."""

    request_id: str
    kind: str
    state: str
    event: str
    amount: int = 0
    loan: str = ""
    reverses: str = ""


@dataclass
class Shown:
    """What the API showed at one quiet moment; amounts in minor units."""

    export: Sequence[bytes]
    #: (debit, credit) by account.
    balances: Mapping[str, tuple[int, int]]
    #: Amounts by component, by loan id.
    loans: Mapping[str, Mapping[str, int]]
    #: (size, root) of every checkpoint that was handed out, from the first.
    checkpoints: Sequence[tuple[int, bytes]]


@dataclass
class Book:
    """What the lines of an export add up to."""

    events: list[Event] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    balances: defaultdict[str, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )
    loans: Counter[tuple[str, str]] = field(default_factory=Counter)


def read(export: Iterable[bytes]) -> Book:
    """Adds up the events and per-loan lines of an export."""
    book = Book()
    for line in export:
        if line.startswith(b'{"actor":'):
            event = json.loads(line)
            book.events.append(event)
            book.leaves.append(hashlib.sha256(b"\0" + line.rstrip(b"\n")).digest())
            for entry in event["entries"]:
                _add(book, entry)
        elif line.startswith(b'{"lines":') and book.events[-1]["kind"] == "day_closed":
            for loan, component, amount in json.loads(line)["lines"]:
                book.loans[loan, component] += amount
    return book


def _add(book: Book, entry: Sequence[Any]) -> None:
    _, _, account, side, _, amount, loan, component, _ = entry
    book.balances[account][side == "C"] += amount
    if loan and component:
        book.loans[loan, component] += amount if side == "D" else -amount


def faults(commands: Iterable[Told], shown: Shown) -> Iterator[str]:
    """Everything that does not hold, in words."""
    book = read(shown.export)
    yield from _numbers(book.events)
    yield from _journals(book.events)
    yield from _commands(list(commands), book.events)
    yield from _balances(book, shown.balances)
    yield from _loans(book, shown.loans)
    yield from _roots(book.leaves, shown.checkpoints)


def _numbers(events: Iterable[Event]) -> Iterator[str]:
    """Each stripe counts 1, 2, 3, and its clock does not go back."""
    last: dict[int, tuple[int, int]] = {}
    for event in events:
        number, moment = last.get(event["stripe"], (0, 0))
        name = f"{event['stripe']}-{event['number']}"
        if event["number"] != number + 1:
            yield f"{name} follows {number}"
        if event["booked_at"] < moment:
            yield f"{name} was booked before the one before it"
        last[event["stripe"]] = event["number"], event["booked_at"]


def _journals(events: Iterable[Event]) -> Iterator[str]:
    """Debits equal credits in each journal, and amounts are above zero."""
    for event in events:
        sums: Counter[tuple[int, str]] = Counter()
        for journal, _, _, side, currency, amount, *_ in event["entries"]:
            sums[journal, currency] += amount if side == "D" else -amount
            if amount <= 0:
                yield f"{event['stripe']}-{event['number']} has an entry of {amount}"
        if any(sums.values()):
            yield f"{event['stripe']}-{event['number']} does not balance"


def _commands(commands: Sequence[Told], events: Iterable[Event]) -> Iterator[str]:
    """Each command that was done is there once and whole; none other is there."""
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if not event["actor"].startswith("system:"):
            found[event["request_id"]].append(event)
    for command in commands:
        own = found.pop(command.request_id, [])
        if len(own) != (command.state == "done"):
            yield f"{command.request_id}: {command.state}, and {len(own)} events"
        elif own:
            yield from _as_asked(command, own[0])
    yield from (f"{name}: nobody asked for it" for name in found)


def _as_asked(command: Told, event: Event) -> Iterator[str]:
    """The event is the one that the answer named, and moves what was asked for."""
    name = f"{event['stripe'] % 1000:03d}-{event['number']}"
    if command.event and command.event.rpartition("/")[2] != name:
        yield f"{command.request_id}: told {command.event}, recorded as {name}"
    moved = sum(amount for _, _, _, side, _, amount, *_ in event["entries"] if side == "D")
    received = sum(
        amount if side == "D" else -amount
        for _, _, account, side, _, amount, *_ in event["entries"]
        if account == CASH
    )
    if command.kind == "journal" and moved != command.amount:
        yield f"{command.request_id}: asked for {command.amount}, recorded {moved}"
    if command.kind == "repayment" and received != command.amount:
        yield f"{command.request_id}: paid {command.amount}, recorded {received}"
    loans = {entry[6] for entry in event["entries"] if entry[6]}
    if command.loan and loans - {command.loan.rpartition("/")[2]}:
        yield f"{command.request_id}: recorded on another loan"
    if command.reverses and str(event["reverses"]) != command.reverses.rpartition("-")[2]:
        yield f"{command.request_id}: undoes {event['reverses']}, not {command.reverses}"


#: Where repayments are received, in the default chart.
CASH = "1001"
#: Components that the lender owes, so that they are shown as credits.
OWED = frozenset({"credit", "tax_deferred", "deferred", "impaired"})


def _balances(book: Book, shown: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for account in sorted(book.balances.keys() | shown.keys()):
        summed, told = tuple(book.balances[account]), shown.get(account, (0, 0))
        if summed != told:
            yield f"account {account}: entries come to {summed}, its balance is {told}"


def _loans(book: Book, shown: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Entries and accrual lines of each loan by component, against the loan as it is shown."""
    held: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (loan, component), amount in book.loans.items():
        if amount:
            held[loan][component] = -amount if component in OWED else amount
    for loan in sorted(held.keys() | shown.keys()):
        if held[loan] != shown.get(loan, {}):
            yield f"loan {loan}: its books come to {held[loan]}, it shows {shown.get(loan)}"


def _roots(leaves: Sequence[bytes], checkpoints: Iterable[tuple[int, bytes]]) -> Iterator[str]:
    known: dict[int, bytes] = {}
    for size, signed in checkpoints:
        if size > len(leaves):
            yield f"a checkpoint of {size} events was handed out, {len(leaves)} are there"
            continue
        if size not in known:
            known[size] = root(leaves[:size])
        if known[size] != signed:
            yield f"the root of the first {size} events is not the one that was handed out"


def root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1."""
    row = list(leaves)
    if not row:
        return hashlib.sha256(b"").digest()
    while len(row) > 1:
        pairs = [
            hashlib.sha256(b"\1" + row[n] + row[n + 1]).digest() for n in range(0, len(row) - 1, 2)
        ]
        row = pairs + row[len(pairs) * 2 :]
    return row[0]
