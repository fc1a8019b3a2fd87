"""A rulebook asked about the past: what it would have said of commands that were recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby

from ledger.audit.canonical import EventRecord
from ledger.calc.rules import Outcome, Rulebook
from ledger.errors import DEFECTS
from ledger.lending.authority import largest
from ledger.lending.histories import OPENED, by_history, inputs
from ledger.lending.occasions import Occasion
from ledger.lending.refinancings import FOLLOWED
from ledger.lending.rules import CONTACTED, RECORDED, Judged, judged
from ledger.loan.fold import fold
from ledger.names import parse_id
from ledger.store import answers, catalogue, events, loans
from ledger.store.catalogue import Catalogue
from ledger.store.facts import Contact
from ledger.store.loans import Key
from ledger.store.records import record_of
from ledger.store.rows import Connection
from ledger.store.stripes import Book
from ledger.view import View, answered

#: Events that are looked at between two reports.
GROUP = 200


@dataclass(frozen=True, slots=True)
class Tried:
    """A command of the past and what the rules say of it; None where it cannot be worked out."""

    key: Key
    method: str
    posting_date: date
    judged: Judged | None

    @property
    def broken(self) -> list[str]:
        """Codes of the rules that it breaks."""
        said = self.judged.said if self.judged else ()
        return sorted(one.rule.code for one in said if one.outcome is Outcome.BROKEN)


async def tried(
    connection: Connection, book: Book, rulebook: Rulebook, first: date, last: date
) -> AsyncIterator[list[Tried]]:
    """What a rulebook says of all commands posted from one day to another, some at a time.

    Loans are as they were after each command; facts, contacts and exposures as they were known
    then; fixings as they are known now.
    """
    known = await catalogue.load(connection, book.number)
    methods = sorted({method for rule in rulebook.rules for method in rule.methods})
    after = (0, 0)
    while True:
        found = await answers.commands(
            connection, book.number, methods, (first, last), after, GROUP
        )
        records = await events.read(connection, book.code, [key[:2] for key in found])
        yield [
            await _tried(connection, book, known, rulebook, records[stripe, number][0], method)
            for stripe, number, method in found
        ]
        if len(found) < GROUP:
            return
        after = found[-1][:2]


async def _tried(
    connection: Connection,
    book: Book,
    known: Catalogue,
    rulebook: Rulebook,
    record: EventRecord,
    method: str,
) -> Tried:
    key, day = (record.stripe, record.number), date.fromisoformat(record.posting_date)
    rules = rulebook.of(method, day)
    view = View(book, {}, known)
    try:
        at = await _occasion(connection, view, record, method)
        ask = partial(judged, at=at, book=rulebook, rules=rules)
        return Tried(key, method, day, await answered(connection, view, ask))
    except DEFECTS:
        return Tried(key, method, day, None)


async def _occasion(
    connection: Connection, view: View, record: EventRecord, method: str
) -> Occasion:
    """The occasion as the history tells it."""
    book, day = view.book.number, date.fromisoformat(record.posting_date)
    later = FOLLOWED.get(record.kind, 0)
    keys = [(record.stripe, record.number + no) for no in range(later + 1)]
    every = await events.read(connection, view.book.code, keys)
    entries = [(key, entry) for key in keys for entry in every[key][0].entries]
    groups = groupby(entries, lambda one: (one[0], one[1].journal_no))
    journals = [[entry for _, entry in group] for _, group in groups]
    kind, _, rest = record.subject.partition("/")
    key = parse_id(record.payload["details"]["into"] if later else rest, book)
    at = Occasion(
        method,
        record.actor,
        None,
        day,
        date.fromisoformat(record.value_date),
        largest(journals),
        party=key if record.kind == RECORDED and kind == "parties" else None,
        contact=_contact(record, key),
        given=record.payload.get("facts", {}) if record.kind == OPENED else {},
        until=record.booked_at,
    )
    if kind != "loans" or key is None:
        return at
    row = (await loans.read(connection, [key]))[key]
    history = (await events.of_loans(connection, [key], record.booked_at))[key]
    history = [item for item in history if item[0] <= record.number + later]
    own = by_history(row, history, book)
    opened, happened = inputs(history, view.catalogue.products[own.product, own.version].terms)
    state, _ = fold(opened, happened, day)
    before = [item for item in history if item[0] < record.number]
    view.histories[key] = before
    loan = replace(record_of(own, state), last_number=before[-1][0] if before else 0)
    return replace(at, loan=loan)


def _contact(record: EventRecord, loan: Key | None) -> Contact | None:
    if record.kind != CONTACTED or loan is None:
        return None
    told = record.payload["contact"]
    moment, local = told["moment"], told["local_time"]
    return Contact(*loan, told["channel"], told["purpose"], moment, local, record.number)
