"""Several processes on one port: one may be killed at any time, and all end together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from bench.stand import free_port
from tests.faults.crowd import Crowd
from tests.faults.process import Process, served
from tests.faults.test_kill import ask_all_again, lent, require_once, require_proven

WORKERS = 3
CLIENTS, CALLERS = 8, 2
ENOUGH = 200
SECONDS = 60


def workers(process: Process) -> list[int]:
    """The process ids of the workers."""
    pid = process.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if b"worker" in _command(int(child))]


def _command(pid: int) -> bytes:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def gone(pid: int) -> bool:
    """Whether a process has ended."""
    return not _command(pid)


def until(true: Callable[[], object], process: Process) -> None:
    """Waits for it."""
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline, process.said()
        time.sleep(0.02)


def served_by(ports: list[int]) -> list[int]:
    """The calls that each worker has answered, as its own metrics tell."""
    counts = []
    for port in ports:
        with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            lines = answer.read().decode().splitlines()
        counts.append(
            sum(int(float(x.split()[-1])) for x in lines if x.startswith("loanledger_rpc_total{"))
        )
    return counts


def test_a_killed_worker_loses_nothing_and_is_started_again(tmp_path: Path) -> None:
    folder, port = tmp_path / "data", free_port()
    settings = {"processes": str(WORKERS), "metrics_port": str(port)}
    with served(folder, **settings) as process:
        first = workers(process)
        assert len(first) == WORKERS
        with process.client() as client:
            crowd = Crowd(lent(client))
        clients = [process.client(retries=8, timeout=60) for _ in range(CLIENTS)]
        threads = [
            thread
            for number, client in enumerate(clients)
            for thread in crowd.at_work(client, f"c{number}", CALLERS)
        ]
        for victim in first[:2]:
            enough = crowd.acknowledged + ENOUGH
            until(lambda enough=enough: crowd.acknowledged >= enough, process)
            os.kill(victim, signal.SIGKILL)
        enough = crowd.acknowledged + ENOUGH
        until(lambda: crowd.acknowledged >= enough, process)
        until(lambda: len(workers(process)) == WORKERS, process)
        crowd.stopping.set()
        for thread in threads:
            thread.join(SECONDS)
        assert crowd.errors == [], process.said()
        assert set(workers(process)).isdisjoint(first[:2])
        until(lambda: _all_answer(port), process)
        last = served_by([port + number for number in range(WORKERS)])
        assert last[2] > 0
        with process.client(retries=5) as client:
            ask_all_again(crowd, client)
            require_proven(client)
        for client in clients:
            client.close()
        living = workers(process)
        process.process.terminate()
        assert process.process.wait(SECONDS) == 0
        assert all(gone(pid) for pid in living)
    require_once(folder, crowd)


def _all_answer(port: int) -> bool:
    try:
        return bool(served_by([port + number for number in range(WORKERS)]))
    except OSError:
        return False


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    with served(tmp_path / "data", processes="2") as process:
        living = workers(process)
        assert len(living) == 2
        process.kill()
        until(lambda: all(gone(pid) for pid in living), process)


def test_a_port_that_is_taken_is_told_before_any_worker_starts(tmp_path: Path) -> None:
    with served(tmp_path / "data", processes="2") as process:
        said = subprocess.run(
            [sys.executable, "-m", "server", "serve"],
            env={
                **os.environ,
                "LOANLEDGER_INSECURE": "1",
                "LOANLEDGER_PROCESSES": "2",
                "LOANLEDGER_PORT": str(process.port),
                "LOANLEDGER_DSN": "host=/nowhere dbname=none",
            },
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert said.returncode == 1
        assert said.stderr.startswith("loanledger-server: cannot listen on")


def test_a_worker_that_cannot_start_ends_the_server(tmp_path: Path) -> None:
    with (
        pytest.raises(AssertionError, match="the server did not start"),
        served(tmp_path / "data", processes="2", signing_key=str(tmp_path / "none")),
    ):
        pass
