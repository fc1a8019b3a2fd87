"""A restored folder is never open to more people than the original, not even meanwhile."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from server.backup import BackupError
from server.cluster import at_work
from server.restore import Ask, restore
from tests.server.backed import Backed, backed

REJECT = "local all all reject\n"


@pytest.fixture(scope="module")
def book() -> Iterator[Backed]:
    with backed() as found:
        yield found


def closed(book: Backed, name: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of a database that lets nobody in; its manifest is not asked."""
    copy = Path(shutil.copytree(book.backup, book.folder / name))
    (copy / "postgres/pg_hba.conf").write_text(REJECT, "utf-8")
    monkeypatch.setattr("server.restore.check", lambda _: None)
    return copy


def test_a_database_that_lets_nobody_in_is_checked_and_stays_closed(
    book: Backed, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = book.folder / "closed"
    told = restore(Ask(closed(book, "closed-backup", monkeypatch), into))
    assert "no difference" in told
    assert (into / "postgres/pg_hba.conf").read_text("utf-8") == REJECT


def test_a_check_that_fails_leaves_it_closed_too(
    book: Backed, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = book.folder / "failed"
    backup = closed(book, "failed-backup", monkeypatch)
    monkeypatch.setattr("server.restore.require", lambda *_: _refused())
    with pytest.raises(BackupError, match="not this one"):
        restore(Ask(backup, into))
    assert (into / "postgres/pg_hba.conf").read_text("utf-8") == REJECT


async def _refused() -> list[str]:
    raise BackupError("not this one")


def test_killed_while_it_is_checked_it_has_the_access_rules_of_the_original(book: Backed) -> None:
    into = book.folder / "killed"
    cluster, rules = into / "postgres", into / "postgres/pg_hba.conf"
    original = (book.backup / "postgres/pg_hba.conf").read_bytes()
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "restore", str(book.backup), str(into)],
        start_new_session=True,
    )
    while not (dsn := _answers(cluster)):
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert rules.read_bytes() == original
    socket = Path(conninfo_to_dict(dsn)["host"])
    assert socket.stat().st_mode & 0o077 == 0
    end = time.monotonic() + 60
    while _answers(cluster):
        assert time.monotonic() < end, "it is served although its parent is gone"
        time.sleep(0.1)


def _answers(cluster: Path) -> str:
    """The DSN of who serves the folder and lets us in, or nothing."""
    dsn = at_work(cluster) or "host=/nowhere"
    try:
        psycopg.connect(dsn, connect_timeout=5).close()
    except psycopg.OperationalError:
        return ""
    return dsn
