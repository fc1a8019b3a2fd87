"""How often one caller may call: a bucket of calls each that fills up with time."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass, field

from ledger.errors import Overloaded

#: Methods that only read, by how their names begin; all others write.
READING = ("Get", "List", "Quote", "Explain", "ExportHistory", "StreamEvents", "Verify")
#: Methods of many commands in one, and the field that holds them.
ITEMS = {
    "LedgerService/BatchPostJournals": "requests",
    "LedgerService/StreamPostJournals": "requests",
    "LoanService/ImportLoans": "positions",
}
_MOST_CALLERS = 10_000
_LEAST_MILLISECONDS = 10


class RateLimited(Overloaded):
    """The caller calls more often than they may; nothing was done."""

    reason = "RATE_LIMITED"


@dataclass(slots=True)
class Bucket:
    """Buckets of one kind: calls a second that come in, and how many it holds; 0 is no limit."""

    rate: float
    most: int
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, caller: str, now: float) -> None:
        """One call of a caller, or RateLimited with when there is room again."""
        if not self.rate:
            return
        left, since = self._left.get(caller) or (float(self.most), now)
        left = min(self.most, left + (now - since) * self.rate)
        if left < 1:
            self._left[caller] = left, now
            wait = math.ceil((1 - left) / self.rate * 1000)
            text = f"more than {self.rate:g} calls a second; nothing was done"
            raise RateLimited(text, max(_LEAST_MILLISECONDS, wait))
        if len(self._left) >= _MOST_CALLERS:
            self._forget(now)
        self._left[caller] = left - 1, now

    def spend(self, caller: str, count: int) -> None:
        """Takes what a call, once let in, costs more than one: the next ones wait until then."""
        if self.rate and caller in self._left:
            left, since = self._left[caller]
            self._left[caller] = left - count, since

    def _forget(self, now: float) -> None:
        """Drops whoever has a full bucket again; all, where many thousands call at a time."""
        kept = {
            caller: (left, since)
            for caller, (left, since) in self._left.items()
            if left + (now - since) * self.rate < self.most
        }
        self._left = kept if len(kept) < _MOST_CALLERS else {}


class Limits:
    """The limits of each caller, of reading and of writing."""

    def __init__(self, reads: float, writes: float, burst: int) -> None:
        self._reads, self._writes = Bucket(reads, burst), Bucket(writes, burst)
        self._reading: dict[str, bool] = {}

    def take(self, caller: str, method: str) -> None:
        """One call, such as `LoanService/RepayLoan`, or RateLimited."""
        reads = self._reading.get(method)
        if reads is None:
            reads = method.partition("/")[2].startswith(READING)
            self._reading[method] = reads
        (self._reads if reads else self._writes).take(caller, time.monotonic())

    def spend(self, caller: str, items: int) -> None:
        """A batch of so many costs as many calls, of which one was taken."""
        self._writes.spend(caller, max(0, items - 1))

    async def batch(self, caller: str, method: str, items: int) -> None:
        """One more batch of a stream, which is read on as soon as there is room for it."""
        while True:
            try:
                self.take(caller, method)
            except RateLimited as full:
                await asyncio.sleep(full.milliseconds / 1000)
            else:
                self.spend(caller, items)
                return
