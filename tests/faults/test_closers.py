"""Closing processes: they end with the server, and one that is killed loses and doubles nothing."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from loanledger import Client, LoanLedgerError, date_of
from server.embedded import start
from tests.book import running_server
from tests.faults.process import Process, served
from tests.faults.test_kill import lent
from tests.promises.soundness import require_sound

_LAST = date_of("2024-04-30")


def closers(process: Process) -> list[int]:
    """The processes that the server started for closing days."""
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            number = int(folder.name)
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == process.process.pid and b"spawn_main" in (folder / "cmdline").read_bytes():
                found.append(number)
    return found


def _close_and_kill(client: Client, processes: list[int]) -> None:
    """Closes days, and kills amid them those who do it."""
    for step in client.end_of_day.run_end_of_day(business_date=_LAST):
        if step.finished and step.business_date == date_of("2024-02-20"):
            for number in processes:
                os.kill(number, signal.SIGKILL)


def test_a_killed_closing_process_is_told_and_the_next_run_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with served(folder) as process:
        with process.client() as client:
            lent(client)
            list(client.end_of_day.run_end_of_day())
            before = closers(process)
            assert before
            with pytest.raises(LoanLedgerError) as refused:
                _close_and_kill(client, before)
            assert refused.value.code.name == "UNAVAILABLE"
            assert "goes on where it stopped" in refused.value.message
            *_, last = client.end_of_day.run_end_of_day(business_date=_LAST)
            assert last.finished
            assert set(closers(process)).isdisjoint(before)
            assert client.reports.get_tie_out().tied
        process.stop()
    with start(folder) as database:
        require_sound(database.dsn)
        with psycopg.connect(database.dsn) as connection:
            closed = connection.execute(
                "select count(*), count(distinct (stripe, subject)) from ledger.event"
                " where kind = 'day_closed'"
            ).fetchone()
    assert closed == (4 * 107, 4 * 107)


def test_a_pool_that_cannot_start_its_thread_is_left_and_the_next_run_has_another(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_thread, refused = threading.Thread.start, list[str]()

    def starting(thread: threading.Thread) -> None:
        if type(thread).__name__ == "_ExecutorManagerThread" and not refused:
            refused.append(thread.name)
            raise RuntimeError("can't start new thread")
        start_thread(thread)

    monkeypatch.setattr(threading.Thread, "start", starting)
    with running_server(database, tmp_path, closers=1) as server:
        client = server.client(retries=0)
        for _ in range(2):
            with suppress(LoanLedgerError):
                *_, last = client.end_of_day.run_end_of_day(business_date=date_of("2024-01-16"))
        assert refused
        assert last.finished


def test_closing_processes_end_with_a_server_that_is_killed(tmp_path: Path) -> None:
    with served(tmp_path / "data") as process:
        with process.client() as client:
            list(client.end_of_day.run_end_of_day())
        running = closers(process)
        assert running
        process.kill()
        deadline = time.monotonic() + 20
        while any(Path(f"/proc/{number}").exists() for number in running):
            assert time.monotonic() < deadline
            time.sleep(0.02)
