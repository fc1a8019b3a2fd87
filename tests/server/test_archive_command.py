"""Archiving refuses what is not sound, and comes to the same wherever it is killed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner

from ledger.store import archives
from server.__main__ import cli
from server.archive import ArchiveError
from tests.server.archived import FILES, Old
from tests.server.desk import Desk, serving


def test_a_month_that_is_not_closed_is_refused_and_nothing_is_archived(old: Old) -> None:
    with pytest.raises(ArchiveError, match="period 2024-03 is not closed in book main"):
        old.archive("2024-04-01")
    assert old.state()[0] == []
    assert list(old.folder.iterdir()) == []
    assert old.archive("2024-03-31") == FILES


def test_a_month_that_is_reopened_meanwhile_is_refused_under_the_lock(
    old: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unchecked(*_: object) -> None:
        old.desk.client.ledger.reopen_period(name="books/main/periods/2024-02", reason="late")

    monkeypatch.setattr("server.archive._require_closed", unchecked)
    with pytest.raises(ArchiveError, match="period 2024-02 is not closed in book main"):
        old.archive()
    assert [row[2].isoformat() for row in old.state()[0]] == ["2024-01-31"]
    assert old.differences() == []


def test_a_month_goes_when_all_books_have_closed_it_with_a_file_for_each(old: Old) -> None:
    with serving(old.desk.server.dsn, book="other") as found:
        other = Desk(found.server, found.client.with_options(book="other"))
        with pytest.raises(ArchiveError, match="period 2024-01 is not closed in book other"):
            old.archive()
        assert old.state()[0] == []
        other.publish()
        other.lent("books/other/products/plain", "1200")
        other.go_to("2024-02-02")
        other.client.ledger.close_period(name="books/other/periods/2024-01")
        theirs = "accruals-other-2024-01-31.jsonl"
        assert old.archive("2024-02-01") == [FILES[0], theirs]
        assert other.tied()
        assert Old(other, "", old.folder).differences() == old.differences() == []
        assert Old(other, "", old.folder).verified(old.lines(theirs)).ok
        assert old.verified(old.lines(FILES[0])).ok
        assert not old.verified(old.lines(theirs)).ok


def test_archiving_twice_does_nothing_more(old: Old) -> None:
    assert old.archive("2024-02-29") == FILES[:1]
    assert old.archive() == FILES[1:]
    state, files = old.state(), old.lines()
    assert old.archive() == []
    assert (old.state(), old.lines()) == (state, files)


@pytest.mark.parametrize("step", ["bring", "add", "drop"])
def test_killed_between_the_file_and_the_end_it_comes_to_the_same_when_run_again(
    old: Old, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = old.state()

    async def killed(*_: object) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patched:
        patched.setattr(archives, step, killed)
        with pytest.raises(ConnectionResetError):
            old.archive()
    assert old.state() == before
    assert [path.name for path in old.folder.iterdir()] == FILES[:1]
    assert old.archive() == FILES
    assert old.differences() == []
    assert old.verified(old.lines()).ok
    assert len(old.state()[-1]) == 2


def test_a_file_with_another_content_is_not_overwritten(old: Old) -> None:
    (old.folder / FILES[0]).write_text("mine")
    with pytest.raises(ArchiveError, match="with another content"):
        old.archive()
    assert (old.folder / FILES[0]).read_text() == "mine"
    assert old.state()[0] == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("update ledger.accrual set amount = amount + 1", "do not have the root"),
        ("delete from ledger.accrual", "do not have the root"),
        (
            "insert into ledger.accrual select stripe, day, loan + 1, component, amount, 1"
            " from ledger.accrual where component = 'interest' order by day limit 1",
            "the nights account for",
        ),
    ],
)
def test_altered_lines_are_not_archived(old: Old, change: str, problem: str) -> None:
    old.desk.rows("alter table ledger.accrual disable trigger all")
    old.desk.rows("alter table ledger.accrual_2024_01 disable trigger all")
    old.desk.rows(change)
    with pytest.raises(ArchiveError, match=problem):
        old.archive()
    assert old.state()[0] == []


@pytest.fixture
def migrator(old: Old) -> Iterator[str]:
    """The DSN of a login that may migrate, and is no superuser."""
    old.desk.rows("create role archivist login password 'secret' in role loanledger_migrator")
    try:
        secret = "secret"  # pragma: allowlist secret
        yield make_conninfo(old.desk.server.dsn, user="archivist", password=secret)
    finally:
        old.desk.rows("drop role archivist")


def test_the_migrating_login_may_archive_and_the_servers_role_may_not(
    old: Old, migrator: str
) -> None:
    with psycopg.connect(old.desk.server.dsn, autocommit=True) as connection:
        connection.execute("set role loanledger_app")
        for statement in (
            "alter table ledger.accrual detach partition ledger.accrual_2024_01",
            "select ledger.end_month('accrual_2024_01')",
            "insert into ledger.accrual_archive values (1, now(), now(), 0, '', '', '')",
            "update ledger.accrual_brought set amount = 0",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    assert old.archive(dsn=migrator) == FILES
    assert old.differences() == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        old.desk.rows("update ledger.accrual_archive set lines = 0")


def test_a_month_stays_while_a_snapshot_reads_it(old: Old) -> None:
    kept = "select count(*) from ledger.accrual where day < '2024-02-01'"
    with ThreadPoolExecutor(1) as beside, psycopg.connect(old.desk.server.dsn) as reader:
        reader.execute("set transaction isolation level repeatable read read only")
        reader.execute("lock table ledger.accrual in access share mode")
        before = reader.execute(kept).fetchone()
        work = beside.submit(old.archive)
        with pytest.raises(TimeoutError):
            work.result(1)
        assert reader.execute(kept).fetchone() == before != (0,)
        reader.rollback()
        assert work.result(30) == FILES


def test_the_command_archives_and_tells_of_each_file(
    old: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("archive", str(old.folder), "--before", "2024-03-01", "--reason", "retention")
    monkeypatch.delenv("LOANLEDGER_DSN", raising=False)
    assert "LOANLEDGER_DSN is not set" in str(CliRunner().invoke(cli, asked).exception)
    monkeypatch.setenv("LOANLEDGER_DSN", old.desk.server.dsn)
    shown = CliRunner().invoke(cli, asked)
    assert shown.exit_code == 0
    assert [line.split(":")[0] for line in shown.stdout.splitlines()] == [
        str(old.folder / name) for name in FILES
    ]
    assert "lines of 2024-01-01 to 2024-01-31, sha256 " in shown.stdout
