"""The embedded PostgreSQL: it keeps its data, leaves no orphan, and fails in one line."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from server.embedded import Embedded, EmbeddedError, binary, start

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import sys, time
from pathlib import Path
from server.embedded import start
server = start(Path(sys.argv[1]), fsync=False)
print(server.process.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ledger-") as folder:
        yield Path(folder) / "data"


def ask(server: Embedded, statement: str) -> str:
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return str(cursor.fetchone()) if cursor.description else ""


def gone(pid: int, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def refusal(data: Path) -> str:
    with pytest.raises(EmbeddedError) as caught:
        start(data, fsync=False).stop()
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_the_server_speaks_utf8_and_sorts_the_same_everywhere(server_postgres: Embedded) -> None:
    assert ask(server_postgres, "show server_encoding") == "('UTF8',)"
    found = ask(
        server_postgres,
        "select datlocprovider::text, datlocale from pg_database where datname = 'postgres'",
    )
    assert found == "('b', 'C.UTF-8')"


def test_the_server_listens_on_no_network(server_postgres: Embedded) -> None:
    assert ask(server_postgres, "show listen_addresses") == "('',)"
    assert server_postgres.socket.stat().st_mode & 0o077 == 0


def test_settings_reach_the_server(data: Path) -> None:
    with start(data, settings={"work_mem": "7MB"}, fsync=False) as server:
        assert ask(server, "show work_mem") == "('7MB',)"
        assert ask(server, "show shared_buffers") == "('256MB',)"


def test_a_restart_keeps_the_data(data: Path) -> None:
    with start(data, fsync=False) as server:
        ask(server, "create table kept as select 42 as answer")
    with start(data, fsync=False) as server:
        assert ask(server, "select answer from kept") == "(42,)"


def test_a_killed_server_recovers_what_was_committed(data: Path) -> None:
    server = start(data)
    ask(server, "create table kept as select 42 as answer")
    server.process.kill()
    server.process.wait()
    with start(data) as again:
        assert ask(again, "select answer from kept") == "(42,)"
    server.stop()


def test_stopping_twice_is_harmless(data: Path) -> None:
    server = start(data, fsync=False)
    server.stop()
    server.stop("immediate")
    assert server.process.returncode == 0


def test_a_killed_parent_leaves_no_orphan_and_the_folder_usable(data: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(data)], cwd=ROOT, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    with start(data, fsync=False) as server:
        assert gone(pid)
        assert ask(server, "select 1") == "(1,)"


def test_a_server_that_cannot_finish_stopping_is_ended_and_its_data_served(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.cluster.IMPATIENCE", ((0.2, signal.SIGQUIT), (0.6, signal.SIGKILL)))
    stuck = start(data)
    ask(stuck, "create table kept (answer int)")
    ask(stuck, "insert into kept values (42)")
    stuck.process.send_signal(signal.SIGSTOP)
    lock = data / "postgres" / "postmaster.pid"
    lock.write_text(lock.read_text().replace("ready", "stopping"))
    with start(data, fsync=False) as server:
        assert stuck.process.wait(5) == -signal.SIGKILL
        assert ask(server, "select answer from kept") == "(42,)"


def test_a_folder_in_use_is_refused(data: Path) -> None:
    with start(data, fsync=False) as server:
        assert f"in use by PostgreSQL process {server.process.pid}" in refusal(data)
        assert ask(server, "select 1") == "(1,)"


def test_a_lock_left_by_a_process_whose_number_is_reused_is_no_obstacle(data: Path) -> None:
    start(data, fsync=False).stop()
    (data / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n0\n5432\n")
    with start(data, fsync=False) as server:
        assert ask(server, "select 1") == "(1,)"


def test_a_folder_without_its_version_is_refused(data: Path) -> None:
    start(data, fsync=False).stop()
    (data / "postgres" / "PG_VERSION").unlink()
    assert "PG_VERSION is missing" in refusal(data)


def test_a_folder_of_another_version_is_refused(data: Path) -> None:
    start(data, fsync=False).stop()
    (data / "postgres" / "PG_VERSION").write_text("9\n")
    assert "is of PostgreSQL '9'" in refusal(data)


def test_a_folder_without_its_control_file_is_refused(data: Path) -> None:
    start(data, fsync=False).stop()
    (data / "postgres" / "global" / "pg_control").unlink()
    assert "does not start" in refusal(data)


def test_a_file_in_place_of_the_folder_is_refused(data: Path) -> None:
    data.write_text("not a folder")
    assert str(data) in refusal(data)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_refused(data: Path) -> None:
    data.mkdir(mode=0o500)
    assert f"cannot use the data folder {data}: Permission denied" in refusal(data)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_is_named(data: Path) -> None:
    data.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(data)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount here")
    try:
        assert "no disk space" in refusal(data)
    finally:
        subprocess.run(["umount", str(data)], check=True)


def test_a_first_start_that_was_cut_short_is_begun_anew(data: Path) -> None:
    (data / "postgres.new" / "base").mkdir(parents=True)
    with start(data, fsync=False) as server:
        assert ask(server, "select 1") == "(1,)"
    assert not (data / "postgres.new").exists()


def test_a_path_too_long_for_a_socket_works(data: Path) -> None:
    with start(data / ("long" * 30), fsync=False) as server:
        assert ask(server, "select 1") == "(1,)"
        socket = server.socket
    assert not socket.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="a folder is closed only to another account")
def test_a_folder_below_one_closed_to_others_works_and_stays_closed(data: Path) -> None:
    closed = data / "closed"
    closed.mkdir(parents=True)
    closed.chmod(0o700)
    with start(closed / "ledger", fsync=False) as server:
        assert ask(server, "select 1") == "(1,)"
    assert closed.stat().st_mode & 0o777 == 0o700
    assert closed.stat().st_uid == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="the programs are copied only for another account")
def test_programs_that_the_account_cannot_reach_are_copied(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = data / "cache"
    monkeypatch.setattr("server.programs.CACHE", place)
    actual = binary("postgres").parent
    monkeypatch.setattr(
        "server.programs.reachable", lambda path, who: not path.is_relative_to(actual)
    )
    data.mkdir()
    data.parent.chmod(0o755)
    with start(data / "ledger", fsync=False) as server:
        assert ask(server, "select 1") == "(1,)"
        image = Path(f"/proc/{server.process.pid}/exe").readlink()
        assert image.is_relative_to(place)


def test_the_wheel_brings_the_other_programs() -> None:
    for name in ("pgbench", "pg_basebackup", "pg_dump", "psql"):
        done = subprocess.run([binary(name), "--version"], capture_output=True, check=True)
        assert b"18." in done.stdout
    with pytest.raises(EmbeddedError, match="no program nonsense"):
        binary("nonsense")


def test_a_machine_without_the_wheel_is_told_what_to_do(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.programs.find_spec", lambda name: None)
    assert "give the server a DSN" in refusal(data)
    shutil.rmtree(data)
