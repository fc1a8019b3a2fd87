"""A book in a server of its own that archives its log: backed up under load, then carried on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from loanledger import Client, decimal_, money
from loanledger.v1 import party_service_pb2
from server.cluster import at_work
from tests.chaos.base import begin
from tests.faults.process import Process, served
from tests.server.desk import pair, product_terms


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    text: str


def run(*arguments: object, **settings: object) -> Done:
    """`loanledger-server` in a process of its own."""
    given = {f"LOANLEDGER_{key.upper()}": str(value) for key, value in settings.items()}
    done = subprocess.run(
        [sys.executable, "-m", "server", *map(str, arguments)],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(done.returncode, (done.stdout + done.stderr).strip())


@dataclass
class Backed:
    """A backup, the archived log, and what is known of the time after."""

    folder: Path
    key: str
    acknowledged: list[str]
    between: datetime
    note: Path
    size: int

    @property
    def backup(self) -> Path:
        """The backup that was taken while channels posted."""
        return self.folder / "backup"

    @property
    def wal(self) -> Path:
        """The archived log."""
        return self.folder / "wal"

    def restore(self, name: str, *options: object) -> Done:
        """Restores into a new folder."""
        return run("restore", self.backup, self.folder / name, *options)

    def requests(self, name: str) -> set[str]:
        """The request ids in a restored folder."""
        base = begin(self.folder / name)
        try:
            with psycopg.connect(base.dsn) as connection:
                return {row[0] for row in connection.execute("select request_id from ledger.event")}
        finally:
            base.stop()


@contextmanager
def roomy() -> Iterator[Path]:
    """A folder that PostgreSQL's account can enter."""
    with tempfile.TemporaryDirectory(prefix="loanledger-backup-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def backed() -> Iterator[Backed]:
    """A book with a history, backed up under load; then two postings and a checkpoint."""
    with roomy() as folder:
        data = folder / "data"
        with served(data, wal_archive=str(folder / "wal")) as process:
            with process.client() as client:
                lend(client)
            posted: list[str] = []
            with posting(process, posted):
                time.sleep(0.5)
                done = run("backup", folder / "backup", data=data, **signing(data))
                assert done.code == 0, done.text
            found = _carried_on(process, folder, posted)
        yield found


def signing(data: Path) -> dict[str, object]:
    """The settings that let a backup sign."""
    return {"signing_key": data / "signing.key"}


def _carried_on(process: Process, folder: Path, posted: list[str]) -> Backed:
    with process.client() as client:
        post(client, "before")
        time.sleep(0.2)
        between = datetime.now(UTC)
        time.sleep(0.2)
        archive(process.folder)
        post(client, "after")
        taken = client.audit.create_checkpoint()
    note = folder / "handed-out.txt"
    note.write_text(taken.note, "utf-8")
    archive(process.folder)
    return Backed(folder, taken.verifier_key, posted, between, note, taken.size)


def archive(data: Path) -> None:
    """Waits until all that is written is in the archive."""
    dsn = at_work(data / "postgres")
    assert dsn
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute("select pg_walfile_name(pg_switch_wal())").fetchone()
        deadline = time.monotonic() + 60
        question = "select coalesce(last_archived_wal, '') from pg_stat_archiver"
        while connection.execute(question).fetchone() < row:  # type: ignore[operator]
            assert time.monotonic() < deadline
            time.sleep(0.05)


def lend(client: Client, loans: int = 4) -> None:
    """Some loans that are paid out, and two closed days."""
    client.products.publish_product(code="plain", title="Plain", terms=product_terms())
    person = party_service_pb2.Party(kind="PARTY_KIND_PERSON", display_name="P")
    for number in range(loans):
        loan = client.loans.open_loan(
            party=client.parties.create_party(party=person).name,
            product="books/main/products/plain",
            amount=money(str(1000 * (number + 1)), "CNY"),
            annual_rate=decimal_("0.06"),
            instalments=6,
        ).name
        client.loans.approve_loan(name=loan)
        client.loans.disburse_loan(name=loan)
    for _ in range(2):
        list(client.end_of_day.run_end_of_day())


def post(client: Client, name: str) -> None:
    """A journal with a request id."""
    client.ledger.post_journal(entries=pair("12.34"), request_id=name)


@contextmanager
def posting(process: Process, done: list[str]) -> Iterator[None]:
    """Three channels post beside the block; what was acknowledged is written down."""
    stopping = threading.Event()

    def work(channel: int) -> None:
        number = 0
        with process.client(retries=3) as client:
            while not stopping.is_set():
                post(client, f"load-{channel}-{number}")
                done.append(f"load-{channel}-{number}")
                number += 1

    threads = [threading.Thread(target=work, args=(channel,)) for channel in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        for thread in threads:
            thread.join(60)


def facts(backup: Path) -> Any:
    """What a backup says of itself."""
    return json.loads((backup / "loanledger.json").read_text("utf-8"))
