"""An upgrade: what a server says to a schema that is not its own, and a migration under load."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from server.migrate import MigrationError, lacking, migrate, newest
from tests.faults.process import environment, served, spawn
from tests.server.desk import BOOK, pair

SEEN = "select obj_description('ledger'::regnamespace, 'pg_namespace')"
SECONDS = 60


def revision(dsn: str) -> str:
    """What the schema says that it is at."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute(SEEN.encode()).fetchone()
    return str(row and row[0])


def told(dsn: str, folder: Path, verb: str = "serve") -> tuple[int, str]:
    """Exit code and last line of a command of the server that must end by itself."""
    log = folder / "server.log"
    process = spawn(log, environment({"dsn": dsn, "insecure": "1", "port": "0"}), verb=verb)
    return process.wait(SECONDS), log.read_text(encoding="utf-8").splitlines()[-1]


def warned(dsn: str, folder: Path) -> str:
    """What a server that serves the database wrote to its log at the start."""
    with served(folder / "warned", dsn=dsn, log_level="warning") as process:
        with process.client() as client:
            assert client.ledger.post_journal(parent=BOOK, entries=pair("1.00")).event
        return process.said()


def test_the_schema_says_what_revision_it_is_at(empty: str) -> None:
    migrate(empty, "0012")
    assert revision(empty) == "0012"
    migrate(empty)
    assert revision(empty) == newest()


def test_a_server_refuses_an_older_schema_in_one_line(empty: str, tmp_path: Path) -> None:
    migrate(empty, "0012")
    assert told(empty, tmp_path) == (
        1,
        f"loanledger-server: the schema is at revision 0012, this version needs {newest()};"
        " run `loanledger-server migrate` of this version first",
    )


def test_a_database_without_a_schema_is_told_from_an_old_one(empty: str, tmp_path: Path) -> None:
    code, line = told(empty, tmp_path)
    assert (code, "the database has no schema; run" in line) == (1, True)
    assert "older than any that says its revision" in lacking("")
    assert lacking(newest()) == lacking("9999") == ""


def test_a_server_serves_a_newer_schema_and_tells_of_it(database: str, tmp_path: Path) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("comment on schema ledger is '9999'")
    assert '"schema_newer"' in warned(database, tmp_path)


def test_a_newer_schema_is_not_migrated(database: str, tmp_path: Path) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("update loanledger_migration set version_num = '9999'")
    code, line = told(database, tmp_path, "migrate")
    assert code == 1
    assert line.startswith("loanledger-server: the schema is of a newer version")


def test_a_migration_waits_for_tables_in_use_and_lets_others_pass(empty: str) -> None:
    migrate(empty, "0025")
    pauses = list[float]()
    with psycopg.connect(empty) as busy:
        busy.execute("lock table ledger.roll in row exclusive mode")

        def pause(seconds: float) -> None:
            """While the migration rests nobody waits for it; then the table is free."""
            pauses.append(seconds)
            with psycopg.connect(empty) as other:
                other.execute("lock table ledger.roll in row exclusive mode nowait")
            busy.rollback()

        migrate(empty, pause=pause)
    assert len(pauses) == 1
    assert revision(empty) == newest()


def test_a_migration_that_never_gets_its_locks_changes_nothing_and_says_so(empty: str) -> None:
    migrate(empty, "0025")
    with psycopg.connect(empty) as busy:
        busy.execute("lock table ledger.roll in row exclusive mode")
        with pytest.raises(MigrationError, match="nothing was changed in 2 tries"):
            migrate(empty, tries=2, pause=lambda seconds: None)
    assert revision(empty) == "0025"


def test_a_migration_waits_for_another_one_and_then_finds_nothing_to_do(empty: str) -> None:
    migrate(empty, "0012")
    pauses = list[float]()
    with psycopg.connect(empty) as other:
        other.execute("select pg_advisory_xact_lock(hashtext('loanledger_migration'))")

        def pause(seconds: float) -> None:
            """The other one ends; it has migrated as far as this one wants."""
            pauses.append(seconds)
            other.rollback()
            migrate(empty)

        migrate(empty, pause=pause)
    assert len(pauses) == 1
    assert revision(empty) == newest()


def test_a_server_warns_of_a_clock_that_is_behind_its_book(database: str, tmp_path: Path) -> None:
    """The book's own clock does not go back, whatever the machine's does."""
    assert '"clock_behind"' not in warned(database, tmp_path)
    with psycopg.connect(database, autocommit=True) as connection:
        ahead = "(extract(epoch from now()) + 7200) * 1000000"
        connection.execute(f"update ledger.stripe set last_booked_at = {ahead}".encode())
        assert '"clock_behind"' in warned(database, tmp_path)
        last = "select bool_and(s.last_booked_at >= e.booked_at) and max(e.booked_at) > {}"
        least = "(extract(epoch from now()) + 3600) * 1000000"
        tables = " from ledger.event e join ledger.stripe s using (stripe)"
        row = connection.execute((last.format(least) + tables).encode()).fetchone()
    assert row == (True,)
