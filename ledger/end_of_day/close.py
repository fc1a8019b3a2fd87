"""Closes a business date on some stripes: accrue in bulk, then fold on the loans that time changes.

One transaction does it all and moves the stripes' business date, so a day is closed on a stripe or
it is not: killed anywhere, it is run again and nothing is doubled. Channels post meanwhile on other
stripes. A loan that fails is set aside: the transaction is undone and begun again without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ledger.audit.canonical import leaf_hash
from ledger.audit.merkle import root
from ledger.batch import Batch, Draft, Stamp
from ledger.book.chart import Part
from ledger.book.journal import Entry, Journal
from ledger.book.rules import entries_for
from ledger.end_of_day.resets import ACTOR, reset
from ledger.end_of_day.set_aside import (
    Failures,
    Unclosed,
    damaged,
    put_aside,
    require_known,
    require_writable,
)
from ledger.errors import DEFECTS
from ledger.lending.postings import Advanced, movement_draft
from ledger.loan.fold import advanced
from ledger.loan.trail import Trail
from ledger.store import accruals, catalogue, loans, resets, stripes
from ledger.store.accruals import Accrued
from ledger.store.catalogue import Catalogue
from ledger.store.loans import Key, StoredLoan
from ledger.store.records import decoded
from ledger.store.rows import REFUSALS, Connection
from ledger.store.stripes import Book

CLOSED = "day_closed"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closed:
    """What one transaction closed, and the loans that it set aside with what they raised."""

    stripes: int
    loans_accrued: int
    loans_advanced: int
    loans_reset: int = 0
    resets_waiting: int = 0
    set_aside: Failures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Day:
    """A business date to close on some stripes, and the loans known to fail in it.

    `probing` tries what each loan writes by itself, after the database refused it together.
    """

    book: Book
    wanted: Sequence[int]
    day: date
    now: int
    failed: Failures
    probing: bool = False


async def close_day(
    connection: Connection, book: Book, known: Catalogue, wanted: Sequence[int], day: date, now: int
) -> Closed:
    """Closes `day` on those of the wanted stripes whose business date it still is."""
    ask = _Day(book, wanted, day, now, {})
    while True:
        try:
            return await _closed(connection, ask, known)
        except Unclosed as error:
            if not error.found.keys() - ask.failed.keys():
                raise
            ask = replace(ask, failed={**ask.failed, **error.found}, probing=False)
        except REFUSALS as error:
            found = await damaged(connection, wanted, day, error)
            fresh = found.keys() - ask.failed.keys()
            if ask.probing and not fresh:
                raise
            ask = replace(ask, failed={**ask.failed, **found}, probing=not fresh)


async def _closed(connection: Connection, ask: _Day, known: Catalogue) -> Closed:
    day, after = ask.day, ask.day + _DAY
    async with connection.transaction():
        locked = await stripes.lock(connection, ask.wanted)
        open_stripes = {n: s for n, s in locked.items() if s.business_date == day}
        if not open_stripes:
            return Closed(0, 0, 0)
        names, batch = list(open_stripes), Batch(ask.book, open_stripes, ask.now)
        aside = {key: error for key, error in ask.failed.items() if key[0] in open_stripes}
        await put_aside(connection, batch, aside, day)
        numbers = [(n, s.last_number + 1) for n, s in open_stripes.items()]
        sums, lines = await accruals.accrue(connection, numbers, day)
        known = await catalogue.covering(connection, ask.book.number, known, sums)
        await require_known(connection, names, sums, known)
        for stripe in open_stripes:
            _accrual_event(batch, stripe, day, sums, lines.get(stripe, []), known)
        for row in open_stripes.values():
            row.business_date = after
        failed: dict[Key, BaseException] = {}
        moved = await _advance(connection, batch, ask, known, failed)
        fixed = await reset(connection, batch, names, after, known, failed)
        if failed:
            raise Unclosed(failed)
        await batch.writes().run(connection)
        waiting = await resets.waiting(connection, names, after)
    accrued = sum(s.loans for s in sums)
    return Closed(len(open_stripes), accrued, moved, fixed, waiting, aside)


def _accrual_event(
    batch: Batch,
    stripe: int,
    day: date,
    sums: Iterable[Accrued],
    lines: list[bytes],
    known: Catalogue,
) -> Stamp:
    """One event a stripe: the day is closed, with its accruals and the root of their lines."""
    entries: list[Entry] = []
    for found in sums:
        if found.stripe == stripe:
            terms = known.products[found.product, found.version].terms
            amounts = {Part(found.component): found.amount}
            entries.extend(
                entries_for("accrual", amounts, terms.accounts, found.currency, None, terms.profile)
            )
    draft = Draft(
        kind=CLOSED,
        subject=f"days/{day.isoformat()}",
        payload={"lines": len(lines)},
        journals=(Journal(day, tuple(entries)),) if entries else (),
        lines_root=root([leaf_hash(line) for line in lines]).hex() if lines else None,
        reason="close of business",
    )
    return batch.add(stripe, draft, ACTOR, f"close-{day.isoformat()}")


async def _advance(
    connection: Connection,
    batch: Batch,
    ask: _Day,
    known: Catalogue,
    failed: dict[Key, BaseException],
) -> int:
    """Folds on the loans for which the new day changes something, and posts what that moves."""
    day = ask.day + _DAY
    stored = await loans.changing(connection, list(batch.stripes), day)
    known = await catalogue.covering(connection, batch.book.number, known, stored)
    done: list[Advanced] = []
    for row in stored:
        try:
            done.append(_advanced(row, day, known))
        except DEFECTS as error:
            failed[row.stripe, row.loan] = error
    name = f"close-{day.isoformat()}"
    if ask.probing:
        await require_writable(connection, batch, done, name)
    for one in done:
        one.added(batch, ACTOR, name)
    return len(done)


def _advanced(row: StoredLoan, day: date, known: Catalogue) -> Advanced:
    """A loan at the start of a day; nothing is written before all of it is worked out."""
    record, trail, key = decoded(row, known), Trail(), (row.stripe, row.loan)
    state = advanced(record.state, day, trail)
    drafts = tuple(movement_draft(found, state.terms, key) for found in trail.movements)
    return Advanced(replace(record, state=state), drafts)
