"""Alters a fresh copy of the honest book in each way in turn, and asks the checks."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from server.embedded import Embedded
from tests.databases import database_of
from tests.tampering.checks import Told, examined
from tests.tampering.honest import BACKUP, HONEST, Kept, desk_on, made
from tests.tampering.kind import Kind
from tests.tampering.of_history import OF_HISTORY
from tests.tampering.of_rows import OF_ROWS

KINDS: Mapping[str, Kind] = {**OF_HISTORY, **OF_ROWS}
RESTORED = "database: an older backup put in its place"
NAMES = (*KINDS, RESTORED)
#: By kind, the check that must find it.
BY: Mapping[str, str] = {name: kind.by for name, kind in KINDS.items()} | {RESTORED: "export"}


@dataclass
class Bench:
    """The honest book, with what is needed to alter copies of it."""

    postgres: Embedded
    folder: Path
    kept: Kept
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    def honest(self) -> Told:
        """What the checks say of a copy that nobody altered: nothing."""
        with database_of(self.postgres, HONEST, "copy") as dsn, desk_on(dsn, self.folder) as desk:
            return examined(desk, self.kept)

    def altered(self, name: str) -> tuple[Told, str]:
        """What they say of an altered copy, and the event that they must name."""
        with database_of(self.postgres, BACKUP if name == RESTORED else HONEST, "copy") as dsn:
            struck = ""
            if name != RESTORED:
                with psycopg.connect(dsn, autocommit=True) as connection:
                    struck = self._alter(connection, KINDS[name])
            with desk_on(dsn, self.folder) as desk:
                return examined(desk, self.kept), struck

    def _alter(self, connection: psycopg.Connection, kind: Kind) -> str:
        connection.execute("set session_replication_role = replica")
        cursor = connection.execute(kind.victims.encode())
        names = [column.name for column in cursor.description or ()]
        rows = sorted(cursor.fetchall())
        assert rows, "there is nothing to alter"
        victim = dict(zip(names, self.chance.choice(rows), strict=True))
        touched = 0
        for statement in kind.statements:
            touched += connection.execute(statement.encode(), victim).rowcount
        assert touched or kind.after, "nothing was altered"
        for forge in kind.after:
            forge(connection)
        return f"{victim['stripe']}-{victim['number']}" if kind.names else ""


@contextmanager
def bench(postgres: Embedded, seed: int) -> Iterator[Bench]:
    """The honest book on a PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="loanledger-tamper-") as folder:
        kept = made(postgres, Path(folder))
        try:
            yield Bench(postgres, Path(folder), kept, random.Random(seed))
        finally:
            with psycopg.connect(postgres.dsn, autocommit=True) as connection:
                for name in (BACKUP, HONEST):
                    connection.execute(f"drop database {name} with (force)".encode())
