"""The turn of a day on some stripes: what each step of a close of business works on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from ledger.batch import Batch
from ledger.calc.policy import Policy, on_day
from ledger.lending.loans import Asked, happen
from ledger.lending.postings import Advanced
from ledger.record import Decision
from ledger.store import policies
from ledger.store.catalogue import Catalogue
from ledger.store.loans import Key, LoanRecord
from ledger.store.rows import Connection
from ledger.view import View, answered

#: Who does what a close of business does.
ACTOR = "system:end-of-day"
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Turn:
    """One transaction that closes `day` on the locked stripes of `batch`.

    `prepared` are loans that were folded on before the stripes were locked, each with the number of
    its last event then. A step that cannot bring a loan forward adds it to `failed` with what it
    raised: the transaction is then undone and begun again with that loan set aside. `probing` tries
    what each loan writes by itself, after the database refused it together. `written` counts the
    events that were flushed.
    """

    connection: Connection
    batch: Batch
    known: Catalogue
    day: date
    prepared: Mapping[Key, tuple[int, Advanced]] = field(default_factory=dict)
    probing: bool = False
    failed: dict[Key, BaseException] = field(default_factory=dict)
    resets_waiting: int = 0
    written: Counter[int] = field(default_factory=Counter)
    _policies: list[Policy] | None = None

    @property
    def after(self) -> date:
        """The day that begins."""
        return self.day + _DAY

    @property
    def stripes(self) -> list[int]:
        """The stripes' numbers."""
        return list(self.batch.stripes)

    @property
    def name(self) -> str:
        """What request ids of the close's own events begin with."""
        return f"close-{self.day.isoformat()}"

    async def flush(self) -> None:
        """Writes what the steps so far gathered, for a step that asks the database about it."""
        self.written += self.batch.counted
        await self.batch.writes().run(self.connection)
        self.batch = Batch(self.batch.book, self.batch.stripes, self.batch.now)

    async def happens(self, record: LoanRecord, asked: Asked) -> Decision:
        """What an event makes of a loan, as a command would decide it."""
        key = record.stripe, record.loan
        view = View(self.batch.book, self.batch.stripes, self.known, loans={key: record})
        return await answered(self.connection, view, partial(happen, key=key, asked=asked))

    def record(self, stripe: int, decision: Decision, name: str) -> None:
        """Adds a decided event, whose request id is `name`, to the batch."""
        stamp = self.batch.add(stripe, decision.draft, ACTOR, name)
        self.batch.change(stamp, decision.changes)

    async def policy(self, day: date) -> Policy:
        """The credit policy in force on a day, as it is published now."""
        if self._policies is None:
            self._policies = await policies.CREDIT.versions(self.connection, self.batch.book.number)
        return on_day(self._policies, day)


class Step(NamedTuple):
    """A step by name; it returns how many things it did on each stripe."""

    name: str
    run: Callable[[Turn], Awaitable[Mapping[int, int]]]
