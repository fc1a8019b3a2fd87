"""The database in a process of its own: `python -m tests.chaos.base FOLDER`.

Who makes gRPC calls in many threads must not fork, and starting PostgreSQL with a bond to its
parent takes a fork.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from server import embedded

SETTINGS = {
    "shared_buffers": "64MB",
    "max_wal_size": "128MB",
    "min_wal_size": "64MB",
    "max_connections": "60",
    "log_min_messages": "warning",
}


@dataclass
class Base:
    """A running database; it ends with its keeper, and its keeper with it."""

    keeper: subprocess.Popen[bytes]
    postmaster: int
    dsn: str
    socket: Path

    @property
    def alive(self) -> bool:
        """Whether it is there."""
        return self.keeper.poll() is None

    def wait(self, seconds: float) -> None:
        """Waits for its end."""
        self.keeper.wait(seconds)

    def stop(self) -> None:
        """Ends it as fast as it can."""
        self.keeper.kill()
        self.keeper.wait()


def begin(
    folder: Path,
    settings: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
) -> Base:
    """Serves the folder in an environment; the text of the error where that fails."""
    chosen = json.dumps({**SETTINGS, **(settings or {})})
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.base", str(folder), chosen],
        env={**os.environ, **(given or {})},
        stdout=subprocess.PIPE,
    )
    assert keeper.stdout
    line = keeper.stdout.readline()
    if not line:
        raise AssertionError(f"the database does not start in {folder}")
    found = json.loads(line)
    return Base(keeper, found["pid"], found["dsn"], Path(found["socket"]))


def main() -> None:
    """Starts it, says where it is, and stays with it."""
    folder, settings = Path(sys.argv[1]), json.loads(sys.argv[2])
    database = embedded.start(folder, settings=settings)
    told = {
        "pid": database.process.pid,
        "dsn": database.dsn,
        "socket": str(database.socket),
    }
    print(json.dumps(told), flush=True)
    database.process.wait()


if __name__ == "__main__":
    main()
