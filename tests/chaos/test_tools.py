"""The tools of the chaos run do what they say: clocks jump, packets are harmed and yet arrive."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.migrate import newest
from tests.chaos.clock import Clock, change, library, sweep
from tests.chaos.road import Weather, road
from tests.chaos.versions import before

SAYS = "import sys, time\nfor _ in sys.stdin: print(time.time(), time.monotonic(), flush=True)"


def test_a_clock_is_set_while_a_process_runs_and_its_pauses_stay(tmp_path: Path) -> None:
    found = library(tmp_path)
    if found is None:
        pytest.skip("libfaketime is not built for this machine")
    clock = Clock(tmp_path / "clock", found)
    with subprocess.Popen(
        [sys.executable, "-c", SAYS],
        env={**os.environ, **clock.environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        for ahead in (0, 7200, -86_400, 0):
            clock.shift(ahead)
            time.sleep(1.1)
            print(file=process.stdin, flush=True)
            wall, steady = map(float, process.stdout.readline().split())
            assert abs(wall - time.time() - ahead) < 5
            assert abs(steady - time.monotonic()) < 5
        process.stdin.close()
    sweep()


@pytest.mark.parametrize(
    ("spring", "moment"), [(True, "2026-03-29T01:00+00:00"), (False, "2026-10-25T01:00+00:00")]
)
def test_the_change_of_local_time_is_that_of_the_calendar(spring: bool, moment: str) -> None:
    assert change(datetime(2026, 6, 30, 12, 30, tzinfo=UTC), spring=spring).isoformat() == (
        datetime.fromisoformat(moment).isoformat()
    )


@pytest.mark.parametrize(
    "weather", [Weather(lost=0.1), Weather(doubled=0.3, late=0.3), Weather(damaged=0.1)]
)
def test_packets_are_harmed_and_tcp_brings_all_bytes(weather: Weather) -> None:
    sent, got = os.urandom(200_000), bytearray()
    with road() as way:
        if way is None:
            pytest.skip("no network device may be made here")
        way.weather = weather
        with socket.create_server((way.near, 0)) as server:

            def take() -> None:
                connection, _ = server.accept()
                with connection:
                    while data := connection.recv(4096):
                        got.extend(data)

            thread = threading.Thread(target=take)
            thread.start()
            with socket.create_connection((way.far, server.getsockname()[1]), 30) as connection:
                for begin in range(0, len(sent), 1000):
                    connection.sendall(sent[begin : begin + 1000])
            thread.join(60)
        assert way.harmed > 0
    assert bytes(got) == sent


def test_the_code_before_the_newest_migration_is_another_one(tmp_path: Path) -> None:
    found = before(tmp_path / "before")
    if found is None:
        pytest.skip("the history is not there")
    assert not list((found / "migrations").glob(f"{newest()}_*.sql"))
    assert (found / "server" / "__main__.py").exists()
