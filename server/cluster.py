"""The folder of an embedded PostgreSQL: made, checked, found free, and reached."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from psycopg.conninfo import make_conninfo

from server.programs import Account, EmbeddedError, reachable, release

SOCKET_PATH_LIMIT = 107  # bytes, of sockaddr_un
SOCKET_NAME = ".s.PGSQL.5432"
NO_SPACE = "No space left on device"
#: What PostgreSQL tells who connects too early: no reason why it does not start.
EARLY = "the database system is"
LEAVING_SECONDS = 60.0
#: A server that is told to stop while it recovers from a crash may wait for ever (PostgreSQL 18).
#: What is committed survives both signals.
IMPATIENCE: tuple[tuple[float, signal.Signals], ...] = (
    (15.0, signal.SIGQUIT),
    (25.0, signal.SIGKILL),
)


def initialise(folder: Path, cluster: Path, who: Account, fsync: bool) -> None:
    """Makes the cluster beside its place and renames, so that a killed first start is harmless."""
    half = cluster.with_name("postgres.new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    if who.change:
        os.chown(half, who.uid, who.gid)
    arguments = ["--username=postgres", "--encoding=UTF8", "--locale=C", "--no-instructions"]
    arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    arguments += ["--auth-local=trust", "--auth-host=reject", "--data-checksums"]
    arguments += [] if fsync else ["--no-sync"]
    with entered(half, who) as (path, descriptors):
        done = subprocess.run(
            [folder / "initdb", "-D", path, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            cwd="/",
            env=environment(),
            pass_fds=descriptors,
            check=False,
            user=who.user,
            group=who.group,
            extra_groups=who.extra_groups,
        )
    if done.returncode:
        shutil.rmtree(half, ignore_errors=True)
        raise EmbeddedError(failure(cluster.parent, "initdb failed", done.stderr))
    half.rename(cluster)


def verify(cluster: Path, who: Account) -> None:
    """Refuses a folder that is not ours to serve before PostgreSQL does so at length."""
    major = release().split(".", maxsplit=1)[0]
    try:
        found = (cluster / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise EmbeddedError(f"the data folder {cluster} is broken: PG_VERSION is missing") from None
    if found != major:
        raise EmbeddedError(
            f"the data folder {cluster} is of PostgreSQL {found!r}, the programs are of {major}"
        )
    if cluster.stat().st_uid != who.uid:
        raise EmbeddedError(f"the data folder {cluster} belongs to another account")


def await_leaving(cluster: Path) -> None:
    """Waits for a server that stops, and urges it; refuses one at work; forgets a dead one."""
    lock = cluster / "postmaster.pid"
    deadline, patience = time.monotonic() + LEAVING_SECONDS, time.monotonic() + 0.5
    urges = [(time.monotonic() + seconds, number) for seconds, number in IMPATIENCE]
    while (lines := _lines(lock)) and time.monotonic() < deadline:
        pid = int(lines[0]) if lines[0].isdigit() else 0
        if not _serves(pid, cluster):
            # PostgreSQL takes any live process with that number for a server.
            if pid and Path(f"/proc/{pid}").exists():
                lock.unlink(missing_ok=True)
            break
        if lines[-1].strip() != "stopping" and time.monotonic() > patience:
            raise EmbeddedError(f"the data folder {cluster} is in use by PostgreSQL process {pid}")
        if urges and time.monotonic() > urges[0][0]:
            with suppress(ProcessLookupError):
                os.kill(pid, urges.pop(0)[1])
        time.sleep(0.05)
    # The socket's own lock names the same process; a killed one that nobody reaped still counts.
    (cluster.parent / "run" / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def at_work(cluster: Path) -> str | None:
    """The DSN of the PostgreSQL that serves the folder now, if there is one."""
    lines = _lines(cluster / "postmaster.pid")
    if len(lines) < 5 or not lines[0].isdigit() or not _serves(int(lines[0]), cluster):
        return None
    return make_conninfo(host=lines[4], port=lines[3], user="postgres", dbname="postgres")


def _lines(path: Path) -> list[str]:
    return path.read_text(errors="replace").splitlines() if path.exists() else []


def _serves(pid: int, cluster: Path) -> bool:
    """Whether the process is a PostgreSQL at work in the folder."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(cluster)
    except OSError:
        return False


@contextmanager
def entered(folder: Path, who: Account) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A path of the folder that works for the account even below a folder it may not enter."""
    if reachable(folder.parent, who):
        yield str(folder), ()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}", (descriptor,)
    finally:
        os.close(descriptor)


def socket_folder(data: Path, who: Account) -> Path:
    """Beside the data, or in /tmp where that path is too long or closed to the account."""
    socket = data / "run"
    if len(os.fsencode(socket / SOCKET_NAME)) > SOCKET_PATH_LIMIT or not reachable(data, who):
        socket = Path(tempfile.mkdtemp(prefix="loanledger-", dir="/tmp"))
    socket.mkdir(mode=0o700, exist_ok=True)
    if who.change:
        os.chown(socket, who.uid, who.gid)
    return socket


def forget(socket: Path, data: Path) -> None:
    """Removes a socket folder of ours in /tmp."""
    if socket.parent != data:
        shutil.rmtree(socket, ignore_errors=True)


def environment() -> dict[str, str]:
    """The caller's environment less PG*, which would steer the programs elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def failure(data: Path, what: str, text: str) -> str:
    """The one line of a program's output that says why."""
    if NO_SPACE in text:
        return f"{what}: no disk space for the data folder {data}"
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = ("FATAL:", "PANIC:", "error:")
    grave = [line for line in lines if any(word in line for word in words) and EARLY not in line]
    reason = (grave or lines or ["no reason given"])[0]
    return f"{what} in {data}: {reason.split('FATAL:')[-1].split('error:')[-1].strip()}"
