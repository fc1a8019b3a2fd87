"""The test stand: one PostgreSQL with fsync on, a ledger server, an echo server, pgbench."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import grpc
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from server import embedded
from server.keys import ensure_key, token
from server.migrate import migrate

ROLES = ["channel", "credit_officer", "finance", "auditor", "operator"]
SCALE, CLIENTS = 20, 8


@dataclass(frozen=True, slots=True)
class Stand:
    """Where everything listens."""

    dsn: str
    ledger: str
    echo: str
    token: str
    server: int

    def memory(self) -> int:
        """Bytes that the ledger server holds in memory now."""
        status = Path(f"/proc/{self.server}/status").read_text()
        found = re.search(r"VmRSS:\s*(\d+) kB", status)
        return int(found[1]) * 1024 if found else 0


def processor_seconds() -> float:
    """What this process and all that it started have used of the processors, ended ones included.

    Unlike time it is nearly the same on a machine that is busy with other work.
    """
    parents: dict[int, int] = {}
    used: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            number = int(path.parent.name)
            parents[number], used[number] = int(fields[1]), sum(map(int, fields[11:15]))

    def ours(number: int) -> bool:
        while number not in (0, os.getpid()):
            number = parents.get(number, 0)
        return number != 0

    return sum(ticks for number, ticks in used.items() if ours(number)) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def stand(folder: Path, stripes: int = 64) -> Iterator[Stand]:
    """Starts all parts and ends them."""
    ensure_key(folder / "signing.key")
    bearer = token(ensure_key(folder / "token.key"), "bench", ROLES)
    with embedded.start(folder / "data", fsync=True) as database:
        with psycopg.connect(database.dsn, autocommit=True) as connection:
            connection.execute("create database ledger")
            connection.execute("create database tpcb")
        dsn = make_conninfo(database.dsn, dbname="ledger")
        migrate(dsn)
        ledger_port, echo_port = free_port(), free_port()
        settings = {
            "PORT": ledger_port,
            "DSN": dsn,
            "CURRENCY": "EUR",
            "BUSINESS_DATE": "2024-01-01",
            "STRIPES": stripes,
            "INSECURE": 1,
            "TOKEN_KEYS": folder / "token.pub",
            "SIGNING_KEY": folder / "signing.key",
        }
        environment = os.environ | {f"LOANLEDGER_{k}": str(v) for k, v in settings.items()}
        log = (folder / "server.log").open("wb")
        server = subprocess.Popen(
            [sys.executable, "-m", "server", "serve"], env=environment, stderr=log
        )
        parts = [
            server,
            subprocess.Popen([sys.executable, "-m", "bench.echo", str(echo_port)]),
        ]
        try:
            found = Stand(
                dsn, f"127.0.0.1:{ledger_port}", f"127.0.0.1:{echo_port}", bearer, server.pid
            )
            for target in (found.ledger, found.echo):
                with grpc.insecure_channel(target) as channel:
                    grpc.channel_ready_future(channel).result(timeout=60)
            yield found
        finally:
            for part in parts:
                part.terminate()
            for part in parts:
                part.wait(60)


def tpcb(dsn: str, seconds: int) -> float:
    """Transactions a second of pgbench's TPC-B on the same server, prepared statements."""
    parts = conninfo_to_dict(make_conninfo(dsn, dbname="tpcb"))
    environment = os.environ | {
        "PGHOST": str(parts["host"]),
        "PGUSER": str(parts.get("user", "")),
        "PGDATABASE": "tpcb",
    }
    if parts.get("port"):
        environment["PGPORT"] = str(parts["port"])
    program = str(embedded.binary("pgbench"))
    subprocess.run(
        [program, "-i", "-q", "-s", str(SCALE)], env=environment, check=True, capture_output=True
    )
    ran = subprocess.run(
        [program, "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    match = re.search(r"tps = ([\d.]+)", ran.stdout)
    if match is None:
        raise RuntimeError(ran.stdout)
    return float(match[1])
