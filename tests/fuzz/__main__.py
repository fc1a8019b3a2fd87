"""make fuzz: so many messages of every kind at every RPC, from a printed seed."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.fuzz.messages import Call, drawn
from tests.fuzz.rig import Rig, Violated, rigged
from tests.fuzz.run import Run
from tests.server.bad import METHODS

GROUP = 500
#: Groups have seeds of their own, made of the run's.
SEEDS = 100_000
RESULT = Path("build/fuzz.json")


def main() -> int:
    """Arguments: messages, a seed, and perhaps the group to begin with; 1 at a violation."""
    count = int(sys.argv[1])
    seed = int(sys.argv[2]) if sys.argv[2:] else random.SystemRandom().randrange(10**6)
    first = int(sys.argv[3]) if sys.argv[3:] else 0
    print(f"seed {seed}; {count} messages in groups of {GROUP}", flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="loanledger-fuzz-") as folder,
        rigged(Path(folder)) as rig,
    ):
        return _thrown(rig, count, seed, first)


def _thrown(rig: Rig, count: int, seed: int, first: int) -> int:
    run, begun, group = Run(rig), time.monotonic(), first
    try:
        for calls in _groups(rig, count, seed, first):
            asyncio.run(run.group(calls))
            group += 1
            if group % 20 == 0:
                told = f"{time.monotonic() - begun:.0f} s, the server {rig.largest} MiB"
                print(f"  {run.messages} messages, {told}", flush=True)
        run.close()
    except Violated as violation:
        print(f"fuzz: VIOLATION with seed {seed} in group {group}: {violation}")
        return 1
    _kept(run, seed, time.monotonic() - begun)
    return 0


def _groups(rig: Rig, count: int, seed: int, first: int) -> Iterator[list[Call]]:
    """Groups of calls until there are enough; the next one is drawn while one is sent."""
    # One more than that in a long run, for the few closes of many days that are left out.
    numbers = range(first, first + -(-count // GROUP) + (count > 2 * GROUP))
    jobs = [(seed * SEEDS + number, min(GROUP, count), rig.names) for number in numbers]
    if len(jobs) <= 2:
        yield from (drawn(*job) for job in jobs)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        ahead = pool.submit(drawn, *jobs[0])
        for job in [*jobs[1:], None]:
            calls = ahead.result()
            if job:
                ahead = pool.submit(drawn, *job)
            yield calls


def _kept(run: Run, seed: int, seconds: float) -> None:
    """Prints the figures, and leaves them in a file."""
    total, done = run.messages, sum(count > 0 for count in run.done.values())
    ((events,),) = run.rig.desk.rows("select count(*) from ledger.event")
    figures = {
        "messages": total,
        "seed": seed,
        "a_second": round(total / seconds),
        "rpcs": len(METHODS),
        "rpcs_answered": done,
        "codes": dict(run.codes.most_common()),
        "ways": dict(run.ways.most_common()),
        "refused_again": run.again,
        "events": events,
        "server_mebibytes": run.rig.largest,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for name in ("codes", "ways"):
        print(f"{name}: " + ", ".join(f"{key} {n}" for key, n in figures[name].items()))
    print(
        f"fuzz: {total} messages to {len(METHODS)} RPCs, of which {done} gave an answer,"
        f" {figures['a_second']} a second; {events} events in the book; {run.again} refused ones"
        f" sent again, nothing written; the server took {run.rig.largest} MiB at most; the"
        f" full-book check finds nothing; seed {seed}"
    )


if __name__ == "__main__":
    sys.exit(main())
