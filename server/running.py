"""Runs a server until it is told to stop: database first, drained in reverse order."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvloop

from server import embedded
from server.app import App, Part
from server.config import Config
from server.migrate import migrate
from server.programs import account
from server.wal import archiving

Ready = Callable[[App], Awaitable[None]]


@contextmanager
def database(config: Config) -> Iterator[str]:
    """The DSN to use: the configured one, or an embedded server that lives as long as the block."""
    configured = config.dsn.get_secret_value()
    if configured:
        yield configured
        return
    settings = archiving(config.wal_archive, account(config.data / "postgres"))
    with embedded.start(config.data, settings=settings) as server:
        yield server.dsn


def run(config: Config, ready: Ready, part: Part | None = None) -> None:
    """Migrates where the database is our own, serves, and returns after SIGINT or SIGTERM."""
    with database(config) as dsn:
        if not config.dsn.get_secret_value():
            migrate(dsn)
        uvloop.run(_serve(config, dsn, ready, part))


def _spare_collector() -> None:
    """What is loaded by now lives as long as the process: the collector need not visit it again.

    Postings make short-lived values and no cycles; rarer collections save a sixth of their time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


async def _serve(config: Config, dsn: str, ready: Ready, part: Part | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    app = App(config, dsn, part)
    try:
        await app.start()
        _spare_collector()
        announced = asyncio.ensure_future(ready(app))
        stopped = asyncio.ensure_future(stop.wait())
        await asyncio.wait((announced, stopped), return_when=asyncio.FIRST_COMPLETED)
        if announced.done():
            announced.result()
            await stopped
        else:
            announced.cancel()
    finally:
        await app.stop()
