"""make tamper: every kind of alteration, what found it, and the event that was named."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from server.embedded import start
from tests.tampering.run import BY, NAMES, bench


def main() -> int:
    """Arguments: a seed, and parts of the names of kinds; 1 at the first that is not found."""
    seed = int(sys.argv[1]) if sys.argv[1:] else random.SystemRandom().randrange(10**6)
    wanted = sys.argv[2:] or [""]
    found = named = 0
    with (
        tempfile.TemporaryDirectory(prefix="loanledger-tamper-") as folder,
        start(Path(folder) / "data", fsync=False) as postgres,
        bench(postgres, seed) as tried,
    ):
        told = tried.honest()
        if told.by:
            print("the honest book:", told)
            return 1
        kinds = [name for name in NAMES if any(part in name for part in wanted)]
        for name in kinds:
            told, struck = tried.altered(name)
            first = told.first(struck)
            print(f"{name:62} {', '.join(told.by) or 'NOT FOUND':43} {first or '-'}", flush=True)
            if BY[name] not in told.by or (struck and first != struck):
                print(f"not found: event {struck or '-'}; {told}")
                return 1
            found, named = found + 1, named + bool(first)
    print(f"tampered {len(kinds)} kinds: {found} found, {named} named the event; seed {seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
