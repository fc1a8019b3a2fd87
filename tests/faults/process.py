"""A server as its own process on a folder of its own, to be killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from loanledger import Client
from server.dev import role_token
from server.keys import ensure_key
from tests.book import ROLES

_SERVING = re.compile(r"serving book \S+ on \S+:(\d+)")


@dataclass
class Process:
    """A running server; `folder` outlives it."""

    folder: Path
    process: subprocess.Popen[bytes]
    port: int

    def said(self) -> str:
        """The end of its log."""
        return (self.folder / "server.log").read_text(encoding="utf-8")[-3000:]

    def client(self, *, retries: int = 0, timeout: float = 20) -> Client:
        """A client that may do everything and, unless told, does not try again."""
        token = role_token(self.folder, *ROLES)
        return Client(f"127.0.0.1:{self.port}", token=token, timeout=timeout, retries=retries)

    def kill(self) -> None:
        """SIGKILL: nothing is drained, nothing is flushed; the kernel stops the database."""
        self.process.kill()
        self.process.wait()

    def kill_database(self) -> None:
        """SIGKILL to the postmaster only; the server goes on without a database."""
        line = (self.folder / "postgres" / "postmaster.pid").read_text().splitlines()[0]
        os.kill(int(line), signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM, as an operator stops it."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        self.process.kill()
        self.process.wait()


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[Process]:
    """`loanledger-server serve` on the folder, with an embedded database whose fsync is on."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("token", "signing"):
        ensure_key(folder / f"{name}.key")
    given = {
        "insecure": "1",
        "port": "0",
        "data": str(folder),
        "token_keys": str(folder / "token.pub"),
        "signing_key": str(folder / "signing.key"),
        "currency": "CNY",
        "business_date": "2024-01-15",
        "stripes": "4",
        "seal_seconds": "1",
        "drain_seconds": "2",
        "log_level": "error",
    }
    log = folder / "server.log"
    process = spawn(log, environment(given | settings))
    try:
        yield Process(folder, process, port(process, log))
    finally:
        process.kill()
        process.wait()


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Settings as a server reads them."""
    return {f"LOANLEDGER_{key.upper()}": value for key, value in settings.items()}


def spawn(
    log: Path, given: Mapping[str, str], folder: Path | None = None, verb: str = "serve"
) -> subprocess.Popen[bytes]:
    """A server with its own environment; the code is that of `folder`, or the present one."""
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "server", verb],
            env={**os.environ, **given},
            cwd=folder,
            stdout=output,
            stderr=output,
        )


def port(process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> int:
    """Waits until the server says where it listens; AssertionError where it does not come to it."""
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        found = _SERVING.search(log.read_text(encoding="utf-8"))
        if found:
            return int(found[1])
        time.sleep(0.02)
    raise AssertionError("the server did not start: " + log.read_text(encoding="utf-8")[-3000:])
