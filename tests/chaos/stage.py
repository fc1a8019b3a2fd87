"""The real parts: one PostgreSQL, two servers on one book, and links between all of them."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from loanledger import Client
from server.cluster import SOCKET_NAME
from server.keys import ensure_key, token
from tests.book import ROLES
from tests.chaos.base import Base, begin
from tests.chaos.clock import Clock, library, sweep
from tests.chaos.link import Link
from tests.chaos.road import Road
from tests.client.first import FirstClient
from tests.faults.process import environment, port, spawn

START_SECONDS = 90
#: Tokens are valid whatever clock a server is given.
TOKEN_SECONDS = 10 * 365 * 86_400


@dataclass
class Node:
    """A server process; it listens on another port after each start, its link on the same.

    `code` is the folder of another version, where it is not to be the present one.
    """

    name: str
    stage: Stage
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    code: Path | None = None
    door: Link = field(init=False)
    cord: Link = field(init=False)
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = self.stage.timed(self.name)
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
        deadline, said = time.monotonic() + START_SECONDS, ""
        while (rest := deadline - time.monotonic()) > 0:
            self.starts += 1
            given = self.stage.settings(self) | self.clock.environment | imports(self.code)
            self.process = spawn(self.log, given, self.code)
            try:
                self.port = port(self.process, self.log, rest)
                return
            except AssertionError as error:
                said = str(error)
                time.sleep(0.2)
        raise AssertionError(f"{self.name}: {said}")

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
    """All parts; `folder` holds the database, its log and the servers' logs.

    `road` is a network whose packets can be harmed, `before` the code of the version before, and
    `library` what makes clocks that can be set: each is None where there is no such thing.
    """

    folder: Path
    nodes: list[Node] = field(default_factory=list)
    database: Base | None = None
    road: Road | None = None
    before: Path | None = None
    library: Path | None = None
    clock: Clock = field(init=False)
    harmed: int = 0

    def __post_init__(self) -> None:
        self.clock = self.timed("database")

    def timed(self, name: str) -> Clock:
        """A clock of its own for some of the processes."""
        return Clock(self.folder / f"clock-{name}", self.library)

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
        return environment(given)

    def serve(self) -> None:
        """Starts the database, and again after it was killed."""
        if self.database and self.database.alive:
            return
        self.database = begin(self.folder, given=self.clock.environment)

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

    def client(
        self, number: int, *, timeout: float = 20, retries: int = 0, first: bool = False
    ) -> Client:
        """A client of one of the servers, behind its link; perhaps one of the first contract."""
        target = f"127.0.0.1:{self.nodes[number % len(self.nodes)].door.port}"
        key = ensure_key(self.folder / "token.key")
        own = token(key, f"dev:{ROLES[0]}", list(ROLES), seconds=TOKEN_SECONDS)
        kind = FirstClient if first else Client
        return kind(target, token=own, timeout=timeout, retries=retries)

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


def imports(code: Path | None) -> Mapping[str, str]:
    """What a process is started with, so that it finds the code of another version."""
    return {"PYTHONPATH": f"{code}:{code / 'clients/python'}"} if code else {}


def prepared(folder: Path) -> Path:
    """The folder, with the keys of the servers."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("token", "signing"):
        ensure_key(folder / f"{name}.key")
    return folder


@contextmanager
def staged(
    folder: Path,
    migrate: Callable[[str, Path | None], None],
    *,
    before: Path | None = None,
    road: Road | None = None,
) -> Iterator[Stage]:
    """A stage with an empty book of the version before, or of the present one; and its end."""
    stage = Stage(prepared(folder), before=before, road=road, library=library(folder))
    stage.serve()
    assert stage.database
    with psycopg.connect(stage.database.dsn, autocommit=True) as connection:
        connection.execute("create database ledger")
    try:
        migrate(stage.dsn, before)
        for name in "ab":
            stage.nodes.append(Node(name, stage, code=before))
            stage.nodes[-1].start()
        yield stage
    finally:
        for node in stage.nodes:
            node.end()
            node.door.stop()
            node.cord.stop()
        stage.database.stop()
        sweep()
