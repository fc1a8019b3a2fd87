"""The witness against a running server: honest for a while, then with its history exchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from typer.testing import CliRunner, Result

from ledger.audit.checkpoint import Checkpoint, sign
from ledger.audit.witness import cosignature
from loanledger.cli import app
from server.keys import ensure_key
from tests.audit.test_witness import WITNESS
from tests.server.desk import Desk, pair


@pytest.fixture
def watched(desk: Desk, tmp_path: Path) -> tuple[str, ...]:
    """The arguments of a witness of the desk's book, with a key of its own."""
    pem = WITNESS.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "witness.key").write_bytes(pem)
    key = desk.client.audit.create_checkpoint().verifier_key
    return (
        *("audit", "witness", str(tmp_path / "kept"), "--key", key),
        *("--sign", str(tmp_path / "witness.key"), "--name", "witness.example.com"),
    )


def _run(desk: Desk, watched: tuple[str, ...]) -> Result:
    settings = {
        "LOANLEDGER_TARGET": desk.server.target,
        "LOANLEDGER_TOKEN": desk.server.token("auditor"),
        "COLUMNS": "300",
    }
    return CliRunner().invoke(app, watched, env=settings)


def test_a_witness_keeps_and_cosigns_what_goes_on(
    desk: Desk, watched: tuple[str, ...], tmp_path: Path
) -> None:
    first = _run(desk, watched)
    assert first.exit_code == 0, first.output
    desk.client.ledger.post_journal(entries=pair("1.00"))
    size = desk.client.audit.create_checkpoint().size
    second = _run(desk, watched)
    assert second.exit_code == 0, second.output
    assert "cosigned by witness.example.com" in second.output
    note = (tmp_path / "kept" / "latest.txt").read_text("utf-8")
    assert note == (tmp_path / "kept" / f"checkpoint-{size}.txt").read_text("utf-8")
    key = second.output.split("witness key: ")[1].replace("\n", "").strip()
    assert cosignature(note, key).witness == "witness.example.com"


def test_a_history_that_was_exchanged_is_refused_and_kept_as_evidence(
    desk: Desk, watched: tuple[str, ...], tmp_path: Path
) -> None:
    assert _run(desk, watched).exit_code == 0
    latest = tmp_path / "kept" / "latest.txt"
    before = latest.read_text("utf-8")
    origin, size = before.splitlines()[0], int(before.splitlines()[1])
    name = before.split("— ")[1].split(" ")[0]
    private = ensure_key(desk.server.data / "signing.key")
    forged = sign(Checkpoint(origin, size, bytes(32)), name, private)
    latest.write_text(forged, "utf-8")
    found = _run(desk, watched)
    assert found.exit_code == 1
    assert "split view" in found.output
    assert latest.read_text("utf-8") == forged
    (evidence,) = (tmp_path / "kept").glob("refused-*.txt")
    assert evidence.read_text("utf-8") == before.split("— witness")[0]
