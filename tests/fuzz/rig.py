"""A server in a process of its own on a database of its own, and a book to throw things at."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from server.keys import ensure_key
from server.migrate import migrate
from tests.authz.books import furnished
from tests.book import Running
from tests.chaos.base import begin
from tests.fuzz.values import PERSON
from tests.server.bad import stocked
from tests.server.desk import Desk

_SERVING = re.compile(r"serving book \S+ on \S+:(\d+)")
_SECONDS = 60
#: Stands in the DSN, where PostgreSQL does not ask for it, to be looked for in all that comes out.
PASSWORD = "d8f1-never-said-aloud"  # pragma: allowlist secret
MEBIBYTES = 1024


class Violated(Exception):
    """Something that must not happen, whatever is sent."""


@dataclass
class Rig:
    """The parts, and what is known of them."""

    folder: Path
    dsn: str
    process: subprocess.Popen[bytes]
    desk: Desk
    names: dict[str, tuple[str, ...]]
    largest: int = 0
    _read: int = 0
    _secrets: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        key = (self.folder / "token.key").read_text().splitlines()[1]
        signing = (self.folder / "signing.key").read_text().splitlines()[1]
        root = str(Path(__file__).resolve().parents[2])
        told = (PASSWORD, key, signing, self.desk.server.token(), str(self.folder), root)
        self._secrets = [text.encode() for text in (*told, "Traceback", 'File "/', "site-packages")]

    def told(self, data: bytes) -> str:
        """What must not be said and is, or nothing."""
        return next((one.decode() for one in self._secrets if one in data), "")

    def look(self) -> None:
        """The process is there, is not too large, and its log says nothing that it must not."""
        if self.process.poll() is not None:
            raise Violated(f"the server ended with {self.process.returncode}: {self.tail()}")
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        self.largest = max(self.largest, int(status.split("VmHWM:")[1].split()[0]) // 1024)
        if self.largest > MEBIBYTES:
            raise Violated(f"the server took {self.largest} MiB")
        with (self.folder / "server.log").open("rb") as log:
            log.seek(self._read)
            new = log.read()
        self._read += len(new)
        found = self.told(new) or (PERSON if PERSON.encode() in new else "")
        if found or b"rpc_failed" in new:
            line = next(x for x in new.splitlines() if b"rpc_failed" in x or found.encode() in x)
            raise Violated(f"the log says {found or 'rpc_failed'}: {line.decode()[-3000:]}")

    def tail(self) -> str:
        """The end of the log."""
        return (self.folder / "server.log").read_text(errors="replace")[-2000:]

    def settled(self) -> tuple[Any, ...]:
        """Rows and balances once they stand still: a call that was given up may still be done."""
        before, until = self._state(), time.monotonic() + _SECONDS
        while time.monotonic() < until:
            time.sleep(0.05)
            now = self._state()
            if now == before:
                return now
            before = now
        raise Violated("the books do not come to rest")

    def _state(self) -> tuple[Any, ...]:
        (sums,) = self.desk.rows(
            "select count(*), coalesce(sum(debit), 0), coalesce(sum(credit), 0) from ledger.balance"
        )
        return (*self.desk.written(), *sums)

    def recorded(self, request_ids: list[str]) -> set[str]:
        """Those of the request ids under which something stands in the history."""
        rows = self.desk.rows(
            "select request_id from ledger.event where request_id = any(%s)"
            " union select request_id from ledger.answer where request_id = any(%s)",
            request_ids,
            request_ids,
        )
        return {row[0] for row in rows}


@contextmanager
def rigged(folder: Path) -> Iterator[Rig]:
    """A server on a fresh book that holds a thing of each kind."""
    folder.chmod(0o755)
    for name in ("token", "signing"):
        ensure_key(folder / f"{name}.key")
    base = begin(folder / "data", {"fsync": "off", "synchronous_commit": "off"})
    try:
        migrate(base.dsn)
        dsn = make_conninfo(base.dsn, password=PASSWORD)
        process = _spawned(folder, dsn)
        server: Running | None = None
        try:
            app: Any = None
            server = Running(_port(folder), folder, base.dsn, app)
            desk = Desk(server, server.client(timeout=120))
            yield Rig(folder, base.dsn, process, desk, _filled(desk))
        finally:
            for client in server.clients if server else ():
                client.close()
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
    finally:
        base.stop()


def _spawned(folder: Path, dsn: str) -> subprocess.Popen[bytes]:
    given: Mapping[str, object] = {
        "insecure": 1,
        "port": 0,
        "dsn": dsn,
        "token_keys": folder / "token.pub",
        "signing_key": folder / "signing.key",
        "business_date": "2024-01-15",
        "stripes": 3,
        "closers": 0,
        "seal_seconds": 5,
        "drain_seconds": 2,
    }
    settings = {f"LOANLEDGER_{name.upper()}": str(value) for name, value in given.items()}
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "server", "serve"],
            env=os.environ | settings,
            stdout=log,
            stderr=log,
        )


def _port(folder: Path) -> int:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        text = (folder / "server.log").read_text()
        found = _SERVING.search(text)
        if found:
            return int(found[1])
        time.sleep(0.05)
    raise Violated(f"the server did not start: {text[-2000:]}")


def _filled(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Names of things by collection: of the book, and of nothing."""
    stock = stocked(desk)
    names = {key: (name,) * 6 for key, name in furnished(desk, desk.client, "main").items()}
    ours = (stock.applied, stock.approved, stock.active, stock.active, stock.repaid)
    names["loans"] += (*ours, stock.written_off, stock.closed)
    names["parties"] += (stock.party,)
    names["journals"] += (stock.journal, stock.reversed)
    names["events"] += (stock.disbursement, stock.latest())
    names["products"] += ("books/main/products/plain/versions/1", "books/main/products/euro")
    names["periods"] += ("books/main/periods/2024-02", "books/main/periods/9999-12")
    for key in names:
        if key != "books":
            names[key] += (f"books/main/{key}/000-000000000000", f"books/other/{key}/1")
    return names
