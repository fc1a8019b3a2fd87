"""Closes a business date on some stripes: the steps of `steps.py`, all or nothing.

One transaction does them all and moves the stripes' business date, so a day is closed on a stripe
or it is not: killed anywhere, it is run again and nothing is doubled. Channels post meanwhile on
other stripes. A loan that fails is set aside: the transaction is undone and begun again without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ledger.batch import Batch
from ledger.end_of_day.falling_due import Prepared, prepare
from ledger.end_of_day.set_aside import Failures, Unclosed, damaged, put_aside
from ledger.end_of_day.steps import EVENING, MORNING
from ledger.end_of_day.turn import Step, Turn
from ledger.store import accruals, closes, commits, resets, stripes
from ledger.store.catalogue import Catalogue
from ledger.store.rows import REFUSALS, Connection, Writes
from ledger.store.stripes import Book, Stripe

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closed:
    """What one transaction closed, by step, and the loans that it set aside with what they raised.

    `done` are things done and microseconds of each step.
    """

    stripes: int
    done: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    resets_waiting: int = 0
    set_aside: Failures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Closing:
    """A business date to close on some stripes; `clock` counts microseconds from any moment."""

    book: Book
    wanted: Sequence[int]
    day: date
    now: int
    clock: Callable[[], int]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What is known before a transaction: loans folded on, and loans that fail."""

    known: Catalogue
    prepared: Prepared
    failed: Failures = field(default_factory=dict)
    probing: bool = False


async def close_day(connection: Connection, ask: Closing, known: Catalogue) -> Closed:
    """Closes the day on those of the wanted stripes whose business date it still is."""
    after = ask.day + _DAY
    await accruals.begin_month(connection, ask.day)
    found = await prepare(connection, ask.book.number, known, ask.wanted, after)
    attempt = _Attempt(known, found)
    while True:
        failed = attempt.failed
        try:
            return await _closed(connection, ask, attempt)
        except Unclosed as error:
            if not error.found.keys() - failed.keys():
                raise
            attempt = replace(attempt, failed={**failed, **error.found}, probing=False)
        except REFUSALS as error:
            refused = await damaged(connection, ask.wanted, ask.day, error)
            fresh = refused.keys() - failed.keys()
            if attempt.probing and not fresh:
                raise
            attempt = replace(attempt, failed={**failed, **refused}, probing=not fresh)


async def _closed(connection: Connection, ask: Closing, attempt: _Attempt) -> Closed:
    async with commits.transaction(connection):
        locked = await stripes.lock(connection, ask.wanted)
        held = {n: s for n, s in locked.items() if s.business_date == ask.day}
        if not held:
            return Closed(0)
        batch = Batch(ask.book, held, ask.now)
        aside = {key: error for key, error in attempt.failed.items() if key[0] in held}
        await put_aside(connection, batch, aside, ask.day)
        turn = Turn(connection, batch, attempt.known, ask.day, attempt.prepared, attempt.probing)
        done = await _stepped(turn, EVENING, ask.clock)
        _begin(turn.after, held)
        done |= await _stepped(turn, MORNING, ask.clock)
        notes = Writes()
        closes.add(notes, turn.stripes, ask.day, done)
        await notes.run(connection)
        waiting = await resets.waiting(connection, turn.stripes, turn.after)
    told = {name: (sum(items.values()), micros) for name, (items, micros) in done.items()}
    return Closed(len(held), told, waiting, aside)


def _begin(day: date, held: Mapping[int, Stripe]) -> None:
    for row in held.values():
        row.business_date = day


async def _stepped(
    turn: Turn, steps: Sequence[Step], clock: Callable[[], int]
) -> dict[str, tuple[Mapping[int, int], int]]:
    """Runs steps in order; what each did on each stripe, and its microseconds."""
    done: dict[str, tuple[Mapping[int, int], int]] = {}
    for step in steps:
        begun = clock()
        items = await step.run(turn)
        if turn.failed:
            raise Unclosed(turn.failed)
        done[step.name] = items, clock() - begun
    return done
