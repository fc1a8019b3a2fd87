"""Work that may hang, such as a dead file system, in a thread that no stop waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def apart(work: Callable[[], T], *faults: type[Exception]) -> T:
    """The result of the work; it raises these faults and no others."""
    outcome: Future[T] = Future()

    def run() -> None:
        if not outcome.set_running_or_notify_cancel():
            return
        try:
            outcome.set_result(work())
        except faults as error:
            outcome.set_exception(error)

    Thread(target=run, name="apart", daemon=True).start()
    return await asyncio.wrap_future(outcome)
