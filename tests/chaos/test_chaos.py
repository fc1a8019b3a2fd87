"""Promise 3 under random faults: a short run of what `make chaos` does at length."""

from __future__ import annotations

import random
import subprocess
import sys

FAULTS, MINUTES = 8, 4
#: What takes seconds, not a pause of 17.
KINDS = (
    "killed",
    "answers lost",
    "requests lost",
    "cut",
    "stopped for a moment",
    "half open",
    "sessions",
)


def test_random_faults_lose_nothing_and_double_nothing() -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    arguments = [str(number) for number in (FAULTS, MINUTES, seed)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", *arguments, *KINDS],
        check=False,
        capture_output=True,
        text=True,
        timeout=60 * (MINUTES + 6),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith(f"chaos: {FAULTS} faults of ")
