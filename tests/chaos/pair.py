"""Two databases: a primary and the synchronous standby that takes over from it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from server.cluster import SOCKET_NAME
from server.migrate import migrate
from server.programs import account, binary
from tests.chaos.base import Base, begin
from tests.chaos.link import Link
from tests.chaos.stage import Node, Stage, prepared


@dataclass
class Pair(Stage):
    """A stage with two databases, the second one a copy of the first until it is promoted."""

    bases: list[Base] = field(default_factory=list)
    cords: list[Link] = field(default_factory=list)

    def address(self, node: Node) -> str:
        """Both databases; a server must find out which of them takes postings."""
        ports = ",".join(str(cord.port) for cord in self.cords)
        hosts = ",".join("127.0.0.1" for _ in self.cords)
        return (
            f"host={hosts} port={ports} user=postgres dbname=ledger sslmode=disable"
            " target_session_attrs=read-write"
        )

    def of(self, number: int) -> str:
        """One of the databases as its superuser reaches it."""
        return make_conninfo(self.bases[number].dsn, dbname="ledger")

    def run(self, number: int, statement: str) -> list[tuple[object, ...]]:
        """What the superuser of one of them gets for a statement."""
        with psycopg.connect(self.of(number), autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def follow(self) -> None:
        """Makes the standby from a base backup, and lets commits wait for it from then on."""
        folder = self.folder / "two"
        folder.mkdir(mode=0o755)
        cluster, socket = folder / "postgres", self.bases[0].socket
        subprocess.run(
            [
                *(binary("pg_basebackup"), "-D", cluster, "-R", "-X", "stream", "-c", "fast"),
                *("-h", socket, "-U", "postgres"),
            ],
            check=True,
            capture_output=True,
        )
        who = account(self.folder / "one" / "postgres")
        for path in (cluster, *cluster.rglob("*")):
            os.chown(path, who.uid, who.gid, follow_symlinks=False)
        self.bases.append(begin(folder))
        self.run(0, "alter system set synchronous_standby_names = '*'")
        self.run(0, "select pg_reload_conf()")
        self._until(0, "select sync_state = 'sync' from pg_stat_replication")

    def fail_over(self) -> None:
        """SIGKILL to the primary; the standby takes over."""
        os.kill(self.bases[0].postmaster, signal.SIGKILL)
        self.bases[0].wait(60)
        self.run(1, "select pg_promote()")
        self._until(1, "select not pg_is_in_recovery()")
        self.database = self.bases[1]

    def come_back(self) -> None:
        """The old primary starts again, as if nothing had happened."""
        self.bases[0] = begin(self.folder / "one")

    def pause(self, number: int, signal_: signal.Signals) -> None:
        """Stops every process of one database, or lets it go on."""
        root = self.bases[number].postmaster
        for process in (root, *self.children_of(root)):
            os.kill(process, signal_)

    def children_of(self, root: int) -> list[int]:
        """Processes directly below one."""
        text = Path(f"/proc/{root}/task/{root}/children").read_text()
        return [int(word) for word in text.split()]

    def _until(self, number: int, question: str) -> None:
        deadline = time.monotonic() + 60
        while self.run(number, question) != [(True,)]:
            assert time.monotonic() < deadline, question
            time.sleep(0.05)


@contextmanager
def paired(folder: Path) -> Iterator[Pair]:
    """A primary with its synchronous standby, and a server that knows both."""
    pair = Pair(prepared(folder))
    pair.bases.append(begin(folder / "one"))
    pair.database = pair.bases[0]
    with psycopg.connect(pair.bases[0].dsn, autocommit=True) as connection:
        connection.execute("create database ledger")
    migrate(pair.dsn)
    pair.cords = [Link(lambda n=n: pair.bases[n].socket / SOCKET_NAME) for n in (0, 1)]  # type: ignore[misc]
    try:
        pair.follow()
        pair.nodes.append(Node("a", pair))
        pair.nodes[0].start()
        yield pair
    finally:
        for node in pair.nodes:
            node.end()
        for link in (*pair.cords, *(n.door for n in pair.nodes), *(n.cord for n in pair.nodes)):
            link.stop()
        for base in pair.bases:
            base.stop()
        shutil.rmtree(folder, ignore_errors=True)
