"""make authz: every RPC, role and way to call, against the table of roles; from a printed seed."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from server.embedded import start
from server.migrate import migrate
from tests.authz.books import two_books
from tests.authz.run import Run, Violated
from tests.server.bad import METHODS


def main() -> int:
    """Argument: a seed; 1 at the first call that comes back otherwise than the table says."""
    seed = int(sys.argv[1]) if sys.argv[1:] else random.SystemRandom().randrange(10**6)
    with (
        tempfile.TemporaryDirectory(prefix="loanledger-authz-") as folder,
        start(Path(folder) / "data", fsync=False) as postgres,
    ):
        migrate(postgres.dsn)
        with two_books(postgres.dsn) as books:
            run = Run(books, seed)
            try:
                tried = run.go()
            except Violated as violation:
                print(f"authz: VIOLATION with seed {seed}: {violation}")
                return 1
    for cell, count in sorted(run.done.items()):
        print(f"{cell:26} {count:6}")
    print(f"authz: {tried} calls of {len(METHODS)} RPCs, each as the table says; seed {seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
