"""Backups: taken under load, restored up to a moment, not believed where something is missing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic import SecretStr

from server.backup import BackupError, backup
from server.config import Config
from server.programs import Account, EmbeddedError
from server.restore import Ask, restore
from server.wal import archiving
from tests.chaos.base import begin
from tests.server.backed import Backed, backed, facts, roomy, run


@pytest.fixture(scope="module")
def book() -> Iterator[Backed]:
    with backed() as found:
        yield found


def damaged(book: Backed, name: str) -> Path:
    """A copy of the backup, to be damaged."""
    return Path(shutil.copytree(book.backup, book.folder / name))


def refusal(folder: Path, into: Path, **more: Any) -> str:
    """Why a restore is refused, before anything is started."""
    with pytest.raises(BackupError) as caught:
        restore(Ask(folder, into, **more))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_backup_says_when_of_what_and_how_far(book: Backed) -> None:
    told = facts(book.backup)
    assert told["taken"] < book.between.isoformat()
    assert (told["timeline"], told["database"]) == (1, "postgres")
    assert int(told["system"]) > 0
    assert told["position"].count("/") == 1
    (kept,) = told["books"]
    assert kept["book"] == "main"
    assert kept["note"].startswith(f"loanledger/main\n{kept['size']}\n")


def test_a_backup_under_load_is_restored_and_all_is_well(book: Backed) -> None:
    done = book.restore("plain", "--key", book.key)
    assert done.code == 0, done.text
    assert "checkpoints that hold: 1; 4 loans checked, no difference" in done.text
    assert done.text.count("\n") == 0
    assert "before" not in book.requests("plain")


def test_the_archived_log_brings_back_all_that_was_acknowledged(book: Backed) -> None:
    options = ("--wal", book.wal, "--checkpoint", book.note, "--key", book.key)
    done = book.restore("whole", *options)
    assert done.code == 0, done.text
    assert "checkpoints that hold: 2" in done.text
    found = book.requests("whole")
    assert {*book.acknowledged, "before", "after"} <= found


def test_a_restore_ends_between_two_postings_and_tells_what_a_later_checkpoint_covers(
    book: Backed,
) -> None:
    until = ("--wal", book.wal, "--until", book.between.isoformat())
    done = book.restore("between", *until)
    assert done.code == 0, done.text
    found = book.requests("between")
    assert "before" in found
    assert "after" not in found
    done = book.restore("short", *until, "--checkpoint", book.note, "--key", book.key)
    assert done.code == 1
    assert f"the checkpoint of {book.note} covers {book.size:,}: 1 events that were" in done.text
    assert "acknowledged are missing; the last one that is there is 0" in done.text
    assert (book.folder / "short" / "postgres").is_dir()


def test_a_moment_that_is_not_in_backup_or_log_is_refused(book: Backed) -> None:
    early, late = book.between - timedelta(days=1), book.between + timedelta(days=1)
    into = book.folder / "early"
    assert "take an earlier one" in refusal(book.backup, into, wal=book.wal, until=early)
    assert "give --wal" in refusal(book.backup, into, until=late)
    done = book.restore("late", "--wal", book.wal, "--until", late.isoformat())
    assert (done.code, "the archived log ends before" in done.text) == (1, True)


def test_a_hole_in_the_archived_log_is_not_taken_for_its_end(book: Backed) -> None:
    copy = Path(shutil.copytree(book.wal, book.folder / "hole"))
    *_, victim, last = sorted(copy.glob("0000000100000000000000??"))
    content = bytearray(victim.read_bytes())
    content[200:400] = bytes(200)
    victim.write_bytes(content)
    for path in (copy, *copy.iterdir()):
        path.chmod(0o755)
    done = book.restore("holed", "--wal", copy)
    assert done.code == 1
    assert f"the archived log goes on to {last.name}, but could be replayed only to" in done.text


def test_a_byte_that_changed_in_the_backup_is_found_before_anything_is_copied(
    book: Backed,
) -> None:
    copy = damaged(book, "flipped")
    victim = max((copy / "postgres" / "base").rglob("[0-9]*"), key=lambda path: path.stat().st_size)
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    text = refusal(copy, book.folder / "flipped-into")
    assert "pg_verifybackup failed" in text
    assert "checksum mismatch" in text
    assert not (book.folder / "flipped-into").exists()


def test_a_backup_without_its_last_file_is_refused(book: Backed) -> None:
    copy = damaged(book, "half")
    (copy / "loanledger.json").unlink()
    assert "is no complete backup" in refusal(copy, book.folder / "half-into")


def test_a_manifest_of_another_backup_is_refused(book: Backed) -> None:
    copy = damaged(book, "mixed")
    with (copy / "postgres" / "backup_manifest").open("ab") as file:
        file.write(b"\n")
    assert "is damaged: the manifest" in refusal(copy, book.folder / "mixed-into")


def test_a_folder_with_something_in_it_is_not_restored_into(book: Backed) -> None:
    (book.folder / "mine").mkdir()
    (book.folder / "mine" / "letter").touch()
    assert refusal(book.backup, book.folder / "mine").endswith("mine is not empty")
    assert (book.folder / "mine" / "letter").exists()


def test_a_checkpoint_of_another_key_is_refused(book: Backed) -> None:
    into, kept = book.folder / "key", [book.note]
    other = book.key.replace("loanledger+", "another+")
    assert "the checkpoint of" in refusal(book.backup, into, checkpoints=kept, key=other)
    assert "give --key" in refusal(book.backup, into, checkpoints=kept)


def test_a_restored_book_is_served_and_backed_up_while_nobody_serves_it(book: Backed) -> None:
    data = book.folder / "again"
    assert book.restore("again").code == 0
    done = run("backup", book.folder / "again-backup", data=data)
    assert done.code == 0, done.text
    told, first = facts(book.folder / "again-backup"), facts(book.backup)
    assert told["timeline"] == first["timeline"] + 1
    assert told["system"] == first["system"]


def test_killed_in_the_middle_a_backup_leaves_nothing_that_looks_complete(book: Backed) -> None:
    data, target = book.folder / "killed", book.folder / "killed-backup"
    part, cut = target.with_name("killed-backup.part"), 0
    assert book.restore("killed").code == 0
    base = begin(data)
    try:
        for pause in (0, 0.3, 0.6):
            process = subprocess.Popen(
                [sys.executable, "-m", "server", "backup", str(target)],
                env={**os.environ, "LOANLEDGER_DATA": str(data)},
                start_new_session=True,
            )
            while not part.exists() and process.poll() is None:
                time.sleep(0.01)
            time.sleep(pause)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if target.exists():
                break
            cut += 1
            assert "is no complete backup" in refusal(part, book.folder / "killed-into")
            with pytest.raises(BackupError, match="is there already"):
                backup(Config(data=data), target)
            shutil.rmtree(part)
    finally:
        base.stop()
    assert cut


def test_a_data_folder_without_a_database_is_not_backed_up() -> None:
    with roomy() as folder:
        with pytest.raises(BackupError, match="there is no database in the data folder"):
            backup(Config(data=folder / "none"), folder / "backup")
        assert list(folder.iterdir()) == []


def test_a_login_that_may_not_replicate_is_told_so(database: str, tmp_path: Path) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("create role plain_login login in role loanledger_app")
    dsn = make_conninfo(database, user="plain_login")
    try:
        with pytest.raises(BackupError, match="the login plain_login needs REPLICATION"):
            backup(Config(dsn=SecretStr(dsn)), tmp_path / "backup")
        assert not (tmp_path / "backup").exists()
    finally:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("drop role plain_login")


def test_a_database_that_a_dsn_names_is_backed_up_by_a_login_with_replication(
    database: str, tmp_path: Path
) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("create role copier login replication in role loanledger_app")
    try:
        told = backup(Config(dsn=SecretStr(make_conninfo(database, user="copier"))), tmp_path / "b")
        assert told.startswith(f"backup {tmp_path / 'b'}: ")
        assert facts(tmp_path / "b")["database"] == conninfo_to_dict(database)["dbname"]
    finally:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("drop role copier")


def test_the_archive_takes_a_file_whole_or_not_and_never_replaces_another() -> None:
    with roomy() as folder:
        there = folder / "it's 100%"
        command = archiving(there, Account(os.geteuid(), os.getegid(), change=False))
        source = folder / "000000010000000000000001"
        run_it = command["archive_command"].replace("%p", str(source)).replace("%f", source.name)

        def archived(content: str) -> int:
            source.write_text(content, "utf-8")
            done = subprocess.run(["sh", "-c", run_it.replace("%%", "%")], check=False)
            return done.returncode

        assert [archived("one"), archived("one"), archived("two")] == [0, 0, 1]
        assert [path.name for path in there.iterdir()] == [source.name]
        assert (there / source.name).read_text("utf-8") == "one"


def test_an_archive_that_postgresql_cannot_write_to_is_refused_at_the_start(tmp_path: Path) -> None:
    who = Account(65534, 65534, change=True)
    with pytest.raises(EmbeddedError, match="cannot use the folder"):
        archiving(tmp_path, who)
