"""The write-ahead log in a folder: what PostgreSQL must be told to fill it, and to read it again.

A file has its name only when it is whole and on the disk, and one that is there is never replaced.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Mapping
from pathlib import Path

from server.programs import Account, EmbeddedError, reachable

#: At most so many seconds of postings are not in the archive yet.
SECONDS = 60
ARCHIVE = (
    "if test -e {there}; then cmp -s %p {there};"
    " else cp %p {part} && sync {part} && mv -n {part} {there} && sync {folder}; fi"
)
FETCH = 'cp {there} "%p"'


def archiving(folder: Path | None, who: Account) -> Mapping[str, str]:
    """The settings that archive into the folder; EmbeddedError where the account may not write."""
    if folder is None:
        return {}
    folder = folder.absolute()
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        if who.change:
            os.chown(folder, who.uid, who.gid)
    _require(folder, who, stat.S_IWUSR)
    return {
        "archive_mode": "on",
        "archive_timeout": str(SECONDS),
        "archive_command": _command(ARCHIVE, folder),
    }


def fetching(folder: Path | None, who: Account) -> str:
    """The restore_command that reads the folder; without one there is nothing to read."""
    if folder is None:
        return "false"
    _require(folder.absolute(), who, stat.S_IRUSR)
    return _command(FETCH, folder.absolute())


def end_of(folder: Path) -> tuple[str, str]:
    """(timeline, position) at which the newest timeline of a log began: where replay ended."""
    newest = max(folder.glob("????????.history"))
    last = [line.split("\t") for line in newest.read_text("utf-8").splitlines() if line.strip()][-1]
    return f"{int(last[0]):08X}", last[1]


def beyond(folder: Path, timeline: str, segment: str) -> str:
    """The last file of a timeline in an archive that comes after a segment, or nothing."""
    return max(
        (
            path.name
            for path in folder.glob(f"{timeline}{'?' * 16}")
            if path.name.removeprefix(timeline) > segment
        ),
        default="",
    )


def _command(text: str, folder: Path) -> str:
    name = str(folder).replace("%", "%%")
    there, part = shlex.quote(f"{name}/%f"), shlex.quote(f"{name}/%f.part")
    return text.format(there=there, part=part, folder=shlex.quote(name))


def _require(folder: Path, who: Account, bit: int) -> None:
    """Refuses what PostgreSQL's account could not use, before it fails out of sight."""
    if not folder.is_dir():
        raise EmbeddedError(f"{folder} is no folder")
    found = folder.stat()
    if who.change:
        able = bool((found.st_mode if found.st_uid == who.uid else found.st_mode << 6) & bit)
        able = able and reachable(folder, who)
    else:
        able = os.access(folder, os.R_OK if bit == stat.S_IRUSR else os.W_OK)
    if not able:
        raise EmbeddedError(f"PostgreSQL's account ({who.uid}) cannot use the folder {folder}")
