"""The faults: what is done to the stage, for how long, and how it is undone."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg

from loanledger import LoanLedgerError
from tests.chaos import clocks, packets, versions
from tests.chaos.fault import Fault, Inject
from tests.chaos.stage import Node, Stage

#: Longer than a server may stall inside a transaction before it loses it (server/database.py).
ZOMBIE_SECONDS = 17.0
#: Tables that steps of a close write, from the first to the last.
WRITTEN_BY_STEPS = (
    "accrual",
    "allowance",
    "loan",
    "event",
    "entry",
    "balance",
    "roll",
    "turnover",
    "close_step",
    "stripe",
)


def _signalled(number: signal.Signals) -> Inject:
    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        node.end(number)
        node.start()

    return inject


def _stopped(least: float, most: float) -> Inject:
    """SIGSTOP: a server that neither answers nor ends, and then goes on where it was."""

    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        assert node.process
        node.process.send_signal(signal.SIGSTOP)
        time.sleep(fault.seconds(least, most))
        node.process.send_signal(signal.SIGCONT)

    return inject


def _linked(link: str, **values: object) -> Inject:
    """The link to a server's callers (door) or to its database (cord), for a while."""

    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        found = getattr(node, link)
        for name, value in values.items():
            setattr(found, name, value)
        time.sleep(fault.seconds())
        found.heal()

    return inject


def _cut(link: str) -> Inject:
    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        getattr(node, link).cut()
        time.sleep(fault.seconds(0.05, 0.3))

    return inject


def _process_killed(mark: bytes) -> Inject:
    """SIGKILL to one of the processes whose command line holds the mark."""

    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        found = stage.children(mark)
        if found:
            with suppress(ProcessLookupError):
                os.kill(found[fault.pick(len(found))], signal.SIGKILL)
        time.sleep(0.2)
        stage.restore()

    return inject


def _process_stopped(mark: bytes) -> Inject:
    """SIGSTOP to one of them: a disk or a core that is slow for one process only."""

    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        found = stage.children(mark)
        if not found:
            return
        number = found[fault.pick(len(found))]
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGSTOP)
            time.sleep(fault.seconds(0.2, 2))
            os.kill(number, signal.SIGCONT)

    return inject


def _database(number: signal.Signals) -> Inject:
    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        assert stage.database
        os.kill(stage.database.postmaster, number)
        stage.database.wait(60)
        time.sleep(fault.seconds(0, 0.5))
        stage.restore()

    return inject


def _sessions_ended(stage: Stage, node: Node, fault: Fault) -> None:
    with stage.superuser() as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where pid <> pg_backend_pid() and backend_type = 'client backend'"
        )


def _sessions_taken(stage: Stage, node: Node, fault: Fault) -> None:
    """All connections that the database gives are somebody else's."""
    with ExitStack() as held:
        with suppress(psycopg.OperationalError):
            for _ in range(200):
                held.enter_context(stage.superuser())
        time.sleep(fault.seconds())


def _slow_commits(stage: Stage, node: Node, fault: Fault) -> None:
    """Each commit takes a tenth of a second more, as on a disk that is worn out."""
    with stage.superuser() as connection:
        connection.execute("alter system set commit_siblings = 0")
        connection.execute("alter system set commit_delay = 100000")
        connection.execute("select pg_reload_conf()")
        time.sleep(fault.seconds(0.5, 2))
        connection.execute("alter system reset all")
        connection.execute("select pg_reload_conf()")


def _killed_at_a_step(stage: Stage, node: Node, fault: Fault) -> None:
    """Somebody holds a table that a step of the close writes; what waits there is killed."""
    table = WRITTEN_BY_STEPS[fault.pick(len(WRITTEN_BY_STEPS))]
    with stage.superuser() as connection, connection.transaction():
        connection.execute(f"lock table ledger.{table} in exclusive mode".encode())
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline and not _waits(stage, table):
            time.sleep(0.02)
        assert node.process
        victims = [n for n in stage.children(b"spawn_main") if _below(n, node.process.pid)]
        for number in victims or [node.process.pid]:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
    if not victims:
        node.end()
        node.start()


def _waits(stage: Stage, table: str) -> bool:
    with stage.superuser() as connection:
        row = connection.execute(
            "select exists (select from pg_locks where not granted"
            " and relation = ('ledger.' || %s)::regclass)",
            (table,),
        ).fetchone()
    return bool(row and row[0])


