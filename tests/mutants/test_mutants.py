"""The planted bugs fit the code as it is, and two of them are planted and noticed here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.mutant import Mutant
from tests.mutants.table import MUTANTS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_bug_has_its_place_and_its_suites(mutant: Mutant) -> None:
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.was) == 1
    assert mutant.was != mutant.now
    assert all((ROOT / suite).exists() for suite in mutant.suites)


def test_there_are_forty_and_no_two_are_the_same() -> None:
    assert len({(m.file, m.was, m.now) for m in MUTANTS}) == len(MUTANTS) >= 40
    assert len({m.name for m in MUTANTS}) == len(MUTANTS)


def test_two_of_them_are_noticed() -> None:
    names = ["two trees of one size are consistent", "the model does not look at roots"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutants", *names],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "mutants: 2 of 2 noticed" in done.stdout
