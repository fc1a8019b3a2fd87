"""make mutants: plants one bug after the other in a copy; a named suite must notice each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutants.mutant import Mutant
from tests.mutants.table import MUTANTS

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 900


def planted(mutant: Mutant, folder: Path) -> str:
    """Puts the bug into the copy; the file's text before it."""
    path = folder / mutant.file
    text = path.read_text(encoding="utf-8")
    if text.count(mutant.was) != 1:
        raise SystemExit(f"mutants: {mutant.name}: its place in {mutant.file} is not there once")
    path.write_text(text.replace(mutant.was, mutant.now), encoding="utf-8")
    return text


def noticed(mutant: Mutant, folder: Path) -> str:
    """The first test that fails, or ""; suites run one after the other until one does."""
    for suite in mutant.suites:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", suite],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": f"{folder}:{folder}/clients/python"},
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        if done.returncode == 1:
            failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
            return failed[0].split(" - ")[0].removeprefix("FAILED ") if failed else suite
        if done.returncode:
            return f"{suite} (exit code {done.returncode})"
    return ""


def main() -> None:
    """Arguments: words that the names of the wanted mutants contain; none are all."""
    begun, survivors, words = time.monotonic(), list[str](), sys.argv[1:]
    wanted = [m for m in MUTANTS if not words or any(word in m.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="loanledger-mutants-") as place:
        folder = Path(place) / "copy"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".venv", ".git", "build"))
        for mutant in wanted:
            before = planted(mutant, folder)
            by = noticed(mutant, folder)
            (folder / mutant.file).write_text(before, encoding="utf-8")
            print(f"{mutant.name}: {by or 'SURVIVED'}", flush=True)
            if not by:
                survivors.append(mutant.name)
    took = (time.monotonic() - begun) / 60
    print(f"mutants: {len(wanted) - len(survivors)} of {len(wanted)} noticed, {took:.1f} minutes")
    if survivors:
        raise SystemExit(f"mutants: nobody noticed: {'; '.join(survivors)}")


if __name__ == "__main__":
    main()