def _below(number: int, parent: int) -> bool:
    with suppress(OSError):
        return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1]) == parent
    return False


def _limited(kind: int, value: Callable[[int], int]) -> Inject:
    """A server that gets no more of something for a while, and is started anew if it gives up."""

    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        assert node.process
        number = node.process.pid
        before = resource.prlimit(number, kind)
        resource.prlimit(number, kind, (value(number), before[1]))
        time.sleep(fault.seconds())
        if node.alive:
            resource.prlimit(number, kind, before)
        else:
            node.start()

    return inject


def _open_files(number: int) -> int:
    return len(list(Path(f"/proc/{number}/fd").iterdir()))


def _memory(number: int) -> int:
    pages = int(Path(f"/proc/{number}/statm").read_text().split()[0])
    return pages * resource.getpagesize() + 1024 * 1024


def _disk_full(place: str) -> Inject:
    """No byte is left where the database keeps its tables, or its log; then there is room again."""

    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        with _ballast(stage.folder / place):
            time.sleep(fault.seconds(0.5, 2))
        stage.restore()

    return inject


@contextmanager
def _ballast(folder: Path) -> Iterator[None]:
    file = folder / "ballast"
    try:
        with file.open("wb", buffering=0) as output, suppress(OSError):
            while True:
                output.write(b"\0" * 65536)
        yield
    finally:
        file.unlink(missing_ok=True)


def _two_closes(stage: Stage, node: Node, fault: Fault) -> None:
    """Both servers are told to close the same date at the same time."""
    clients = [stage.client(number, timeout=60) for number in range(len(stage.nodes))]
    with suppress(LoanLedgerError):
        running = [client.end_of_day.run_end_of_day() for client in clients]
        for steps in zip(*running, strict=False):
            assert steps
    for client in clients:
        client.close()


#: What any machine allows, and how it is done.
PLAIN: Mapping[str, Inject] = {
    "server killed": _signalled(signal.SIGKILL),
    "server told to end": _signalled(signal.SIGTERM),
    "server stopped for a moment": _stopped(0.1, 2),
    "zombie: server stopped until its locks are lost": _stopped(ZOMBIE_SECONDS, ZOMBIE_SECONDS + 1),
    "closing process killed": _process_killed(b"spawn_main"),
    "killed at a step of a close": _killed_at_a_step,
    "database back-end killed": _process_killed(b"postgres: postgres ledger"),
    "database writer killed": _process_killed(b"postgres: walwriter"),
    "postmaster killed": _database(signal.SIGKILL),
    "database stopped at once": _database(signal.SIGQUIT),
    "database sessions ended": _sessions_ended,
    "database sessions used up": _sessions_taken,
    "database back-end stopped for a moment": _process_stopped(b"postgres: postgres ledger"),
    "checkpointer stopped for a moment": _process_stopped(b"postgres: checkpointer"),
    "commits slow": _slow_commits,
    "callers cut": _cut("door"),
    "callers delayed": _linked("door", delay=0.2),
    "callers locked out": _linked("door", closed=True),
    "answers lost": _linked("door", lost={"down"}),
    "requests lost": _linked("door", lost={"up"}),
    "callers half open": _linked("door", lost={"up", "down"}),
    "database cut": _cut("cord"),
    "database delayed": _linked("cord", delay=0.05),
    "database's answers lost": _linked("cord", lost={"down"}),
    "database half open": _linked("cord", lost={"up", "down"}),
    "file handles used up": _limited(resource.RLIMIT_NOFILE, _open_files),
    "memory used up": _limited(resource.RLIMIT_AS, _memory),
    "two servers close one date": _two_closes,
}
ON_A_SMALL_DISK: Mapping[str, Inject] = {
    "disk full: tables": _disk_full("postgres/base"),
    "disk full: log": _disk_full("postgres/pg_wal"),
}
KINDS: Mapping[str, Inject] = {
    **PLAIN,
    **ON_A_SMALL_DISK,
    **clocks.KINDS,
    **packets.KINDS,
    **versions.KINDS,
}


def possible(stage: Stage, small: bool) -> list[str]:
    """The kinds that can be done here; a disk of its own is `small`."""
    return [
        *PLAIN,
        *(ON_A_SMALL_DISK if small else ()),
        *(clocks.KINDS if stage.library else ()),
        *(packets.KINDS if stage.road else ()),
        *(versions.KINDS if stage.before else ()),
    ]
