"""A base backup of the whole database server, with what proves it when it is restored.

It is written beside its place, and has its name only when everything is on the disk: the files,
PostgreSQL's manifest of them, and at last `loanledger.json` with a checkpoint of each book.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ledger.store import clusters, seals, stripes
from ledger.store.seals import Sealed
from server.cluster import at_work, failure
from server.config import Config
from server.database import Database
from server.files import digest, sync
from server.furnishing import signing_keys
from server.primary import Primary
from server.programs import tool
from server.running import database
from server.sealer import Sealer

CLUSTER, FACTS, MANIFEST = "postgres", "loanledger.json", "backup_manifest"


class BackupError(Exception):
    """Why there is no backup, or why a restored one is not good, in one line."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest checkpoint of a book when its backup began; size 0 and no note without one."""

    book: str
    size: int = 0
    root: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a backup: when, of what, up to where, and the SHA-256 of its manifest."""

    taken: str
    version: str
    system: str
    timeline: int
    position: str
    database: str
    manifest: str
    books: Sequence[Kept]

    @property
    def moment(self) -> datetime:
        """When it ended: no earlier moment can be restored from it."""
        return datetime.fromisoformat(self.taken)


def backup(config: Config, folder: Path) -> str:
    """Takes a backup into a folder that is not there yet; one line about it."""
    begun, part = time.monotonic(), folder.with_name(f"{folder.name}.part")
    for place in (folder, part):
        if place.exists():
            raise BackupError(f"{place} is there already; a backup never overwrites one")
    with _source(config) as dsn:
        door, name, kept = asyncio.run(_prepared(config, dsn))
        part.mkdir(mode=0o700, parents=True)
        _copy(door, part / CLUSTER)
    check(part / CLUSTER)
    facts = _facts(part / CLUSTER, name, kept)
    (part / FACTS).write_text(json.dumps(asdict(facts), indent=2) + "\n", "utf-8")
    for path in (part / FACTS, part):
        sync(path)
    part.rename(folder)
    sync(folder.parent)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    books = ", ".join(f"book {one.book} with a checkpoint of {one.size:,} events" for one in kept)
    seconds = time.monotonic() - begun
    return f"backup {folder}: {size:,} bytes in {seconds:.1f} s up to {facts.position}; {books}"


@contextmanager
def _source(config: Config) -> Iterator[str]:
    """The DSN to copy from; an embedded server that does not run is started meanwhile."""
    cluster = config.data.absolute() / CLUSTER
    if not config.dsn.get_secret_value():
        if not (cluster / "PG_VERSION").is_file():
            raise BackupError(f"there is no database in the data folder {config.data}")
        if running := at_work(cluster):
            yield running
            return
    with database(config) as dsn:
        yield dsn


async def _prepared(config: Config, dsn: str) -> tuple[str, str, list[Kept]]:
    """Where to copy from, the name of the database, and a checkpoint of each book.

    What is sealed before the copy begins is in it.
    """
    found = Database(dsn, config.database_role)
    keys = signing_keys(config) if config.signing_key else []
    connection = await found.connect()
    try:
        login, name, able = await clusters.login(connection)
        if not able:
            raise BackupError(
                f"the login {login} needs REPLICATION: alter role {login} replication"
            )
        kept = []
        for book in await stripes.list_books(connection):
            await found.serve(connection, book.number)
            if keys:
                newest = await Sealer(found, book, config.signing_name, keys).seal()
            else:
                newest = await seals.checkpoint(connection, book.number, None) or Sealed(0, b"", "")
            kept.append(Kept(book.code, newest.size, newest.root.hex(), newest.note))
    finally:
        await connection.close()
    return await Primary(dsn).dsn(), name, kept


def _copy(dsn: str, cluster: Path) -> None:
    """Runs pg_basebackup; the password goes by the environment, where nobody else sees it."""
    parts = conninfo_to_dict(dsn)
    secret = {"PGPASSWORD": str(parts.pop("password"))} if parts.get("password") else {}
    parts.pop("dbname", None)
    given = {key: str(value) for key, value in parts.items()}
    arguments = ["-D", str(cluster), "-d", make_conninfo(**given), "-X", "stream", "-c", "fast"]
    _run("pg_basebackup", [*arguments, "--manifest-checksums=SHA256", "-w"], cluster, secret)


def check(cluster: Path) -> None:
    """Holds every file of a backup against its manifest, and reads the log that belongs to it."""
    _run("pg_verifybackup", [str(cluster)], cluster, {})


def _run(name: str, arguments: Sequence[str], cluster: Path, secret: Mapping[str, str]) -> None:
    done = subprocess.run(
        [tool(name), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        env=os.environ | secret,
        check=False,
    )
    if done.returncode:
        raise BackupError(failure(cluster.parent, f"{name} failed", done.stderr))


def _facts(cluster: Path, name: str, kept: Sequence[Kept]) -> Facts:
    """Reads from the manifest what PostgreSQL itself says of the backup."""
    manifest: dict[str, Any] = json.loads((cluster / MANIFEST).read_bytes())
    last = manifest["WAL-Ranges"][-1]
    return Facts(
        taken=datetime.now(UTC).isoformat(),
        version=version("loanledger"),
        system=str(manifest.get("System-Identifier", "")),
        timeline=last["Timeline"],
        position=last["End-LSN"],
        database=name,
        manifest=digest(cluster / MANIFEST),
        books=kept,
    )


def facts_of(folder: Path) -> Facts:
    """What a backup says of itself; BackupError where it is not complete or not as it was."""
    path, manifest = folder / FACTS, folder / CLUSTER / MANIFEST
    if not path.is_file() or not manifest.is_file():
        raise BackupError(f"{folder} is no complete backup: {FACTS} or its manifest is missing")
    try:
        told = json.loads(path.read_bytes())
        found = Facts(**told | {"books": [Kept(**one) for one in told["books"]]})
    except (ValueError, TypeError, KeyError):
        raise BackupError(f"{path} is damaged") from None
    if found.manifest != digest(manifest):
        raise BackupError(f"{folder} is damaged: the manifest is not the one that {FACTS} names")
    return found
