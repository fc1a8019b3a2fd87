"""What waits for a lane: bounded by count and by bytes, and served caller by caller.

A flow is what one caller asks of one method. Flows take turns, so that a bulk caller with
thousands of commands waiting delays a single one by a batch, not by its whole queue. Within a flow
the order of arrival stands.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ledger.errors import Overloaded
from ledger.record import Command

#: What a waiting command takes in memory besides its request: values, closures, a future.
OVERHEAD = 4096
#: One caller may fill this part of a queue; the rest is for the others.
SHARE = 2
_LEAST, _MOST = 50, 5000


@dataclass(slots=True)
class Waiting:
    """A command, whoever waits for its answer, and the bytes that it is counted for."""

    command: Command
    future: asyncio.Future[bytes]
    size: int


@dataclass(slots=True)
class _Held:
    """What one caller has in the queue, or in the transactions under way."""

    count: int = 0
    size: int = 0


@dataclass(slots=True)
class Queue:
    """Commands that wait; `size` counts those under way too, since they take memory as well."""

    count_limit: int
    size_limit: int
    count: int = 0
    size: int = 0
    _rate: int = 2000
    _waiting: int = 0
    _flows: dict[tuple[str, str], deque[Waiting]] = field(default_factory=dict)
    _turns: deque[tuple[str, str]] = field(default_factory=deque)
    _held: dict[str, _Held] = field(default_factory=dict)

    def __len__(self) -> int:
        return self._waiting

    def require_room(self, actor: str, count: int, size: int) -> None:
        """Refuses what would not fit, as a whole; `size` is the bytes of the requests."""
        size += count * OVERHEAD
        held = self._held.get(actor) or _Held()
        if self.count + count > self.count_limit or self.size + size > self.size_limit:
            raise Overloaded("the posting queue is full; nothing was done", self._hint())
        own = held.count + count, held.size + size
        if own[0] * SHARE > self.count_limit or own[1] * SHARE > self.size_limit:
            text = "the caller's share of the posting queue is full; nothing was done"
            raise Overloaded(text, self._hint())

    def put(self, command: Command, size: int, *, fits: bool = False) -> asyncio.Future[bytes]:
        """Takes a command in, or refuses it; the future holds what it comes to.

        One that `fits` is of a request for which room was found as a whole.
        """
        if not fits:
            self.require_room(command.actor, 1, size)
        item = Waiting(command, asyncio.get_running_loop().create_future(), size + OVERHEAD)
        held = self._held.setdefault(command.actor, _Held())
        self.count, self.size = self.count + 1, self.size + item.size
        held.count, held.size = held.count + 1, held.size + item.size
        self._waiting += 1
        name = (command.actor, command.method)
        flow = self._flows.get(name)
        if flow is None:
            flow = self._flows[name] = deque()
            self._turns.append(name)
        flow.append(item)
        return item.future

    def take(self, limit: int, aside: Callable[[Waiting], bool]) -> list[Waiting]:
        """Up to so many of what waits, an equal part of each flow; `aside` may take one away."""
        taken: list[Waiting] = []
        while self._turns and len(taken) < limit:
            share = max(1, (limit - len(taken)) // len(self._turns))
            for _ in range(len(self._turns)):
                if len(taken) >= limit:
                    break
                name = self._turns.popleft()
                flow, most = self._flows[name], min(limit, len(taken) + share)
                while flow and len(taken) < most:
                    item = flow.popleft()
                    self._waiting -= 1
                    if not aside(item):
                        taken.append(item)
                if flow:
                    self._turns.append(name)
                else:
                    del self._flows[name]
        return taken

    def done(self, items: Sequence[Waiting]) -> None:
        """Frees the room of what was answered."""
        for item in items:
            held = self._held[item.command.actor]
            held.count, held.size = held.count - 1, held.size - item.size
            if not held.count:
                del self._held[item.command.actor]
        self.count -= len(items)
        self.size -= sum(item.size for item in items)

    def served(self, count: int, milliseconds: int) -> None:
        """Remembers how fast answers come, in commands a second."""
        rate = count * 1000 // max(1, milliseconds)
        self._rate = max(1, (self._rate * 7 + rate) // 8)

    def _hint(self) -> int:
        """Milliseconds in which half of what waits is likely to be done."""
        return min(_MOST, max(_LEAST, self.count * 500 // self._rate))
