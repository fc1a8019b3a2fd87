"""Lanes: concurrent calls become one transaction, committed before any of them is answered.

A lane owns a connection and the stripes that fall to it, so lanes of one process never wait for
each other's locks. Whatever waits goes with the next batch. The lane, not the caller, owns the
commit: a caller that leaves asks again with the same request id.

A stripe that another transaction holds (a close of business, another process) makes no other wait:
its commands are put by, in order, and go when it is free. If it does not come free soon, a helper
with a connection of its own joins the database's queue for it, so that nothing starves.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import partial

from ledger.errors import LedgerError, StripeBusy
from ledger.record import Command, Outcome
from ledger.store.stripes import Book
from server.database import Database
from server.poster import Poster, Shelf
from server.queue import Queue, Waiting

#: A crowd of calls is gathered in up to so many windows, as long as each brings more of them. A
#: window is a part of what a transaction takes, within bounds: a slow machine gathers as many.
CROWD, WINDOWS, WINDOW_PART = 4, 6, 4
SHORTEST, LONGEST = 0.0007, 0.004
#: Helpers of a lane, and how long a stripe is put by before one of them waits for it.
HELPERS, PATIENCE_SECONDS = 4, 0.03
#: How often a lane looks whether a stripe that was put by is free: at first, and at least.
FIRST_LOOK, LAST_LOOK = 0.001, 0.02


@dataclass(slots=True)
class _Parked:
    """The commands of a stripe that somebody else holds, in order; `taken` while some are sent."""

    since: float
    items: deque[Waiting] = field(default_factory=deque)
    taken: bool = False

    def take(self, limit: int) -> list[Waiting]:
        """The next commands that need no further stripe; or one alone that does."""
        found: list[Waiting] = []
        while self.items and len(found) < limit and not self.items[0].command.locks:
            found.append(self.items.popleft())
        return found or [self.items.popleft()]

    @property
    def wide(self) -> bool:
        """Whether the next command needs further stripes: it is a helper's work to wait for all."""
        return bool(self.items[0].command.locks)


