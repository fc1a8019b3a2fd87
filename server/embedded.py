"""A PostgreSQL of our own for development, demos and tests: one folder, one socket, no network.

The server lives and dies with the process that started it. Trust over the socket is safe because
only the account itself (and root) can enter the socket's folder, and TCP is off.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import psycopg
from psycopg.conninfo import make_conninfo

from server.cluster import (
    await_leaving,
    entered,
    environment,
    failure,
    forget,
    initialise,
    socket_folder,
    verify,
)
from server.parent import bound_to
from server.programs import Account, EmbeddedError, account, binary, programs

__all__ = ["Embedded", "EmbeddedError", "binary", "start"]

START_SECONDS = 120.0  # recovery after a crash replays up to max_wal_size
STOP_SECONDS = 60.0
STILL_LEAVING = "shared memory block"  # children of a killed postmaster have not ended yet

STRANGE = 'role "postgres" does not exist'

Mode = Literal["smart", "fast", "immediate"]
SIGNALS: Mapping[Mode, signal.Signals] = {
    "smart": signal.SIGTERM,
    "fast": signal.SIGINT,
    "immediate": signal.SIGQUIT,
}
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "maintenance_work_mem": "128MB",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


@dataclass
class Embedded:
    """A running server. As a context manager it stops at the end, fast."""

    dsn: str
    process: subprocess.Popen[bytes]
    data: Path
    socket: Path
    log: Path

    def stop(self, mode: Mode = "fast") -> None:
        """Ends the server and waits for it; stopping twice is harmless."""
        for each in (mode, *(m for m in SIGNALS if m == "immediate" and m != mode)):
            if self.process.poll() is None:
                self.process.send_signal(SIGNALS[each])
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(STOP_SECONDS)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        forget(self.socket, self.data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start(
    data: Path,
    *,
    settings: Mapping[str, str] | None = None,
    fsync: bool = True,
    patience: float = START_SECONDS,
) -> Embedded:
    """Serves the folder, made on first use, and returns when the server answers.

    Call it from a thread that lives as long as the server should: the kernel stops the server
    when that thread ends, so nothing is orphaned when the process is killed.
    `settings` are PostgreSQL's own, over SETTINGS; `patience` is in seconds. Raises
    EmbeddedError, in one line.
    """
    data = data.absolute()
    with _explained(data):
        data.mkdir(mode=0o755, parents=True, exist_ok=True)
        cluster = data / "postgres"
        who = account(cluster)
        folder = programs(who)
        if not cluster.exists() or not any(cluster.iterdir()):
            initialise(folder, cluster, who, fsync)
        verify(cluster, who)
        await_leaving(cluster)
        chosen = {**SETTINGS, "fsync": "on" if fsync else "off", **(settings or {})}
        return _serve(folder, cluster, who, chosen, patience)


@contextmanager
def _explained(data: Path) -> Iterator[None]:
    """Says which folder an error of the operating system is about."""
    try:
        yield
    except OSError as error:
        raise EmbeddedError(f"cannot use the data folder {data}: {error.strerror}") from error


def _serve(
    folder: Path, cluster: Path, who: Account, settings: Mapping[str, str], patience: float
) -> Embedded:
    """Starts the server; again while children of a killed one still hold its memory."""
    data, log = cluster.parent, cluster.parent / "postgres.log"
    if log.exists():
        log.replace(log.with_name("postgres.log.1"))
    deadline = time.monotonic() + patience
    while True:
        socket = socket_folder(data, who)
        dsn = make_conninfo(host=str(socket), port=5432, user="postgres", dbname="postgres")
        process = _spawn(folder, cluster, who, {**settings, "unix_socket_directories": str(socket)})
        server = Embedded(dsn, process, data, socket, log)
        if _answers(server, deadline):
            return server
        running = process.poll() is None
        server.stop("immediate")
        text = log.read_text(errors="replace")
        if running:
            raise EmbeddedError(f"PostgreSQL does not answer: see {log}")
        if STILL_LEAVING not in text or time.monotonic() > deadline:
            raise EmbeddedError(failure(data, "PostgreSQL does not start", text))
        time.sleep(0.1)


def _spawn(
    folder: Path, cluster: Path, who: Account, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = cluster.parent / "postgres.log"
    log.touch(mode=0o600)  # failed statements may show what customers entered
    with log.open("wb") as output, entered(cluster, who) as (path, descriptors):
        return subprocess.Popen(
            [folder / "postgres", "-D", path, *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env=environment(),
            pass_fds=descriptors,
            preexec_fn=bound_to(os.getpid(), signal.SIGINT),  # noqa: PLW1509 it only makes two system calls
            start_new_session=True,  # Ctrl-C is for the parent, which stops the server in order
            user=who.user,
            group=who.group,
            extra_groups=who.extra_groups,
        )


def _answers(server: Embedded, deadline: float) -> bool:
    while server.process.poll() is None and time.monotonic() < deadline:
        try:
            with psycopg.connect(server.dsn, connect_timeout=5) as connection:
                connection.execute("select 1")
                return True
        except psycopg.OperationalError as error:
            if STRANGE in str(error):
                return False
            time.sleep(0.02)
    return False
