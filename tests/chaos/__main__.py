"""make chaos: random faults from a printed seed on the real parts, each round checked whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos import versions
from tests.chaos.faults import possible
from tests.chaos.road import road
from tests.chaos.run import Run, Violated, plan
from tests.chaos.stage import Stage, staged

#: Faults on one book; then a new one, so that checks stay short.
EACH = 64
DISK_MEBIBYTES = 1024
#: How many earlier revisions of the schema books are upgraded from, one after the other.
VERSIONS = 3
RESULT = Path("build/chaos.json")


def main() -> None:
    """Arguments: faults, minutes at most, seed, and perhaps kinds (parts of their names)."""
    count, minutes, seed = (int(text) for text in sys.argv[1:4])
    begun, done = time.monotonic(), Counter[str]()
    until = begun + minutes * 60
    commands = checks = runs = harmed = 0
    wanted = sys.argv[4:] or [""]
    print(f"seed {seed}; {count} faults or {minutes} minutes", flush=True)
    while sum(done.values()) < count and time.monotonic() < until:
        own = seed + runs
        with _stage(wanted, own) as (stage, small):
            kinds = [k for k in possible(stage, small) if any(text in k for text in wanted)]
            run = Run(stage, own, lambda text: print(f"  {text}", flush=True))
            print(f"book {runs + 1}, seed {own}", flush=True)
            try:
                run.go(plan(own, min(EACH, count - sum(done.values())), kinds), until)
            except (Violated, AssertionError) as error:
                _keep(stage.folder, run, error, own)
        done += run.done
        commands += len(run.record.commands)
        checks += run.checks
        harmed += stage.harmed
        runs += 1
        print(f"  codes {dict(run.record.codes)}", flush=True)
    took = (time.monotonic() - begun) / 60
    figures = {
        "faults": sum(done.values()),
        "by_kind": dict(sorted(done.items())),
        "seeds": [seed, seed + runs - 1],
        "commands": commands,
        "checks": checks,
        "packets_harmed": harmed,
        "minutes": round(took, 1),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(
        f"chaos: {sum(done.values())} faults of {len(done)} kinds, {commands} commands checked one"
        f" by one, {checks} whole checks, no violation, {took:.1f} minutes, seeds {seed} to"
        f" {seed + runs - 1}"
    )


def _keep(folder: Path, run: Run, error: BaseException, seed: int) -> None:
    """Says what is wrong, keeps the logs, and ends."""
    kept = Path(tempfile.mkdtemp(prefix="loanledger-chaos-"))
    (kept / "record.jsonl").write_text(run.record.lines(), encoding="utf-8")
    for log in folder.glob("*.log*"):
        shutil.copy(log, kept)
    raise SystemExit(f"chaos: VIOLATION with seed {seed}: {error}\nlogs in {kept}") from error


@contextmanager
def _stage(wanted: list[str], seed: int) -> Iterator[tuple[Stage, bool]]:
    """A stage with all that the machine allows and the wanted kinds need."""
    upgrade = any(text in versions.UPGRADE for text in wanted)
    with _disk() as (folder, small), road() as way:
        before = versions.before(folder / "before", 1 + seed % VERSIONS) if upgrade else None
        with staged(folder, versions.migrate, before=before, road=way) as stage:
            yield stage, small


@contextmanager
def _disk() -> Iterator[tuple[Path, bool]]:
    """A folder on a file system of its own, small enough to be filled, where that is allowed."""
    folder = Path(tempfile.mkdtemp(prefix="loanledger-stage-"))
    size = f"size={DISK_MEBIBYTES}m,mode=0755"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    small = (
        os.geteuid() == 0 and not subprocess.run(mount, capture_output=True, check=False).returncode
    )
    try:
        yield folder / "stage", small
    finally:
        if small:
            subprocess.run(["umount", "-l", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
