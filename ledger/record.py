"""The one door: commands in; events, entries, balances, states and answers out, all or nothing.

A single command is a batch of one. Stripes are locked in sorted order, all decisions are made under
those locks on what the database holds, and one commit makes the batch lasting. A command whose
request id was answered before gets that answer again, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ledger.batch import Batch
from ledger.drafts import (
    NO_CHANGES,
    Changes,
    Draft,
    Stamp,
    attributed,
    moved,
    refused,
    stamped,
)
from ledger.errors import LedgerError, StripeBusy
from ledger.store import answers, bursts, catalogue, events, loans, parties, set_aside, stripes
from ledger.store.answers import Answer
from ledger.store.bursts import Unit
from ledger.store.catalogue import Catalogue
from ledger.store.records import decoded
from ledger.store.rows import Connection, Query, Writes
from ledger.store.stripes import Book
from ledger.view import Missing, View, answered

Key = tuple[int, int]


class Decision(NamedTuple):
    """What a use case wants recorded, and what it answers.

    `also` are further events of the same command, numbered after this one in the same stripe, or
    in another one of those that the command locks. `after` is another command that this one lets
    happen, recorded and answered under its own request id before it; `approvals` are who agreed.
    `refusal` makes what the caller is told instead of an answer: the event is recorded, and the
    request id stays free.
    """

    draft: Draft
    changes: Changes = NO_CHANGES
    result: Any = None
    also: tuple[Decision, ...] = ()
    stripe: int | None = None
    after: tuple[Command, Decision] | None = None
    approvals: tuple[str, ...] = ()
    refusal: Callable[[Stamp], LedgerError] | None = None


class Command(NamedTuple):
    """One request: `decide` runs under the locks, `encode` makes the bytes of the answer.

    `fresh` asks for the catalogue as it is now, where the newest version of a product decides.
    `other` is a second loan, where the command concerns two.
    """

    stripe: int
    request_id: str
    actor: str
    method: str
    digest: bytes
    decide: Callable[[View], Decision]
    encode: Callable[[Decision, Stamp], bytes]
    loan: Key | None = None
    other: Key | None = None
    party: Key | None = None
    event: Key | None = None
    locks: tuple[int, ...] = ()
    fresh: bool = False

    @property
    def origin(self) -> answers.Origin:
        """Who asks for what, in which words."""
        return self.actor, self.method, self.digest


#: So many answers of a large batch go to the database at a time, while the next are decided.
PIECE = 128
Outcome = bytes | LedgerError
RequestKey = tuple[int, str]


async def execute(
    connection: Connection,
    book: Book,
    known: Catalogue,
    commands: Sequence[Command],
    now: int,
    *,
    commit: bool = True,
    patience: Collection[int] | None = None,
) -> tuple[list[Outcome], Catalogue]:
    """Runs commands in one transaction, each with its own outcome; `commit=False` is a dry run.

    In a transaction that the caller has begun, `commit=False` leaves the commit to the caller.
    `now` is the moment in microseconds since the epoch. Domain errors stay their command's own; any
    database error ends the whole batch, with nothing written. `patience` names the stripes to wait
    for, None all: with it, a command of another stripe that somebody holds ends as StripeBusy.
    """
    async with bursts.unit(connection) as unit:
        view, given, busy = await _load(connection, unit, book, known, commands, patience)
        batch = Batch(book, view.stripes, now)
        added: dict[RequestKey, Answer] = {}
        fresh: list[Answer] = []
        outcomes: list[Outcome] = []
        for command in commands:
            if busy and not busy.isdisjoint((command.stripe, *command.locks)):
                busy.add(command.stripe)  # what comes after it in its stripe stays after it
                outcomes.append(StripeBusy(f"another transaction holds stripe {command.stripe}"))
                continue
            key = (command.stripe, command.request_id)
            first = given.get(key) or added.get(key)
            if first:
                outcomes.append(answers.repeated(first, command.request_id, command.origin))
                continue
            try:
                try:
                    decision = command.decide(view)
                except Missing:
                    await unit.settle()
                    decision = await answered(connection, view, command.decide)
            except LedgerError as error:
                outcomes.append(error)
                continue
            if decision.refusal:
                outcomes.append(decision.refusal(_added(batch, view, command, decision)))
                continue
            for answer in _recorded(batch, view, command, decision):
                added[answer.stripe, answer.request_id] = answer
                fresh.append(answer)
            outcomes.append(answer.response)
            if len(fresh) >= PIECE:
                await unit.append(_appended(batch, fresh))
        writes = batch.writes() if batch.counted else Writes()
        answers.add(writes, fresh)
        if batch.resumed:
            await unit.settle()
            await set_aside.remove(connection, batch.resumed)
        await unit.finish(writes, commit=commit, settle=bool(given))
    if batch.changes_catalogue and commit:
        return outcomes, await catalogue.load(connection, book.number)
    return outcomes, view.catalogue


async def _load(
    connection: Connection,
    unit: Unit,
    book: Book,
    known: Catalogue,
    commands: Sequence[Command],
    patience: Collection[int] | None,
) -> tuple[View, dict[RequestKey, Answer], set[int]]:
    """Locks the stripes and reads all that the commands name, in one round trip.

    The third part is the stripes that others hold.
    """
    wanted = {stripe for c in commands for stripe in (c.stripe, *c.locks)}
    loan_keys = sorted({key for c in commands for key in (c.loan, c.other) if key})
    party_keys = sorted({c.party for c in commands if c.party})
    event_keys = sorted({c.event for c in commands if c.event})
    locking = stripes.acquiring(wanted, patience)
    asked: list[Query[Any]] = [*locking]
    asked.append(answers.finding([(c.stripe, c.request_id) for c in commands]))
    asked += [loans.reading(loan_keys)] if loan_keys else []
    asked += [parties.reading(party_keys)] if party_keys else []
    asked += [events.reversing(event_keys)] if event_keys else []
    locked, given, *rest = (await unit.begin(asked))[len(locking) - 1 :]
    stored = rest.pop(0) if loan_keys else {}
    people = rest.pop(0) if party_keys else {}
    undone = rest.pop(0) if event_keys else {}
    view = View(book, locked, known, parties=people)
    if any(command.fresh for command in commands) or not known.covers(stored.values()):
        view.catalogue = await catalogue.load(connection, book.number)
    view.aside = {key: row for key, row in stored.items() if row.set_aside}
    view.loans = {k: decoded(r, view.catalogue) for k, r in stored.items() if not r.set_aside}
    view.reversed = {key: undone.get(key) for key in event_keys}
    return view, given, set() if patience is None else wanted.difference(locked, patience)


def _appended(batch: Batch, fresh: list[Answer]) -> Writes:
    """What is decided so far of a large batch and only ever added: nothing waits for it."""
    writes = batch.appended()
    answers.add(writes, fresh)
    fresh.clear()
    return writes


def _recorded(batch: Batch, view: View, command: Command, decision: Decision) -> list[Answer]:
    """Adds a decision to the batch; the last answer is its own, made of its first event."""
    found = _recorded(batch, view, *decision.after) if decision.after else []
    stamp = _added(batch, view, command, decision, decision.approvals)
    for one in decision.also:
        _added(batch, view, command, one, decision.approvals)
    response = command.encode(decision, stamp)
    found.append(
        Answer(command.stripe, command.request_id, *command.origin, stamp.number, response)
    )
    return found


def _added(
    batch: Batch, view: View, command: Command, decision: Decision, agreed: tuple[str, ...] = ()
) -> Stamp:
    """Adds one event to the batch and to what later commands of the batch see."""
    draft, changes = decision.draft, decision.changes
    stripe = command.stripe if decision.stripe is None else decision.stripe
    stamp = batch.add(stripe, draft, command.actor, command.request_id, agreed)
    if changes is not NO_CHANGES:
        batch.change(stamp, changes)
        _changed(view, stamp, draft, changes)
    if draft.loan is not None:
        key = (stripe, draft.loan)
        item = (stamp.number, draft.kind, stamp.value_date, dict(draft.payload), draft.reverses)
        view.histories.get(key, view.pending.setdefault(key, [])).append(item)
    if draft.reverses is not None:
        view.reversed[command.stripe, draft.reverses] = stamp.number
    return stamp


def _changed(view: View, stamp: Stamp, draft: Draft, changes: Changes) -> None:
    """What an event changed, as later commands of the batch see it."""
    if changes.loan:
        key = (changes.loan.stripe, changes.loan.loan)
        view.loans[key] = changes.loan
        view.aside.pop(key, None)
    if changes.party:
        view.parties[changes.party.stripe, changes.party.party] = changes.party
    if changes.moved:
        view.parties[changes.moved.stripe, changes.moved.party] = changes.moved
    if changes.erased:
        view.parties[changes.erased] = replace(view.parties[changes.erased], key=b"")
    _told(view, stamp, draft, changes)
    if changes.fixing:
        view.fixings.added.append(stamped(changes.fixing, stamp))


def _told(view: View, stamp: Stamp, draft: Draft, changes: Changes) -> None:
    """What decisions read on demand, as later commands of the batch see it."""
    if changes.standing:
        view.told["standing", changes.standing.key] = changes.standing
    if changes.collateral:
        view.told["collateral", changes.collateral.key] = changes.collateral
    if changes.pending:
        moved_on = moved(changes.pending, stamp, draft.reason)
        view.told["pending", moved_on.key] = moved_on
    if changes.assignment:
        added = attributed(changes.assignment, stamp, draft.reason)
        others = [one for one in view.told["role assignments"] if one.key != added.key]
        view.told["role assignments"] = [*others, added]
    for one in changes.facts:
        view.told.setdefault(("recorded", one.of), {})[one.name] = one.value
    if changes.contact:
        contact = attributed(changes.contact, stamp, draft.reason)
        contact = replace(contact, recorded_on=stamp.posting_date)
        view.told.setdefault(("contacted", contact.key), []).insert(0, contact)
    if changes.refusal:
        view.told["refusal", changes.refusal.key] = refused(changes.refusal, stamp)
    if changes.item:
        view.told["register item", changes.item.key] = attributed(changes.item, stamp, draft.reason)