class Lane:
    """One queue, one connection, one transaction at a time; and helpers where a stripe is held."""

    def __init__(self, database: Database, book: Book, shelf: Shelf, batch: int, queue: Queue):
        self.queue = queue
        self._batch = batch
        self._make = partial(Poster, database, book, shelf)
        self._poster = self._make()
        self._spare: list[Poster] = []
        self._parked: dict[int, _Parked] = {}
        self._helpers: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._stopping = False
        self._last, self._look, self._took = 0, FIRST_LOOK, SHORTEST
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._run())

    def submit(
        self, command: Command, size: int = 0, *, fits: bool = False
    ) -> asyncio.Future[bytes]:
        """Queues a command whose request has so many bytes; the future holds the answer's bytes."""
        future = self.queue.put(command, size, fits=fits)
        self._wake.set()
        return future

    async def stop(self) -> None:
        """Answers what is queued and ends."""
        self._stopping = True
        self._wake.set()
        await self._task
        await asyncio.gather(*self._helpers)
        for poster in (self._poster, *self._spare):
            await poster.close()

    async def _run(self) -> None:
        while self.queue or self._parked or not self._stopping:
            if not (self.queue or self._parked):
                self._wake.clear()
                await self._wake.wait()
            await self._gathered()
            freed = await self._freed()
            room = max(self._batch // 2, self._batch - len(freed))
            taken = freed + self.queue.take(room, self._aside)
            if taken:
                work = asyncio.create_task(self._post(self._poster, taken, ()))
                try:
                    await asyncio.shield(work)
                except asyncio.CancelledError:
                    await work
                    raise
            self._call_helpers()
            if self._parked and not taken:
                await self._pause()
            elif freed or not self._parked:
                self._look = FIRST_LOOK

    async def _gathered(self) -> None:
        """Lets a burst arrive: while calls keep coming they share one transaction.

        Nobody waits alone: a queue of one goes at once, unless the last batch was a crowd.
        """
        for _ in range(WINDOWS):
            seen = len(self.queue)
            if seen >= self._batch or max(seen, self._last) < CROWD or self._stopping:
                break
            await asyncio.sleep(min(LONGEST, max(SHORTEST, self._took / WINDOW_PART)))
            if len(self.queue) - seen < CROWD:
                break
        self._last = min(len(self.queue), self._batch)

    async def _freed(self) -> list[Waiting]:
        """The next commands of stripes that were put by and are free again."""
        wanted = [n for n, parked in self._parked.items() if not parked.taken and not parked.wide]
        if not wanted:
            return []
        found: list[Waiting] = []
        free = await self._poster.free(wanted)
        for stripe in wanted:
            if stripe in free and len(found) < self._batch:
                found += self._parked[stripe].take(self._batch - len(found))
                self._parked[stripe].taken = True
        return found

    async def _pause(self) -> None:
        """Until something new comes, or it is time to look again."""
        self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), self._look)
        except TimeoutError:
            self._look = min(LAST_LOOK, self._look * 2)

    def _aside(self, item: Waiting) -> bool:
        """Puts a command by whose stripe has others before it that were put by."""
        parked = self._parked.get(item.command.stripe)
        if parked:
            parked.items.append(item)
        return parked is not None

    def _call_helpers(self) -> None:
        """Sends a helper for each stripe that was put by for long, as far as there are helpers."""
        for stripe, parked in self._parked.items():
            if len(self._helpers) >= HELPERS:
                break
            if not parked.taken and (self._waited(parked) or self._stopping):
                parked.taken = True
                poster = self._spare.pop() if self._spare else self._make()
                task = asyncio.create_task(self._help(poster, parked, stripe))
                self._helpers.add(task)
                task.add_done_callback(self._helpers.discard)

    def _waited(self, parked: _Parked) -> bool:
        return parked.wide or self._loop.time() - parked.since >= PATIENCE_SECONDS

    async def _help(self, poster: Poster, parked: _Parked, stripe: int) -> None:
        """Waits for one stripe, or for all those of one command, and posts what was put by."""
        patience = None if parked.wide else (stripe,)
        await self._post(poster, parked.take(self._batch), patience)
        self._spare.append(poster)
        self._wake.set()

    async def _post(
        self, poster: Poster, taken: Sequence[Waiting], patience: Collection[int] | None
    ) -> None:
        """Posts and answers; what found its stripe busy is put by, before what came later."""
        begun = self._loop.time()
        outcomes = await poster.outcomes([item.command for item in taken], patience)
        busy: list[Waiting] = []
        done: list[Waiting] = []
        for item, outcome in zip(taken, outcomes, strict=True):
            if isinstance(outcome, StripeBusy):
                busy.append(item)
            else:
                _answer(item.future, outcome)
                done.append(item)
        self.queue.done(done)
        took = self._loop.time() - begun
        if poster is self._poster:
            self._took = (3 * self._took + took) / 4
        self.queue.served(len(done), int(took * 1000))
        for item in reversed(busy):
            parked = self._parked.setdefault(item.command.stripe, _Parked(begun))
            parked.items.appendleft(item)
        for stripe in {item.command.stripe for item in taken} & self._parked.keys():
            self._parked[stripe].taken = False
            if not self._parked[stripe].items:
                del self._parked[stripe]


def _answer(future: asyncio.Future[bytes], outcome: Outcome) -> None:
    if future.done():
        return
    if isinstance(outcome, LedgerError):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)


class Lanes:
    """All lanes of a process; a stripe always goes to the same one."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self._lanes = lanes

    def submit(
        self, command: Command, size: int = 0, *, fits: bool = False
    ) -> asyncio.Future[bytes]:
        """Queues a command on its stripe's lane; Overloaded when there is no room.

        One that `fits` is of a bulk request for which room was required before.
        """
        return self._lanes[command.stripe % len(self._lanes)].submit(command, size, fits=fits)

    def require_room(self, actor: str, count: int, size: int) -> None:
        """Refuses a bulk request as a whole that one of the lanes might not take in."""
        for lane in self._lanes:
            lane.queue.require_room(actor, count, size)

    @property
    def waiting(self) -> int:
        """Commands that wait or are under way."""
        return sum(lane.queue.count for lane in self._lanes)

    async def stop(self) -> None:
        """Drains and ends all lanes."""
        await asyncio.gather(*(lane.stop() for lane in self._lanes))
