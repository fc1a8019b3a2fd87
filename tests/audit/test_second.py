"""The second verifier as an auditor has it: two files, nothing installed, one command."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.audit.sample import Sample
from tests.audit.test_forged import fork, inclusion
from tests.audit.verifiers import BOTH, EXAMPLES, SECOND

FILES = ("verify_export.py", "signed_note.py", "merkle_tree.py")


def test_it_imports_nothing_but_the_standard_library() -> None:
    named = set[str]()
    for name in FILES:
        for node in ast.walk(ast.parse((EXAMPLES / name).read_text("utf-8"))):
            if isinstance(node, ast.Import):
                named |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                named.add(str(node.module).partition(".")[0])
                assert node.level == 0
    assert named <= sys.stdlib_module_names | {"signed_note", "merkle_tree"}


def test_it_is_short_enough_to_be_read() -> None:
    lengths = [len((EXAMPLES / name).read_text("utf-8").splitlines()) for name in FILES]
    assert lengths[0] < 300
    assert sum(lengths) < 450


@pytest.fixture
def folder(sample: Sample, tmp_path: Path) -> Path:
    """What an auditor takes along."""
    for name in FILES:
        shutil.copy(EXAMPLES / name, tmp_path / name)
    (tmp_path / "history.jsonl").write_bytes(b"".join(sample.export()))
    (tmp_path / "verifier.key").write_text(sample.key + "\n", "utf-8")
    (tmp_path / "kept.txt").write_text(sample.note(3), "utf-8")
    (tmp_path / "proof.json").write_text(json.dumps(inclusion(sample, 3, 7), indent=2), "utf-8")
    return tmp_path


def run(folder: Path, *more: str) -> tuple[int, str]:
    """The command with its exit code and what it said; no package of ours can be found."""
    command = [sys.executable, "-E", "-S", "verify_export.py", "--key", "verifier.key", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.stderr == ""
    return done.returncode, done.stdout.strip()


def test_the_command_verifies_exports_proofs_and_checkpoints(folder: Path, sample: Sample) -> None:
    kept = ("--checkpoint", "kept.txt")
    said = "verified: 7 events, 12 entries, nothing altered"
    assert run(folder, "history.jsonl", *kept) == (0, said)
    assert run(folder, "proof.json", *kept) == (0, "verified: event 7-3 is leaf 3 of 7")
    assert run(folder, *kept) == (0, "verified: 1 checkpoints, none against another")


def test_the_command_names_the_event_and_fails(folder: Path, sample: Sample) -> None:
    lines = sample.tampered(sample.export(), 2, reason="another")
    (folder / "history.jsonl").write_bytes(b"".join(lines))
    code, said = run(folder, "history.jsonl", "--checkpoint", "kept.txt")
    assert code == 1
    assert "event 7-2: its content is not what was recorded" in said
    (folder / "shown.txt").write_text(fork(sample, 1).note(3), "utf-8")
    code, said = run(folder, "--checkpoint", "kept.txt", "--checkpoint", "shown.txt")
    assert (code, "SPLIT VIEW, evidence against the operator" in said) == (1, True)
    assert run(folder, "no-such-file")[0] == 1


def test_leaf_lists_stand_after_4096_events(sample: Sample) -> None:
    events = tuple(sample.event(n + 1, entries=()) for n in range(5000))
    large = replace(sample, events=events)
    lines, notes = large.export(), [large.note(4096), large.note(4500)]
    assert sum(line.startswith(b'{"leaves":') for line in lines) == 2
    for verifier in BOTH:
        assert verifier.export(lines, large.key, notes) == []
        changed = large.tampered(lines, 4600, reason="another")
        assert "7-4599" in {name for name, _ in verifier.export(changed, large.key, notes)}
    assert SECOND.CHUNK == 4096
