"""Folds on the loans for which the new day changes something: dues, fees, penalties, credits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ledger.end_of_day.set_aside import require_writable
from ledger.end_of_day.turn import ACTOR, Turn
from ledger.errors import DEFECTS
from ledger.lending.postings import Advanced, movement_draft
from ledger.loan.fold import advanced
from ledger.loan.trail import Trail
from ledger.store import catalogue, loans
from ledger.store.catalogue import Catalogue
from ledger.store.loans import Key, StoredLoan
from ledger.store.records import decoded
from ledger.store.rows import Connection

Prepared = dict[Key, tuple[int, Advanced]]


async def prepare(
    connection: Connection, book: int, known: Catalogue, wanted: Sequence[int], after: date
) -> Prepared:
    """Folds loans on to a day before it begins, so that nobody waits for it under a lock.

    What fails, and what changes until the stripes are locked, is folded again then.
    """
    stored = await loans.changing(connection, wanted, after)
    known = await catalogue.covering(connection, book, known, stored)
    return _folded(stored, after, known, {})


async def fall_due(turn: Turn) -> Mapping[int, int]:
    """Posts what the new day brings to loans, and keeps their new states."""
    found = await loans.changing_now(turn.connection, turn.stripes, turn.after)
    ready = {key: turn.prepared[key] for key, number in found if _fresh(turn, key, number)}
    missing = [key for key, _ in found if key not in ready]
    if missing:
        stored = (await loans.read(turn.connection, missing)).values()
        turn.known = await catalogue.covering(
            turn.connection, turn.batch.book.number, turn.known, stored
        )
        ready |= _folded(stored, turn.after, turn.known, turn.failed)
    done = [ready[key][1] for key, _ in found if key in ready]
    if turn.probing:
        await require_writable(turn.connection, turn.batch, done, turn.name)
    for one in done:
        one.added(turn.batch, ACTOR, turn.name)
    return Counter(one.record.stripe for one in done)


def _fresh(turn: Turn, key: Key, number: int) -> bool:
    return key in turn.prepared and turn.prepared[key][0] == number


def _folded(
    stored: Iterable[StoredLoan], after: date, known: Catalogue, failed: dict[Key, BaseException]
) -> Prepared:
    found: Prepared = {}
    for row in stored:
        try:
            found[row.stripe, row.loan] = row.last_number, _advanced(row, after, known)
        except DEFECTS as error:
            failed[row.stripe, row.loan] = error
    return found


def _advanced(row: StoredLoan, day: date, known: Catalogue) -> Advanced:
    """A loan at the start of a day; nothing is written before all of it is worked out."""
    record, trail, key = decoded(row, known), Trail(), (row.stripe, row.loan)
    state = advanced(record.state, day, trail)
    drafts = tuple(movement_draft(found, state.terms, key) for found in trail.movements)
    return Advanced(replace(record, state=state), drafts)
