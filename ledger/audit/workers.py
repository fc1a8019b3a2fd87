"""Processes that share the verification of a large export; `spread.py` gives them their work.

They start when they are given the first piece: a small export starts none. They import no more than
this package, and the caller's main module as `multiprocessing` does. A process that dies closes its
connections, so that whoever waits for it hears of it at once; so it is when this process dies.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from typing import Final

from ledger.audit.pieces import Piece, examine
from ledger.audit.spread import EACH, Workers

#: More processes than these would wait for the first one, which reads and adds up.
MOST: Final = 8


@contextmanager
def workers(processes: int | None = None) -> Iterator[Workers | None]:
    """So many processes with this one, for `verify_export`; None where that is one.

    By default one a core that may be used, 8 at most. A script that calls this needs an
    `if __name__ == "__main__"`, since each process imports it.
    """
    count = (_cores() if processes is None else processes) - 1
    if count < 1 or multiprocessing.current_process().daemon:
        yield None
        return
    started = _Processes(count)
    try:
        yield started
    finally:
        started.close()


def _cores() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(usable or 1, MOST)


class _Processes:
    """Each process has some connections, so that the next piece is there when one is done.

    A thread waits at each connection. What multiprocessing offers as a pool is not used: it waits
    for ever where a process is killed while it answers.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._threads = ThreadPoolExecutor(count * EACH)
        self._started: list[SpawnProcess] = []
        self._idle: SimpleQueue[Connection] = SimpleQueue()

    def submit(self, lines: Sequence[bytes], book: str) -> Future[Piece | None]:
        """What `examine` finds, or an exception where that process died."""
        while len(self._started) < self.count:
            self._start()
        return self._threads.submit(self._ask, lines, book)

    def close(self) -> None:
        """Ends the processes, whatever they do."""
        for process in self._started:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.join()
        while not self._idle.empty():
            self._idle.get().close()

    def _start(self) -> None:
        # A fork beside threads would inherit the locks that they hold.
        context = multiprocessing.get_context("spawn")
        pairs = [context.Pipe() for _ in range(EACH)]
        theirs = [their for _, their in pairs]
        process = context.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        self._started.append(process)
        for our, their in pairs:
            their.close()
            self._idle.put(our)

    def _ask(self, lines: Sequence[bytes], book: str) -> Piece | None:
        connection = self._idle.get_nowait()
        try:
            connection.send((lines, book))
            found: Piece | None = connection.recv()
        except (EOFError, OSError):
            connection.close()
            raise
        self._idle.put(connection)
        return found


def _serve(connections: list[Connection]) -> None:
    """A worker: examines what comes until the first process is gone, which gets the interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        for ready in wait(connections):
            if isinstance(ready, Connection):
                try:
                    lines, book = ready.recv()
                    ready.send(examine(lines, book))
                except (EOFError, OSError):
                    return
