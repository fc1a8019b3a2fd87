"""The real parts: one PostgreSQL, two servers on one book, and links between all of them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from loanledger import Client
from server.cluster import SOCKET_NAME
from server.dev import role_token
from server.keys import ensure_key
from server.migrate import migrate
from tests.book import ROLES
from tests.chaos.base import Base, begin
from tests.chaos.link import Link

_SERVING = re.compile(r"serving book \S+ on \S+:(\d+)")
START_SECONDS = 90


@dataclass
class Node:
    """A server process; it listens on another port after each start, its link on the same."""

    name: str
    stage: Stage
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    door: Link = field(init=False)
    cord: Link = field(init=False)

    def __post_init__(self) -> None:
        self.door = Link(lambda: self.port)
        self.cord = Link(lambda: self.stage.socket)

    @property
    def log(self) -> Path:
        """What the process wrote since its last start."""
        return self.stage.folder / f"{self.name}-{self.starts}.log"

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Starts the process, and waits until it serves; again while its database is not ready."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self._spawn()
            while self.alive and time.monotonic() < deadline:
                found = _SERVING.search(self.log.read_text(encoding="utf-8"))
                if found:
                    self.port = int(found[1])
                    return
                time.sleep(0.02)
            time.sleep(0.2)
        raise AssertionError(f"{self.name} did not start: {self.log.read_text()[-2000:]}")

    def _spawn(self) -> None:
        self.starts += 1
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "server", "serve"],
                env=os.environ | self.stage.settings(self),
                stdout=output,
                stderr=output,
            )

    def end(self, number: signal.Signals = signal.SIGKILL, seconds: float = 30) -> None:
        """Ends the process; one that does not follow a gentler signal is killed."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGCONT)
        self.process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.process.kill()
        self.process.wait()


@dataclass
class Stage:
    """All parts; `folder` holds the database, its log and the servers' logs."""

    folder: Path
    nodes: list[Node] = field(default_factory=list)
    database: Base | None = None

    @property
    def socket(self) -> Path:
        """The database's socket."""
        assert self.database
        return self.database.socket / SOCKET_NAME

    @property
    def dsn(self) -> str:
        """The database as its superuser reaches it, past the links."""
        assert self.database
        return make_conninfo(self.database.dsn, dbname="ledger")

    def address(self, node: Node) -> str:
        """The database as a server reaches it, behind a link."""
        name = conninfo_to_dict(self.dsn)["user"]
        return f"host=127.0.0.1 port={node.cord.port} user={name} dbname=ledger sslmode=disable"

    def settings(self, node: Node) -> dict[str, str]:
        """The environment of a server, whose database lies behind a link."""
        given = {
            "insecure": "1",
            "port": "0",
            "dsn": self.address(node),
            "token_keys": str(self.folder / "token.pub"),
            "signing_key": str(self.folder / "signing.key"),
            "currency": "CNY",
            "business_date": "2024-01-15",
            "stripes": "8",
            "closers": "1",
            "seal_seconds": "1",
            "drain_seconds": "2",
            "log_level": "error",
        }
        return {f"LOANLEDGER_{key.upper()}": value for key, value in given.items()}

    def serve(self) -> None:
        """Starts the database, and again after it was killed."""
        if self.database and self.database.alive:
            return
        self.database = begin(self.folder)

    def restore(self) -> None:
        """Heals the links, and starts whatever is not there."""
        for node in self.nodes:
            node.door.heal()
            node.cord.heal()
        self.serve()
        self.await_database()
        for node in self.nodes:
            if not node.alive:
                node.start()

    def await_database(self) -> None:
        """Waits until the database lets somebody in, and starts it anew where it has ended."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.serve()
            try:
                with psycopg.connect(self.dsn, connect_timeout=5) as connection:
                    connection.execute("select 1")
                    return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError("the database does not answer")

    def client(self, number: int, *, timeout: float = 20, retries: int = 0) -> Client:
        """A client of one of the servers, behind its link."""
        port = self.nodes[number % len(self.nodes)].door.port
        token = role_token(self.folder, *ROLES)
        return Client(f"127.0.0.1:{port}", token=token, timeout=timeout, retries=retries)

    def superuser(self) -> psycopg.Connection:
        """A connection of the superuser."""
        return psycopg.connect(self.dsn, autocommit=True, connect_timeout=5)

    def children(self, mark: bytes) -> list[int]:
        """Processes whose command line holds `mark` and that belong to this stage."""
        roots = {node.process.pid for node in self.nodes if node.process}
        roots |= {self.database.postmaster} if self.database else set()
        found = []
        for folder in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                words = (folder / "cmdline").read_bytes()
                if mark in words and roots & set(above(int(folder.name))):
                    found.append(int(folder.name))
        return sorted(found)


def above(number: int) -> Iterator[int]:
    """The processes above one, nearest first."""
    while number > 1:
        number = int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
        yield number


@contextmanager
def staged(folder: Path, servers: int = 2) -> Iterator[Stage]:
    """A stage with an empty book, and its end."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("token", "signing"):
        ensure_key(folder / f"{name}.key")
    stage = Stage(folder)
    stage.serve()
    assert stage.database
    with psycopg.connect(stage.database.dsn, autocommit=True) as connection:
        connection.execute("create database ledger")
    migrate(stage.dsn)
    try:
        for number in range(servers):
            stage.nodes.append(Node("ab"[number], stage))
            stage.nodes[-1].start()
        yield stage
    finally:
        for node in stage.nodes:
            node.end()
            node.door.stop()
            node.cord.stop()
        if stage.database:
            stage.database.stop()
