"""A short run of `make fuzz`: whatever is sent, the answer is one that we chose."""

from __future__ import annotations

import random
import subprocess
import sys

MESSAGES = 600


def test_no_message_surprises_the_server_or_leaves_a_trace_when_it_is_refused() -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", str(MESSAGES), str(seed)],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("fuzz: ")
