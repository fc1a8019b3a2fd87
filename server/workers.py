"""Several server processes on one port: the kernel deals connections out to them.

Their parent serves nothing itself. It holds the port, starts the workers, starts one again that
ended by itself, passes SIGTERM on and waits until all have drained. A worker whose parent is gone
drains and ends as well.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from server.config import Config
from server.errors import StartError
from server.migrate import migrate
from server.parent import bound_to
from server.running import database

log = structlog.get_logger()
#: Beyond the time that calls may take to end: lanes answer what they have, the sealer seals.
AFTER_DRAIN_SECONDS = 30
FIRST_PAUSE, LAST_PAUSE, STEADY_SECONDS = 0.1, 5.0, 10.0
READY = b"1"


def run_workers(config: Config, announce: Callable[[int], None]) -> None:
    """Serves with the processes of the configuration; returns after SIGINT or SIGTERM."""
    with database(config) as dsn:
        if not config.dsn.get_secret_value():
            migrate(dsn)
        with _reserved(config) as place:
            port = place.getsockname()[1]
            given = {"LOANLEDGER_DSN": dsn, "LOANLEDGER_PORT": str(port)}
            workers = [_Worker(number, config, given) for number in range(config.processes)]
            asyncio.run(_look_after(workers, config, lambda: announce(port)))


def _reserved(config: Config) -> socket.socket:
    """The port, bound but not listened on: it stays ours while workers come and go."""
    try:
        found = socket.getaddrinfo(config.host.strip("[]"), config.port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)  # fails where anybody listens, even one who would share
        place = socket.socket(family, kind, protocol)
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        place.bind(address)
    except OSError as error:
        raise StartError(
            f"cannot listen on {config.host}:{config.port}: the port is in use or not allowed"
        ) from error
    return place


@dataclass(slots=True)
class _Worker:
    """One serving process, and the next one in its place."""

    number: int
    config: Config
    given: Mapping[str, str]
    process: asyncio.subprocess.Process | None = None
    _pause: float = FIRST_PAUSE
    _begun: float = field(default_factory=time.monotonic)

    async def start(self) -> None:
        """Starts it and waits until it serves; StartError when it ends before."""
        begun = time.monotonic()
        reading, writing = os.pipe()
        metrics = self.config.metrics_port
        own = {"LOANLEDGER_METRICS_PORT": str(metrics + self.number if metrics else 0)}
        try:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "server", "worker", str(self.number), str(writing)),
                env={**os.environ, **self.given, **own},
                pass_fds=(writing,),
                preexec_fn=bound_to(os.getpid(), signal.SIGTERM),
            )
        finally:
            os.close(writing)
        self._begun = begun
        loop = asyncio.get_running_loop()
        said = await loop.run_in_executor(None, _read, reading)
        if said != READY:
            raise StartError(f"worker {self.number} ended before it served; its log tells why")

    async def keep(self, stopping: asyncio.Event) -> None:
        """Starts it again whenever it ends by itself, after a pause that grows while it fails."""
        assert self.process
        while not stopping.is_set():
            code = await self.process.wait()
            if stopping.is_set():
                return
            steady = time.monotonic() - self._begun > STEADY_SECONDS
            self._pause = FIRST_PAUSE if steady else min(LAST_PAUSE, self._pause * 2)
            log.error("worker_ended", worker=self.number, code=code, again_in=self._pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), self._pause)
                return
            try:
                await self.start()
            except StartError as error:
                log.error("worker_not_started", worker=self.number, error=str(error))
            else:
                log.info("worker_started", worker=self.number, pid=self.process.pid)

    async def stop(self) -> None:
        """Lets it drain; ends it by force when that takes too long."""
        if self.process is None or self.process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            self.process.terminate()
        try:
            most = self.config.drain_seconds + AFTER_DRAIN_SECONDS
            await asyncio.wait_for(self.process.wait(), most)
        except TimeoutError:
            log.error("worker_killed", worker=self.number)
            with suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()


async def _look_after(workers: list[_Worker], config: Config, announce: Callable[[], None]) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    first, *others = workers
    keepers: list[asyncio.Task[None]] = []
    try:
        await first.start()  # it opens a new book; the others find it
        await asyncio.gather(*(worker.start() for worker in others))
        announce()
        keepers = [asyncio.create_task(worker.keep(stopping)) for worker in workers]
        await stopping.wait()
    finally:
        stopping.set()
        await asyncio.gather(*(worker.stop() for worker in workers))
        await asyncio.gather(*keepers)
        # One that was being started again while the others were stopped.
        await asyncio.gather(*(worker.stop() for worker in workers))


def _read(reading: int) -> bytes:
    """What a worker says: READY when it serves, nothing when it ends before."""
    with os.fdopen(reading, "rb") as pipe:
        return pipe.read(1)
