"""The page that tells others how to verify: its script runs, and its words are the code's."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import orjson
import pytest

from ledger.audit import merkle
from ledger.audit.canonical import ENTRY_FIELDS
from tests.audit.sample import Sample

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "audit-format.md").read_text("utf-8")


def script() -> str:
    """The one Python block of the page."""
    (text,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    return str(text)


def run(export: Path) -> subprocess.CompletedProcess[str]:
    """Runs the page's script on an export, without our packages on the path."""
    command = [sys.executable, "-I", "-S", "-c", script(), str(export)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def export(sample: Sample, tmp_path: Path) -> Path:
    """An export in a file."""
    path = tmp_path / "export.jsonl"
    path.write_bytes(b"".join(sample.export()))
    return path


def test_the_script_of_the_page_finds_the_signed_root(sample: Sample, export: Path) -> None:
    done = run(export)
    expected = b64encode(merkle.root(sample.leaves())).decode()
    assert (done.returncode, done.stdout.strip()) == (0, expected)


def test_the_script_of_the_page_refuses_a_changed_export(export: Path) -> None:
    export.write_bytes(export.read_bytes().replace(b"12345", b"12346", 1))
    done = run(export)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("is not the root")


def test_the_script_of_the_page_has_fifteen_lines_at_most() -> None:
    assert sum(bool(line.strip()) for line in script().splitlines()) <= 15


def test_the_page_lists_every_key_of_an_event_and_no_other(sample: Sample) -> None:
    table = PAGE.split("The keys, all present")[1].split("An entry is an array")[0]
    listed = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert listed == list(orjson.loads(sample.export()[1]))
    named = ", ".join(ENTRY_FIELDS).replace("journal_no", "journal")
    assert f"[{named}]" in PAGE
