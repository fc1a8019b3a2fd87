"""A backup becomes a database again, up to a moment where its log was archived, and is checked.

It always begins a timeline of its own, so that nobody takes it for the database that it is a copy
of. Whatever is found wrong, the folder stays for inspection.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from psycopg.conninfo import make_conninfo

from ledger.errors import LedgerError
from ledger.store import clusters
from server import embedded
from server.backup import CLUSTER, BackupError, check, facts_of
from server.database import Database
from server.evidence import Evidence, evidence, require
from server.programs import Account, EmbeddedError, account
from server.wal import beyond, end_of, fetching

#: A log of weeks takes its time.
PATIENCE_SECONDS = 7 * 86_400.0
TOO_EARLY = "recovery ended before configured recovery target was reached"


@dataclass(frozen=True, slots=True)
class Ask:
    """Which backup, into which folder; an archived log, up to a moment; what must hold after."""

    folder: Path
    into: Path
    wal: Path | None = None
    until: datetime | None = None
    checkpoints: Sequence[Path] = ()
    key: str = ""


def restore(ask: Ask) -> str:
    """Restores, starts, checks and stops it; one line about it, or what is wrong with it."""
    begun, facts = time.monotonic(), facts_of(ask.folder)
    wanted = _wanted(ask, [(one.book, one.note) for one in facts.books if one.note])
    if ask.until and ask.wal is None:
        raise BackupError("a restore up to a moment needs the archived log: give --wal")
    if ask.until and ask.until < facts.moment:
        raise BackupError(f"the backup was taken at {facts.taken}: take an earlier one for then")
    if ask.into.exists() and any(ask.into.iterdir()):
        raise BackupError(f"{ask.into} is not empty")
    check(ask.folder / CLUSTER)
    cluster = ask.into / CLUSTER
    who = account(cluster)
    fetch = fetching(ask.wal, who)
    _copy(ask.folder / CLUSTER, cluster, who)
    with _entrance(who) as hba, _started(ask, _settings(ask, fetch, hba)) as server:
        dsn = make_conninfo(server.dsn, dbname=facts.database)
        asyncio.run(_require_whole(ask, dsn, cluster))
        told = asyncio.run(require(dsn, wanted))
    seconds = time.monotonic() - begun
    return f"restored {ask.into} in {seconds:.1f} s from the backup of {facts.taken}; " + "; ".join(
        told
    )


async def _require_whole(ask: Ask, dsn: str, cluster: Path) -> None:
    """PostgreSQL takes a damaged or missing file for the end of the log: here it is none."""
    if ask.wal is None or ask.until:
        return
    timeline, position = end_of(cluster / "pg_wal")
    connection = await Database(dsn, role="").connect()
    try:
        segment = await clusters.segment(connection, position)
    finally:
        await connection.close()
    if last := beyond(ask.wal, timeline, segment):
        raise BackupError(
            f"the archived log goes on to {last}, but could be replayed only to {timeline}{segment}"
            f" ({position}): a file there is damaged, missing or not readable"
        )


def _wanted(ask: Ask, kept: Sequence[tuple[str, str]]) -> list[Evidence]:
    """The checkpoints that must hold: the backup's own, and those that were handed out."""
    if ask.checkpoints and not ask.key:
        raise BackupError("a checkpoint is worth what its signature is: give --key")
    given = Path(ask.key)
    key = given.read_text("utf-8").strip() if ask.key and given.is_file() else ask.key
    sources = [(f"the backup of book {book}", note) for book, note in kept]
    sources += [(str(path), path.read_text("utf-8")) for path in ask.checkpoints]
    found = []
    for source, note in sources:
        try:
            found.append(evidence(source, note, key))
        except LedgerError as error:
            raise BackupError(f"the checkpoint of {source}: {error.message}") from None
    return found


def _copy(backup: Path, cluster: Path, who: Account) -> None:
    """Copies the files as PostgreSQL's account wants them, with the sign that it must recover."""
    cluster.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    shutil.copytree(backup, cluster, symlinks=True)
    (cluster / "recovery.signal").touch()
    for name in ("postgresql.conf", "pg_hba.conf", "pg_ident.conf"):
        (cluster / name).touch()  # some distributions keep them elsewhere
    for path in (cluster, *cluster.rglob("*")) if who.change else ():
        os.chown(path, who.uid, who.gid, follow_symlinks=False)


@contextmanager
def _entrance(who: Account) -> Iterator[Path]:
    """Who is let in while the check goes on: us, by a socket that is closed to all others.

    The restored folder keeps its own `pg_hba.conf` at every moment, so that a restore that is
    killed leaves no weaker one behind.
    """
    folder = Path(tempfile.mkdtemp(prefix="loanledger-", dir="/tmp"))
    try:
        path = folder / "pg_hba.conf"
        path.write_text("local all all trust\n", "utf-8")
        for each in (path, folder) if who.change else ():
            os.chown(each, who.uid, who.gid)
        yield path
    finally:
        shutil.rmtree(folder)


def _settings(ask: Ask, fetch: str, hba: Path) -> Mapping[str, str]:
    until = {"recovery_target_time": ask.until.astimezone(UTC).isoformat()} if ask.until else {}
    return until | {
        "hba_file": str(hba),
        "restore_command": fetch,
        "recovery_target_action": "promote",
        "hot_standby": "off",
        "recovery_init_sync_method": "syncfs",  # all that was copied reaches the disk first
        "archive_mode": "off",
        "shared_preload_libraries": "",
        "synchronous_standby_names": "",
    }


def _started(ask: Ask, settings: Mapping[str, str]) -> embedded.Embedded:
    try:
        return embedded.start(ask.into, settings=settings, patience=PATIENCE_SECONDS)
    except EmbeddedError as error:
        if TOO_EARLY in str(error):
            text = f"the archived log ends before {ask.until}, or is damaged: try without --until"
            raise BackupError(text) from None
        raise
