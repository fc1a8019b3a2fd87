"""Damaged files: what they hold is refused and told of, never served, and a backup heals it."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from loanledger import LoanLedgerError
from server.embedded import Embedded
from server.programs import binary
from tests.chaos.damage import Answer, answers, commands, files, flip, tear
from tests.faults.process import Process, served
from tests.server.backed import lend, post, roomy, run

LOST = "DATA_LOSS STORAGE_DAMAGED"
SETTINGS = {"seal_seconds": "3600", "closers": "0"}


@dataclass
class Whole:
    """A stopped server's data folder, all that it answered, and its files at an earlier time."""

    data: Path
    loans: list[str]
    events: list[str]
    truth: dict[str, Answer]
    places: dict[str, Path]
    old: dict[str, bytes]

    def damaged(self, name: str) -> Path:
        """A copy of the data folder."""
        place = self.data.with_name(name)
        shutil.copytree(self.data, place, ignore=shutil.ignore_patterns("run"))
        status = (self.data / "postgres").stat()
        for path in (place / "postgres", *(place / "postgres").rglob("*")):
            shutil.chown(path, status.st_uid, status.st_gid)
        return place


@pytest.fixture(scope="module")
def whole() -> Iterator[Whole]:
    with roomy() as folder:
        data = folder / "data"
        with served(data, **SETTINGS) as process:
            with process.client() as client:
                lend(client)
            places = dict(files(data))
            old = {name: (data / "postgres" / path).read_bytes() for name, path in places.items()}
            with process.client() as client:
                for number in range(150):
                    post(client, f"posted-{number}")
                list(client.end_of_day.run_end_of_day())
                client.audit.create_checkpoint()
                loans = [loan.name for loan in client.loans.list_loans.iterate()]
                events = [event.name for event in client.audit.list_events.iterate()]
                truth = answers(client, loans, events)
            process.stop()
        assert LOST not in truth.values()
        yield Whole(data, loans, events, truth, places, old)


@pytest.mark.parametrize(
    ("what", "seed"), [("event", 1), ("entry", 2), ("balance", 3), ("torn", 5)]
)
def test_a_damaged_page_is_refused_or_not_needed_but_never_served(
    whole: Whole, what: str, seed: int
) -> None:
    data = whole.damaged(what)
    if what == "torn":
        torn = [n for n, p in whole.places.items() if tear(data / "postgres" / p, whole.old[n])][:1]
        assert torn
    else:
        flip(data / "postgres" / whole.places[what], random.Random(seed))
    closers = "1" if what == "balance" else "0"
    with served(data, **SETTINGS | {"closers": closers}) as process:
        with process.client(timeout=60) as client:
            found = answers(client, whole.loans, whole.events)
            wrong = {n for n, one in found.items() if one not in (LOST, whole.truth[n])}
            assert not wrong
            assert LOST in found.values()
            begun = time.monotonic()
            done = commands(client, whole.loans)
            assert time.monotonic() - begun < 60
            assert {one for one in done.values() if isinstance(one, str)} <= {LOST}
            assert reported(process)
            assert client.end_of_day.get_end_of_day().loans_set_aside == 0
        assert process.process.poll() is None
        assert '"storage_damaged"' in process.said()
    done_backup = run("backup", data.with_name(f"{what}-backup"), data=data)
    assert (done_backup.code, "checksum" in done_backup.text) == (1, True)
    shutil.rmtree(data)


def test_a_server_that_cannot_read_which_tokens_were_ended_does_not_start(whole: Whole) -> None:
    data = whole.damaged("event_pkey")
    flip(data / "postgres" / whole.places["event_pkey"], random.Random(4))
    told = "loanledger-server: database: invalid page"
    with pytest.raises(AssertionError, match=told), served(data, **SETTINGS):
        pass
    shutil.rmtree(data)


def reported(process: Process) -> bool:
    """Whether the full-book check tells of the damage; the server goes on."""
    found = []
    try:
        with process.client(timeout=60) as client:
            for step in client.ledger.verify_ledger():
                found += [one.figure for one in step.found]
    except LoanLedgerError as error:
        return (error.code.name, error.reason) == tuple(LOST.split())
    return "storage" in found


def test_after_a_restore_from_a_backup_all_is_well_again(whole: Whole) -> None:
    backup, into = whole.data.with_name("backup"), whole.data.with_name("into")
    assert run("backup", backup, data=whole.data).code == 0
    done = run("restore", backup, into)
    assert done.code == 0, done.text
    shutil.copy(whole.data / "signing.key", into)  # the operator keeps keys apart from the data
    with served(into, **SETTINGS) as process, process.client(timeout=60) as client:
        assert answers(client, whole.loans, whole.events) == whole.truth
        assert not [one for step in client.ledger.verify_ledger() for one in step.found]


def test_the_embedded_database_keeps_checksums_of_its_pages(server_postgres: Embedded) -> None:
    with psycopg.connect(server_postgres.dsn) as connection:
        assert connection.execute("show data_checksums").fetchone() == ("on",)


def test_a_server_warns_where_pages_have_no_checksums(whole: Whole) -> None:
    data = whole.damaged("bare")
    cluster = data / "postgres"
    subprocess.run([binary("pg_checksums"), "--disable", "-D", cluster], check=True)
    shutil.chown(cluster / "global" / "pg_control", (data / "postgres").stat().st_uid)
    with served(data, **SETTINGS, log_level="warning") as process:
        assert '"checksums_off"' in process.said()
